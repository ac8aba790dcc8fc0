import type { ServiceId } from "../../kernel/brand.js";
import { grouped } from "../../readmodel/row-queries.js";
import type { WorkstationStep } from "../../sla/walk.js";
import { clip } from "../../time/span.js";
import type { BodyHits } from "../disruption-hits.js";
import type { BodyMaterial, ImpactMaterial } from "../impact-material.js";
import { timeOf } from "../service-walk.js";

/** Bodies for which a service was the same over all that is covered: they had it at the same times, and the same disruptions hit them. */
export interface AlikeBodies {
  readonly first: BodyMaterial;
  /** All of them. */
  readonly bodies: readonly BodyMaterial[];
  /** Names when they had it; the same for others who had it then. */
  readonly adopted: string;
  readonly hits: BodyHits;
}

/** The bodies that are owed a service, those together for which it was the same: most are, and are worked out once. */
export function alikeBodies(material: ImpactMaterial, serviceId: ServiceId, indicatorId: string): readonly AlikeBodies[] {
  const { question: { covered }, frame } = material;
  const question = { horizon: covered.end, stretches: timeOf(material, serviceId, frame, indicatorId).stretches };
  const owing = material.bodies.filter(({ serviceIds }) => serviceIds.includes(serviceId)).map((of) => ({
    of, hits: material.hits.on(of.body.bodyId, serviceId, question),
    adopted: clip(of.owed.get(serviceId) ?? [], covered).map(({ start, end }) => `${start}-${end}`).join(),
  }));
  return [...grouped(owing, ({ adopted, hits }) => `${adopted} ${hits.likeness}`).values()].flatMap((alike) => {
    const [first] = alike;
    return first === undefined ? [] : [{ first: first.of, bodies: alike.map(({ of }) => of), adopted: first.adopted, hits: first.hits }];
  });
}

/** Workstations of several bodies, added up. */
export function workstationsOf(bodies: readonly BodyMaterial[]): readonly WorkstationStep[] {
  const changes = bodies.flatMap(({ workstations }) => workstations.map(({ from, workstations: count }, index) => ({ from, change: count - (workstations[index - 1]?.workstations ?? 0) })));
  let total = 0;
  return changes.sort((a, b) => a.from - b.from).map(({ from, change }) => ({ from, workstations: (total += change) }));
}
