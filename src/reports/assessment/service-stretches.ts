import type { ServiceId } from "../../kernel/brand.js";
import { grouped } from "../../readmodel/row-queries.js";
import type { Evaluation } from "../../sla/phases.js";
import { walk } from "../../sla/walk.js";
import type { BodyStretch } from "../../sla/whole-service.js";
import { clip, normalise, span } from "../../time/span.js";
import type { ImpactMaterial } from "../impact-material.js";
import type { Evaluations } from "../range.js";
import { serviceWalks, type ServiceWalk } from "../service-walk.js";
import { workstationsOf, type AlikeBodies } from "./alike-bodies.js";

type Stretches = readonly BodyStretch<undefined>[];

/**
 * When a service was owed to its bodies with which weight, in both evaluations. What hit all is walked once for all who had the service at the same times; what hit
 * some of them is walked only where it did, as the difference that it makes.
 */
export function serviceStretches(material: ImpactMaterial, groups: readonly AlikeBodies[], serviceId: ServiceId, indicatorId: string): Evaluations<Stretches> {
  const together = [...grouped(groups, ({ adopted }) => adopted).values()].flatMap((alike) => {
    const [first] = alike;
    return first === undefined ? [] : [{ alike, walks: serviceWalks(material, first.first, serviceId, indicatorId) }];
  });
  const side = (evaluation: Evaluation): Stretches => together.flatMap(({ alike, walks }) => stretchesIn(alike, walks[evaluation], evaluation));
  const favourable = side("favourable");
  const banded = together.some(({ alike, walks }) => walks.favourable !== walks.unfavourable || alike.some(({ hits }) => hits.banded));
  return { favourable, unfavourable: banded ? side("unfavourable") : favourable };
}

/** `groups` had the service at the same times. */
function stretchesIn(groups: readonly AlikeBodies[], of: ServiceWalk, evaluation: Evaluation): Stretches {
  const hits = groups[0]?.hits.sharedIn(evaluation) ?? [];
  const bodies = groups.flatMap((group) => group.bodies);
  const shared = countedStretches({ ...of, hits, workstations: workstationsOf(bodies) }, bodies.length);
  return [...shared, ...groups.flatMap((group) => differences(group, { ...of, hits }, evaluation))];
}

/** Where what hits some of them hits this group: its own stretches, less those that it would have had. */
function differences(group: AlikeBodies, shared: ServiceWalk, evaluation: Evaluation): Stretches {
  const own = group.hits.ownIn(evaluation);
  const workstations = workstationsOf(group.bodies);
  return normalise(own.map(({ start, end }) => span(start, end))).flatMap((whole) => clip([whole], shared.within)).flatMap((within) => {
    const near = shared.hits.filter(({ start, end }) => start < within.end && end > within.start);
    const without = { ...shared, within, agreed: clip(shared.agreed, within), hits: near, workstations };
    const less = countedStretches(without, group.bodies.length).map((stretch) => ({ ...stretch, workstations: -stretch.workstations, alike: -group.bodies.length }));
    return [...countedStretches({ ...without, hits: [...near, ...own] }, group.bodies.length), ...less];
  });
}

/** The stretches over which so many alike bodies are owed a service. */
function countedStretches(of: ServiceWalk, alike: number): Stretches {
  const stretches: BodyStretch<undefined>[] = [];
  walk(of, (stretch) => {
    if (stretch.kind !== "counted") return;
    const { start, end, hit, workstations } = stretch;
    stretches.push({ body: undefined, alike, start, end, units: hit?.units ?? 0, workstations });
  });
  return stretches;
}
