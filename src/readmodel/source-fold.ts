import type { EventFilter, EventStore, StoredEvent } from "../eventstore/port.js";
import { decodeMetadata } from "../eventstore/codec.js";
import { eventId, position, streamName, type Instant, type LedgerId, type Position } from "../kernel/brand.js";
import type { Database, SqlRow } from "../sqlite/driver.js";
import { textOf, integerOf } from "../sqlite/row.js";
import { alignCatalogue, readCatalogue } from "./catalogue.js";
import { openTemporary } from "./file.js";
import { Intake, writersOf } from "./intake.js";
import { eventsUpTo } from "./pages.js";
import { PROJECTIONS } from "../../projections/index.js";
import { inSlices } from "./slices.js";

const PAGE = 1000;

export interface SourceFoldOptions {
  readonly store: EventStore;
  readonly ledgerId: LedgerId;
  readonly filter: EventFilter;
  /** The last event that is looked at. */
  readonly last: Position | undefined;
  /** What the sources had recorded by then. */
  readonly instant: Instant;
}
export interface SourceFold {
  readonly database: Database;
  /** Number of events in it. */
  readonly ordinal: number;
}

/**
 * The read models as the sources of imports had them at an instant: every event counts from the time its source had recorded it (the ledger's own
 * where it came from no source), but in a stream never before an earlier event; folded in that order, then in that of the ledger.
 * The database is temporary; SQLite moves it to disk when it grows. Rejects with LedgerError STORE_UNAVAILABLE.
 */
export async function foldBySource(options: SourceFoldOptions): Promise<SourceFold> {
  const database = openTemporary(options.ledgerId);
  database.exec("BEGIN");
  await stage(database, options);
  alignCatalogue(database, 0);
  const builds = new Map(readCatalogue(database).map(({ name, build }) => [name, build]));
  const intake = new Intake(database, writersOf(database, PROJECTIONS, ({ name }) => builds.get(name) ?? 0));
  const next = database.prepare(`
    SELECT at, place, id, type, stream, revision, position, data, metadata FROM staged WHERE (at, place) > (?, ?) ORDER BY at, place LIMIT ${PAGE}
  `);
  for (let rows = next.all(-Infinity, 0); rows.length > 0; ) {
    await inSlices(rows, (row) => void intake.take(storedIn(row)));
    intake.save();
    const last = rows[rows.length - 1];
    rows = last === undefined ? [] : next.all(integerOf(last, "at"), integerOf(last, "place"));
  }
  database.exec("DROP TABLE staged; COMMIT");
  return { database, ordinal: intake.progress.ordinal };
}

/** Sets aside the events that a source had recorded by the instant, with the time from which each counts. */
async function stage(database: Database, { store, filter, last, instant }: SourceFoldOptions): Promise<void> {
  database.exec(`CREATE TABLE staged (
    at INTEGER NOT NULL, place INTEGER NOT NULL, id TEXT, type TEXT, stream TEXT, revision INTEGER, position TEXT, data TEXT, metadata TEXT,
    PRIMARY KEY (at, place)) WITHOUT ROWID`);
  const insert = database.prepare("INSERT INTO staged VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const reached = new Map<string, number>();
  let place = 0;
  for await (const events of eventsUpTo(store, filter, last)) {
    await inSlices(events, (stored) => {
      const at = Math.max(sourceTime(stored), reached.get(stored.stream) ?? -Infinity);
      reached.set(stored.stream, at);
      place++;
      if (at <= instant) insert.run(at, place, stored.id, stored.type, stored.stream, stored.revision, stored.position, stored.data, stored.metadata);
    });
  }
}

/** An event whose metadata cannot be read counts from the one before it in its stream. */
function sourceTime({ metadata }: StoredEvent): number {
  const decoded = decodeMetadata(metadata);
  return decoded.kind === "understood" ? (decoded.metadata.sourceRecordedAt ?? decoded.metadata.recordedAt) : Number.MIN_SAFE_INTEGER;
}

function storedIn(row: SqlRow): StoredEvent {
  return {
    id: eventId(textOf(row, "id")), type: textOf(row, "type"), stream: streamName(textOf(row, "stream")), revision: integerOf(row, "revision"),
    position: position(textOf(row, "position")), data: textOf(row, "data"), metadata: textOf(row, "metadata"),
  };
}
