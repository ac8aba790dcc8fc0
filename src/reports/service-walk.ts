import type { ServiceId } from "../kernel/brand.js";
import type { Evaluation } from "../sla/phases.js";
import type { Exclusion, Walk } from "../sla/walk.js";
import { intersect, type Span, type SpanList } from "../time/span.js";
import type { DisruptionCause } from "./explanation.js";
import type { BodyMaterial, ImpactMaterial } from "./impact-material.js";
import type { Evaluations } from "./range.js";
import type { ExclusionCause } from "./terms/excluded.js";
import { WEIGHT_SCALE } from "./terms/in-force.js";
import type { ServiceTime } from "./terms/service-time.js";

/** All weights are so many thousandths. */
export const WEIGHTS = { scale: WEIGHT_SCALE };

export type ServiceWalk = Walk<DisruptionCause, ExclusionCause>;

/**
 * What one service was for one body over a span, in both evaluations: owed in the hours of the terms in force (around the clock without terms) while adopted by
 * a member, less what is excluded; with the disruptions that hit the body. `indicatorId`: by the hours that this indicator names, in place of the service's own.
 */
export function serviceWalks(material: ImpactMaterial, of: BodyMaterial, serviceId: ServiceId, indicatorId?: string): Evaluations<ServiceWalk> {
  const time = timeOf(material, serviceId, material.frame, indicatorId);
  const hits = material.hits.on(of.body.bodyId, serviceId, { horizon: material.question.covered.end, stretches: time.stretches });
  const walkOf = (evaluation: Evaluation): ServiceWalk => {
    const { covered } = material.question;
    const { agreed, exclusions } = owedTime(time, of.owed.get(serviceId) ?? [], { within: covered, evaluation });
    return { within: covered, agreed, exclusions, hits: [...hits.sharedIn(evaluation), ...hits.ownIn(evaluation)], workstations: of.workstations };
  };
  const favourable = walkOf("favourable");
  return { favourable, unfavourable: hits.banded || time.agreed.favourable !== time.agreed.unfavourable ? walkOf("unfavourable") : favourable };
}

/** When a service is owed to whoever has it, within a span. Of a service that is not known nothing is owed. */
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
