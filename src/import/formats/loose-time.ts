import { instant, isInstant, type Instant } from "../../kernel/brand.js";

/** A time as people write it into front matter, and what had to be guessed. */
export interface LooseTime {
  readonly instant: Instant;
  /** Digits were missing or too many, as in `T8:00` or `2023-08-1T13:00`. */
  readonly mended: boolean;
}

const LOOSE = /^(\d{4})-(\d{1,2})-(\d{1,2})[Tt ](\d{1,3}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?\s*(Z|z|UTC|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads an ISO 8601 time leniently: a blank for `T`, no seconds, `UTC` for `Z`, one or three digits where two belong. Without a zone, and with `-00:00`,
 * it is UTC. Undefined for anything else, also for a day or an hour that does not exist.
 */
export function looseTime(text: string): LooseTime | undefined {
  const match = LOOSE.exec(text.trim());
  if (match === null) return undefined;
  const [, year = "", month = "", day = "", hour = "", minute = "", second = "00", fraction = "", zone = "Z"] = match;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number);
  if (y === undefined || mo === undefined || d === undefined || h === undefined || mi === undefined || s === undefined) return undefined;
  if (y < 1900 || y > 2200 || mo < 1 || mo > 12 || d < 1 || d > daysOf(y, mo) || h > 23 || mi > 59 || s > 59) return undefined;
  const offset = offsetMs(zone);
  if (offset === undefined) return undefined;
  const ms = Date.UTC(y, mo - 1, d, h, mi, s, Number(fraction.padEnd(3, "0").slice(0, 3))) - offset;
  if (!isInstant(ms)) return undefined;
  return { instant: instant(ms), mended: [month, day, hour, minute, second].some((digits) => digits.length !== 2) };
}

function daysOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function offsetMs(zone: string): number | undefined {
  const [, sign, hours = "", minutes = ""] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
