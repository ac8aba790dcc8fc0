import type { Instant } from "./brand.js";
import type { Recorded } from "./event.js";

/** What SQLite keeps in a column. */
export type ColumnValue = string | number | null;

/** How one property of a row is kept: its SQL affinity, and the way there and back. `read` throws TypeError on what `write` cannot have written. */
export interface Column<T> {
  readonly affinity: "TEXT" | "INTEGER" | "BLOB";
  readonly write: (value: T) => ColumnValue;
  readonly read: (stored: unknown) => T;
}
export type Columns<Row> = { readonly [Property in keyof Row]-?: Column<Row[Property]> };

/**
 * How rows are found other than by their key.
 * - `plain` holds every version of every row and answers any knowledge alike: right where a row has few versions. With `whereSet` it
 *   leaves out rows in which that property is undefined.
 * - `span` answers "which rows overlap this span" (of one value of `on`, where it is given) at a cost that does not grow with the ledger's
 *   age, also where every row was once open-ended. It needs the properties `started` and `ended`, milliseconds, half-open.
 * - `order` gives the rows that hold now in the order of some properties and then of their first recording.
 */
export type Index<Row> =
  | { readonly kind: "plain"; readonly on: readonly (keyof Row & string)[]; readonly whereSet?: keyof Row & string }
  | { readonly kind: "span"; readonly on?: keyof Row & string }
  | { readonly kind: "order"; readonly on: readonly (keyof Row & string)[] };

/**
 * A read model as a pure fold: which rows an event touches, from the event alone, and each row after it. Never refuses, never looks
 * at a clock. `undefined` is "no such row". A row is versioned by the runner; the fold does not see versions.
 */
export interface Projection<Row, E> {
  /** Lower-case words with underscores: the beginning of its table's name. */
  readonly name: string;
  /** Raised with every change of columns, indexes, keys or fold; the runner then builds it anew beside the old one. */
  readonly version: number;
  readonly columns: Columns<Row>;
  readonly indexes: readonly Index<Row>[];
  /** `event`: a fact's own id is the key of the one row it makes, so that no row is looked up for a new fact. */
  readonly keyedBy: "event" | "subject";
  /** A property that only the fold needs: kept with the version that holds now, and left out of what queries give. */
  readonly memory?: keyof Row & string;
  readonly keys: (recorded: Recorded<E>) => readonly string[];
  readonly fold: (key: string, row: Row | undefined, recorded: Recorded<E>) => Row | undefined;
}

/** `ended` of what goes on; later than any instant. */
export const OPEN_ENDED = 9_007_199_254_740_991;

/** A half-open span `[start, end)`. */
export interface TimeSpan {
  readonly start: Instant;
  readonly end: Instant;
}
