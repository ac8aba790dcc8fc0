import type { Terms } from "../../../src/domain/terms/terms.js";
import { dateText, dayOf, dayOfText, isItalianHoliday, timeOfDay, wallOf, weekdayOf } from "./naive-clock.js";

/** Moments that are looked at one by one: `from`, `from + tick`, … before `to`, in seconds. Nothing that matters changes between two of them. */
export interface Moments {
  readonly zone: string;
  readonly from: number;
  readonly to: number;
  readonly tick: number;
}
/** For each moment, whether something holds. */
export type Marks = Uint8Array;

type Calendar = Terms["calendars"][string];
type Window = NonNullable<Terms["maintenance"]["windows"]>[number];
const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const RRULE_DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

export function countOf({ from, to, tick }: Moments): number {
  return Math.round((to - from) / tick);
}

/** Whether service is owed, by a calendar of a document, at each moment. `from` and `to` are local midnights. */
export function openAt(terms: Terms, calendar: Calendar, moments: Moments): Marks {
  const open = new Uint8Array(countOf(moments));
  if (calendar.kind === "always") return open.fill(1);
  for (const [day, indices] of daysOf(moments)) {
    for (const hours of hoursOn(terms, calendar, day)) {
      const [from = 0, to = 0] = hours.split("-").map((clock) => Number(clock.slice(0, 2)) * 3600 + Number(clock.slice(3)) * 60);
      // From the first moment of the day that is not before the opening, up to the last at which the clock shows the closing time: what it shows twice counts twice.
      const clock = indices.map((index) => timeOfDay(wallOf(moments.zone, moments.from + index * moments.tick)));
      const begin = clock.findIndex((time) => time >= from);
      const closing = clock.lastIndexOf(to);
      const end = closing >= 0 ? closing : clock.findLastIndex((time) => time < to) + 1;
      if (begin >= 0) for (let each = begin; each < end; each += 1) open[indices[each] ?? 0] = 1;
    }
  }
  return open;
}

/** The moments of each local day. */
function daysOf(moments: Moments): Map<number, number[]> {
  const days = new Map<number, number[]>();
  for (let index = 0; index < countOf(moments); index += 1) {
    const day = dayOf(wallOf(moments.zone, moments.from + index * moments.tick));
    const own = days.get(day);
    if (own === undefined) days.set(day, [index]);
    else own.push(index);
  }
  return days;
}

function hoursOn({ holidays }: Terms, calendar: Extract<Calendar, { kind: "weekly" }>, day: number): readonly string[] {
  const date = dateText(day);
  const exception = calendar.exceptions?.find((each) => each.date === date);
  if (exception !== undefined) return exception.hours;
  if (calendar.onHolidays !== "as-weekday" && isHoliday(holidays, day)) return calendar.onHolidays;
  return calendar.week[WEEK[weekdayOf(day)] ?? "mon"];
}

function isHoliday({ country, yearly = [], days = [] }: Terms["holidays"], day: number): boolean {
  if (country !== undefined && country !== "IT") throw new RangeError(`the second implementation knows no holidays of ${country}`);
  const date = dateText(day);
  return (country === "IT" && isItalianHoliday(day)) || yearly.some((each) => each.day === date.slice(5)) || days.some((each) => each.date === date);
}

/** Whether one of a window's comings goes on at each moment. Windows are two days long at most. */
export function windowAt({ rule, first, length }: Window, { zone, from, to, tick }: Moments): Marks {
  const marks = new Uint8Array(countOf({ zone, from, to, tick }));
  const begins = Number(first.slice(11, 13)) * 3600 + Number(first.slice(14, 16)) * 60;
  const firstDay = dayOfText(first.slice(0, 10));
  const seen = new Set<number>();
  let until = -Infinity;
  for (let t = from - 4 * 86_400; t < to; t += tick) {
    const wall = wallOf(zone, t);
    const day = dayOf(wall);
    if (timeOfDay(wall) >= begins && !seen.has(day)) {
      seen.add(day);
      if (day >= firstDay && comesOn(rule, day, firstDay)) until = Math.max(until, t + secondsOf(length));
    }
    if (t >= from && t < until) marks[Math.round((t - from) / tick)] = 1;
  }
  return marks;
}

/** Whether a rule of RFC 5545 that began on `firstDay` names a day; of the rules, those that the stories use. */
function comesOn(rule: string, day: number, firstDay: number): boolean {
  const parts = new Map(rule.split(";").map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]));
  const [frequency, byDay, byMonthDay, interval] = ["FREQ", "BYDAY", "BYMONTHDAY", "INTERVAL"].map((name) => parts.get(name));
  if (frequency === "DAILY") return (day - firstDay) % Number(interval ?? 1) === 0;
  if (byMonthDay !== undefined) return dateText(day).slice(8) === byMonthDay.padStart(2, "0");
  if (byDay === undefined) throw new RangeError(`the second implementation cannot read ${rule}`);
  const weekday = RRULE_DAYS[weekdayOf(day)] ?? "";
  if (frequency === "WEEKLY") return byDay.split(",").includes(weekday);
  const nth = Math.ceil(Number(dateText(day).slice(8)) / 7);
  const isLast = dateText(day + 7).slice(5, 7) !== dateText(day).slice(5, 7);
  return byDay === `${nth}${weekday}` || (isLast && byDay === `-1${weekday}`);
}

/** Seconds of a length such as `PT1H30M`. */
export function secondsOf(length: string): number {
  const [, hours = "0", minutes = "0", seconds = "0"] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(length) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
