import { adoptions } from "../../projections/adoptions.js";
import { agreements } from "../../projections/agreements.js";
import { assessments } from "../../projections/assessments.js";
import { bodies } from "../../projections/bodies.js";
import { communications } from "../../projections/communications.js";
import { contracts } from "../../projections/contracts.js";
import { disruptions } from "../../projections/disruptions.js";
import { evidence } from "../../projections/evidence.js";
import { incidentClocks } from "../../projections/incident-clocks.js";
import { exclusions } from "../../projections/exclusions.js";
import { improvements } from "../../projections/improvements.js";
import { incidents } from "../../projections/incidents.js";
import { maintenance } from "../../projections/maintenance.js";
import { obligations } from "../../projections/obligations.js";
import { penalties } from "../../projections/penalties.js";
import { services } from "../../projections/services.js";
import { terms } from "../../projections/terms.js";
import { timeline } from "../../projections/timeline.js";
import { workstations } from "../../projections/workstations.js";
import type { AdoptionRow, DisruptionRow, IncidentRow, ObligationRow } from "../../projections/rows.js";
import type { LedgerEvent } from "../../src/domain/record.js";
import type { BodyId, EventId } from "../../src/kernel/brand.js";
import type { Projection, TimeSpan } from "../../src/kernel/projection.js";
import { earliestOf, latestOf, type When } from "../../src/time/when.js";
import type { IncidentFilter } from "../../src/readmodel/known-ledger.js";
import { MILESTONES, plain, SPANS, FILTERS, type Answers } from "./answers.js";
import type { History } from "./histories.js";
import { WORLD } from "./move.js";
import { REGIME } from "./service-level-moves.js";

interface Spanned {
  readonly started: number;
  readonly ended: number;
}

/** The rows that hold after a history, in the order in which they were first recorded: folded one event after another, without file or SQL. */
export function foldedRows<Row>(projection: Projection<Row, LedgerEvent>, history: History): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const recorded of history) {
    for (const key of projection.keys(recorded)) {
      const row = projection.fold(key, rows.get(key), recorded);
      if (row === undefined) rows.delete(key);
      else rows.set(key, row);
    }
  }
  const { memory } = projection;
  return [...rows.values()].map((row) => (memory === undefined ? row : { ...row, [memory]: undefined }));
}

function ordered<Row>(rows: readonly Row[], ...by: readonly ((row: Row) => number | string)[]): readonly Row[] {
  return [...rows].sort((a, b) => {
    for (const value of by) if (value(a) !== value(b)) return value(a) < value(b) ? -1 : 1;
    return 0;
  });
}
const inOrder = <Row extends Spanned>(rows: readonly Row[]) => ordered(rows, (row) => row.started, (row) => row.ended);
const byOccurrence = <Row extends { readonly occurred: When }>(rows: readonly Row[]) => ordered(rows, (row) => earliestOf(row.occurred), (row) => latestOf(row.occurred));
const byDate = <Row extends { readonly effectiveFrom: number }>(rows: readonly Row[]) => ordered(rows, (row) => row.effectiveFrom);

/** Half-open; what has no length lies where it is. */
const overlapping = ({ start, end }: TimeSpan) => ({ started, ended }: Spanned): boolean => (started === ended ? started >= start && started < end : started < end && ended > start);
/** A time that is known only as a band may lie at both of its ends. */
const mayLieIn = ({ start, end }: TimeSpan) => ({ started, ended }: Spanned): boolean => started < end && ended >= start;

function under<Id extends string, Row>(ids: readonly Id[], rows: readonly Row[], idsOf: (row: Row) => readonly (string | undefined)[]): ReadonlyMap<Id, readonly Row[]> {
  return new Map(ids.map((id) => [id, rows.filter((row) => idsOf(row).includes(id))] as const).filter(([, own]) => own.length > 0));
}
function each<Id extends string, Row>(ids: readonly Id[], rows: readonly Row[], idOf: (row: Row) => string): ReadonlyMap<Id, Row> {
  return new Map(ids.flatMap((id) => rows.filter((row) => idOf(row) === id).map((row) => [id, row] as const)));
}

