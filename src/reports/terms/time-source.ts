import type { ZoneId } from "../../kernel/brand.js";
import type { TermsRow } from "../../../projections/rows.js";
import { parseDuration } from "../../domain/terms/values.js";
import type { Terms } from "../../domain/terms/terms.js";
import { serviceHours, type ServiceCalendar } from "../../time/calendar.js";
import { parseDate } from "../../time/day.js";
import { calendarMonths } from "../../time/period.js";
import { occurrences } from "../../time/recurrence.js";
import { LIVE_CALENDARS } from "../clocks/calendars.js";
import type { Span, SpanList } from "../../time/span.js";

export type MaintenanceWindow = NonNullable<Terms["maintenance"]["windows"]>[number];

/** Where hours, windows and months come from: this machine's zone and holiday data, or what was frozen. */
export interface TimeSource {
  /** The calendar of that name in the document, as clocks and working time take it. */
  calendar(row: TermsRow, name: string): ServiceCalendar;
  /** Its hours within a span. */
  hours(row: TermsRow, calendar: string, within: Span): SpanList;
  /** Windows that come again, clipped by nothing. */
  windows(row: TermsRow, window: MaintenanceWindow, within: Span): SpanList;
  /** The calendar months that a span touches, whole. */
  months(zone: ZoneId, within: Span): readonly Span[];
}

/** Expands with the zone and holiday data of this machine. */
export function liveTime(): TimeSource {
  const kept = new Map<string, SpanList>();
  const calendar: TimeSource["calendar"] = (row, name) => LIVE_CALENDARS.calendar(row, name);
  return {
    calendar,
    hours: (row, name, within) => {
      const key = `${row.eventId}/${name}/${within.start}/${within.end}`;
      const spans = kept.get(key) ?? serviceHours(calendar(row, name), within);
      kept.set(key, spans);
      return spans;
    },
    windows: (row, window, within) => {
      const key = `${row.eventId}//${window.name}/${within.start}/${within.end}`;
      const spans = kept.get(key) ?? windowSpans(row.terms, window, within);
      kept.set(key, spans);
      return spans;
    },
    months: (zone, within) => calendarMonths(within, zone),
  };
}

function windowSpans({ zone }: Terms, { rule, first, length }: MaintenanceWindow, within: Span): SpanList {
  const date = parseDate(first.slice(0, 10)) ?? { year: 1970, month: 1, day: 1 };
  const [hour, minute] = [Number(first.slice(11, 13)), Number(first.slice(14, 16))];
  return occurrences({ first: { ...date, hour, minute, second: 0, millisecond: 0 }, zone, lengthMs: parseDuration(length) ?? 0, rule }, within);
}
