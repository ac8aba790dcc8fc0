import type { ZoneId } from "../../kernel/brand.js";
import type { TermsRow } from "../../../projections/rows.js";
import { serviceCalendar } from "../../domain/terms/calendars.js";
import type { Terms } from "../../domain/terms/terms.js";
import { alwaysOpen, type ServiceCalendar } from "../../time/calendar.js";

/** Where the calendars of terms come from: the zone and holiday data of this machine, or what was frozen. */
export interface CalendarSource {
  /** The calendar of that name in the document. */
  calendar(row: TermsRow, name: string): ServiceCalendar;
}

const made = new WeakMap<Terms, Map<string, ServiceCalendar>>();

/** By the zone and holiday data of this machine. Each calendar of a document is made once, and its hours are expanded once (`keptHours`), as long as the document is kept. */
export const LIVE_CALENDARS: CalendarSource = {
  calendar: ({ terms }, name) => {
    const calendars = made.get(terms) ?? new Map<string, ServiceCalendar>();
    made.set(terms, calendars);
    const kept = calendars.get(name) ?? calendarIn(terms, name);
    calendars.set(name, kept);
    return kept;
  },
};

const always = new Map<ZoneId, ServiceCalendar>();

/** Around the clock in a zone: what time is measured by where the terms give no calendar. */
export function aroundTheClock(zone: ZoneId): ServiceCalendar {
  const calendar = always.get(zone) ?? alwaysOpen(zone);
  always.set(zone, calendar);
  return calendar;
}

/** A document names only calendars that it has (`termsSchema`). */
function calendarIn({ calendars, holidays, zone }: Terms, name: string): ServiceCalendar {
  const terms = calendars[name];
  return terms === undefined ? aroundTheClock(zone) : serviceCalendar(terms, holidays, zone);
}
