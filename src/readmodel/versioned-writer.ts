import type { LedgerEvent } from "../domain/record.js";
import type { Ordinal } from "../kernel/brand.js";
import type { Recorded } from "../kernel/event.js";
import { OPEN_ENDED, type Projection } from "../kernel/projection.js";
import type { Database } from "../sqlite/driver.js";
import { knownClass } from "./spans.js";
import { physicalName, tableOf } from "./table.js";

/** Most rows that hold now and are kept in memory for each read model, so that a busy incident is not read and parsed at every event. */
const HOT_ROWS = 4096;

/** Folds events into the versioned rows of one read model, within whatever transaction is open. */
export interface RowWriter {
  readonly name: string;
  /** Each row that the event touches gets one new version, known from `ordinal`. */
  apply(recorded: Recorded<LedgerEvent>, ordinal: Ordinal): void;
  /** After a rollback: forgets what it holds in memory. */
  reset(): void;
}

/** The version of a row that holds now. */
interface Current<Row> {
  readonly id: number;
  readonly firstKnown: number;
  readonly knownFrom: number;
  readonly row: Row;
}

export function rowWriter<Row>(database: Database, projection: Projection<Row, LedgerEvent>, build: number): RowWriter {
  const physical = physicalName(projection, build);
  const table = tableOf(projection, physical);
  const insert = database.prepare(table.insert);
  const close = database.prepare(table.close);
  const load = database.prepare(
    `SELECT id, first_known, known_from, ${[...table.selected, ...table.memory].join(", ")} FROM ${physical} WHERE key = ? AND known_to = ${OPEN_ENDED}`,
  );
  const last = database.prepare(`SELECT max(id) AS id FROM ${physical}`);
  const hot = new HotRows<Current<Row>>();
  let nextId = lastId() + 1;

  function lastId(): number {
    return Number(last.get()?.["id"] ?? 0);
  }
  function current(key: string): Current<Row> | undefined {
    const cached = hot.get(key);
    if (cached !== undefined) return cached;
    const stored = load.get(key);
    if (stored === undefined) return undefined;
    return { id: Number(stored["id"]), firstKnown: Number(stored["first_known"]), knownFrom: Number(stored["known_from"]), row: table.read(stored) };
  }
  function supersede({ id, knownFrom }: Current<Row>, ordinal: Ordinal): void {
    if (table.spans) close.run(ordinal, knownClass(knownFrom, ordinal), id);
    else close.run(ordinal, id);
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
    const id = nextId++;
    const firstKnown = old?.firstKnown ?? ordinal;
    insert.run(id, key, firstKnown, ordinal, ...table.valuesOf(row));
    if (projection.keyedBy === "subject") hot.set(key, { id, firstKnown, knownFrom: ordinal, row });
  }
  return {
    name: projection.name,
    apply: (recorded, ordinal) => {
      for (const key of projection.keys(recorded)) applyTo(key, recorded, ordinal);
    },
    reset: () => {
      hot.clear();
      nextId = lastId() + 1;
    },
  };
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
