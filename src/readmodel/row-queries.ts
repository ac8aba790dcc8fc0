import { some, type SomeProjection } from "../../projections/index.js";
import type { LedgerEvent } from "../domain/record.js";
import { OPEN_ENDED, type Projection, type TimeSpan } from "../kernel/projection.js";
import type { Params, Reader } from "./reader.js";
import { classTable, KNOWN_CLASSES, SPAN_CLASSES } from "./spans.js";
import { column, indexName, tableOf, type Table } from "./table.js";

/** SQL: the version that was known at ordinal `:known`. */
export function knownIn(alias: string): string {
  return `${alias}.known_from <= :known AND ${alias}.known_to > :known`;
}
/** SQL: `[started, ended)` overlaps `[:from, :to)`; what has no length counts where it lies. */
export function overlapIn(alias: string): string {
  return `${alias}.started < :to AND (${alias}.ended > :from OR ${alias}.started >= :from)`;
}
/** SQL: an entry that may have occurred within `[:from, :to)`; both ends of its band are possible. */
export function occurredIn(alias: string): string {
  return `${alias}.started < :to AND ${alias}.ended >= :from`;
}
/** SQL: begins within `[:from, :to)`. */
export function beginningIn(alias: string): string {
  return `${alias}.started >= :from AND ${alias}.started < :to`;
}
/** SQL: `WITH` for queries over size classes (spans.ts). */
export const WITH_CLASSES = `WITH ${classTable("span_sizes", SPAN_CLASSES)}, ${classTable("known_sizes", KNOWN_CLASSES)}`;
export const HOLDS_NOW = `row.known_to = ${OPEN_ENDED}`;
/** SQL: superseded versions that were known at `:known`, from the index named; `which` narrows it by equality. */
export function supersededFrom(physical: string, on: string | undefined, which = ""): string {
  return `known_sizes AS size CROSS JOIN ${physical} AS row INDEXED BY ${indexName.known(physical, on)}
    ON ${which}row.known_class = size.class AND row.known_from > :known - size.width AND row.known_from <= :known AND row.known_to <> ${OPEN_ENDED} AND row.known_to > :known`;
}

/** Queries over the rows of one read model. */
export class RowQueries<Row> {
  readonly #reader: Reader;
  readonly #projection: Projection<Row, LedgerEvent>;
  readonly #some: SomeProjection;
  readonly #order: string;
  #table: Table<Row> | undefined;

  /** Rows are given in the order of the properties named, then of their first recording. */
  constructor(reader: Reader, projection: Projection<Row, LedgerEvent>, order: readonly (keyof Row & string)[]) {
    this.#reader = reader;
    this.#projection = projection;
    this.#some = some(projection);
    this.#order = [...order.map(column), "first_known"].join(", ");
  }

