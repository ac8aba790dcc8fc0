import { OPEN_ENDED, type ColumnValue, type Columns, type Index, type Projection } from "../kernel/projection.js";
import { spanClass } from "./spans.js";

/** One property of a row as a column. */
interface Bound<Row> {
  readonly property: keyof Row & string;
  readonly name: string;
  readonly affinity: string;
  readonly write: (row: Row) => ColumnValue;
  readonly read: (into: Partial<Row>, stored: unknown) => void;
}

/**
 * The table of one projection: system columns (key, first_known, known_from, known_to in ordinals, and the size classes of spans.ts where a
 * `span` index asks for them), and a column a property. `physical` is its name in the file, so that a new build can stand beside it.
 */
export interface Table<Row> {
  readonly physical: string;
  readonly columns: readonly Bound<Row>[];
  readonly create: readonly string[];
  /** Columns in SQL: id, key, first_known, known_from, known_to, known_class where `spans`, then those of `addValues`. */
  readonly inserted: readonly string[];
  /** Adds what `row` is to the values of a version. One that no longer `holds` is kept without the fold's memory. */
  readonly addValues: (values: ColumnValue[], row: Row, holds: boolean) => void;
  /** Values: known_to, known_class where `spans`, id. */
  readonly close: string;
  readonly spans: boolean;
  /** What a query selects, each column by its name in SQL. */
  readonly selected: readonly string[];
  /** The fold's memory, which only the writer selects. */
  readonly memory: readonly string[];
  /** A row of which `selected` and `memory` were selected. Throws TypeError if a column is missing. */
  readonly read: (stored: Readonly<Record<string, unknown>>) => Row;
  /** A row of a query that begins with `selected`, from its values. Throws TypeError if a column is missing. */
  readonly readValues: (values: readonly unknown[]) => Row;
}

/** `incidentId` → `incident_id` */
function columnName(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
/** As it stands in SQL: quoted, since a property may be called `end`. */
export function column(property: string): string {
  return `"${columnName(property)}"`;
}

/** Name of the table of one build of a projection. */
export function physicalName(projection: { readonly name: string; readonly version: number }, build: number): string {
  return `${projection.name}_v${projection.version}_${build}`;
}

function boundColumns<Row>(columns: Columns<Row>): Bound<Row>[] {
  const bound: Bound<Row>[] = [];
  for (const property in columns) {
    const { affinity, write, read } = columns[property];
    const name = columnName(property);
    bound.push({
      property, name, affinity,
      write: (row) => write(row[property]),
      read: (into, stored) => {
        into[property] = read(stored);
      },
    });
  }
  return bound;
}

export function tableOf<Row, E>(projection: Projection<Row, E>, physical: string): Table<Row> {
  const columns = boundColumns(projection.columns);
  const spans = projection.indexes.some(({ kind }) => kind === "span");
  const names = [...(spans ? ["known_class", "span_class"] : []), ...columns.map(({ property }) => column(property))];
  const { memory } = projection;
  const selected = columns.filter(({ property }) => property !== memory);
  const forgotten = memory === undefined ? "" : `, ${column(memory)} = NULL`;
  return {
    physical,
    columns,
    create: definitions(projection, physical, columns),
    inserted: ["id", "key", "first_known", "known_from", "known_to", ...names],
    addValues: valueWriter(columns, spans, memory),
    close: `UPDATE ${physical} SET known_to = ?${spans ? ", known_class = ?" : ""}${forgotten} WHERE id = ?`,
    spans,
    selected: selected.map(({ property }) => column(property)),
    memory: memory === undefined ? [] : [column(memory)],
    read: rowReader(columns),
    readValues: valuesReader(selected),
  };
}

function valueWriter<Row>(columns: readonly Bound<Row>[], spans: boolean, memory: string | undefined): Table<Row>["addValues"] {
  const started = columns.find(({ property }) => property === "started");
  const ended = columns.find(({ property }) => property === "ended");
  return (values, row, holds) => {
    if (spans) values.push(spanClass(Number(started?.write(row)), Number(ended?.write(row))));
    for (const { property, write } of columns) values.push(holds || property !== memory ? write(row) : null);
  };
}

function rowReader<Row>(columns: readonly Bound<Row>[]): (stored: Readonly<Record<string, unknown>>) => Row {
  const readAll = valuesReader(columns);
  return (stored) => readAll(columns.map(({ name }) => stored[name]));
}

/** A column that is missing is `undefined`, which no column reads. They are read in order: where the last is there, all are. */
function valuesReader<Row>(columns: readonly Bound<Row>[]): (values: readonly unknown[]) => Row {
  const last = columns.at(-1)?.property;
  const isRow = (row: Partial<Row>): row is Row => last === undefined || last in row;
  return (values) => {
    const row: Partial<Row> = {};
    columns.forEach((column, place) => column.read(row, values[place]));
    if (isRow(row)) return row;
    throw new TypeError("a row of the read model lacks a column");
  };
}

const NOW = `known_to = ${OPEN_ENDED}`;
const PAST = `known_to <> ${OPEN_ENDED}`;

function definitions<Row, E>(projection: Projection<Row, E>, physical: string, columns: readonly Bound<Row>[]): string[] {
  const spans = projection.indexes.some(({ kind }) => kind === "span");
  const system = `id INTEGER PRIMARY KEY, key TEXT NOT NULL, first_known INTEGER NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL DEFAULT ${OPEN_ENDED}`;
  const sized = spans ? ", span_class INTEGER NOT NULL, known_class INTEGER" : "";
  const own = columns.map(({ property, affinity }) => `${column(property)} ${affinity}`).join(", ");
  return [
    `CREATE TABLE ${physical} (${system}${sized}, ${own})`,
    `CREATE UNIQUE INDEX ${physical}__key ON ${physical}(key, known_from)`,
    ...projection.indexes.flatMap((index) => indexDefinitions(physical, index)),
  ];
}

/** Names of the indexes, which queries ask for by name: a query that could not use its index then fails instead of becoming slow. */
export const indexName = {
  plain: (physical: string, on: readonly string[]) => `${physical}__by_${on.map(columnName).join("_")}`,
  span: (physical: string, on: string | undefined) => `${physical}__span${on === undefined ? "" : `_${columnName(on)}`}`,
  known: (physical: string, on: string | undefined) => `${physical}__known${on === undefined ? "" : `_${columnName(on)}`}`,
  order: (physical: string, on: readonly string[]) => `${physical}__order${on.map((each) => `_${columnName(each)}`).join("")}`,
};

function indexDefinitions<Row>(physical: string, index: Index<Row>): string[] {
  switch (index.kind) {
    case "plain": {
      const where = index.whereSet === undefined ? "" : ` WHERE ${column(index.whereSet)} IS NOT NULL`;
      return [`CREATE INDEX ${indexName.plain(physical, index.on)} ON ${physical}(${index.on.map(column).join(", ")})${where}`];
    }
    case "span": {
      const first = index.on === undefined ? "" : `${column(index.on)}, `;
      const set = index.on === undefined ? "" : ` AND ${column(index.on)} IS NOT NULL`;
      return [
        `CREATE INDEX ${indexName.span(physical, index.on)} ON ${physical}(${first}span_class, started) WHERE ${NOW}${set}`,
        `CREATE INDEX ${indexName.known(physical, index.on)} ON ${physical}(${first}known_class, known_from) WHERE ${PAST}${set}`,
      ];
    }
    case "order":
      return [`CREATE INDEX ${indexName.order(physical, index.on)} ON ${physical}(${[...index.on.map(column), "first_known"].join(", ")}) WHERE ${NOW}`];
  }
}
