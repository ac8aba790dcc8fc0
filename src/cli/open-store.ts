import type { Configuration } from "../config.js";
import { lockFolder } from "../eventstore/lock.js";
import { observed, UNOBSERVED, type StoreObserver } from "../eventstore/observer.js";
import type { EventStore } from "../eventstore/port.js";
import { openReadOnlyEventStore, openSqliteEventStore } from "../eventstore/sqlite.js";
import { LedgerError } from "../kernel/errors.js";

/** Where a ledger's events are, and where its data folder is. */
export type StorePlace = Pick<Configuration, "dataFolder" | "eventStoreUrl">;

/** The store of a process that owns the data folder: nobody else writes what lies there. */
export interface OwnedStore {
  readonly store: EventStore;
  /** What the store is called where it is shown. */
  readonly name: string;
  /** Tells other processes on the same data folder where this one's server listens. */
  announce(url: string): void;
  /** The store, then the folder. Idempotent. */
  close(): Promise<void>;
}

/**
 * Owns the data folder, for the read models and the evidence there, and opens the store: the one that EVENTSTORE_URL names, else the folder's own.
 * Rejects with LedgerError DATA_FOLDER_LOCKED, _UNUSABLE or _CORRUPT.
 */
export async function openOwnedStore({ dataFolder, eventStoreUrl }: StorePlace, observer: StoreObserver = UNOBSERVED): Promise<OwnedStore> {
  if (eventStoreUrl === undefined) {
    const store = openSqliteEventStore({ folder: dataFolder });
    return { store: observed(store, observer), name: "SQLite", announce: (url) => store.announce(url), close: () => store.close() };
  }
  const lock = lockFolder(dataFolder);
  const store = await openServerStore(eventStoreUrl, observer).catch((error: unknown) => {
    lock.release();
    throw error;
  });
  const close = async (): Promise<void> => {
    await store.close();
    lock.release();
  };
  return { store: observed(store, observer), name: "EventStoreDB", announce: (url) => lock.announce(url), close };
}

/** The store that EVENTSTORE_URL names: any number of processes use it at once. Its client takes long to load, which the other stores are spared. */
export async function openServerStore(url: string, observer: StoreObserver = UNOBSERVED): Promise<EventStore> {
  const { openEventStoreDb } = await import("../eventstore/eventstoredb.js");
  return openEventStoreDb({ url, observer });
}

/** The store for questions, whoever has the data folder. Rejects with LedgerError DATA_FOLDER_UNUSABLE or _CORRUPT. */
export async function openStoreForReading({ dataFolder, eventStoreUrl }: StorePlace): Promise<EventStore> {
  return eventStoreUrl === undefined ? openReadOnlyEventStore(dataFolder) : openServerStore(eventStoreUrl);
}

/** For what is done to the folder's own file of events. Throws LedgerError INVALID_CONFIGURATION where the events are elsewhere. */
export function requireEmbeddedStore({ eventStoreUrl }: StorePlace, instead: string): void {
  if (eventStoreUrl === undefined) return;
  throw new LedgerError({ code: "INVALID_CONFIGURATION", message: `EVENTSTORE_URL is set: the events are in that store, not in the data folder; ${instead}, or unset EVENTSTORE_URL to work on the folder's own events` });
}
