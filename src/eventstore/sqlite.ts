import { join } from "node:path";
import { position, type Position, type StreamName } from "../kernel/brand.js";
import type { Database } from "../sqlite/driver.js";
import { checkIntegrity, copyInto } from "./integrity.js";
import { subscribeTo, type Source } from "./live-subscription.js";
import { lockFolder, type FolderLock } from "./lock.js";
import type { AppendResult, EventStore, EventToAppend, ExpectedRevision, ReadAllOptions, ReadAllResult, ReadStreamOptions, ReadStreamResult, SubscribeOptions, Subscription } from "./port.js";
import { parsePosition, SqliteReader } from "./sqlite-reader.js";
import { openForReading, openForWriting } from "./sqlite-schema.js";
import { SqliteWriter } from "./sqlite-writer.js";

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
  /** SQLite's own check, revisions and positions without holes: one sentence a problem, none if all is well. */
  integrity(): readonly string[];
  /** A consistent copy into a file that does not exist yet; safe beside a running writer. */
  backupTo(file: string): void;
}

/** Opens the ledger of a data folder for the one process that writes it. Throws LedgerError DATA_FOLDER_LOCKED, _UNUSABLE or _CORRUPT. */
export function openSqliteEventStore(options: SqliteStoreOptions): SqliteEventStore {
  const lock = lockFolder(options.folder);
  try {
    const database = openForWriting(join(options.folder, EVENTS_FILE));
    if (options.maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${options.maxPages}`);
    return new EmbeddedStore(database, lock, options.eventSizeLimitBytes ?? EVENT_SIZE_LIMIT_BYTES);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Opens the ledger for reading only, also beside a running writer: it follows along, and every append answers store-unavailable. */
export function openReadOnlyEventStore(folder: string): SqliteEventStore {
  return new EmbeddedStore(openForReading(join(folder, EVENTS_FILE)), undefined, EVENT_SIZE_LIMIT_BYTES);
}

class EmbeddedStore implements SqliteEventStore, Source {
  readonly #database: Database;
  readonly #lock: FolderLock | undefined;
  readonly #limitBytes: number;
  readonly #reader: SqliteReader;
  readonly #writer: SqliteWriter | undefined;
  readonly #subscriptions = new Set<Subscription>();
  readonly #waiting = new Set<() => void>();
  #closed = false;

  constructor(database: Database, lock: FolderLock | undefined, limitBytes: number) {
    this.#database = database;
    this.#lock = lock;
    this.#limitBytes = limitBytes;
    this.#reader = new SqliteReader(database);
    this.#writer = lock === undefined ? undefined : new SqliteWriter(database, () => this.#wake());
  }

  async append(stream: StreamName, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<AppendResult> {
    if (this.#closed) return closed;
    if (this.#writer === undefined) return { kind: "store-unavailable", reason: "the ledger is open for reading only" };
    if (events.length === 0) throw new RangeError("an append of no events");
    for (const { id, data, metadata } of events) {
      const sizeBytes = Buffer.byteLength(data) + Buffer.byteLength(metadata);
      if (sizeBytes > this.#limitBytes) return { kind: "event-too-large", eventId: id, sizeBytes, limitBytes: this.#limitBytes };
    }
    return this.#writer.append(stream, expected, events);
  }

  readStream(stream: StreamName, options: ReadStreamOptions): Promise<ReadStreamResult> {
    return Promise.resolve(this.#closed ? closed : this.#reader.readStream(stream, options));
  }

  readAll(options: ReadAllOptions): Promise<ReadAllResult> {
    return Promise.resolve(this.#closed ? closed : this.#reader.readAll(options));
  }

  lastPosition(): Promise<{ readonly kind: "position"; readonly position: Position | undefined } | typeof closed> {
    return Promise.resolve(this.#closed ? closed : { kind: "position", position: this.end() });
  }

  readonly end = (): Position | undefined => {
    const last = this.#writer?.lastPosition ?? this.#reader.lastPosition();
    return last === 0 ? undefined : position(String(last));
  };

  comparePositions(a: Position, b: Position): number | undefined {
    const [left, right] = [parsePosition(a), parsePosition(b)];
    return left === undefined || right === undefined ? undefined : left - right;
  }

  subscribe(options: SubscribeOptions): Subscription {
    const subscription = subscribeTo(this, options);
    this.#subscriptions.add(subscription);
    const forget = (): boolean => this.#subscriptions.delete(subscription);
    subscription.ended.then(forget, forget);
    return subscription;
  }

  whenChanged(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#writer === undefined ? setInterval(this.#pollFor(() => done()), POLL_MS) : undefined;
      const done = (): void => {
        clearInterval(timer);
        this.#waiting.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener("abort", done, { once: true });
      if (signal.aborted) done();
    });
  }

  #pollFor(found: () => void): () => void {
    const before = this.#reader.lastPosition();
    return () => {
      if (this.#closed || this.#reader.lastPosition() !== before) found();
    };
  }

  #wake(): void {
    for (const resolve of [...this.#waiting]) resolve();
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

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#writer?.flush();
    this.#closed = true;
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close()));
    this.#database.close();
    this.#lock?.release();
  }
}

const closed = { kind: "store-unavailable", reason: "the store is closed" } as const;
