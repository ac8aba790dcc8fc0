import { compare } from "../kernel/rational.js";
import type { DisruptionRow } from "../../projections/rows.js";
import { intersect, normalise, span } from "../time/span.js";
import { latestOf } from "../time/when.js";
import { evaluate, rangeOf, walkTotals } from "./evaluated.js";
import type { BodyMaterial, ImpactMaterial } from "./impact-material.js";
import type { DisruptionImpact, DisruptionReach } from "./impact-report.js";
import type { Evaluations } from "./range.js";
import { hitsOf, orderOf, type DisruptionHit } from "./disruption-hits.js";
import { timeOf, type ServiceWalk } from "./service-walk.js";

/** Disruptions of one service that may have hit the body within what is covered, while it was owed the service. */
export function disruptionsOn(material: ImpactMaterial, of: BodyMaterial, walks: Evaluations<ServiceWalk>, rows: readonly DisruptionRow[]): readonly DisruptionImpact[] {
  const alone = evaluate(walks, aloneWalks);
  return rows.flatMap((row) => {
    const reach = reachOf(material, of, row);
    if (reach === undefined) return [];
    return [{ ...reach, aloneDowntimeMs: rangeOf(walkTotals(evaluate(alone, (walkOf) => walkOf(row))), ({ downtimeMs }) => downtimeMs, compare) }];
  });
}

/** Where a disruption may have hit the body, in its least favourable evaluation; undefined where it did not within what is covered. */
export function reachOf(material: ImpactMaterial, { body, owed }: BodyMaterial, row: DisruptionRow): DisruptionReach | undefined {
  const { question: { covered, asOf } } = material;
  const hits = hitsOf(row, body.bodyId, { evaluation: "unfavourable", horizon: covered.end, stretches: timeOf(material, row.serviceId, material.frame).stretches });
  const hit = normalise(hits.map(({ start, end }) => span(start, end)));
  const reached = intersect(intersect(hit, owed.get(row.serviceId) ?? []), covered.start < covered.end ? [covered] : []);
  const [first, last] = [reached[0], reached.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const { incidentId, disruptionId, serviceId, start, end, phases } = row;
  const open = end === undefined || latestOf(end) > asOf;
  return { incidentId, incident: material.incidents().get(incidentId), disruptionId, serviceId, start, end, phases, clipped: span(first.start, last.end), open };
}

/** A service's walk with the hits of one disruption only. */
function aloneWalks(walk: ServiceWalk): (row: DisruptionRow) => ServiceWalk {
  const hits = new Map<string, DisruptionHit[]>();
  for (const hit of walk.hits) {
    const own = hits.get(hit.order);
    if (own === undefined) hits.set(hit.order, [hit]);
    else own.push(hit);
  }
  return (row) => ({ ...walk, hits: hits.get(orderOf(row)) ?? [] });
}

/** By start, then end, then id. */
export function byStart(a: DisruptionReach, b: DisruptionReach): number {
  return a.clipped.start - b.clipped.start || a.clipped.end - b.clipped.end || (a.disruptionId < b.disruptionId ? -1 : a.disruptionId > b.disruptionId ? 1 : 0);
}
