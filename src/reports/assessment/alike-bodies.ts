import type { ServiceId } from "../../kernel/brand.js";
import { grouped } from "../../readmodel/row-queries.js";
import { walk, type WorkstationStep } from "../../sla/walk.js";
import type { BodyStretch } from "../../sla/whole-service.js";
import { clip } from "../../time/span.js";
import type { BodyMaterial, ImpactMaterial } from "../impact-material.js";
import type { Evaluations } from "../range.js";
import { serviceWalks, timeOf, type ServiceWalk } from "../service-walk.js";

/** Bodies for which a service was the same over all that is covered: they had it at the same times, and the same disruptions hit them. */
export interface AlikeBodies {
  /** Never empty. */
  readonly bodies: readonly BodyMaterial[];
  /** What it was for each of them; with the workstations of all together. */
  readonly walks: Evaluations<ServiceWalk>;
}

/** The bodies that are owed a service, those together for which it was the same: most are, and are worked out once. */
export function alikeBodies(material: ImpactMaterial, serviceId: ServiceId, indicatorId: string): readonly AlikeBodies[] {
  const { question: { covered }, hits, frame } = material;
  const question = { horizon: covered.end, stretches: timeOf(material, serviceId, frame, indicatorId).stretches };
  const groups = grouped(
    material.bodies.filter(({ serviceIds }) => serviceIds.includes(serviceId)),
    ({ body, owed }) => `${clip(owed.get(serviceId) ?? [], covered).map(({ start, end }) => `${start}-${end}`).join()} ${hits.on(body.bodyId, serviceId, question).likeness}`,
  );
  return [...groups.values()].flatMap((bodies) => {
    const [first] = bodies;
    return first === undefined ? [] : [{ bodies, walks: serviceWalks(material, { ...first, workstations: together(bodies) }, serviceId, indicatorId) }];
  });
}

/** Workstations of several bodies, added up. */
function together(bodies: readonly BodyMaterial[]): readonly WorkstationStep[] {
  const changes = bodies.flatMap(({ workstations }) => workstations.map(({ from, workstations: count }, index) => ({ from, change: count - (workstations[index - 1]?.workstations ?? 0) })));
  let total = 0;
  return changes.sort((a, b) => a.from - b.from).map(({ from, change }) => ({ from, workstations: (total += change) }));
}

/** The stretches over which alike bodies are owed a service, with their weight. */
export function stretchesOfAlike(groups: readonly AlikeBodies[], evaluation: keyof Evaluations<ServiceWalk>): readonly BodyStretch<undefined>[] {
  return groups.flatMap(({ bodies, walks }) => {
    const stretches: BodyStretch<undefined>[] = [];
    walk(walks[evaluation], (stretch) => {
      if (stretch.kind !== "counted") return;
      const { start, end, hit, workstations } = stretch;
      const [units, last] = [hit?.units ?? 0, stretches.at(-1)];
      if (last?.end === start && last.units === units && last.workstations === workstations) stretches[stretches.length - 1] = { ...last, end };
      else stretches.push({ body: undefined, alike: bodies.length, start, end, units, workstations });
    });
    return stretches;
  });
}
