import { z } from "zod";
import type { ZoneId } from "../../../kernel/brand.js";
import type { JsonObject } from "../../../kernel/json.js";
import { zoneSchema } from "../../../time/zone.js";
import { PERIODS, type IndicatorTerms } from "../indicators.js";

export type Period = IndicatorTerms["period"];

/** Durations in OpenSLO's shorthand that are a period of terms, the one that is written first. */
const DURATIONS: Readonly<Record<Period, readonly string[]>> = { month: ["1M"], quarter: ["1Q", "3M"], year: ["1Y", "4Q", "12M"] };
const MONTHS: Readonly<Record<Period, number>> = { month: 1, quarter: 3, year: 12 };

/** OpenSLO's JSON Schema asks for a zone with an area (`Etc/UTC`), though its text takes any name of the IANA database. */
export function zoneForOpenSlo(zone: string): string {
  return zone === "UTC" ? "Etc/UTC" : zone;
}
export function hasArea(zone: string): boolean {
  return zoneForOpenSlo(zone).includes("/");
}

/** The calendar-aligned window of a period in a zone; it starts with the period in which `from` (a date) lies. */
export function windowOf(period: Period, zone: string, from: string): JsonObject {
  return { duration: DURATIONS[period][0] ?? "", isRolling: false, calendar: { startTime: `${firstDay(period, from)} 00:00:00`, timeZone: zoneForOpenSlo(zone) } };
}

function firstDay(period: Period, date: string): string {
  const [year = "", month = "1"] = date.split("-");
  const first = Number(month) - ((Number(month) - 1) % MONTHS[period]);
  return `${year}-${first.toString().padStart(2, "0")}-01`;
}

/** A window that is read: aligned to the calendar, and a period of terms. */
export interface CalendarWindow {
  readonly period: Period;
  readonly zone: ZoneId;
  /** `2020-01-21 12:30:00`. */
  readonly startTime: string;
  /** Whether it starts with a period of the calendar. */
  readonly isAligned: boolean;
  /** What it holds besides: keys of the window, and of its `calendar`. */
  readonly others: readonly (readonly string[])[];
}

/** A time window of OpenSLO. Rolling windows, and durations that are no period of terms, are refused: which period is meant must be agreed on. */
export const windowSchema = z.looseObject({
  duration: z.string().regex(/^[1-9]\d*[mhdwMQY]$/, "not a duration of OpenSLO, such as 1M, 1Q or 1Y"),
  isRolling: z.boolean().optional(),
  calendar: z.looseObject({
    startTime: z.string().regex(/^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, "not a date and time without a zone, such as 2020-01-01 00:00:00"),
    timeZone: zoneSchema,
  }).optional(),
}).transform(({ duration, isRolling, calendar, ...rest }, context): CalendarWindow => {
  const refused = (field: string, message: string): never => {
    context.addIssue({ code: "custom", path: [field], message });
    return z.NEVER;
  };
  if (isRolling === true) return refused("isRolling", `a rolling window (${duration}) is no period that could be assessed and closed; agree on a month, quarter or year, and write it with a calendar`);
  if (calendar === undefined) return refused("calendar", "it is missing; give the startTime and the timeZone in which periods are cut");
  const period = PERIODS.find((each) => DURATIONS[each].includes(duration));
  if (period === undefined) return refused("duration", `${duration} is no period of terms; agree on a month (1M), a quarter (1Q) or a year (1Y)`);
  const { startTime, timeZone, ...more } = calendar;
  const [date = "", clock] = startTime.split(" ");
  const others = [...Object.keys(rest).map((key) => [key]), ...Object.keys(more).map((key) => ["calendar", key])];
  return { period, zone: timeZone, startTime, isAligned: clock === "00:00:00" && date === firstDay(period, date), others };
});
