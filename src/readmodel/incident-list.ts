import type { IncidentRow } from "../../projections/rows.js";
import { LedgerError } from "../kernel/errors.js";
import { decodeCursor, encodeCursor, foreignCursor, limitOf, pageOf, type Place } from "./cursor.js";
import { conditionsOf } from "./incident-filter.js";
import type { IncidentFilter, IncidentOrder, Page, PageRequest } from "./known-ledger.js";
import type { Queries } from "./queries.js";
import type { Params, Reader } from "./reader.js";
import { HOLDS_NOW, supersededFrom, WITH_CLASSES } from "./row-queries.js";
import { indexName } from "./table.js";

export interface IncidentQuestion {
  readonly filter: IncidentFilter;
  readonly order: IncidentOrder;
  readonly page: PageRequest;
}

/** A page of incidents, filtered and in order, in one statement (and one more to find the place of a cursor). */
export function listIncidents(queries: Queries, known: number, { filter, order, page }: IncidentQuestion): Page<IncidentRow> {
  const { physical, selected } = queries.incidents.table(known);
  const sortedBy = order.by === "started" ? (["started"] as const) : ([] as const);
  const label = `incidents:${order.by}:${order.direction}`;
  const conditions = conditionsOf(filter, { disruptions: queries.disruptions.table(known).physical, adoptions: queries.adoptions.table(known).physical });
  const after = page.after === undefined ? undefined : placeAfter(queries.reader, physical, { cursor: page.after, place: decodeCursor(label, sortedBy.length, page.after) });
  const terms = [...sortedBy, "first_known"];
  const [beyond, way] = order.direction === "ascending" ? [">", "ASC"] : ["<", "DESC"];
  const keyset = after === undefined ? [] : [`(${terms.map((term) => `row.${term}`).join(", ")}) ${beyond} (${terms.map((term) => `:after_${term}`).join(", ")})`];
  const where = [...conditions.map(({ sql }) => sql), ...keyset].join(" AND ") || "TRUE";
  const columns = [...selected.map((name) => `row.${name}`), "row.first_known"].join(", ");
  const sql = `${WITH_CLASSES}
    SELECT ${columns} FROM ${physical} AS row INDEXED BY ${indexName.order(physical, sortedBy)} WHERE ${HOLDS_NOW} AND row.known_from <= :known AND ${where}
    UNION ALL
    SELECT ${columns} FROM ${supersededFrom(physical, undefined)} WHERE ${where}
    ORDER BY ${terms.map((term) => `${term} ${way}`).join(", ")} LIMIT :limit`;
  const params = conditions.reduce<Params>((all, condition) => ({ ...all, ...condition.params }), { known, limit: limitOf(page) + 1, ...after });
  const rows = queries.incidents.select(sql, params);
  return pageOf(rows, page, (row) => encodeCursor(label, { values: sortedBy.map((property) => row[property]), key: row.incidentId }));
}

/** Values of the keyset behind a cursor; the order of recording is looked up by the row's key, whichever version of it is known. */
export function placeAfter(reader: Reader, physical: string, { cursor, place }: { readonly cursor: string; readonly place: Place }): Params {
  const [row] = reader.all(`SELECT first_known FROM ${physical} WHERE key = :key LIMIT 1`, { key: place.key });
  const firstKnown = row?.["first_known"];
  if (typeof firstKnown !== "number") throw new LedgerError(foreignCursor(cursor));
  const [started, ended] = place.values;
  return { after_first_known: firstKnown, after_started: started ?? null, after_ended: ended ?? null };
}
