import type { Instant, ZoneId } from "../kernel/brand.js";
import { ok, refuse, type Result } from "../kernel/result.js";
import { parseInstant, parseInstantIn, parseLocalDate } from "../time/text.js";
import type { When } from "../time/when.js";
import type { Side } from "../time/zone.js";

/** How the times of a file are read. */
export interface TimeReading {
  /** Zone of times that name none; undefined: they are refused. */
  readonly zone: ZoneId | undefined;
  /** In a fold the first is meant for a start, the second for an end. */
  readonly side: Side;
}

/** RFC 3339; or without its offset a local time in the zone named for the file. Refuses INVALID_TIME, TIME_WITHOUT_ZONE. */
export function readInstant(text: string, field: string, { zone, side }: TimeReading): Result<Instant> {
  if (zone !== undefined) return parseInstantIn(text, zone, side, field);
  const parsed = parseInstant(text, field);
  if (parsed.ok || parsed.refusal.code !== "TIME_WITHOUT_ZONE") return parsed;
  return refuse({ ...parsed.refusal, message: `${parsed.refusal.message}, or name the zone of the file's local times` });
}

/** As `readInstant`, and a bare date is its local midnight: for "effective from" dates. */
export function readDate(text: string, field: string, reading: TimeReading): Result<Instant> {
  return reading.zone !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text.trim()) ? parseLocalDate(text, reading.zone, field) : readInstant(text, field, reading);
}

/** A time, or `earliest/latest` for one that is known only to lie between two (an ISO 8601 interval). */
export function readWhen(text: string, field: string, reading: TimeReading): Result<When> {
  const [first = "", second, ...more] = text.split("/");
  const earliest = readInstant(first, field, { ...reading, side: second === undefined ? reading.side : "start" });
  if (second === undefined || !earliest.ok) return earliest;
  const latest = readInstant(second, field, { ...reading, side: "end" });
  if (!latest.ok) return latest;
  if (more.length === 0 && latest.value > earliest.value) return ok({ earliest: earliest.value, latest: latest.value });
  return refuse({ code: "INVALID_TIME", field, params: { value: text.slice(0, 100) }, message: `${JSON.stringify(text.slice(0, 100))} is no band; write earliest/latest, the earlier first` });
}
