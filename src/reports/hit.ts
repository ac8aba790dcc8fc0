import type { BodyId, DisruptionId, IncidentId, ServiceId } from "../kernel/brand.js";
import type { Fact } from "../domain/record.js";
import type { Audience, Scope } from "../domain/values.js";
import type { DisruptionRow, TimelineRow } from "../../projections/rows.js";
import { earliestOf, latestOf } from "../time/when.js";
import { touches, type OwedSpans } from "./owed.js";

/** Whether a disruption's scope holds the body; "all" is resolved by what the body has adopted. */
export function inScope(scope: Scope, bodyId: BodyId): boolean {
  return scope.kind === "all" || scope.bodyIds.includes(bodyId);
}
/** Whether a text is meant for the body. */
export function inAudience(audience: Audience, bodyId: BodyId): boolean {
  return audience.kind === "everyone" || (audience.kind === "bodies" && audience.bodyIds.includes(bodyId));
}

/** The disruption of an incident, as a key: its id is unique within its incident only. */
export function disruptionKey(incidentId: IncidentId, disruptionId: DisruptionId): string {
  return `${incidentId}/${disruptionId}`;
}

/** The spans, earliest to latest, in which each phase may hold. */
export function phaseSpans({ phases, ended }: DisruptionRow): readonly { readonly phase: DisruptionRow["phases"][number]; readonly span: { readonly start: number; readonly end: number } }[] {
  return phases.map((phase, index) => {
    const next = phases[index + 1];
    return { phase, span: { start: earliestOf(phase.at), end: next === undefined ? ended : latestOf(next.at) } };
  });
}

/** Whether a disruption, as it holds, may have hit the body: in some phase its scope holds the body, which had the service at some time of it. */
export function hits(disruption: DisruptionRow, bodyId: BodyId, owed: OwedSpans): boolean {
  const spans = owed.get(disruption.serviceId) ?? [];
  return phaseSpans(disruption).some(({ phase, span }) => inScope(phase.scope, bodyId) && touches(spans, span.start, span.end));
}

/** What an entry says, and what it said before each correction. */
export function versionsOf({ fact, corrections }: TimelineRow): readonly Fact[] {
  return [fact, ...corrections.map(({ before }) => before)];
}

/** Whether an opening or a change of scope ever said that the body was hit when it happened; `services` are those of the disruption, as ever said. */
export function onceSaidToHit(row: TimelineRow, services: ReadonlySet<ServiceId>, bodyId: BodyId, owed: OwedSpans): boolean {
  return versionsOf(row).some((fact) => {
    if (fact.type !== "DisruptionOpened" && fact.type !== "DisruptionRescoped") return false;
    const { occurredAt, scope } = fact.data;
    const spans = [...services].flatMap((serviceId) => owed.get(serviceId) ?? []);
    return inScope(scope, bodyId) && touches(spans, earliestOf(occurredAt), latestOf(occurredAt));
  });
}
