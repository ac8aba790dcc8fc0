import { instant, type Instant, type ZoneId } from "../../kernel/brand.js";
import { isBand, type When } from "../../time/when.js";
import { localOf, offsetMs } from "../../time/zone.js";
import type { PageWords } from "./words.js";

/** English is asked twice: the British call Rome's summer time CEST, the Americans New York's EDT. */
const ABBREVIATING = ["en-GB", "en-US"];
const abbreviations = new Map<string, (at: Instant) => string | undefined>();

/** What the zone's time is called then: `CEST`, `CET`, `UTC`; `UTC+05:45` where it has no abbreviation. */
export function zoneAbbreviation(at: Instant, zone: ZoneId): string {
  for (const locale of ABBREVIATING) {
    const key = `${locale} ${zone}`;
    const name = abbreviations.get(key) ?? abbreviation(locale, zone);
    abbreviations.set(key, name);
    const found = name(at);
    if (found !== undefined && !/[+\u2212-]\d/.test(found)) return found === "GMT" && zone.endsWith("UTC") ? "UTC" : found;
  }
  return offsetText(offsetMs(at, zone));
}

function abbreviation(locale: string, zone: ZoneId): (at: Instant) => string | undefined {
  const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "short", hour: "numeric" });
  return (at) => format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value;
}

function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  return `UTC${offset < 0 ? "−" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(value: number): string {
  return value.toString().padStart(2, "0");
}

/** `2019-09-25` in the zone, to see whether two instants lie on one day. */
export function dayKey(at: Instant, zone: ZoneId): string {
  const { year, month, day } = localOf(at, zone);
  return `${year}-${two(month)}-${two(day)}`;
}

/** `mercoledì 25 settembre 2019`, or `Wednesday 25 September 2019`. */
export function longDate(at: Instant, zone: ZoneId, { weekdays, months }: PageWords): string {
  const { year, month, day } = localOf(at, zone);
  const weekday = weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? "";
  return `${weekday} ${day} ${months[month - 1] ?? ""} ${year}`;
}

/** `25/09`; with the year where it is another than that of `beside`. */
export function shortDate(at: Instant, zone: ZoneId, beside?: Instant): string {
  const { year, month, day } = localOf(at, zone);
  const isSameYear = beside !== undefined && localOf(beside, zone).year === year;
  return `${two(day)}/${two(month)}${isSameYear ? "" : `/${year}`}`;
}

/** `08:10`, with seconds where there are any. */
export function clockText(at: Instant, zone: ZoneId): string {
  const { hour, minute, second } = localOf(at, zone);
  return `${two(hour)}:${two(minute)}${second === 0 ? "" : `:${two(second)}`}`;
}

/** A time within a day that is named beside it: `08:10`, `27/09 08:10` on another one. */
export function timeBeside(at: Instant, day: Instant, zone: ZoneId): string {
  return dayKey(at, zone) === dayKey(day, zone) ? clockText(at, zone) : `${shortDate(at, zone, day)} ${clockText(at, zone)}`;
}

/** A time or a band beside the day named: `[15:10 – 16:30]`. */
export function whenBeside(when: When, day: Instant, zone: ZoneId): string {
  if (!isBand(when)) return timeBeside(when, day, zone);
  return `[${timeBeside(when.earliest, day, zone)} – ${timeBeside(when.latest, day, zone)}]`;
}

/** `25/09/2019 08:10 CEST` */
export function fullTime(at: Instant, zone: ZoneId): string {
  return `${shortDate(at, zone)} ${clockText(at, zone)} ${zoneAbbreviation(at, zone)}`;
}

/** `settembre 2019`, `2019`, a day, or both ends, as short as the period allows. */
export function periodText({ start, end }: { readonly start: Instant; readonly end: Instant }, zone: ZoneId, words: PageWords): string {
  const [first, last] = [localOf(start, zone), localOf(end, zone)];
  const isMidnight = [first, last].every(({ hour, minute, second, millisecond }) => hour + minute + second + millisecond === 0);
  const months = (last.year - first.year) * 12 + last.month - first.month;
  if (isMidnight && first.day === 1 && last.day === 1 && months === 1) return `${words.months[first.month - 1] ?? ""} ${first.year}`;
  if (isMidnight && first.day === 1 && last.day === 1 && months === 12 && first.month === 1) return String(first.year);
  if (isMidnight && dayKey(instant(end - 1), zone) === dayKey(start, zone)) return longDate(start, zone, words);
  return isMidnight ? `${shortDate(start, zone)} – ${shortDate(instant(end - 1), zone)}` : `${shortDate(start, zone)} ${clockText(start, zone)} – ${shortDate(end, zone)} ${clockText(end, zone)}`;
}
