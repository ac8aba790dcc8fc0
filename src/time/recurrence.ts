import ICAL from "ical.js";
import type { Instant, ZoneId } from "../kernel/brand.js";
import { ok, refuse, type Result } from "../kernel/result.js";
import { normalise, span, type Span, type SpanList } from "./span.js";
import { instantOfLocal, localOf, type LocalTime } from "./zone.js";

/** A window that comes again, by a rule of RFC 5545, section 3.3.10. */
export interface Recurrence {
  /** Begin of the first window, on the clock of `zone`, from which the rule counts. */
  readonly first: LocalTime;
  readonly zone: ZoneId;
  /** Length by the clock that runs on: a window over a change of the clocks is as long as any other. */
  readonly lengthMs: number;
  /** `FREQ=MONTHLY;BYDAY=1SU`, checked by `parseRule`. */
  readonly rule: string;
}

/** Most windows that one question looks at. */
const MOST = 100_000;
/** Rules that come more often than daily are no maintenance. */
const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];

/** A rule as it is kept, in upper case. Refused: INVALID_INPUT for what RFC 5545 does not know, and for rules that come more often than daily. */
export function parseRule(text: string, field = "rule"): Result<string> {
  const rule = text.trim().toUpperCase().replace(/^RRULE:/, "");
  const problem = problemOf(rule);
  if (problem === undefined) return ok(rule);
  return refuse({ code: "INVALID_INPUT", field, params: { rule: text.slice(0, 200) }, message: `${JSON.stringify(text.slice(0, 200))} is no rule of recurrence (${problem}); write it as RFC 5545 does, like FREQ=MONTHLY;BYDAY=1SU` });
}

function problemOf(rule: string): string | undefined {
  try {
    const { freq } = ICAL.Recur.fromString(rule);
    return FREQUENCIES.includes(freq) ? undefined : "its FREQ must be one of DAILY, WEEKLY, MONTHLY, YEARLY";
  } catch (error) {
    return error instanceof Error ? error.message : "it cannot be read";
  }
}

/** The windows that touch `within`, clipped by nothing. Begins that the clocks skip are moved to the next valid instant; of two like ones the first is meant. */
export function occurrences({ first, zone, lengthMs, rule }: Recurrence, within: Span): SpanList {
  const found: Span[] = [];
  const begin = ICAL.Time.fromData({ year: first.year, month: first.month, day: first.day, hour: first.hour, minute: first.minute, second: first.second, isDate: false });
  const iterator = ICAL.Recur.fromString(rule).iterator(begin);
  for (let count = 0; count < MOST; count += 1) {
    const next = nextOf(iterator);
    if (next === null) break;
    const start = instantOfLocal({ year: next.year, month: next.month, day: next.day, hour: next.hour, minute: next.minute, second: next.second, millisecond: 0 }, zone, "start");
    if (start >= within.end) break;
    if (start + lengthMs > within.start) found.push(span(start, start + lengthMs));
  }
  return normalise(found);
}

/** Null after the last: the library's own types leave that out. */
function nextOf(iterator: ICAL.RecurIterator): ICAL.Time | null {
  return iterator.next();
}

/** The wall-clock time from which a rule counts. */
export function firstOf(at: Instant, zone: ZoneId): LocalTime {
  return localOf(at, zone);
}
