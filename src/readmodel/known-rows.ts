import { maintenanceKey } from "../../projections/maintenance.js";
import type { MaintenanceRow, TimelineRow } from "../../projections/rows.js";
import { byTime } from "../domain/incident/order.js";
import { instant, type IncidentId, type ServiceId } from "../kernel/brand.js";
import { OPEN_ENDED, type TimeSpan } from "../kernel/projection.js";
import type { When } from "../time/when.js";
import type { MaintenanceRef } from "./known-ledger.js";
import type { Queries } from "./queries.js";
import { grouped, knownIn, listOf, occurredIn } from "./row-queries.js";
import { indexName } from "./table.js";

/** All that can be dated. */
const ALL_TIME: TimeSpan = { start: instant(-OPEN_ENDED), end: instant(OPEN_ENDED) };

/** Maintenance under each service it names, where its window overlaps the span. */
export function maintenanceOfServices(queries: Queries, { ids, span, known }: { readonly ids: readonly ServiceId[]; readonly span: TimeSpan; readonly known: number }): ReadonlyMap<ServiceId, readonly MaintenanceRow[]> {
  const named = queries.maintainedServices.inSpan({ on: "serviceId", values: ids, span }, known);
  const rows = new Map(queries.maintenance.byKeys(named.map(maintenanceKey), known).map((row) => [maintenanceKey(row), row]));
  const pairs = named.flatMap((each) => {
    const row = rows.get(maintenanceKey(each));
    return row === undefined ? [] : [{ serviceId: each.serviceId, row }];
  });
  return new Map([...grouped(pairs, ({ serviceId }) => serviceId)].map(([id, group]) => [id, group.map(({ row }) => row)]));
}

/** Entries that name one of the values themselves, within the span if one is given. */
export function entriesOf(queries: Queries, asked: { readonly on: "bodyId" | "serviceId" | "contractId"; readonly ids: readonly string[]; readonly span: TimeSpan | undefined }, known: number): readonly TimelineRow[] {
  return queries.timeline.inSpan({ on: asked.on, values: asked.ids, span: asked.span ?? ALL_TIME }, known, occurredIn);
}

export function entriesOfMaintenance(queries: Queries, refs: readonly MaintenanceRef[], known: number): readonly TimelineRow[] {
  const { physical, selected } = queries.timeline.table(known);
  const sql = `SELECT ${selected.map((name) => `row.${name}`).join(", ")} FROM json_each(:asked) AS asked
    CROSS JOIN ${physical} AS row INDEXED BY ${indexName.plain(physical, ["contractId", "maintenanceId"])}
      ON row.contract_id = asked.value ->> 0 AND row.maintenance_id = asked.value ->> 1
    WHERE ${knownIn("row")} ORDER BY row.started, row.ended, row.first_known`;
  const pairs = new Map(refs.map((ref) => [maintenanceKey(ref), [ref.contractId, ref.maintenanceId]]));
  return queries.timeline.select(sql, { asked: JSON.stringify([...pairs.values()]), known });
}

/** Entries of some types that name one of the incidents, in the order of recording: others are not even read. */
export function entriesOfIncidents(queries: Queries, known: number, ids: readonly IncidentId[], types: readonly TimelineRow["type"][]): readonly TimelineRow[] {
  const { physical, selected } = queries.timeline.table(known);
  const sql = `SELECT ${selected.map((name) => `row.${name}`).join(", ")} FROM json_each(:asked) AS asked
    CROSS JOIN ${physical} AS row INDEXED BY ${indexName.plain(physical, ["incidentId"])} ON row.incident_id = asked.value
    WHERE ${knownIn("row")} AND row.type IN (SELECT value FROM json_each(:types)) ORDER BY row.first_known`;
  return queries.timeline.select(sql, { asked: listOf(ids), types: listOf(types), known });
}

/** In the order of time; those at the same time stay as they are. */
export function inOrderOfTime<Row extends { readonly occurred: When }>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => byTime(a.occurred, b.occurred));
}
