import { adoptions } from "../../projections/adoptions.js";
import { agreements } from "../../projections/agreements.js";
import { bodies } from "../../projections/bodies.js";
import { disruptions } from "../../projections/disruptions.js";
import { exclusions } from "../../projections/exclusions.js";
import { incidentClocks } from "../../projections/incident-clocks.js";
import { improvements } from "../../projections/improvements.js";
import { incidents } from "../../projections/incidents.js";
import { maintenance } from "../../projections/maintenance.js";
import { services } from "../../projections/services.js";
import { terms } from "../../projections/terms.js";
import { timeline } from "../../projections/timeline.js";
import { workstations } from "../../projections/workstations.js";
import type { EventId, Position } from "../../src/kernel/brand.js";
import type { Recorded } from "../../src/kernel/event.js";
import type { Projection, TimeSpan } from "../../src/kernel/projection.js";
import type { LedgerEvent } from "../../src/domain/record.js";
import type { Knowledge } from "../../src/readmodel/knowledge.js";
import type { Page, PageRequest } from "../../src/readmodel/known-ledger.js";
import type { ClockQueries } from "../../src/reports/clocks/queries.js";
import type { ReportQueries } from "../../src/reports/queries.js";

type Events = readonly Recorded<LedgerEvent>[];

/** What the reports ask, answered by folding the events of the known part of a ledger with the projections: no file, no SQL. `onQuestion` counts them. */
export function foldedLedger(events: Events, knowledge: Knowledge, onQuestion: () => void): ReportQueries & ClockQueries {
  const entries = rowsOf(timeline, events);
  const answer = <Args extends readonly unknown[], Result>(query: (...args: Args) => Result) => (...args: Args): Result => {
    onQuestion();
    return query(...args);
  };
  const byTime = <Row extends { started: number; ended: number }>(rows: readonly Row[]): Row[] => [...rows].sort((a, b) => a.started - b.started || a.ended - b.ended);
  const byDate = <Row extends { effectiveFrom: number }>(rows: readonly Row[]): Row[] => [...rows].sort((a, b) => a.effectiveFrom - b.effectiveFrom);
  const inSpan = (span: TimeSpan | undefined) => (row: { started: number; ended: number }) => span === undefined || (row.started < span.end && row.ended >= span.start);
  const overlapping = (span: TimeSpan) => (row: { started: number; ended: number }) => row.started < span.end && row.ended > span.start;
  const listed = byTime(entries);
  return {
    knowledge,
    bodies: answer((ids) => one(rowsOf(bodies, events), ids, (row) => row.bodyId)),
    services: answer((ids) => one(rowsOf(services, events), ids, (row) => row.serviceId)),
    incidents: answer((ids) => one(rowsOf(incidents, events), ids, (row) => row.incidentId)),
    listBodies: answer((_order, page) => paged([...rowsOf(bodies, events)].sort((a, b) => (a.name < b.name ? -1 : 1)), page)),
    listTimeline: answer((span, page) => paged(listed.filter(inSpan(span)), page)),
    workstationsOfBodies: answer((ids) => many(byDate(rowsOf(workstations, events)), ids, (row) => [row.bodyId])),
    adoptionsOfBodies: answer((ids) => many(rowsOf(adoptions, events), ids, (row) => [row.bodyId])),
    adoptionsOfServices: answer((ids) => many(rowsOf(adoptions, events), ids, (row) => [row.serviceId])),
    servicesOfContracts: answer((ids) => many(rowsOf(services, events), ids, (row) => [row.contractId])),
    agreementsOfContracts: answer((ids) => many(byDate(rowsOf(agreements, events)), ids, (row) => [row.contractId])),
    maintenanceOfServices: answer((ids, span) => many(byTime(rowsOf(maintenance, events)).filter(overlapping(span)), ids, (row) => row.serviceIds)),
    disruptionsOfIncidents: answer((ids) => many(byTime(rowsOf(disruptions, events)), ids, (row) => [row.incidentId])),
    clocksOfIncidents: answer((ids) => one(rowsOf(incidentClocks, events), ids, (row) => row.incidentId)),
    clocksWithin: answer((span) => byTime(rowsOf(incidentClocks, events)).filter(overlapping(span))),
    disruptionsOfServices: answer((ids, span) => many(byTime(rowsOf(disruptions, events)).filter(overlapping(span)), ids, (row) => [row.serviceId])),
    timelineOfIncidents: answer((ids, span) => many(listed.filter(inSpan(span)), ids, (row) => present(row.incidentId))),
    incidentsDuring: answer((span) => [...rowsOf(incidents, events)].filter(inSpan(span)).sort((a, b) => a.started - b.started)),
    disruptionsBegunIn: answer((span) => byTime(rowsOf(disruptions, events)).filter(({ started }) => started >= span.start && started < span.end)),
    entriesOfIncidents: answer((ids, types) => many(entries.filter(({ type }) => types.includes(type)), ids, (row) => present(row.incidentId))),
    improvementsOfIncidents: answer((ids) => many(byTime(rowsOf(improvements, events)), ids, (row) => [row.incidentId])),
    improvementsDueIn: answer((span) => byTime(rowsOf(improvements, events)).filter(inSpan(span))),
    timelineOfBodies: answer((ids, span) => many(listed.filter(inSpan(span)), ids, (row) => present(row.bodyId))),
    timelineOfServices: answer((ids, span) => many(listed.filter(inSpan(span)), ids, (row) => present(row.serviceId))),
    timelineOfContracts: answer((ids, span) => many(listed.filter(inSpan(span)), ids, (row) => present(row.contractId))),
    timelineOfMaintenance: answer((refs) => listed.filter((row) => refs.some((ref) => ref.contractId === row.contractId && ref.maintenanceId === row.maintenanceId))),
    termsOfContracts: answer((ids) => many(byDate(rowsOf(terms, events)), ids, (row) => [row.contractId])),
    exclusionsOfContracts: answer((ids) => many(rowsOf(exclusions, events), ids, (row) => [row.contractId])),
    positionsOf: answer((ids) => positions(events, new Set(ids))),
    notUnderstood: answer(() => []),
  };
}

