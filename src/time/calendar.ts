import { instant, type Instant, type ZoneId } from "../kernel/brand.js";
import { dateOf, dateText, dayAfter, weekdayOf, type DateText, type LocalDate } from "./day.js";
import { clip, normalise, span, type Span, type SpanList } from "./span.js";
import { instantOfLocal, startOfLocalDay, type Side } from "./zone.js";

const DAY_MS = 86_400_000;

/** Part of a day by the clock on the wall: milliseconds since midnight, `from` 0 to 86,399,999, `to` after it and at most 86,400,000, the next midnight. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}
export type DayHours = readonly Hours[];
export const ALL_DAY: DayHours = [{ from: 0, to: DAY_MS }];

/** Hours that something else knows, such as a frozen assessment: the zone and holiday data of this machine are not asked. */
export interface ExpandedCalendar {
  readonly expand: (within: Span) => SpanList;
}
/** When service is owed. */
export type ServiceCalendar = CalendarRules | ExpandedCalendar;

/** When service is owed (domain.md, "Terms of a contract"): hours by weekday, other hours on holidays and on single days. */
export interface CalendarRules {
  readonly zone: ZoneId;
  /** Monday first; a weekday without hours is an empty list. */
  readonly week: readonly [DayHours, DayHours, DayHours, DayHours, DayHours, DayHours, DayHours];
  /** Hours of a holiday, whatever its weekday; undefined: those of its weekday. */
  readonly onHolidays: DayHours | undefined;
  readonly isHoliday: (date: LocalDate) => boolean;
  /** Days with hours of their own, holidays or not. */
  readonly exceptions: ReadonlyMap<DateText, DayHours>;
}

/** Around the clock, every day. */
export function alwaysOpen(zone: ZoneId): CalendarRules {
  return { zone, week: [ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY], onHolidays: undefined, isHoliday: () => false, exceptions: new Map() };
}

/** Hours of a date: an exception before a holiday before the weekday. */
export function hoursOn({ week, onHolidays, isHoliday, exceptions }: CalendarRules, date: LocalDate): DayHours {
  const exception = exceptions.get(dateText(date));
  if (exception !== undefined) return exception;
  if (onHolidays !== undefined && isHoliday(date)) return onHolidays;
  return week[weekdayOf(date) - 1] ?? [];
}

/** The hours of a calendar as spans, within `within`. A day is as long as it physically is: 23, 24 or 25 hours around a change of the clocks. */
export function serviceHours(calendar: ServiceCalendar, within: Span): SpanList {
  if (within.start >= within.end) return [];
  if ("expand" in calendar) return clip(calendar.expand(within), within);
  const spans: Span[] = [];
  const last = dateText(dateOf(instant(within.end - 1), calendar.zone));
  for (let date = dateOf(within.start, calendar.zone); dateText(date) <= last; date = dayAfter(date)) {
    for (const { from, to } of hoursOn(calendar, date)) spans.push(span(onDay(date, from, { zone: calendar.zone, side: "start" }), onDay(date, to, { zone: calendar.zone, side: "end" })));
  }
  return clip(normalise(spans), within);
}

function onDay(date: LocalDate, sinceMidnightMs: number, { zone, side }: { readonly zone: ZoneId; readonly side: Side }): Instant {
  if (sinceMidnightMs === 0) return startOfLocalDay(date, zone);
  if (sinceMidnightMs === DAY_MS) return startOfLocalDay(dayAfter(date), zone);
  const [hour, minute, second] = [Math.floor(sinceMidnightMs / 3_600_000), Math.floor(sinceMidnightMs / 60_000) % 60, Math.floor(sinceMidnightMs / 1000) % 60];
  return instantOfLocal({ ...date, hour, minute, second, millisecond: sinceMidnightMs % 1000 }, zone, side);
}
