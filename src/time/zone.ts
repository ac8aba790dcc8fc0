import { DateTime, IANAZone } from "luxon";
import { z } from "zod";
import { instant, zoneId, type Instant, type ZoneId } from "../kernel/brand.js";
import { ok, refuse, type Result } from "../kernel/result.js";

const known = new Map<string, boolean>();

/** Whether the zone data of this Node have `value` as an IANA zone. Fixed offsets are no zones. */
export function isZoneId(value: unknown): value is ZoneId {
  if (typeof value !== "string" || value.length > 64 || !/^[A-Za-z]+(\/[A-Za-z0-9_+-]+)*$/.test(value)) return false;
  const before = known.get(value);
  if (before !== undefined) return before;
  const valid = IANAZone.isValidZone(value);
  if (known.size < 1000) known.set(value, valid);
  return valid;
}
export const zoneSchema = z.custom<ZoneId>(isZoneId, "not an IANA time zone, such as Europe/Rome");
export const ROME = zoneId("Europe/Rome");
export const UTC = zoneId("UTC");

export function parseZone(text: string, field = "zone"): Result<ZoneId> {
  if (isZoneId(text)) return ok(text);
  return refuse({ code: "UNKNOWN_ZONE", field, params: { zone: text }, message: `${JSON.stringify(text)} is not an IANA time zone; write it like Europe/Rome` });
}

/** A date and time of day as a clock on the wall shows it. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}
/** In a fold a wall-clock time happens twice: the first is meant for a start, the second for an end. */
export type Side = "start" | "end";

const MINUTE_MS = 60_000;
/** Zones shift by at most a few hours at once: far enough to be on either side of any transition nearby. */
const REACH_MS = 36 * 60 * MINUTE_MS;

/**
 * The instant of a wall-clock time in a zone (domain.md, "Time"): in a gap the next valid instant, in a fold the first for a start
 * and the second for an end. `local` must be a valid date and time of day.
 */
export function instantOfLocal(local: LocalTime, zone: ZoneId, side: Side): Instant {
  const wall = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second, local.millisecond);
  const before = offsetMs(wall - REACH_MS, zone);
  const after = offsetMs(wall + REACH_MS, zone);
  const matches = [...new Set([before, after])].map((offset) => wall - offset).filter((at) => at + offsetMs(at, zone) === wall).sort((a, b) => a - b);
  const chosen = side === "start" ? matches[0] : matches.at(-1);
  return instant(chosen ?? endOfGap(wall - Math.max(before, after), wall - Math.min(before, after), zone));
}

/** The first instant in `(from, to]` at which the offset of `from` no longer holds. */
function endOfGap(from: number, to: number, zone: ZoneId): number {
  const offset = offsetMs(from, zone);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(middle, zone) === offset) low = middle;
    else high = middle;
  }
  return high;
}

/** Offset from UTC in milliseconds that `zone` has at `at`. */
export function offsetMs(at: number, zone: ZoneId): number {
  return Math.round(IANAZone.create(zone).offset(at) * MINUTE_MS);
}

/** The first instant of a local date: midnight, or the end of the gap that swallowed it. */
export function startOfLocalDay(date: { readonly year: number; readonly month: number; readonly day: number }, zone: ZoneId): Instant {
  return instantOfLocal({ year: date.year, month: date.month, day: date.day, hour: 0, minute: 0, second: 0, millisecond: 0 }, zone, "start");
}

/** The wall-clock time that `at` has in `zone`. */
export function localOf(at: Instant, zone: ZoneId): LocalTime {
  const { year, month, day, hour, minute, second, millisecond } = DateTime.fromMillis(at, { zone });
  return { year, month, day, hour, minute, second, millisecond };
}