  /** The table to read at ordinal `known`. Throws LedgerError READ_MODEL_BUILDING. */
  table(known: number): Table<Row> {
    const physical = this.#reader.physical(this.#some, known);
    if (this.#table?.physical !== physical) this.#table = tableOf(this.#projection, physical);
    return this.#table;
  }

  byKeys(keys: readonly string[], known: number): Row[] {
    const { physical } = this.table(known);
    const sql = `SELECT ${this.#columns(known)} FROM json_each(:asked) AS asked
      CROSS JOIN ${physical} AS row INDEXED BY ${physical}__key ON row.key = asked.value WHERE ${knownIn("row")} ORDER BY ${this.#order}`;
    return this.select(sql, { asked: listOf(keys), known });
  }

  /** Rows in which one of the properties of a plain index, the first, has one of the values. */
  by(index: readonly (keyof Row & string)[], values: readonly string[], known: number): Row[] {
    const { physical } = this.table(known);
    const sql = `SELECT ${this.#columns(known)} FROM json_each(:asked) AS asked
      CROSS JOIN ${physical} AS row INDEXED BY ${indexName.plain(physical, index)} ON row.${column(index[0] ?? "")} = asked.value
      WHERE ${knownIn("row")} ORDER BY ${this.#order}`;
    return this.select(sql, { asked: listOf(values), known });
  }

  /** All rows for which `condition` (overlapIn, occurredIn or beginningIn) holds, from a span index over all of them. */
  everyIn(span: TimeSpan, known: number, condition: (alias: string) => string): Row[] {
    const { physical } = this.table(known);
    const columns = this.#columns(known);
    const sql = `${WITH_CLASSES}
      SELECT ${columns} FROM span_sizes AS size CROSS JOIN ${physical} AS row INDEXED BY ${indexName.span(physical, undefined)}
        ON row.span_class = size.class AND row.started >= :from - size.width AND row.started < :to AND ${HOLDS_NOW}
        WHERE row.known_from <= :known AND ${condition("row")}
      UNION ALL
      SELECT ${columns} FROM ${supersededFrom(physical, undefined)} WHERE ${condition("row")}
      ORDER BY ${this.#order}`;
    return this.select(sql, { known, from: span.start, to: span.end });
  }

  /** Every row, through a plain index: for read models of few rows. */
  every(index: readonly (keyof Row & string)[], known: number): Row[] {
    const { physical } = this.table(known);
    return this.select(`SELECT ${this.#columns(known)} FROM ${physical} AS row INDEXED BY ${indexName.plain(physical, index)} WHERE ${knownIn("row")} ORDER BY ${this.#order}`, { known });
  }

  /** Rows of the values of `on`, from a span index, for which `condition` (overlapIn or occurredIn) holds. */
  inSpan(asked: SpanQuestion<Row>, known: number, condition: (alias: string) => string = overlapIn): Row[] {
    const { physical } = this.table(known);
    const columns = this.#columns(known);
    const on = `row.${column(asked.on)} = asked.value AND `;
    const sql = `${WITH_CLASSES}
      SELECT ${columns} FROM json_each(:asked) AS asked CROSS JOIN span_sizes AS size CROSS JOIN ${physical} AS row
        INDEXED BY ${indexName.span(physical, asked.on)}
        ON ${on}row.span_class = size.class AND row.started >= :from - size.width AND row.started < :to AND ${HOLDS_NOW}
        WHERE row.known_from <= :known AND ${condition("row")}
      UNION ALL
      SELECT ${columns} FROM json_each(:asked) AS asked CROSS JOIN ${supersededFrom(physical, asked.on, on)} WHERE ${condition("row")}
      ORDER BY ${this.#order}`;
    return this.select(sql, { asked: listOf(asked.values), known, from: asked.span.start, to: asked.span.end });
  }

  /** Rows of any statement that selects the table's `selected` first. */
  select(sql: string, params: Params): Row[] {
    const table = this.#table;
    return table === undefined ? [] : this.#reader.values(sql, params).map((values) => table.readValues(values));
  }

  #columns(known: number): string {
    return [...this.table(known).selected.map((name) => `row.${name}`), "row.first_known"].join(", ");
  }
}

export interface SpanQuestion<Row> {
  readonly on: keyof Row & string;
  readonly values: readonly string[];
  readonly span: TimeSpan;
}

/** For `json_each`: each value once. */
export function listOf(values: readonly string[]): string {
  return JSON.stringify([...new Set(values)]);
}

/** Rows under one of their properties. Rows without it are left out. */
export function grouped<Row, Id>(rows: readonly Row[], idOf: (row: Row) => Id | undefined): ReadonlyMap<Id, readonly Row[]> {
  const groups = new Map<Id, Row[]>();
  for (const row of rows) {
    const id = idOf(row);
    if (id === undefined) continue;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [row]);
    else group.push(row);
  }
  return groups;
}

/** The one row under each id. */
export function single<Row, Id>(rows: readonly Row[], idOf: (row: Row) => Id): ReadonlyMap<Id, Row> {
  return new Map(rows.map((row) => [idOf(row), row]));
}
