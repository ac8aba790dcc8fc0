import { PROJECTIONS, type SomeProjection } from "../../projections/index.js";
import { timeline } from "../../projections/timeline.js";
import type { EventFilter, EventStore, StoredEvent } from "../eventstore/port.js";
import { position, type EventId, type Position } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import type { Database } from "../sqlite/driver.js";
import { readCatalogue } from "./catalogue.js";
import { decodeStored } from "./decode.js";
import { readProgress } from "./file.js";
import { unavailable } from "./resolve.js";
import { physicalName } from "./table.js";

/** The event that stands at an ordinal, as the store has it now. Throws LedgerError STORE_UNAVAILABLE. */
async function eventAt(database: Database, ordinal: number, { store, filter }: { readonly store: EventStore; readonly filter: EventFilter }): Promise<StoredEvent | undefined> {
  const before = positionAt(database, ordinal - 1);
  const page = await store.readAll({ direction: "forwards", limit: 1, filter, ...(before !== undefined && { from: before }) });
  if (page.kind === "store-unavailable") throw new LedgerError(unavailable(page.reason));
  return page.events[0];
}

function positionAt(database: Database, ordinal: number): Position | undefined {
  const stored = database.prepare("SELECT position FROM ordinals WHERE ordinal = ?").get(ordinal)?.["position"];
  return typeof stored === "string" ? position(stored) : undefined;
}

/**
 * Whether the file was made from this store: the last event it took stands where it found it. It does not after a restore from an older backup, or when
 * the ledger has moved to another store.
 */
export async function madeFrom(database: Database, store: EventStore, filter: EventFilter): Promise<boolean> {
  const { ordinal, position: last } = readProgress(database);
  if (ordinal === 0 || last === undefined) return true;
  if (store.comparePositions(last, last) === undefined) return false;
  const event = await eventAt(database, ordinal, { store, filter }).catch(notWithPosition);
  if (event === undefined || store.comparePositions(event.position, last) !== 0) return false;
  const noted = database.prepare("SELECT event_id FROM ordinals WHERE ordinal = ?").get(ordinal)?.["event_id"];
  return noted === event.id || (noted === null && isEntry(database, event.id, ordinal));
}

/** Whether the timeline has the event as its entry of that ordinal; true too where the timeline in the file has not come so far. */
function isEntry(database: Database, eventId: EventId, ordinal: number): boolean {
  const entry = readCatalogue(database).find(({ name, role }) => name === timeline.name && role !== "building");
  if (entry === undefined || (entry.ordinal ?? ordinal) < ordinal) return true;
  return database.prepare(`SELECT 1 FROM ${physicalName(entry, entry.build)} WHERE key = ? AND first_known = ?`).get(eventId, ordinal) !== undefined;
}

/** A store that does not know the position before it does not have the event either. */
function notWithPosition(error: unknown): undefined {
  if (error instanceof LedgerError && error.code === "UNKNOWN_POSITION") return undefined;
  throw error;
}

/** Whether this release understands an event that an earlier one skipped: then everything is built anew. */
export async function understandsSkipped(database: Database, store: EventStore, filter: EventFilter): Promise<boolean> {
  for (const { ordinal } of database.prepare("SELECT ordinal FROM skipped ORDER BY ordinal").all()) {
    const event = await eventAt(database, Number(ordinal), { store, filter });
    if (event !== undefined && decodeStored(event).kind === "understood") return true;
  }
  return false;
}

/** What must be built anew: what another version made, or everything. */
export async function toRebuild(database: Database, missing: readonly SomeProjection[], from: { readonly store: EventStore; readonly filter: EventFilter; readonly projections?: readonly SomeProjection[] }): Promise<readonly SomeProjection[]> {
  return (await understandsSkipped(database, from.store, from.filter)) ? (from.projections ?? PROJECTIONS) : missing;
}
