import type { Span, SpanList } from "../time/span.js";

/** One service out, or partly out, for one body over `[start, end)`; `units` over the scale of the weights. */
export interface Hit<Cause> {
  readonly start: number;
  readonly end: number;
  readonly units: number;
  /** Of hits of equal weight the lowest in this order gives its name. */
  readonly order: string;
  readonly cause: Cause;
}
/** From `from` on this many workstations, until the next step; none before the first. Sorted. */
export interface WorkstationStep {
  readonly from: number;
  readonly workstations: number;
}
/** Why something is taken out of the agreed time. Sorted by start; where two overlap the first gives its name. */
export interface Exclusion<Reason> {
  readonly span: Span;
  readonly reason: Reason;
}
export interface Walk<Cause, Reason> {
  /** What is looked at. */
  readonly within: Span;
  /** Agreed time. */
  readonly agreed: SpanList;
  /** Looked at outside the agreed time only. */
  readonly exclusions: readonly Exclusion<Reason>[];
  readonly hits: readonly Hit<Cause>[];
  readonly workstations: readonly WorkstationStep[];
}
/** A stretch in which nothing changes. */
export type Stretch<Cause, Reason> = { readonly start: number; readonly end: number } & (
  | { readonly kind: "counted"; readonly hit: Hit<Cause> | undefined; readonly workstations: number }
  | { readonly kind: "excluded"; readonly reason: Reason }
  | { readonly kind: "not-owed" }
);

/**
 * Visits the stretches of `within` in order: without gap or overlap, each agreed (with the largest weight among its hits), excluded, or not owed.
 * One sweep over sorted boundaries: O(n log n) in the number of spans, hits and steps.
 */
export function walk<Cause, Reason>(input: Walk<Cause, Reason>, visit: (stretch: Stretch<Cause, Reason>) => void): void {
  const { within } = input;
  const hits = [...input.hits].filter((hit) => hit.end > within.start && hit.start < within.end).sort((a, b) => a.start - b.start);
  const moments = boundaries(input, hits);
  const active = new ActiveHits<Cause>();
  let [nextHit, agreed, exclusion, step] = [0, 0, 0, -1];
  for (let index = 0; index + 1 < moments.length; index += 1) {
    const [start, end] = [moments[index] ?? 0, moments[index + 1] ?? 0];
    for (let hit = hits[nextHit]; hit !== undefined && hit.start <= start; hit = hits[nextHit]) {
      active.add(hit);
      nextHit += 1;
    }
    while ((input.agreed[agreed]?.end ?? Infinity) <= start) agreed += 1;
    while ((input.workstations[step + 1]?.from ?? Infinity) <= start) step += 1;
    if ((input.agreed[agreed]?.start ?? Infinity) <= start) {
      visit({ start, end, kind: "counted", hit: active.worst(start), workstations: input.workstations[step]?.workstations ?? 0 });
      continue;
    }
    while ((input.exclusions[exclusion]?.span.end ?? Infinity) <= start) exclusion += 1;
    const reason = exclusionAt(input.exclusions, exclusion, start);
    visit(reason === undefined ? { start, end, kind: "not-owed" } : { start, end, kind: "excluded", reason: reason.reason });
  }
}

/** Every moment at which something may change, sorted, from the beginning to the end of what is looked at. */
function boundaries({ within: { start, end }, agreed, exclusions, workstations }: Walk<unknown, unknown>, hits: readonly Hit<unknown>[]): Float64Array {
  if (start >= end) return new Float64Array();
  const moments = new Float64Array(2 + 2 * (agreed.length + exclusions.length + hits.length) + workstations.length);
  let count = 0;
  const add = (moment: number): void => {
    if (moment > start && moment < end) moments[count++] = moment;
  };
  const addBoth = (of: { readonly start: number; readonly end: number }): void => {
    add(of.start);
    add(of.end);
  };
  for (const each of agreed) addBoth(each);
  for (const each of exclusions) addBoth(each.span);
  for (const each of hits) addBoth(each);
  for (const each of workstations) add(each.from);
  moments[count++] = start;
  moments[count++] = end;
  return distinct(moments.subarray(0, count).sort());
}

/** Of sorted moments each once. In place. */
function distinct(moments: Float64Array): Float64Array {
  let count = 0;
  for (const moment of moments) if (count === 0 || moment !== moments[count - 1]) moments[count++] = moment;
  return moments.subarray(0, count);
}

function exclusionAt<Reason>(exclusions: readonly Exclusion<Reason>[], from: number, at: number): Exclusion<Reason> | undefined {
  for (let index = from; index < exclusions.length; index += 1) {
    const exclusion = exclusions[index];
    if (exclusion === undefined || exclusion.span.start > at) return undefined;
    if (exclusion.span.end > at) return exclusion;
  }
  return undefined;
}

/** A heap of the hits that have begun, the worst on top; those that are over are dropped when they come up. */
class ActiveHits<Cause> {
  readonly #heap: Hit<Cause>[] = [];

  add(hit: Hit<Cause>): void {
    this.#heap.push(hit);
    let index = this.#heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfWorse(index, parent)) return;
      index = parent;
    }
  }

  /** The worst hit that goes on at `at`; moments only ever move forward. */
  worst(at: number): Hit<Cause> | undefined {
    for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
      if (top.end > at) return top;
      this.#dropTop();
    }
    return undefined;
  }

  #dropTop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    let index = 0;
    for (;;) {
      const child = this.#worseChild(index);
      if (child === undefined || !this.#swapIfWorse(child, index)) return;
      index = child;
    }
  }

  #worseChild(index: number): number | undefined {
    const [left, right] = [2 * index + 1, 2 * index + 2];
    const [first, second] = [this.#heap[left], this.#heap[right]];
    if (first === undefined) return undefined;
    return second !== undefined && isWorse(second, first) ? right : left;
  }

  #swapIfWorse(child: number, parent: number): boolean {
    const [lower, upper] = [this.#heap[child], this.#heap[parent]];
    if (lower === undefined || upper === undefined || !isWorse(lower, upper)) return false;
    this.#heap[child] = upper;
    this.#heap[parent] = lower;
    return true;
  }
}

function isWorse(a: Hit<unknown>, b: Hit<unknown>): boolean {
  return a.units > b.units || (a.units === b.units && a.order < b.order);
}
