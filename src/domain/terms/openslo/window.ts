import type { JsonObject } from "../../../kernel/json.js";
import type { IndicatorTerms } from "../indicators.js";

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

/** The period of a duration; undefined where it is no month, quarter or year. */
export function periodOf(duration: string): Period | undefined {
  const periods = ["month", "quarter", "year"] as const;
  return periods.find((period) => DURATIONS[period].includes(duration));
}

/** Whether `startTime` (`2020-01-21 12:30:00`) is the begin of a period. */
export function isAligned(period: Period, startTime: string): boolean {
  const [date = "", clock = ""] = startTime.split(" ");
  return clock === "00:00:00" && date === firstDay(period, date);
}
