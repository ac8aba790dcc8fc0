import type { Instant, ZoneId } from "../kernel/brand.js";
import { instantOfLocal, localOf, startOfLocalDay } from "./zone.js";

/**
 * The same wall-clock time so many calendar months earlier, in `zone`: six months before 25 September 08:10 is 25 March 08:10. A day that the month
 * does not have is its last day (31 August → 28 or 29 February). A wall-clock time that the clocks skipped is the next valid instant, one that they
 * showed twice the first (domain.md, "Time": this is where a span begins).
 */
export function monthsBefore(at: Instant, months: number, zone: ZoneId): Instant {
  const local = localOf(at, zone);
  const count = local.year * 12 + (local.month - 1) - months;
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1];
  return instantOfLocal({ ...local, year, month, day: Math.min(local.day, daysOf(year, month)) }, zone, "start");
}

/** The same wall-clock time so many calendar months later, where something ends: a day that the month does not have is its last day, and of two like times the second is meant. */
export function monthsAfter(at: Instant, months: number, zone: ZoneId): Instant {
  const local = localOf(at, zone);
  const count = local.year * 12 + (local.month - 1) + months;
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1];
  return instantOfLocal({ ...local, year, month, day: Math.min(local.day, daysOf(year, month)) }, zone, "end");
}

/** The same wall-clock time so many days later, where something ends. */
export function daysAfter(at: Instant, days: number, zone: ZoneId): Instant {
  const local = localOf(at, zone);
  const next = new Date(Date.UTC(local.year, local.month - 1, local.day + days));
  return instantOfLocal({ ...local, year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() }, zone, "end");
}

/** The first instant after the local day that lies so many days after the local day of `at`: what happens before it is within those days. */
export function endOfDayAfter(at: Instant, days: number, zone: ZoneId): Instant {
  const { year, month, day } = localOf(at, zone);
  const next = new Date(Date.UTC(year, month - 1, day + days + 1));
  return startOfLocalDay({ year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() }, zone);
}

function daysOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
