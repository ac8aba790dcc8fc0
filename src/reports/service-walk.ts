import type { BodyId, ServiceId } from "../kernel/brand.js";
import type { DisruptionPhase, DisruptionRow, MaintenanceRow } from "../../projections/rows.js";
import type { Knowledge } from "../readmodel/knowledge.js";
import { hasBands, segmentsOf, type Evaluation, type Segment } from "../sla/phases.js";
import type { Exclusion, Hit, Walk } from "../sla/walk.js";
import { DEFAULT_WEIGHTS, scaleOf } from "../sla/weights.js";
import { intersect, normalise, span, subtract, type Span, type SpanList } from "../time/span.js";
import { earliestOf, isBand, latestOf } from "../time/when.js";
import type { DisruptionCause, MaintenanceCause } from "./explanation.js";
import { inScope } from "./hit.js";
import type { BodyMaterial, ImpactMaterial } from "./impact-material.js";
import type { Evaluations } from "./range.js";

/** Until a contract has terms: default weights. */
export const WEIGHTS = scaleOf(DEFAULT_WEIGHTS);

export type DisruptionHit = Hit<DisruptionCause>;
export type ServiceWalk = Walk<DisruptionCause, MaintenanceCause>;

/**
 * What one service was for one body over a span, in both evaluations: owed around the clock (24x7 until a contract has terms) while adopted by
 * a member, less announced maintenance; with the disruptions that hit the body.
 */
export function serviceWalks(material: ImpactMaterial, of: BodyMaterial, serviceId: ServiceId): Evaluations<ServiceWalk> {
  const disruptions = (material.disruptions.get(serviceId) ?? []).filter(({ phases }) => phases.some(({ scope }) => inScope(scope, of.body.bodyId)));
  const banded = disruptions.some(({ phases, end }) => hasBands(phases.map(({ at }) => ({ at, value: undefined })), end)) || cancelledInBand(material, serviceId);
  const walkOf = (evaluation: Evaluation): ServiceWalk => {
    const { covered } = material.question;
    const { agreed, exclusions } = agreedTime(material, of, serviceId, { within: covered, evaluation });
    const hits = disruptions.flatMap((disruption) => hitsOf(disruption, of.body.bodyId, { evaluation, horizon: covered.end }));
    return { within: covered, agreed, exclusions, hits, workstations: of.workstations };
  };
  const favourable = walkOf("favourable");
  return { favourable, unfavourable: banded ? walkOf("unfavourable") : favourable };
}

export interface AgreedTime {
  readonly agreed: SpanList;
  /** Cut to what would be owed without them. */
  readonly exclusions: readonly Exclusion<MaintenanceCause>[];
}

/** Agreed time of one body's service within a span, and what was taken out of it. */
export function agreedTime(material: ImpactMaterial, of: BodyMaterial, serviceId: ServiceId, { within, evaluation }: { readonly within: Span; readonly evaluation: Evaluation }): AgreedTime {
  const owed = intersect(of.owed.get(serviceId) ?? [], within.start < within.end ? [within] : []);
  const exclusions = (material.maintenance.get(serviceId) ?? [])
    .flatMap((row) => {
      const window = excludedWindow(row, material.question.knowledge, evaluation);
      return window === undefined ? [] : intersect(owed, [window]).map((each) => ({ span: each, reason: maintenanceCause(row) }));
    })
    .sort((a, b) => a.span.start - b.span.start || (a.reason.maintenanceId < b.reason.maintenanceId ? -1 : 1));
  return { agreed: subtract(owed, normalise(exclusions.map((each) => each.span))), exclusions };
}

function maintenanceCause({ contractId, maintenanceId, eventId }: MaintenanceRow): MaintenanceCause {
  return { contractId, maintenanceId, eventId };
}

/**
 * What a maintenance takes out of the agreed time: its window, if it was recorded before the window began (as its source recorded it, where that
 * is what is asked), up to its cancellation. In the favourable evaluation a banded cancellation comes as late as it may.
 */
function excludedWindow({ started, ended, cancelled, recordedAt, sourceRecordedAt }: MaintenanceRow, { knownAt }: Knowledge, evaluation: Evaluation): Span | undefined {
  const known = knownAt.kind === "sourceRecordedAt" ? (sourceRecordedAt ?? recordedAt) : recordedAt;
  if (known >= started) return undefined;
  const givenBack = cancelled === undefined ? ended : evaluation === "favourable" ? latestOf(cancelled) : earliestOf(cancelled);
  const end = Math.min(ended, givenBack);
  return started < end ? span(started, end) : undefined;
}

function cancelledInBand({ maintenance }: ImpactMaterial, serviceId: ServiceId): boolean {
  return (maintenance.get(serviceId) ?? []).some(({ cancelled }) => cancelled !== undefined && isBand(cancelled));
}

interface Side {
  readonly evaluation: Evaluation;
  /** Until when what is open is counted, in ms. */
  readonly horizon: number;
}

/** One disruption as it hits one body in one evaluation; not yet cut to what is owed. */
export function hitsOf(disruption: DisruptionRow, bodyId: BodyId, side: Side): readonly DisruptionHit[] {
  const { incidentId, disruptionId, serviceId } = disruption;
  const order = orderOf(disruption);
  return segmentsFor(disruption, bodyId, side).flatMap(({ start, end, value: { phase, hit } }) =>
    hit ? [{
      start, end, units: WEIGHTS.units[phase.degree], order,
      cause: { incidentId, disruptionId, serviceId, degree: phase.degree, eventId: phase.eventId },
    }] : []);
}

/** Names a disruption among hits: by its id, then its incident's; the end of an id sorts before anything that could follow it. */
export function orderOf({ incidentId, disruptionId }: Pick<DisruptionRow, "incidentId" | "disruptionId">): string {
  return `${disruptionId}\u0000${incidentId}`;
}

interface BodyPhase {
  readonly phase: DisruptionPhase;
  /** Whether the body is in its scope. */
  readonly hit: boolean;
}

/** A phase whose scope leaves the body out ranks as if there were no disruption. */
function segmentsFor({ phases, end }: DisruptionRow, bodyId: BodyId, side: Side): Segment<BodyPhase>[] {
  const changes = phases.map((phase) => ({ at: phase.at, value: { phase, hit: inScope(phase.scope, bodyId) } }));
  return segmentsOf(changes, end, ({ phase, hit }) => (hit ? WEIGHTS.units[phase.degree] : -1), side);
}
