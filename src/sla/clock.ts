import { instant, type Instant } from "../kernel/brand.js";
import type { ServiceCalendar } from "../time/calendar.js";
import { normalise, span, type SpanList } from "../time/span.js";
import { earliestOf, latestOf, type When } from "../time/when.js";
import { afterWorking, workingMs } from "../time/working-time.js";

/** A pause of a clock; without `end` it goes on. */
export interface Pause {
  readonly start: When;
  readonly end: When | undefined;
}

/** A clock of an incident (domain.md, "Clocks of an incident"): it runs in a calendar from a start to a stop, pauses left out. */
export interface Clock {
  readonly calendar: ServiceCalendar;
  readonly start: When;
  /** Undefined while it runs. */
  readonly stop: When | undefined;
  readonly pauses: readonly Pause[];
  /** Time that may pass by the calendar, in milliseconds; undefined where nothing is owed for the severity. */
  readonly targetMs: number | undefined;
}

export const CLOCK_STATES = ["running", "at-risk", "paused", "met", "breached", "undetermined", "no-target"] as const;
/**
 * `met` and `breached` are verdicts; `undetermined` is one too: within the bands in which things happened it may be either. `running` and `at-risk` (from
 * three quarters of the target on) may still be met; `paused` runs on with its end; `no-target` is only measured.
 */
export type ClockState = (typeof CLOCK_STATES)[number];

/** Where a clock stands. Bands where the times are: `min` is the reading most favourable to the supplier. */
export interface ClockReading {
  readonly state: ClockState;
  /** Milliseconds of the calendar's time that have passed, up to the stop or to `now`. */
  readonly elapsedMs: { readonly min: number; readonly max: number };
  /** When the target is or was used up; undefined without a target, or during a pause that goes on. */
  readonly dueAt: { readonly earliest: Instant; readonly latest: Instant } | undefined;
  /** Milliseconds of the calendar's time that are left, never below 0; undefined without a target. */
  readonly remainingMs: { readonly min: number; readonly max: number } | undefined;
}

/** From this part of the target on a clock is at risk. */
export const AT_RISK = { numerator: 3, denominator: 4 };

/** Where the clock stands at `now`; what happens later is left out. A due time that is just reached is met. */
export function readClock({ calendar, start, stop, pauses, targetMs }: Clock, now: Instant): ClockReading {
  const stopped = stop !== undefined && latestOf(stop) <= now ? stop : undefined;
  const end = stopped ?? now;
  // Long pauses make little time pass, short ones much.
  const [long, short] = [pausedIn(pauses, now, "long"), pausedIn(pauses, now, "short")];
  const elapsedMs = {
    min: workingMs(calendar, { from: latestOf(start), to: earliestOf(end), pauses: long }),
    max: workingMs(calendar, { from: earliestOf(start), to: latestOf(end), pauses: short }),
  };
  if (targetMs === undefined) return { state: "no-target", elapsedMs, dueAt: undefined, remainingMs: undefined };
  const due = (from: Instant, left: SpanList): Instant | undefined => afterWorking(calendar, { from, lengthMs: targetMs, pauses: left });
  const [first, last] = [due(earliestOf(start), openEnded(pauses, now, short)), due(latestOf(start), openEnded(pauses, now, long))];
  const dueAt = first === undefined || last === undefined ? undefined : { earliest: first, latest: last };
  const remainingMs = { min: Math.max(0, targetMs - elapsedMs.max), max: Math.max(0, targetMs - elapsedMs.min) };
  const isPaused = pauses.some((pause) => latestOf(pause.start) <= now && (pause.end === undefined || earliestOf(pause.end) > now));
  return { state: stateOf({ elapsedMs, targetMs, isStopped: stopped !== undefined, isPaused }), elapsedMs, dueAt, remainingMs };
}

interface Standing {
  readonly elapsedMs: ClockReading["elapsedMs"];
  readonly targetMs: number;
  readonly isStopped: boolean;
  readonly isPaused: boolean;
}

function stateOf({ elapsedMs: { min, max }, targetMs, isStopped, isPaused }: Standing): ClockState {
  if (min > targetMs) return "breached";
  if (isStopped) return max <= targetMs ? "met" : "undetermined";
  if (isPaused) return "paused";
  return max * AT_RISK.denominator >= targetMs * AT_RISK.numerator ? "at-risk" : "running";
}

/** The pauses up to `now`, each as long or as short as its bands allow; one that goes on lasts until now. */
function pausedIn(pauses: readonly Pause[], now: Instant, length: "long" | "short"): SpanList {
  return normalise(pauses.map((pause) => {
    const end = pause.end ?? now;
    return length === "long" ? span(earliestOf(pause.start), Math.min(now, latestOf(end))) : span(latestOf(pause.start), Math.min(now, earliestOf(end)));
  }));
}

/** For the due time a pause that goes on has no end. */
function openEnded(pauses: readonly Pause[], now: Instant, until: SpanList): SpanList {
  const open = pauses.find(({ start, end }) => latestOf(start) <= now && (end === undefined || earliestOf(end) > now));
  return open === undefined ? until : normalise([...until, span(latestOf(open.start), FOR_EVER)]);
}
/** Later than anything that can be dated. */
export const FOR_EVER = instant(8.64e15);
