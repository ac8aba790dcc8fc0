import { instant, type Instant } from "../kernel/brand.js";

/** A half-open span `[start, end)` in epoch milliseconds; empty spans do not occur in the lists below. */
export interface Span {
  readonly start: Instant;
  readonly end: Instant;
}
/** Sorted by start, disjoint and not touching: one set of moments has one list. */
export type SpanList = readonly Span[];

export function span(start: number, end: number): Span {
  return { start: instant(start), end: instant(end) };
}

/** Any spans, in any order, overlapping or empty, as a span list. O(n log n). */
export function normalise(spans: Iterable<Span>): SpanList {
  const sorted = [...spans].filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start);
  const result: Span[] = [];
  for (const next of sorted) {
    const last = result.at(-1);
    if (last === undefined || next.start > last.end) result.push(next);
    else if (next.end > last.end) result[result.length - 1] = { start: last.start, end: next.end };
  }
  return result;
}

export function union(a: SpanList, b: SpanList): SpanList {
  return normalise([...a, ...b]);
}

/** Moments in both. O(n + m). */
export function intersect(a: SpanList, b: SpanList): SpanList {
  const result: Span[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [left, right] = [a[i], b[j]];
    if (left === undefined || right === undefined) return result;
    const start = Math.max(left.start, right.start);
    const end = Math.min(left.end, right.end);
    if (start < end) result.push(span(start, end));
    if (left.end < right.end) i += 1;
    else j += 1;
  }
}

/** Moments of `a` that are not in `b`. O(n + m). */
export function subtract(a: SpanList, b: SpanList): SpanList {
  const result: Span[] = [];
  let j = 0;
  for (const whole of a) {
    let from: number = whole.start;
    while ((b[j]?.end ?? Infinity) <= from) j += 1;
    for (let k = j; ; k += 1) {
      const cut = b[k];
      if (cut === undefined || cut.start >= whole.end) break;
      if (cut.start > from) result.push(span(from, cut.start));
      from = Math.max(from, cut.end);
    }
    if (from < whole.end) result.push(span(from, whole.end));
  }
  return result;
}

export function clip(spans: SpanList, within: Span): SpanList {
  return intersect(spans, within.start < within.end ? [within] : []);
}

/** Milliseconds. */
export function totalMs(spans: SpanList): number {
  let total = 0;
  for (const { start, end } of spans) total += end - start;
  return total;
}
