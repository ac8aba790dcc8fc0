import type { ServiceId } from "../../kernel/brand.js";
import type { ImpactMaterial } from "../impact-material.js";
import type { Range } from "../range.js";
import { timeOf } from "../service-walk.js";
import { touches } from "../owed.js";
import { earliestOf, latestOf } from "../../time/when.js";
import type { Failure, MeasuredFailures } from "./level.js";

/**
 * Disruptions whose first phase of outage began in what is covered, in service hours that were owed to some body; each counted once, whoever it hit. A band that
 * reaches beyond leaves open whether it counts.
 */
export function failuresIn(material: ImpactMaterial, services: readonly ServiceId[]): MeasuredFailures {
  const { covered } = material.question;
  const failures = services.flatMap((serviceId) => {
    const { agreed } = timeOf(material, serviceId, material.frame);
    const owed = material.bodies.flatMap((body) => body.owed.get(serviceId) ?? []);
    return (material.disruptions.get(serviceId) ?? []).flatMap(({ incidentId, disruptionId, phases }): readonly Failure[] => {
      const at = phases.find(({ degree }) => degree === "outage")?.at;
      if (at === undefined) return [];
      const [from, to] = [earliestOf(at), latestOf(at)];
      if (to < covered.start || from >= covered.end || !touches(agreed.favourable, from, to) || !owed.some((each) => touches([each], from, to))) return [];
      return [{ incidentId, disruptionId, serviceId, at, certain: from >= covered.start && to < covered.end }];
    });
  });
  const count: Range<number> = { min: failures.filter(({ certain }) => certain).length, max: failures.length };
  return { kind: "failures", failures: failures.sort((a, b) => earliestOf(a.at) - earliestOf(b.at) || (a.disruptionId < b.disruptionId ? -1 : 1)), count };
}
