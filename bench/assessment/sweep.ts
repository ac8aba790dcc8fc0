import { earliestOf } from "../../src/time/when.js";
import type { DisruptionRow } from "../../projections/rows.js";
import type { Span } from "../../src/time/span.js";
import type { KnownLedger } from "../../src/readmodel/known-ledger.js";
import { CONTRACT } from "./terms.js";

const WEIGHT = { outage: 1000, partial: 500, degraded: 100 };

/** What the sweep is given: rows as the read model gives them. */
export interface Rows {
  readonly disruptions: readonly DisruptionRow[];
  /** Which body has which service, and from when (ms). */
  readonly adopted: readonly { readonly bodyId: string; readonly serviceId: string; readonly from: number }[];
}

export function rowsOf(known: KnownLedger, year: Span): Rows {
  const services = (known.servicesOfContracts([CONTRACT]).get(CONTRACT) ?? []).map(({ serviceId }) => serviceId);
  const adopted = [...known.adoptionsOfServices(services).values()].flat().map(({ bodyId, serviceId, spans }) => ({ bodyId, serviceId, from: spans[0]?.start ?? Infinity }));
  return { disruptions: [...known.disruptionsOfServices(services, year).values()].flat(), adopted };
}

/** A weight over `[start, end)`. */
interface Hit {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

/**
 * The baseline: for every body, service and period the disruptions that hit it, their boundaries sorted, the largest weight between each two, summed. No hours, holidays,
 * maintenance, bands, terms, exact fractions, cases, penalties; nothing that could be explained. Returns the weighted milliseconds of all together.
 */
export function bareSweep({ disruptions, adopted }: Rows, periods: readonly Span[]): number {
  const byService = new Map<string, DisruptionRow[]>();
  for (const row of disruptions) {
    const rows = byService.get(row.serviceId);
    if (rows === undefined) byService.set(row.serviceId, [row]);
    else rows.push(row);
  }
  let total = 0;
  for (const period of periods) {
    const within = new Map([...byService].map(([serviceId, rows]) => [serviceId, rows.filter(({ started, ended }) => started < period.end && ended > period.start)]));
    for (const { bodyId, serviceId, from } of adopted) {
      const start = Math.max(from, period.start);
      if (start < period.end) total += weightedMs(hitsOn(bodyId, within.get(serviceId) ?? []), start, period.end);
    }
  }
  return total;
}

function hitsOn(bodyId: string, rows: readonly DisruptionRow[]): readonly Hit[] {
  const hits: Hit[] = [];
  for (const { phases, ended } of rows) {
    for (let index = 0; index < phases.length; index += 1) {
      const [phase, next] = [phases[index], phases[index + 1]];
      if (phase === undefined || (phase.scope.kind === "bodies" && !phase.scope.bodyIds.some((each) => each === bodyId))) continue;
      hits.push({ start: earliestOf(phase.at), end: next === undefined ? ended : earliestOf(next.at), weight: WEIGHT[phase.degree] });
    }
  }
  return hits;
}

/** One sweep over the sorted boundaries; `hits` come by their start. */
function weightedMs(hits: readonly Hit[], from: number, to: number): number {
  const moments = new Float64Array(hits.length * 2 + 2);
  moments[0] = from;
  moments[1] = to;
  hits.forEach(({ start, end }, index) => {
    moments[index * 2 + 2] = Math.min(Math.max(start, from), to);
    moments[index * 2 + 3] = Math.min(Math.max(end, from), to);
  });
  moments.sort();
  let active: Hit[] = [];
  let [next, total] = [0, 0];
  for (let index = 0; index + 1 < moments.length; index += 1) {
    const [start, end] = [moments[index] ?? 0, moments[index + 1] ?? 0];
    if (start === end) continue;
    active = active.filter((hit) => hit.end > start);
    for (let hit = hits[next]; hit !== undefined && hit.start <= start; hit = hits[next], next += 1) if (hit.end > start) active.push(hit);
    let largest = 0;
    for (const { weight } of active) if (weight > largest) largest = weight;
    total += largest * (end - start);
  }
  return total;
}
