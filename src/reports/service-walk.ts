import type { BodyId, ServiceId } from "../kernel/brand.js";
import type { DisruptionPhase, DisruptionRow } from "../../projections/rows.js";
import { hasBands, segmentsOf, type Evaluation, type Segment } from "../sla/phases.js";
import type { Exclusion, Hit, Walk } from "../sla/walk.js";
import { intersect, type Span, type SpanList } from "../time/span.js";
import type { DisruptionCause } from "./explanation.js";
import { inScope } from "./hit.js";
import type { BodyMaterial, ImpactMaterial } from "./impact-material.js";
import type { Evaluations } from "./range.js";
import type { ExclusionCause } from "./terms/excluded.js";
import { WEIGHT_SCALE, type TermsStretch, type WeightUnits } from "./terms/in-force.js";
import type { ServiceTime } from "./terms/service-time.js";

/** All weights are so many thousandths. */
export const WEIGHTS = { scale: WEIGHT_SCALE };

export type DisruptionHit = Hit<DisruptionCause>;
export type ServiceWalk = Walk<DisruptionCause, ExclusionCause>;

/**
 * What one service was for one body over a span, in both evaluations: owed in the hours of the terms in force (around the clock without terms) while adopted by
 * a member, less what is excluded; with the disruptions that hit the body. `indicatorId`: by the hours that this indicator names, in place of the service's own.
 */
export function serviceWalks(material: ImpactMaterial, of: BodyMaterial, serviceId: ServiceId, indicatorId?: string): Evaluations<ServiceWalk> {
  const time = timeOf(material, serviceId, material.frame, indicatorId);
  const disruptions = (material.disruptions.get(serviceId) ?? []).filter(({ phases }) => phases.some(({ scope }) => inScope(scope, of.body.bodyId)));
  const banded = disruptions.some(({ phases, end }) => hasBands(phases.map(({ at }) => ({ at, value: undefined })), end)) || time.agreed.favourable !== time.agreed.unfavourable;
  const walkOf = (evaluation: Evaluation): ServiceWalk => {
    const { covered } = material.question;
    const { agreed, exclusions } = owedTime(time, of.owed.get(serviceId) ?? [], { within: covered, evaluation });
    const hits = disruptions.flatMap((disruption) => hitsOf(disruption, of.body.bodyId, { evaluation, horizon: covered.end, stretches: time.stretches }));
    return { within: covered, agreed, exclusions, hits, workstations: of.workstations };
  };
  const favourable = walkOf("favourable");
  return { favourable, unfavourable: banded ? walkOf("unfavourable") : favourable };
}

/** When a service is owed to whoever has it, within a span. A service that is not known is owed around the clock. */
export function timeOf(material: ImpactMaterial, serviceId: ServiceId, within: Span, indicatorId?: string): ServiceTime {
  const service = material.services.get(serviceId);
  if (service !== undefined) return material.times.of(service, within, indicatorId);
  const none = { favourable: [], unfavourable: [] };
  return { stretches: [], hours: [], exclusions: none, agreed: none };
}

export interface AgreedTime {
  readonly agreed: SpanList;
  /** Cut to what would be owed without them. */
  readonly exclusions: readonly Exclusion<ExclusionCause>[];
}

/** Agreed time of one body's service within a span, and what was taken out of it. */
export function agreedTime(material: ImpactMaterial, of: BodyMaterial, serviceId: ServiceId, { within, evaluation }: { readonly within: Span; readonly evaluation: Evaluation }): AgreedTime {
  return owedTime(timeOf(material, serviceId, within), of.owed.get(serviceId) ?? [], { within, evaluation });
}

function owedTime(time: ServiceTime, adopted: SpanList, { within, evaluation }: { readonly within: Span; readonly evaluation: Evaluation }): AgreedTime {
  const owed = intersect(adopted, within.start < within.end ? [within] : []);
  return {
    agreed: intersect(owed, time.agreed[evaluation]),
    exclusions: time.exclusions[evaluation].flatMap((each) => intersect(owed, [each.span]).map((own) => ({ span: own, reason: each.reason }))),
  };
}

interface Side {
  readonly evaluation: Evaluation;
  /** Until when what is open is counted, in ms. */
  readonly horizon: number;
  /** Terms, whose weights count. */
  readonly stretches: readonly TermsStretch[];
}

/** One disruption as it hits one body in one evaluation, within the stretches of the terms; not yet cut to what is owed. */
export function hitsOf(disruption: DisruptionRow, bodyId: BodyId, side: Side): readonly DisruptionHit[] {
  const { incidentId, disruptionId, serviceId } = disruption;
  const order = orderOf(disruption);
  return side.stretches.flatMap((stretch) => segmentsFor(disruption, bodyId, side, stretch.units).flatMap(({ start, end, value: { phase, hit } }) => {
    const [from, to] = [Math.max(start, stretch.span.start), Math.min(end, stretch.span.end)];
    if (!hit || from >= to) return [];
    return [{
      start: from, end: to, units: stretch.units[phase.degree], order,
      cause: { incidentId, disruptionId, serviceId, degree: phase.degree, eventId: phase.eventId },
    }];
  }));
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
function segmentsFor({ phases, end }: DisruptionRow, bodyId: BodyId, side: Side, units: WeightUnits): Segment<BodyPhase>[] {
  const changes = phases.map((phase) => ({ at: phase.at, value: { phase, hit: inScope(phase.scope, bodyId) } }));
  return segmentsOf(changes, end, ({ phase, hit }) => (hit ? units[phase.degree] : -1), side);
}
