import { earliestOf, latestOf, type When } from "../../src/time/when.js";

/** A second implementation for the tests: it looks at every moment on its own and knows no interval algebra and no sweep. */
export interface NaiveDisruption {
  readonly id: string;
  readonly service: number;
  readonly changes: readonly { readonly at: When; readonly units: number | "missed" }[];
  readonly end?: When;
}
export interface NaiveService {
  readonly owed: readonly (readonly [number, number])[];
  readonly excluded: readonly (readonly [number, number])[];
}
export interface NaiveBody {
  readonly services: readonly NaiveService[];
  readonly disruptions: readonly NaiveDisruption[];
  readonly workstations: readonly (readonly [from: number, count: number])[];
}
export interface NaiveFigures {
  agreed: number;
  downUnits: number;
  lostUnits: number;
}

const inside = (spans: readonly (readonly [number, number])[], t: number): boolean => spans.some(([start, end]) => start <= t && t < end);

/** Units of one disruption at `t`, or "missed" while it does not hit: the best or worst among the phases that may hold then. */
function unitsAt(disruption: NaiveDisruption, t: number, pick: "best" | "worst"): number | "missed" {
  const times = [...disruption.changes.map((change) => change.at), ...(disruption.end === undefined ? [] : [disruption.end])];
  const values = [...disruption.changes.map((change) => change.units), ...(disruption.end === undefined ? [] : (["missed"] as const))];
  const possible: (number | "missed")[] = [];
  for (let phase = -1; phase < times.length; phase += 1) {
    const own = times[phase];
    const next = times[phase + 1];
    const begun = own === undefined || earliestOf(own) <= t;
    const notLeft = next === undefined || latestOf(next) > t;
    if (begun && notLeft) possible.push(values[phase] ?? "missed");
  }
  const number = (value: number | "missed"): number => (value === "missed" ? -1 : value);
  return possible.reduce((a, b) => ((pick === "best" ? number(b) < number(a) : number(b) > number(a)) ? b : a));
}

/** Figures of one service (its index) or of all of them together, over `[from, until)`, moment by moment. */
export function naiveFigures(body: NaiveBody, which: number | "total", range: readonly [number, number], pick: "best" | "worst"): NaiveFigures {
  const result = { agreed: 0, downUnits: 0, lostUnits: 0 };
  for (let t = range[0]; t < range[1]; t += 1) {
    let agreed = false;
    let worst = 0;
    for (const [index, service] of body.services.entries()) {
      if (which !== "total" && which !== index) continue;
      if (!inside(service.owed, t) || inside(service.excluded, t)) continue;
      agreed = true;
      for (const disruption of body.disruptions) {
        if (disruption.service !== index) continue;
        const units = unitsAt(disruption, t, pick);
        if (units !== "missed") worst = Math.max(worst, units);
      }
    }
    if (!agreed) continue;
    let count = 0;
    for (const [from, workstations] of body.workstations) if (from <= t) count = workstations;
    result.agreed += 1;
    result.downUnits += worst;
    result.lostUnits += worst * count;
  }
  return result;
}
