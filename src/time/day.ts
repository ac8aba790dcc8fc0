import { type Instant, type ZoneId } from "../kernel/brand.js";
import { isDate } from "./period.js";
import { localOf } from "./zone.js";

/** A date as a calendar on the wall shows it. */
export interface LocalDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}
/** `2019-11-01`: sorts as dates do. */
export type DateText = `${string}-${string}-${string}`;

export function dateText({ year, month, day }: LocalDate): DateText {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** Undefined for what is no day of the Gregorian calendar. */
export function parseDate(text: string): LocalDate | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  return isDate(date.year, date.month, date.day) ? date : undefined;
}

export function dayAfter({ year, month, day }: LocalDate): LocalDate {
  const next = new Date(Date.UTC(year, month - 1, day + 1));
  return { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() };
}

/** 1 (Monday) to 7 (Sunday), as ISO 8601 counts. */
export function weekdayOf({ year, month, day }: LocalDate): number {
  return ((new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7) + 1;
}

/** The local date that `at` has in `zone`. */
export function dateOf(at: Instant, zone: ZoneId): LocalDate {
  const { year, month, day } = localOf(at, zone);
  return { year, month, day };
}