/** What `answersOf` must say of a ledger with exactly this history, worked out from all rows. */
export function expectedAnswers(history: History, eventIds: readonly EventId[]): Answers {
  const place = new Map(history.map(({ id, position }) => [id, position]));
  return plain({
    ...ofIds(history, eventIds), ...ofLists(history), ...ofSpans(history), ...ofIncidents(history),
    positions: new Map(eventIds.flatMap((id) => (place.has(id) ? [[id, place.get(id)] as const] : []))), notUnderstood: [],
  });
}

function ofIds(history: History, eventIds: readonly EventId[]): Answers {
  const rows = { bodies: foldedRows(bodies, history), services: foldedRows(services, history), contracts: foldedRows(contracts, history), adoptions: ordered(foldedRows(adoptions, history), (row) => row.serviceId, (row) => row.bodyId) };
  return {
    bodies: each(WORLD.bodies, rows.bodies, (row) => row.bodyId), services: each(WORLD.services, rows.services, (row) => row.serviceId),
    contracts: each(WORLD.contracts, rows.contracts, (row) => row.contractId), incidents: each(WORLD.incidents, foldedRows(incidents, history), (row) => row.incidentId),
    timelineEntries: each(eventIds, foldedRows(timeline, history), (row) => row.eventId),
    workstationsOfBodies: under(WORLD.bodies, byDate(foldedRows(workstations, history)), (row) => [row.bodyId]),
    adoptionsOfBodies: under(WORLD.bodies, rows.adoptions, (row) => [row.bodyId]), adoptionsOfServices: under(WORLD.services, rows.adoptions, (row) => [row.serviceId]),
    servicesOfContracts: under(WORLD.contracts, ordered(rows.services, (row) => row.name), (row) => [row.contractId]),
    agreementsOfContracts: under(WORLD.contracts, byDate(foldedRows(agreements, history)), (row) => [row.contractId]),
    maintenanceOfContracts: under(WORLD.contracts, inOrder(foldedRows(maintenance, history)), (row) => [row.contractId]),
    termsOfContracts: under(WORLD.contracts, byDate(foldedRows(terms, history)), (row) => [row.contractId]),
    penaltiesOfContracts: under(WORLD.contracts, foldedRows(penalties, history), (row) => [row.contractId]),
    assessmentsOfContracts: under(WORLD.contracts, foldedRows(assessments, history), (row) => [row.contractId]),
    exclusionsOfContracts: under(WORLD.contracts, foldedRows(exclusions, history), (row) => [row.contractId]),
  };
}

function ofSpans(history: History): Answers {
  const [entries, works, hits] = [inOrder(foldedRows(timeline, history)), inOrder(foldedRows(maintenance, history)), inOrder(foldedRows(disruptions, history))];
  const clocks = inOrder(foldedRows(incidentClocks, history));
  const promised = inOrder(foldedRows(improvements, history));
  return Object.fromEntries(
    SPANS.flatMap((span, n): (readonly [string, unknown])[] => {
      const within = entries.filter(mayLieIn(span));
      return [
        [`maintenance of services ${n}`, under(WORLD.services, works.filter(overlapping(span)), (row) => row.serviceIds)],
        [`disruptions of services ${n}`, under(WORLD.services, hits.filter(overlapping(span)), (row) => [row.serviceId])],
        [`clocks within ${n}`, clocks.filter(overlapping(span))],
        [`timeline of incidents ${n}`, under(WORLD.incidents, within, (row) => [row.incidentId])],
        [`timeline of bodies ${n}`, under(WORLD.bodies, within, (row) => [row.bodyId])],
        [`timeline of services ${n}`, under(WORLD.services, within, (row) => [row.serviceId])],
        [`timeline of contracts ${n}`, under(WORLD.contracts, within, (row) => [row.contractId])],
        [`incidents during ${n}`, ordered(foldedRows(incidents, history), (row) => row.started).filter(mayLieIn(span))],
        [`disruptions begun in ${n}`, hits.filter(({ started }) => started >= span.start && started < span.end)],
        [`improvements due in ${n}`, promised.filter(mayLieIn(span))],
        [`timeline ${n}`, within],
      ];
    }),
  );
}

