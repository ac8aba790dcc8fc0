import { isEventId, position, streamName, type EventId, type Position, type StreamName } from "../kernel/brand.js";
import type { NotUnderstood } from "./known-ledger.js";
import type { Queries } from "./queries.js";
import type { Reader } from "./reader.js";
import { listOf } from "./row-queries.js";

const REASONS: readonly NotUnderstood["reason"][] = ["unknown-type", "newer-version", "malformed"];

/** Events up to ordinal `known` that this release does not understand, in the order of recording. */
export function notUnderstood(reader: Reader, known: number, streams: readonly StreamName[] | undefined): readonly NotUnderstood[] {
  const chosen = streams === undefined ? "" : "AND stream IN (SELECT value FROM json_each(:streams))";
  const sql = `SELECT stream, position, type, schema_version, reason, detail FROM skipped JOIN ordinals USING (ordinal) WHERE ordinal <= :known ${chosen} ORDER BY ordinal`;
  return reader.all(sql, { known, streams: JSON.stringify(streams ?? []) }).map((row) => ({
    stream: streamName(String(row["stream"])),
    position: position(String(row["position"])),
    type: String(row["type"]),
    schemaVersion: row["schema_version"] === null ? undefined : Number(row["schema_version"]),
    reason: REASONS.find((reason) => reason === row["reason"]) ?? "malformed",
    detail: String(row["detail"]),
  }));
}

export function notUnderstoodCount(reader: Reader): number {
  return Number(reader.all("SELECT count(*) AS count FROM skipped", {})[0]?.["count"] ?? 0);
}

/** Where events stand, in the order of recording. Facts are found through the timeline, all others through `ordinals` itself. */
export function positionsOf(queries: Queries, known: number, ids: readonly EventId[]): ReadonlyMap<EventId, Position> {
  const entries = queries.timeline.table(known).physical;
  const sql = `
    SELECT asked.value AS id, place.ordinal, place.position FROM json_each(:asked) AS asked
      CROSS JOIN ${entries} AS entry INDEXED BY ${entries}__key ON entry.key = asked.value AND entry.known_from <= :known
      CROSS JOIN ordinals AS place ON place.ordinal = entry.first_known
    UNION
    SELECT asked.value AS id, place.ordinal, place.position FROM json_each(:asked) AS asked
      CROSS JOIN ordinals AS place INDEXED BY ordinals__event_id ON place.event_id = asked.value WHERE place.ordinal <= :known
    ORDER BY 2`;
  return new Map(
    queries.reader.all(sql, { asked: listOf(ids), known }).flatMap(({ id, position: at }) => (isEventId(id) && typeof at === "string" ? [[id, position(at)] as const] : [])),
  );
}
