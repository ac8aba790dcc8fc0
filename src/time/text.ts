import { instant, type Instant, type ZoneId } from "../kernel/brand.js";
import type { Refusal } from "../kernel/errors.js";
import { ok, refuse, type Result } from "../kernel/result.js";
import { isDate } from "./period.js";
import { instantOfLocal, localOf, offsetMs, startOfLocalDay, type LocalTime, type Side } from "./zone.js";

/** RFC 3339, seconds optional; the zone is looked at apart, so that its absence gets its own answer. */
const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?([Zz]|[+-]\d{2}:\d{2})?$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const YEARS = { first: 1900, last: 2200 };

/**
 * An instant as RFC 3339 writes it, with a zone (`Z` or an offset). Refused: TIME_WITHOUT_ZONE, or INVALID_TIME for what is no time, for
 * days and hours that do not exist, years outside 1900–2200, and digits below a millisecond: nothing is changed silently.
 */
export function parseInstant(text: string, field?: string): Result<Instant> {
  const match = DATE_TIME.exec(text.trim());
  if (match === null) return refuse(DATE.test(text) ? withoutZone(text, field) : invalid(text, field, "is not a time"));
  const zone = match[8];
  if (zone === undefined) return refuse(withoutZone(text, field));
  const local = localFrom(match);
  if (typeof local === "string") return refuse(invalid(text, field, local));
  const offset = parseOffset(zone);
  if (offset === undefined) return refuse(invalid(text, field, "has an offset that does not exist"));
  return ok(instant(Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second, local.millisecond) - offset));
}

/** As `parseInstant`, and a time without a zone is one on the wall in `zone`: in a gap the next valid instant, in a fold the first for a start, the second for an end. */
export function parseInstantIn(text: string, zone: ZoneId, side: Side, field?: string): Result<Instant> {
  const match = DATE_TIME.exec(text.trim());
  if (match === null || match[8] !== undefined) return parseInstant(text, field);
  const local = localFrom(match);
  return typeof local === "string" ? refuse(invalid(text, field, local)) : ok(instantOfLocal(local, zone, side));
}

/** Local midnight of a date such as `2019-10-01` in `zone`: how "effective from" dates begin. Refused: INVALID_TIME. */
export function parseLocalDate(text: string, zone: ZoneId, field?: string): Result<Instant> {
  const match = DATE.exec(text.trim());
  const [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
  if (match === null) return refuse(invalid(text, field, "is not a date", "a date like 2019-10-01"));
  const problem = dateProblem(year, month, day);
  return problem === undefined ? ok(startOfLocalDay({ year, month, day }, zone)) : refuse(invalid(text, field, problem, "a date like 2019-10-01"));
}

function localFrom(match: RegExpExecArray): LocalTime | string {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1, 6).map(Number);
  const second = Number(match[6] ?? 0);
  const problem = dateProblem(year, month, day);
  if (problem !== undefined) return problem;
  if (hour > 23 || minute > 59 || second > 59) return "has an hour, minute or second that does not exist";
  const fraction = match[7] ?? "";
  if (/[1-9]/.test(fraction.slice(3))) return "is finer than a millisecond, which the ledger does not keep";
  return { year, month, day, hour, minute, second, millisecond: Number(fraction.slice(0, 3).padEnd(3, "0")) };
}

function dateProblem(year: number, month: number, day: number): string | undefined {
  if (!isDate(year, month, day)) return "names a day that does not exist";
  if (year < YEARS.first || year > YEARS.last) return `lies outside the years ${YEARS.first} to ${YEARS.last}`;
  return undefined;
}

function parseOffset(zone: string): number | undefined {
  if (zone === "Z" || zone === "z") return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function withoutZone(text: string, field?: string): Refusal {
  return {
    code: "TIME_WITHOUT_ZONE",
    ...(field !== undefined && { field }),
    params: { value: text },
    message: `${JSON.stringify(text)} does not say in which zone; write it like 2019-09-25T08:10:00+02:00 or 2019-09-25T06:10:00Z`,
  };
}
function invalid(text: string, field: string | undefined, problem: string, right = "a time like 2019-09-25T08:10:00+02:00"): Refusal {
  return { code: "INVALID_TIME", ...(field !== undefined && { field }), params: { value: text.slice(0, 100) }, message: `${JSON.stringify(text.slice(0, 100))} ${problem}; write ${right}` };
}

/** `2019-09-25T08:10:00.000+02:00`: RFC 3339 with the offset that holds in `zone` then. */
export function toZonedText(at: Instant, zone: ZoneId): string {
  const offset = offsetMs(at, zone);
  const wall = new Date(at + offset).toISOString().replace(".000Z", "").replace("Z", "");
  const minutes = Math.abs(Math.round(offset / 60_000));
  const two = (value: number): string => String(value).padStart(2, "0");
  return offset === 0 ? `${wall}Z` : `${wall}${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** `2019-09-25` in `zone`. */
export function toLocalDate(at: Instant, zone: ZoneId): string {
  const { year, month, day } = localOf(at, zone);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** A length of time for people, exact to the millisecond: `2 h 30 min`, `1 d 4 h`, `0.5 s`. */
export function toDurationText(lengthMs: number): string {
  if (lengthMs < 0) return `−${toDurationText(-lengthMs)}`;
  const parts: string[] = [];
  let rest = lengthMs;
  for (const [unit, unitMs] of [["d", 86_400_000], ["h", 3_600_000], ["min", 60_000]] as const) {
    const count = Math.floor(rest / unitMs);
    if (count > 0) parts.push(`${count} ${unit}`);
    rest -= count * unitMs;
  }
  if (rest > 0 || parts.length === 0) parts.push(`${Number((rest / 1000).toFixed(3))} s`);
  return parts.join(" ");
}
