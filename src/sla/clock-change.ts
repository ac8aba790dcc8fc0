import type { Instant } from "../kernel/brand.js";
import { normalise, span, type SpanList } from "../time/span.js";
import { earliestOf, latestOf } from "../time/when.js";
import { afterWorking } from "../time/working-time.js";
import { AT_RISK, FOR_EVER, readClock, type Clock, type Pause } from "./clock.js";

/**
 * The first instant after `now` at which the clock's state is another one, if nothing is recorded meanwhile; undefined where it stays as it is. Exact to
 * the millisecond: three quarters of the target used up, the first millisecond after the due time, the known end of a pause, a stop that lies ahead.
 *
 * Time that has passed never runs backwards, so that the state changes only where one of those marks is reached.
 */
export function nextChangeAt(clock: Clock, now: Instant): Instant | undefined {
  const { state } = readClock(clock, now);
  return marksOf(clock).filter((mark) => mark > now).sort((a, b) => a - b).find((mark) => readClock(clock, mark).state !== state);
}

/** Where the state may change. */
function marksOf({ calendar, start, stop, pauses, targetMs }: Clock): readonly Instant[] {
  const marks = pauses.flatMap(({ start: from, end }) => [latestOf(from), ...(end === undefined ? [] : [earliestOf(end)])]);
  if (stop !== undefined) marks.push(latestOf(stop));
  if (targetMs === undefined) return marks;
  const riskMs = Math.ceil((targetMs * AT_RISK.numerator) / AT_RISK.denominator);
  const atRisk = afterWorking(calendar, { from: earliestOf(start), lengthMs: riskMs, pauses: whole(pauses, "short") });
  const breached = afterWorking(calendar, { from: latestOf(start), lengthMs: targetMs + 1, pauses: whole(pauses, "long") });
  return [...marks, ...[atRisk, breached].filter((mark) => mark !== undefined)];
}

/** The pauses, each as long or as short as its bands allow. One that goes on has no end. */
function whole(pauses: readonly Pause[], length: "long" | "short"): SpanList {
  return normalise(pauses.map(({ start, end = FOR_EVER }) => (length === "long" ? span(earliestOf(start), latestOf(end)) : span(latestOf(start), earliestOf(end)))));
}
