import { earliestOf, isBand, latestOf, type When } from "../time/when.js";

/**
 * Which of the two complete evaluations of banded times (domain.md, "Time"): the most or the least favourable to the supplier.
 */
export type Evaluation = "favourable" | "unfavourable";

/** What holds from `at` on, until the next change. */
export interface Change<Value> {
  readonly at: When;
  readonly value: Value;
}
/** What holds over `[start, end)`. */
export interface Segment<Value> {
  readonly start: number;
  readonly end: number;
  readonly value: Value;
}

export function hasBands(changes: readonly Change<unknown>[], end: When | undefined): boolean {
  return changes.some(({ at }) => isBand(at)) || (end !== undefined && isBand(end));
}

/**
 * The segments of a disruption in one evaluation. `changes` are in the order of time: neither earliest nor latest times decrease, as the
 * rules of an incident demand; without `end` the last value holds until `horizon` (ms). `rank` says how bad a value is; what is not
 * disrupted at all ranks below everything.
 *
 * At a moment t the phases that may hold are those whose change may have come (earliest ≤ t) while the next need not have (its latest > t).
 * The favourable evaluation takes the least rank among them at every moment, the unfavourable one the greatest. Both ends of that window
 * only ever move forward, so that the choice (the first of equals) moves forward too: it is one consistent choice of every banded time,
 * not a mixture of several.
 */
export function segmentsOf<Value>(changes: readonly Change<Value>[], end: When | undefined, rank: (value: Value) => number, side: { readonly evaluation: Evaluation; readonly horizon: number }): Segment<Value>[] {
  if (!hasBands(changes, end)) return exactSegments(changes, end === undefined ? side.horizon : latestOf(end));
  const from = [-Infinity, ...changes.map(({ at }) => earliestOf(at)), ...(end === undefined ? [] : [earliestOf(end)])];
  const until = [...changes.map(({ at }) => latestOf(at)), ...(end === undefined ? [side.horizon] : [latestOf(end), Infinity])];
  const ranks = from.map((_, index) => phaseRank(changes[index - 1], rank));
  const moments = [...new Set([...from, ...until])].filter(Number.isFinite).sort((a, b) => a - b);
  const better = (a: number, b: number): boolean => (side.evaluation === "favourable" ? a < b : a > b);
  const result: Segment<Value>[] = [];
  for (const [index, start] of moments.entries()) {
    const stop = moments[index + 1];
    if (stop === undefined) break;
    let chosen = -1;
    for (let phase = 0; phase < from.length; phase += 1) {
      if ((from[phase] ?? Infinity) > start || (until[phase] ?? Infinity) <= start) continue;
      if (chosen < 0 || better(ranks[phase] ?? -1, ranks[chosen] ?? -1)) chosen = phase;
    }
    const change = changes[chosen - 1];
    if (change !== undefined) extend(result, { start, end: stop, value: change.value });
  }
  return result;
}

/** "Not yet" and "over" rank below every value. */
function phaseRank<Value>(change: Change<Value> | undefined, rank: (value: Value) => number): number {
  return change === undefined ? -1 : rank(change.value);
}

function exactSegments<Value>(changes: readonly Change<Value>[], end: number): Segment<Value>[] {
  const result: Segment<Value>[] = [];
  for (const [index, { at, value }] of changes.entries()) {
    const next = changes[index + 1];
    const start = earliestOf(at);
    const stop = next === undefined ? end : Math.min(end, earliestOf(next.at));
    if (start < stop) result.push({ start, end: stop, value });
  }
  return result;
}

function extend<Value>(segments: Segment<Value>[], next: Segment<Value>): void {
  const last = segments.at(-1);
  if (last !== undefined && last.end === next.start && last.value === next.value) segments[segments.length - 1] = { ...last, end: next.end };
  else segments.push(next);
}
