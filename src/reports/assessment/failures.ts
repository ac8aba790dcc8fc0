import type { ServiceId } from "../../kernel/brand.js";
import type { ImpactMaterial } from "../impact-material.js";
import { orderOf } from "../disruption-hits.js";
import { evaluate } from "../evaluated.js";
import type { Evaluations, Range } from "../range.js";
import { timeOf } from "../service-walk.js";
import { byText } from "../text-order.js";
import { clip, intersect, normalise, type SpanList } from "../../time/span.js";
import { earliestOf, latestOf } from "../../time/when.js";
import type { Failure, MeasuredFailures } from "./level.js";

/**
 * Disruptions whose first phase of outage began in what is covered, in service hours that were owed to some body; each counted once, whoever it hit. A band that
 * reaches beyond what counts leaves it open.
 */
export function failuresIn(material: ImpactMaterial, services: readonly ServiceId[]): MeasuredFailures {
  const times = services.map((serviceId) => ({ serviceId, counting: countingTime(material, serviceId) }));
  const failures = times.flatMap(({ serviceId, counting }) => (material.disruptions.get(serviceId) ?? []).flatMap(({ incidentId, disruptionId, phases }): readonly Failure[] => {
    const at = phases.find(({ degree }) => degree === "outage")?.at;
    if (at === undefined || !counting.unfavourable.some(({ start, end }) => earliestOf(at) < end && latestOf(at) >= start)) return [];
    return [{ incidentId, disruptionId, serviceId, at, certain: counting.favourable.some(({ start, end }) => start <= earliestOf(at) && latestOf(at) < end) }];
  }));
  const count: Range<number> = { min: failures.filter(({ certain }) => certain).length, max: failures.length };
  const owedIn = (evaluation: "favourable" | "unfavourable"): boolean => times.some(({ counting }) => counting[evaluation].length > 0);
  return { kind: "failures", isOwed: owedIn("favourable") && owedIn("unfavourable"), failures: failures.sort((a, b) => earliestOf(a.at) - earliestOf(b.at) || byText(orderOf(a), orderOf(b))), count };
}

/** When a service was owed to some body, within what is covered. */
function countingTime(material: ImpactMaterial, serviceId: ServiceId): Evaluations<SpanList> {
  const owed = clip(normalise(material.bodies.flatMap((body) => body.owed.get(serviceId) ?? [])), material.question.covered);
  return evaluate(timeOf(material, serviceId, material.frame).agreed, (agreed) => intersect(agreed, owed));
}
