import { join } from "node:path";
import type { Position, StreamName } from "../kernel/brand.js";
import type { Database } from "../sqlite/driver.js";
import { copyInto } from "./backup.js";
import { checkIntegrity } from "./integrity.js";
import { subscribeTo, type Source } from "./live-subscription.js";
import { lockFolder, type FolderLock } from "./lock.js";
import { MAX_APPEND_EVENTS, type AppendResult, type EventStore, type EventToAppend, type ExpectedRevision, type ReadAllOptions, type ReadAllResult, type ReadStreamOptions, type ReadStreamResult, type StoreUnavailable, type SubscribeOptions, type Subscription } from "./port.js";
import { parsePosition } from "./sqlite-position.js";
import { SqliteReader } from "./sqlite-reader.js";
import { mergeLog, openForReading, openForWriting } from "./sqlite-schema.js";
import { SqliteWriter } from "./sqlite-writer.js";
import { Watch } from "./watch.js";

export const EVENTS_FILE = "events.sqlite";
/** Data and metadata of one event together, in UTF-8. */
export const EVENT_SIZE_LIMIT_BYTES = 1024 * 1024;
/** How often a reader beside another process looks for more. */
const POLL_MS = 100;

export interface SqliteStoreOptions {
  readonly folder: string;
  /** Default 1 MiB. */
  readonly eventSizeLimitBytes?: number;
  /** Bounds the file, as a full disk would: for the tests of that. */
  readonly maxPages?: number;
}
/** The embedded store: what the port asks for, and what only a file can do. */
export interface SqliteEventStore extends EventStore {
  /** Tells other processes where this one's server listens. Does nothing on a store opened for reading. */
  announce(url: string): void;
  /** SQLite's own check, revisions and positions without holes: one sentence a problem, none if all is well. Reads the whole file. */
  integrity(): readonly string[];
  /** A consistent copy into a file that does not exist yet; safe beside a running writer. Throws LedgerError DATA_FOLDER_UNUSABLE or _CORRUPT. */
  backupTo(file: string): void;
}

/** Opens the ledger of a data folder for the one process that writes it. Throws LedgerError DATA_FOLDER_LOCKED, _UNUSABLE or _CORRUPT. */
export function openSqliteEventStore(options: SqliteStoreOptions): SqliteEventStore {
  const lock = lockFolder(options.folder);
  try {
    const database = openForWriting(join(options.folder, EVENTS_FILE), options.maxPages);
    return new EmbeddedStore(database, lock, options.eventSizeLimitBytes ?? EVENT_SIZE_LIMIT_BYTES);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Opens the ledger for reading only, also beside a running writer: it follows along, and every append answers store-unavailable.
 * Throws LedgerError DATA_FOLDER_UNUSABLE or _CORRUPT.
 */
export function openReadOnlyEventStore(folder: string): SqliteEventStore {
  return new EmbeddedStore(openForReading(join(folder, EVENTS_FILE)), undefined, EVENT_SIZE_LIMIT_BYTES);
}

class EmbeddedStore implements SqliteEventStore {
  readonly #database: Database;
  readonly #lock: FolderLock | undefined;
  readonly #limitBytes: number;
  readonly #reader: SqliteReader;
  readonly #writer: SqliteWriter | undefined;
  readonly #watch: Watch;
  readonly #source: Source;
  readonly #subscriptions = new Set<Subscription>();
  #closing: Promise<void> | undefined;

  constructor(database: Database, lock: FolderLock | undefined, limitBytes: number) {
    this.#database = database;
    this.#lock = lock;
    this.#limitBytes = limitBytes;
    this.#reader = new SqliteReader(database);
    this.#watch = new Watch(() => this.#end(), lock === undefined ? POLL_MS : undefined);
    this.#source = {
      readAll: (page) => this.readAll(page),
      end: () => this.#end(),
      isPast: (position) => this.#watch.isPast(position),
      whenPast: (position, signal) => this.#watch.whenPast(position, signal),
    };
    this.#writer = lock === undefined ? undefined : new SqliteWriter(database, () => this.#watch.wake());
  }

  async append(stream: StreamName, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<AppendResult> {
    if (events.length < 1 || events.length > MAX_APPEND_EVENTS) throw new RangeError(`an append has 1 to ${MAX_APPEND_EVENTS} events, not ${events.length}`);
    if (this.#closing !== undefined) return closed;
    if (this.#writer === undefined) return { kind: "store-unavailable", reason: "the ledger is open for reading only" };
    for (const { id, data, metadata } of events) {
      const sizeBytes = Buffer.byteLength(data) + Buffer.byteLength(metadata);
      if (sizeBytes > this.#limitBytes) return { kind: "event-too-large", eventId: id, sizeBytes, limitBytes: this.#limitBytes };
    }
    return this.#writer.append(stream, expected, events);
  }

  // The promise's own function turns what is thrown into a rejection.
  readStream(stream: StreamName, options: ReadStreamOptions): Promise<ReadStreamResult> {
    return new Promise((answer) => answer(this.#closing === undefined ? this.#reader.readStream(stream, options) : closed));
  }

  readAll(options: ReadAllOptions): Promise<ReadAllResult> {
    return new Promise((answer) => answer(this.#closing === undefined ? this.#reader.readAll(options) : closed));
  }

  lastPosition(): ReturnType<EventStore["lastPosition"]> {
    return Promise.resolve(this.#end());
  }

  comparePositions(a: Position, b: Position): number | undefined {
    const [left, right] = [parsePosition(a), parsePosition(b)];
    return left === undefined || right === undefined ? undefined : left - right;
  }

  subscribe(options: SubscribeOptions): Subscription {
    const subscription = subscribeTo(this.#source, options);
    this.#subscriptions.add(subscription);
    const forget = (): boolean => this.#subscriptions.delete(subscription);
    subscription.ended.then(forget, forget);
    if (this.#closing !== undefined) void subscription.close();
    return subscription;
  }

  announce(url: string): void {
    this.#lock?.announce(url);
  }

  integrity(): readonly string[] {
    return checkIntegrity(this.#database);
  }

  backupTo(file: string): void {
    copyInto(this.#database, file);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#writer?.finish();
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close()));
    if (this.#writer !== undefined) mergeLog(this.#database);
    this.#database.close();
    this.#lock?.release();
  }

  #end(): ReturnType<SqliteReader["end"]> {
    return this.#closing === undefined ? this.#reader.end() : closed;
  }
}

const closed: StoreUnavailable = { kind: "store-unavailable", reason: "the store is closed" };
