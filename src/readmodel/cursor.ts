import { LedgerError } from "../kernel/errors.js";
import { parseJson } from "../kernel/json.js";
import { PAGE_CAP, type Page, type PageRequest } from "./known-ledger.js";

/** Where a page ended: the values it is sorted by, and the key of the row. Holds no ordinal, which is private to one file. */
export interface Place {
  readonly values: readonly (string | number)[];
  readonly key: string;
}

/** `order` keeps a cursor from being used for another order. */
export function encodeCursor(order: string, { values, key }: Place): string {
  return Buffer.from(JSON.stringify([order, ...values, key])).toString("base64url");
}

/** Throws LedgerError INVALID_INPUT for what is no cursor of this order, with `count` sort values. */
export function decodeCursor(order: string, count: number, cursor: string): Place {
  const parts = partsOf(cursor);
  const [named, ...rest] = parts;
  const key = rest.pop();
  if (named === order && rest.length === count && typeof key === "string") return { values: rest, key };
  throw new LedgerError(foreignCursor(cursor));
}

export function foreignCursor(cursor: string) {
  const message = `${JSON.stringify(cursor)} is no cursor of this list in this order; give the endCursor of the page before, or leave it out for the first page`;
  return { code: "INVALID_INPUT" as const, field: "after", params: { after: cursor }, message };
}

function partsOf(cursor: string): (string | number)[] {
  try {
    const value = parseJson(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(value) ? value.filter((part) => typeof part === "string" || typeof part === "number") : [];
  } catch {
    return [];
  }
}

/** Rows that a page asks for, and one more to see whether there are others. */
export function limitOf({ first }: PageRequest): number {
  return Math.min(Math.max(first, 0), PAGE_CAP);
}

/** A row with its cursor, which is written when it is asked for: most lists are read without. */
class Edge<Row> {
  readonly row: Row;
  readonly #cursorOf: (row: Row) => string;

  constructor(row: Row, cursorOf: (row: Row) => string) {
    this.row = row;
    this.#cursorOf = cursorOf;
  }

  get cursor(): string {
    return this.#cursorOf(this.row);
  }
}

/** A page from rows of which the statement gave at most `limitOf(request) + 1`. */
export function pageOf<Row>(rows: readonly Row[], request: PageRequest, cursorOf: (row: Row) => string): Page<Row> {
  const limit = limitOf(request);
  const edges = rows.slice(0, limit).map((row) => new Edge(row, cursorOf));
  return {
    edges,
    hasNextPage: rows.length > limit,
    get endCursor() {
      return edges.at(-1)?.cursor;
    },
  };
}