function ofIncidents(history: History): Answers {
  const files = byOccurrence(foldedRows(evidence, history));
  return {
    disruptionsOfIncidents: under(WORLD.incidents, inOrder(foldedRows(disruptions, history)), (row) => [row.incidentId]),
    communicationsOfIncidents: under(WORLD.incidents, byOccurrence(foldedRows(communications, history)), (row) => [row.incidentId]),
    evidenceOfIncidents: under(WORLD.incidents, files, (row) => [row.incidentId]), evidenceOfDigests: under(["a".repeat(64), "b".repeat(64)], files, (row) => [row.sha256]),
    timelineOfIncidents: under(WORLD.incidents, inOrder(foldedRows(timeline, history)), (row) => [row.incidentId]),
    clocksOfIncidents: each(WORLD.incidents, foldedRows(incidentClocks, history), (row) => row.incidentId),
    improvementsOfIncidents: under(WORLD.incidents, inOrder(foldedRows(improvements, history)), (row) => [row.incidentId]),
    ...ofObligations(foldedRows(obligations, history)),
    entriesOfIncidents: under(WORLD.incidents, foldedRows(timeline, history).filter(({ type }) => MILESTONES.some((each) => each === type)), (row) => [row.incidentId]),
    noEntriesOfIncidents: new Map(),
  };
}

function ofObligations(rows: readonly ObligationRow[]): Answers {
  return { obligationsOfIncidents: under(WORLD.incidents, rows, (row) => [row.incidentId]), obligationsOfRegimes: under([REGIME], rows, (row) => [row.regimeId]), allObligations: rows };
}

function ofLists(history: History): Answers {
  const [hits, adopted] = [foldedRows(disruptions, history), foldedRows(adoptions, history)];
  const recorded = foldedRows(incidents, history);
  const wanted = (rows: readonly IncidentRow[]) => FILTERS.map((filter) => rows.filter((row) => matches(row, filter, { hits: hits.filter(({ incidentId }) => incidentId === row.incidentId), adopted })));
  const lists = { started: wanted(ordered(recorded, (row) => row.started)), recorded: wanted(recorded) };
  const names = <Row>(what: string, rows: readonly Row[], nameOf: (row: Row) => string, idOf: (row: Row) => string) => ({
    ...bothWays(`${what} name`, ordered(rows, (row) => nameOf(row).toLowerCase(), idOf)), ...bothWays(`${what} id`, ordered(rows, idOf)),
  });
  return {
    ...Object.fromEntries(
      (["started", "recorded"] as const).flatMap((by) => lists[by].flatMap((rows, n): (readonly [string, unknown])[] => [[`incidents ${by} ascending ${n}`, rows], [`incidents ${by} descending ${n}`, rows.toReversed()]])),
    ),
    ...names("bodies", foldedRows(bodies, history), (row) => row.name, (row) => row.bodyId), ...names("services", foldedRows(services, history), (row) => row.name, (row) => row.serviceId),
    ...names("contracts", foldedRows(contracts, history), (row) => row.title, (row) => row.contractId),
  };
}
function bothWays(what: string, rows: readonly unknown[]): Answers {
  return { [`${what} ascending`]: rows, [`${what} descending`]: rows.toReversed() };
}

function matches(row: IncidentRow, filter: IncidentFilter, { hits, adopted }: { readonly hits: readonly DisruptionRow[]; readonly adopted: readonly AdoptionRow[] }): boolean {
  const { span, statuses, severities, bodyId, serviceId, contractId, text = "" } = filter;
  const words = text.toLowerCase().split(" ").filter((word) => word !== "");
  return (
    (span === undefined || [row, ...hits].some(overlapping(span))) && (statuses === undefined || statuses.includes(row.status)) &&
    (severities === undefined || (row.severity !== undefined && severities.includes(row.severity))) && (contractId === undefined || row.contractId === contractId) &&
    (serviceId === undefined || hits.some((hit) => hit.serviceId === serviceId)) && (bodyId === undefined || hits.some((hit) => isHit(bodyId, hit, adopted))) &&
    words.every((word) => row.searchText.includes(word))
  );
}

/** Of a service that the body has adopted at some time of it, and in some phase for all or for the body. */
function isHit(bodyId: BodyId, hit: DisruptionRow, adopted: readonly AdoptionRow[]): boolean {
  const spans = adopted.find((row) => row.serviceId === hit.serviceId && row.bodyId === bodyId)?.spans ?? [];
  const had = spans.some(({ start, end = Infinity }) => (hit.started === hit.ended ? start <= hit.started && hit.started < end : Math.max(start, hit.started) < Math.min(end, hit.ended)));
  return had && hit.phases.some(({ scope }) => scope.kind === "all" || scope.bodyIds.includes(bodyId));
}