function present<Value>(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value];
}

/** In the order in which they were first recorded. */
function rowsOf<Row>(projection: Projection<Row, LedgerEvent>, events: Events): readonly Row[] {
  const rows = new Map<string, Row | undefined>();
  for (const recorded of events) for (const key of projection.keys(recorded)) rows.set(key, projection.fold(key, rows.get(key), recorded));
  return [...rows.values()].flatMap((row) => (row === undefined ? [] : [row]));
}

function one<Id, Row>(rows: readonly Row[], ids: readonly Id[], idOf: (row: Row) => Id): ReadonlyMap<Id, Row> {
  return new Map(rows.filter((row) => ids.includes(idOf(row))).map((row) => [idOf(row), row]));
}
function many<Id, Row>(rows: readonly Row[], ids: readonly Id[], idsOf: (row: Row) => readonly Id[]): ReadonlyMap<Id, readonly Row[]> {
  const found = ids.map((id) => [id, rows.filter((row) => idsOf(row).includes(id))] as const);
  return new Map(found.filter(([, own]) => own.length > 0));
}
function paged<Row>(rows: readonly Row[], { first, after }: PageRequest): Page<Row> {
  const from = after === undefined ? 0 : Number(after);
  const edges = rows.slice(from, from + first).map((row, index) => ({ row, cursor: String(from + index + 1) }));
  return { edges, hasNextPage: from + first < rows.length, endCursor: edges.at(-1)?.cursor };
}
function positions(events: Events, ids: ReadonlySet<EventId>): ReadonlyMap<EventId, Position> {
  return new Map(events.filter(({ id }) => ids.has(id)).map(({ id, position }) => [id, position]));
}
