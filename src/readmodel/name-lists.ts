import { decodeCursor, encodeCursor, limitOf, pageOf } from "./cursor.js";
import type { NameOrder, Page, PageRequest } from "./known-ledger.js";
import { column, type Table } from "./table.js";
import { knownIn, type RowQueries } from "./row-queries.js";

/** What is listed by name: its property for the name, and its key. */
export interface Named<Row> {
  readonly name: keyof Row & string;
  readonly nameOf: (row: Row) => string;
  readonly keyOf: (row: Row) => string;
}

/** A page of a read model whose rows are few (bodies, services, contracts), by name regardless of letter case, or by id. */
export function listByName<Row>(queries: RowQueries<Row>, named: Named<Row>, request: { readonly known: number; readonly order: NameOrder; readonly page: PageRequest }): Page<Row> {
  const { known, order, page } = request;
  const byName = order.by === "name";
  const label = `${order.by}:${order.direction}`;
  const after = page.after === undefined ? undefined : decodeCursor(label, byName ? 1 : 0, page.after);
  const sql = listStatement(queries.table(known), byName ? column(named.name) : undefined, { order, continued: after !== undefined });
  const rows = queries.select(sql, { known, name: after?.values[0] ?? null, key: after?.key ?? null, limit: limitOf(page) + 1 });
  return pageOf(rows, page, (row) => encodeCursor(label, { values: byName ? [named.nameOf(row)] : [], key: named.keyOf(row) }));
}

function listStatement<Row>(table: Table<Row>, name: string | undefined, { order, continued }: { readonly order: NameOrder; readonly continued: boolean }): string {
  const [beyond, way] = order.direction === "ascending" ? [">", "ASC"] : ["<", "DESC"];
  const sorted = name === undefined ? "row.key" : `row.${name} COLLATE NOCASE`;
  const place = name === undefined ? `row.key ${beyond} :key` : `(row.${name} COLLATE NOCASE ${beyond} :name OR (row.${name} = :name COLLATE NOCASE AND row.key ${beyond} :key))`;
  return `SELECT ${table.selected.map((each) => `row.${each}`).join(", ")} FROM ${table.physical} AS row
    WHERE ${knownIn("row")}${continued ? ` AND ${place}` : ""} ORDER BY ${sorted} ${way}, row.key ${way} LIMIT :limit`;
}
