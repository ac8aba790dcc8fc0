/**
 * The clock on the wall and the holidays once more, for the second implementation: asks `Intl` for every quarter of an hour, and works out Easter itself. Knows
 * nothing of the product. Times are whole seconds since 1970-01-01T00:00:00Z; a wall-clock time is told as the seconds that it would be in UTC.
 */

const BLOCK = 900;
const DAY = 86_400;
const zones = new Map<string, { readonly format: Intl.DateTimeFormat; readonly offsets: Map<number, number> }>();

/** No zone of these years changes its clocks within a quarter of an hour. */
export function wallOf(zone: string, t: number): number {
  const known = zones.get(zone) ?? { format: formatOf(zone), offsets: new Map<number, number>() };
  zones.set(zone, known);
  const block = Math.floor(t / BLOCK);
  const kept = known.offsets.get(block);
  if (kept !== undefined) return t + kept;
  const offset = asked(known.format, block * BLOCK) - block * BLOCK;
  known.offsets.set(block, offset);
  return t + offset;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-GB", { timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });
}
function asked(format: Intl.DateTimeFormat, t: number): number {
  const parts = new Map(format.formatToParts(t * 1000).map(({ type, value }) => [type, Number(value)]));
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (["year", "month", "day", "hour", "minute", "second"] as const).map((type) => parts.get(type));
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

/** Days since 1970-01-01 of a wall-clock time. */
export function dayOf(wall: number): number {
  return Math.floor(wall / DAY);
}
/** Seconds since midnight of a wall-clock time. */
export function timeOfDay(wall: number): number {
  return wall - dayOf(wall) * DAY;
}
/** 0 (Monday) to 6 (Sunday). */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}
/** `2019-11-01` */
export function dateText(day: number): string {
  return new Date(day * DAY * 1000).toISOString().slice(0, 10);
}
export function dayOfText(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 1000 / DAY;
}
/** The first second of a local date. */
export function midnight(zone: string, date: string): number {
  const day = dayOfText(date);
  let t = day * DAY - DAY;
  while (dayOf(wallOf(zone, t)) < day) t += BLOCK;
  return t;
}

/** Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8), as days since 1970-01-01. */
export function easter(year: number): number {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const [d, e] = [Math.floor(b / 4), b % 4];
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const [i, k] = [Math.floor(c / 4), c % 4];
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1) / 1000 / DAY;
}

/** Fixed public holidays of Italy in 2018 to 2025 (L. 260/1949 with its changes; 4 October came back with 2026). */
const FIXED = new Set(["01-01", "01-06", "04-25", "05-01", "06-02", "08-15", "11-01", "12-08", "12-25", "12-26"]);

export function isItalianHoliday(day: number): boolean {
  const text = dateText(day);
  const sunday = easter(Number(text.slice(0, 4)));
  return FIXED.has(text.slice(5)) || day === sunday || day === sunday + 1;
}
