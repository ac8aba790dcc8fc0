import type { Instant } from "../src/kernel/brand.js";

type OpenSpan = { readonly start: Instant; readonly end?: Instant };

/**
 * Spans from a run of beginnings and ends in the order in which the rules accepted them: a beginning while one is open, and an end while
 * none is, change nothing.
 */
export function spansOf(marks: readonly { readonly kind: "start" | "end"; readonly at: Instant }[]): OpenSpan[] {
  const spans: OpenSpan[] = [];
  for (const { kind, at } of marks) {
    const last = spans.at(-1);
    const open = last !== undefined && last.end === undefined;
    if (kind === "start" && !open) spans.push({ start: at });
    else if (kind === "end" && open) spans[spans.length - 1] = { start: last.start, end: at };
  }
  return spans;
}
