import type { TimelineRow } from "../../projections/rows.js";
import type { TimeSpan } from "../kernel/projection.js";
import { decodeCursor, encodeCursor, limitOf, pageOf } from "./cursor.js";
import { placeAfter } from "./incident-list.js";
import type { Page, PageRequest } from "./known-ledger.js";
import type { Queries } from "./queries.js";
import { HOLDS_NOW, occurredIn, supersededFrom, WITH_CLASSES } from "./row-queries.js";
import { indexName } from "./table.js";

const LABEL = "timeline";

/** A page of the entries that may have occurred within a span, in the order of occurrence. */
export function listTimeline(queries: Queries, known: number, { span, page }: { readonly span: TimeSpan; readonly page: PageRequest }): Page<TimelineRow> {
  const { physical, selected } = queries.timeline.table(known);
  const after = page.after === undefined ? undefined : placeAfter(queries.reader, physical, { cursor: page.after, place: decodeCursor(LABEL, 2, page.after) });
  const keyset = after === undefined ? "TRUE" : "(row.started, row.ended, row.first_known) > (:after_started, :after_ended, :after_first_known)";
  const columns = [...selected.map((name) => `row.${name}`), "row.first_known"].join(", ");
  // Entries that begin in the span come in order from an index; bands that reach into it, and what has been corrected since, are few.
  const sql = `${WITH_CLASSES}
    SELECT ${columns} FROM ${physical} AS row INDEXED BY ${indexName.order(physical, ["started", "ended"])}
      WHERE ${HOLDS_NOW} AND row.started >= :from AND row.started < :to AND row.known_from <= :known AND ${keyset}
    UNION ALL
    SELECT ${columns} FROM span_sizes AS size CROSS JOIN ${physical} AS row INDEXED BY ${indexName.span(physical, undefined)}
      ON row.span_class = size.class AND row.started >= :from - size.width AND row.started < :from AND ${HOLDS_NOW}
      WHERE row.known_from <= :known AND row.ended >= :from AND ${keyset}
    UNION ALL
    SELECT ${columns} FROM ${supersededFrom(physical, undefined)} WHERE ${occurredIn("row")} AND ${keyset}
    ORDER BY started, ended, first_known LIMIT :limit`;
  const rows = queries.timeline.select(sql, { known, from: span.start, to: span.end, limit: limitOf(page) + 1, ...after });
  return pageOf(rows, page, (row) => encodeCursor(LABEL, { values: [row.started, row.ended], key: row.eventId }));
}
