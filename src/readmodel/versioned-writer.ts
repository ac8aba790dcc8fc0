import type { LedgerEvent } from "../domain/record.js";
import type { Ordinal } from "../kernel/brand.js";
import type { Recorded } from "../kernel/event.js";
import { OPEN_ENDED, type ColumnValue, type Projection } from "../kernel/projection.js";
import type { Database, Statement } from "../sqlite/driver.js";
import { BulkInsert } from "./bulk-insert.js";
import { knownClass } from "./spans.js";
import { physicalName, tableOf, type Table } from "./table.js";

/** Most rows that hold now and are kept in memory for each read model, so that a busy incident is not read and parsed at every event. */
const HOT_ROWS = 4096;

/** Most versions of each read model that wait in memory to be written: few enough that they are short-lived to the garbage collector. */
const MOST_UNWRITTEN = 256;

/** Folds events into the versioned rows of one read model, within whatever transaction is open. */
export interface RowWriter {
  readonly name: string;
  /** Each row that the event touches gets one new version, known from `ordinal`. Some of them lie in memory until `write`. */
  apply(recorded: Recorded<LedgerEvent>, ordinal: Ordinal): void;
  /** Puts into the file what is not in it yet; before a commit. */
  write(): void;
  /** After a rollback: forgets what it holds in memory. */
  reset(): void;
}

/** A version of a row. */
interface Version<Row> {
  readonly id: number;
  readonly key: string;
  readonly firstKnown: number;
  readonly knownFrom: number;
  readonly row: Row;
  /** The ordinal that ended it while it was not in the file yet. */
  knownTo: number | undefined;
}

export function rowWriter<Row>(database: Database, projection: Projection<Row, LedgerEvent>, build: number): RowWriter {
  const table = tableOf(projection, physicalName(projection, build));
  const kept = new KeptVersions(database, table);
  const hot = new HotRows<Version<Row>>();
  const unwritten = new Unwritten<Row>();
  let nextId = kept.lastId() + 1;

  function current(key: string): Version<Row> | undefined {
    return unwritten.current(key) ?? hot.get(key) ?? kept.load(key);
  }
  function supersede(version: Version<Row>, ordinal: Ordinal): void {
    if (!unwritten.end(version, ordinal)) kept.close(version, ordinal);
  }
  function write(): void {
    kept.insert(unwritten.take());
  }
  function applyTo(key: string, recorded: Recorded<LedgerEvent>, ordinal: Ordinal): void {
    const isNew = projection.keyedBy === "event" && key === recorded.id;
    const old = isNew ? undefined : current(key);
    const row = projection.fold(key, old?.row, recorded);
    if (row === old?.row) return;
    if (old !== undefined) supersede(old, ordinal);
    if (row === undefined) {
      hot.delete(key);
      return;
    }
    const version = { id: nextId++, key, firstKnown: old?.firstKnown ?? ordinal, knownFrom: ordinal, row, knownTo: undefined };
    if (unwritten.add(version) >= MOST_UNWRITTEN) write();
    if (projection.keyedBy === "subject") hot.set(key, version);
  }
  return {
    name: projection.name,
    apply: (recorded, ordinal) => {
      for (const key of projection.keys(recorded)) applyTo(key, recorded, ordinal);
    },
    write,
    reset: () => {
      hot.clear();
      unwritten.take();
      nextId = kept.lastId() + 1;
    },
  };
}

/** The versions in the file, by statements prepared once. */
class KeptVersions<Row> {
  readonly #table: Table<Row>;
  readonly #insert: BulkInsert;
  readonly #close: Statement;
  readonly #load: Statement;
  readonly #last: Statement;

  constructor(database: Database, table: Table<Row>) {
    const { physical, selected, memory } = table;
    this.#table = table;
    this.#insert = new BulkInsert(database, physical, table.inserted);
    this.#close = database.prepare(table.close);
    this.#load = database.prepare(`SELECT id, first_known, known_from, ${[...selected, ...memory].join(", ")} FROM ${physical} WHERE key = ? AND known_to = ${OPEN_ENDED}`);
    this.#last = database.prepare(`SELECT max(id) AS id FROM ${physical}`);
  }

  lastId(): number {
    return Number(this.#last.get()?.["id"] ?? 0);
  }
  /** The version that holds now. */
  load(key: string): Version<Row> | undefined {
    const stored = this.#load.get(key);
    if (stored === undefined) return undefined;
    return { id: Number(stored["id"]), key, firstKnown: Number(stored["first_known"]), knownFrom: Number(stored["known_from"]), row: this.#table.read(stored), knownTo: undefined };
  }
  insert(versions: readonly Version<Row>[]): void {
    this.#insert.insert(versions.map((version) => this.#valuesOf(version)));
  }
  /** Ends a version that is in the file. */
  close({ id, knownFrom }: Version<Row>, ordinal: Ordinal): void {
    if (this.#table.spans) this.#close.run(ordinal, knownClass(knownFrom, ordinal), id);
    else this.#close.run(ordinal, id);
  }

  #valuesOf({ id, key, firstKnown, knownFrom, knownTo, row }: Version<Row>): ColumnValue[] {
    const values: ColumnValue[] = [id, key, firstKnown, knownFrom, knownTo ?? OPEN_ENDED];
    if (this.#table.spans) values.push(knownTo === undefined ? null : knownClass(knownFrom, knownTo));
    this.#table.addValues(values, row, knownTo === undefined);
    return values;
  }
}

/**
 * What was folded last. A busy incident has many versions in one batch: all but the last are written as what they are,
 * ended, instead of being written, and found by every index, twice.
 */
class Unwritten<Row> {
  #versions: Version<Row>[] = [];
  readonly #current = new Map<string, Version<Row>>();

  /** The version that holds now, if it is not in the file yet. */
  current(key: string): Version<Row> | undefined {
    return this.#current.get(key);
  }
  /** Says how many there are now. */
  add(version: Version<Row>): number {
    this.#current.set(version.key, version);
    return this.#versions.push(version);
  }
  /** Says whether it was there to be ended. */
  end(version: Version<Row>, ordinal: Ordinal): boolean {
    const isHere = this.#current.get(version.key) === version;
    if (!isHere) return false;
    version.knownTo = ordinal;
    this.#current.delete(version.key);
    return true;
  }
  /** All of it, in the order of their ids. */
  take(): readonly Version<Row>[] {
    const taken = this.#versions;
    this.#versions = [];
    this.#current.clear();
    return taken;
  }
}

/** A bounded cache in two generations: what was not touched while the younger one filled up is forgotten. */
class HotRows<Value> {
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  get(key: string): Value | undefined {
    const value = this.#young.get(key);
    if (value !== undefined) return value;
    const older = this.#old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }
  set(key: string, value: Value): void {
    if (this.#young.size >= HOT_ROWS / 2 && !this.#young.has(key)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }
  delete(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }
  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
