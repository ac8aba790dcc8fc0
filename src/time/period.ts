import { instant, type Instant, type ZoneId } from "../kernel/brand.js";
import { ok, refuse, type Result } from "../kernel/result.js";
import { span, type Span } from "./span.js";
import { localOf, startOfLocalDay } from "./zone.js";

/** A span cut in a zone: a day has 23, 24 or 25 hours. */
export interface Period {
  readonly span: Span;
  readonly zone: ZoneId;
  /** As it was written: `2019-09-25`, `2019-09`, `2019-Q3`, `2019`, or both ends. */
  readonly label: string;
}

const YEARS = { first: 1900, last: 2200 };
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH = /^(\d{4})-(\d{2})$/;
const QUARTER = /^(\d{4})-Q([1-4])$/;
const YEAR = /^(\d{4})$/;

/** A day, month, quarter or year of a calendar in `zone`. Refused: INVALID_PERIOD, with what may be written. */
export function parsePeriod(text: string, zone: ZoneId, field = "period"): Result<Period> {
  const bounds = boundsOf(text);
  if (bounds === undefined || bounds.from.year < YEARS.first || bounds.from.year > YEARS.last) return refuse(invalid(text, field));
  return ok({ span: { start: startOfLocalDay(bounds.from, zone), end: startOfLocalDay(bounds.to, zone) }, zone, label: text });
}

/** From `start` to `end`, half-open. Refused: INVALID_PERIOD when it is empty. */
export function periodBetween(start: Instant, end: Instant, zone: ZoneId, field = "period"): Result<Period> {
  if (start < end) return ok({ span: { start, end }, zone, label: spanLabel(start, end) });
  return refuse({ code: "INVALID_PERIOD", field, params: { from: new Date(start).toISOString(), to: new Date(end).toISOString() }, message: "a period ends after it begins; check from and to" });
}

function spanLabel(start: Instant, end: Instant): string {
  return `${new Date(start).toISOString()}/${new Date(end).toISOString()}`;
}

/**
 * The period of the same kind just before: the day, month, quarter or year before, in the same zone; for free ends, the span of equal length (in
 * milliseconds) that ends where this one begins.
 */
export function periodBefore({ span: { start, end }, zone, label }: Period): Period {
  const bounds = boundsOf(label);
  if (bounds === undefined) {
    const before = span(start - (end - start), start);
    return { span: before, zone, label: spanLabel(before.start, before.end) };
  }
  const { from, text } = boundsBefore(label, bounds.from);
  return { span: { start: startOfLocalDay(from, zone), end: start }, zone, label: text };
}

function boundsBefore(label: string, { year, month, day }: LocalDate): { readonly from: LocalDate; readonly text: string } {
  if (DAY.test(label)) {
    const before = new Date(Date.UTC(year, month - 1, day - 1));
    return { from: { year: before.getUTCFullYear(), month: before.getUTCMonth() + 1, day: before.getUTCDate() }, text: before.toISOString().slice(0, 10) };
  }
  if (YEAR.test(label)) return { from: { year: year - 1, month, day }, text: String(year - 1) };
  const from = monthBefore({ year, month, day }, QUARTER.test(label) ? 3 : 1);
  return { from, text: QUARTER.test(label) ? `${from.year}-Q${(from.month + 2) / 3}` : `${from.year}-${String(from.month).padStart(2, "0")}` };
}

/** The first day of the month that lies up to twelve months before. */
function monthBefore({ year, month }: LocalDate, months: number): LocalDate {
  return month > months ? { year, month: month - months, day: 1 } : { year: year - 1, month: month + 12 - months, day: 1 };
}

interface LocalDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function boundsOf(text: string): { from: LocalDate; to: LocalDate } | undefined {
  const day = DAY.exec(text);
  if (day !== null) return dayBounds(Number(day[1]), Number(day[2]), Number(day[3]));
  const month = MONTH.exec(text);
  if (month !== null) return monthsBounds(Number(month[1]), Number(month[2]), 1);
  const quarter = QUARTER.exec(text);
  if (quarter !== null) return monthsBounds(Number(quarter[1]), Number(quarter[2]) * 3 - 2, 3);
  const year = YEAR.exec(text);
  return year === null ? undefined : monthsBounds(Number(year[1]), 1, 12);
}

function dayBounds(year: number, month: number, day: number): { from: LocalDate; to: LocalDate } | undefined {
  if (!isDate(year, month, day)) return undefined;
  const next = new Date(Date.UTC(year, month - 1, day + 1));
  return { from: { year, month, day }, to: { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() } };
}

function monthsBounds(year: number, month: number, length: number): { from: LocalDate; to: LocalDate } | undefined {
  if (month < 1 || month > 12) return undefined;
  const after = month + length;
  return { from: { year, month, day: 1 }, to: after > 12 ? { year: year + 1, month: after - 12, day: 1 } : { year, month: after, day: 1 } };
}

/** Whether the Gregorian calendar has that day: 29 February only in leap years. */
export function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (lengths[month - 1] ?? 0);
}

function invalid(text: string, field: string) {
  return {
    code: "INVALID_PERIOD" as const,
    field,
    params: { period: text },
    message: `${JSON.stringify(text)} is not a period; write a month (2019-09), a quarter (2019-Q3), a year (2019) or a day (2019-09-25), from ${YEARS.first} to ${YEARS.last}`,
  };
}

/** The calendar months in `zone` that `within` touches, whole. */
export function calendarMonths(within: Span, zone: ZoneId): readonly Span[] {
  if (within.start >= within.end) return [];
  const [from, to] = [localOf(within.start, zone), localOf(instant(within.end - 1), zone)];
  const count = (to.year - from.year) * 12 + to.month - from.month + 1;
  const monthFrom = (index: number): Instant => {
    const month = from.month - 1 + index;
    return startOfLocalDay({ year: from.year + Math.floor(month / 12), month: (month % 12) + 1, day: 1 }, zone);
  };
  return Array.from({ length: count }, (_, index) => span(monthFrom(index), monthFrom(index + 1)));
}

/** The calendar years in `zone` that `within` touches, whole. */
export function calendarYears(within: Span, zone: ZoneId): { readonly year: number; readonly span: Span }[] {
  if (within.start >= within.end) return [];
  const first = localOf(within.start, zone).year;
  const last = localOf(instant(within.end - 1), zone).year;
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const year = first + index;
    return { year, span: span(startOfLocalDay({ year, month: 1, day: 1 }, zone), startOfLocalDay({ year: year + 1, month: 1, day: 1 }, zone)) };
  });
}

/** The month, quarter or year in which `at` lies, as it is written: `2019-10`, `2019-Q4`, `2019`. */
export function periodLabel(at: Instant, unit: "month" | "quarter" | "year", zone: ZoneId): string {
  const { year, month } = localOf(at, zone);
  const yearText = String(year).padStart(4, "0");
  switch (unit) {
    case "month":
      return `${yearText}-${String(month).padStart(2, "0")}`;
    case "quarter":
      return `${yearText}-Q${Math.ceil(month / 3)}`;
    case "year":
      return yearText;
  }
}

/** The calendar months in `zone` that `within` touches, cut to it: the first and the last may be parts of months. */
export function monthsWithin(within: Span, zone: ZoneId): readonly Period[] {
  const months: Period[] = [];
  for (let start = within.start; start < within.end; ) {
    const { year, month } = localOf(start, zone);
    const next = startOfLocalDay(month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 }, zone);
    const end = instant(Math.min(next, within.end));
    months.push({ span: { start, end }, zone, label: `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}` });
    start = end;
  }
  return months;
}
