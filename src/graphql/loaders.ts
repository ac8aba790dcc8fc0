import DataLoader from "dataloader";
import type { BodyId, ContractId, EventId, IncidentId, Instant, Position, ServiceId, StreamName } from "../kernel/brand.js";
import { canonicalJson } from "../kernel/json.js";
import type { TimeSpan } from "../kernel/projection.js";
import type {
  AdoptionRow, AgreementRow, BodyRow, CommunicationRow, ContractRow, DisruptionRow, EvidenceRow, IncidentRow, MaintenanceRow, ServiceRow,
  TimelineRow, WorkstationsRow,
} from "../../projections/rows.js";
import type { KnownLedger, NotUnderstood } from "../readmodel/known-ledger.js";
import { readingsOfIncidents, type CaseReading } from "../reports/clocks/readings.js";
import type { ReportOptions } from "../reports/frame.js";
import { impactReports } from "../reports/impact.js";
import type { ImpactReport } from "../reports/impact-report.js";
import type { TimelineEntry } from "../reports/timeline-entry.js";
import { entriesOfIncidents } from "./entries-of-incident.js";
import { bodiesHitBy, incidentsOfServices, incidentsThatHit } from "./who-was-hit.js";

/** One row by its id; undefined where there is none. */
export type One<Id, Row> = DataLoader<Id, Row | undefined>;
/** The rows that belong to an id. */
export type Many<Id, Row> = DataLoader<Id, readonly Row[]>;

/** What the objects of one reading load of each other, each kind in one statement for all that ask at the same time. */
export interface Loaders {
  readonly body: One<BodyId, BodyRow>;
  readonly service: One<ServiceId, ServiceRow>;
  readonly contract: One<ContractId, ContractRow>;
  readonly incident: One<IncidentId, IncidentRow>;
  readonly positionOf: One<EventId, Position>;
  /** What was not understood in a stream, and in any. */
  readonly notUnderstoodIn: Many<StreamName, NotUnderstood>;
  readonly notUnderstood: Many<"all", NotUnderstood>;
  readonly workstationsOfBody: Many<BodyId, WorkstationsRow>;
  readonly adoptionsOfBody: Many<BodyId, AdoptionRow>;
  readonly adoptionsOfService: Many<ServiceId, AdoptionRow>;
  readonly servicesOfContract: Many<ContractId, ServiceRow>;
  readonly agreementsOfContract: Many<ContractId, AgreementRow>;
  readonly maintenanceOfContract: Many<ContractId, MaintenanceRow>;
  readonly disruptionsOfIncident: Many<IncidentId, DisruptionRow>;
  readonly timelineOfIncident: Many<IncidentId, TimelineRow>;
  readonly communicationsOfIncident: Many<IncidentId, CommunicationRow>;
  readonly evidenceOfIncident: Many<IncidentId, EvidenceRow>;
  readonly entriesOfIncident: Many<IncidentId, TimelineEntry>;
  readonly bodiesHitBy: Many<DisruptionRow, BodyRow>;
  readonly incidentsOfBody: (span: TimeSpan) => Many<BodyId, IncidentRow>;
  readonly incidentsOfService: (span: TimeSpan) => Many<ServiceId, IncidentRow>;
  readonly maintenanceOfService: (span: TimeSpan) => Many<ServiceId, MaintenanceRow>;
  readonly clocksOfIncident: (asOf: Instant) => Many<IncidentId, CaseReading>;
  readonly impactOfBody: (options: ReportOptions) => One<BodyId, ImpactReport>;
}

/** Loaders for one reading. They keep what they loaded as long as the reading lasts: one request. */
export function createLoaders(known: KnownLedger): Loaders {
  return {
    body: one((ids) => known.bodies(ids)),
    service: one((ids) => known.services(ids)),
    contract: one((ids) => known.contracts(ids)),
    incident: one((ids) => known.incidents(ids)),
    positionOf: one((ids) => known.positionsOf(ids)),
    notUnderstoodIn: many((streams) => notUnderstoodIn(known, streams)),
    notUnderstood: many(() => new Map([["all", known.notUnderstood()]])),
    workstationsOfBody: many((ids) => known.workstationsOfBodies(ids)),
    adoptionsOfBody: many((ids) => known.adoptionsOfBodies(ids)),
    adoptionsOfService: many((ids) => known.adoptionsOfServices(ids)),
    servicesOfContract: many((ids) => known.servicesOfContracts(ids)),
    agreementsOfContract: many((ids) => known.agreementsOfContracts(ids)),
    maintenanceOfContract: many((ids) => known.maintenanceOfContracts(ids)),
    disruptionsOfIncident: many((ids) => known.disruptionsOfIncidents(ids)),
    timelineOfIncident: many((ids) => known.timelineOfIncidents(ids)),
    communicationsOfIncident: many((ids) => known.communicationsOfIncidents(ids)),
    evidenceOfIncident: many((ids) => known.evidenceOfIncidents(ids)),
    entriesOfIncident: many((ids) => entriesOfIncidents(known, ids)),
    bodiesHitBy: many((disruptions) => bodiesHitBy(known, disruptions)),
    incidentsOfBody: perQuestion((span) => many((ids) => incidentsThatHit(known, ids, span))),
    incidentsOfService: perQuestion((span) => many((ids) => incidentsOfServices(known, ids, span))),
    maintenanceOfService: perQuestion((span) => many((ids) => known.maintenanceOfServices(ids, span))),
    clocksOfIncident: perQuestion((asOf) => many((ids) => readingsOfIncidents(known, ids, asOf))),
    impactOfBody: perQuestion((options) => one((ids) => new Map(impactReports(known, ids, options).map((report) => [report.body.bodyId, report])))),
  };
}

function notUnderstoodIn(known: KnownLedger, streams: readonly StreamName[]): ReadonlyMap<StreamName, readonly NotUnderstood[]> {
  const all = known.notUnderstood(streams);
  return new Map(streams.map((stream) => [stream, all.filter((each) => each.stream === stream)]));
}

/** One loader for each question that objects are asked with, such as a period. */
function perQuestion<Question, Loader>(make: (question: Question) => Loader): (question: Question) => Loader {
  const made = new Map<string, Loader>();
  return (question) => {
    const key = canonicalJson(question);
    const loader = made.get(key) ?? make(question);
    made.set(key, loader);
    return loader;
  };
}

/** Batches `load` for single rows. */
export function one<Id, Row>(load: (ids: readonly Id[]) => ReadonlyMap<Id, Row>): One<Id, Row> {
  return new DataLoader((ids) => settle(() => load(ids), (rows) => ids.map((id) => rows.get(id))));
}
/** Batches `load` for lists of rows; an id without rows has an empty list. */
export function many<Id, Row>(load: (ids: readonly Id[]) => ReadonlyMap<Id, readonly Row[]>): Many<Id, Row> {
  return new DataLoader((ids) => settle(() => load(ids), (rows) => ids.map((id) => rows.get(id) ?? [])));
}

/** The read model answers at once or throws; a data loader wants a promise of either. */
async function settle<Rows, Out>(load: () => Rows, out: (rows: Rows) => Out): Promise<Out> {
  await Promise.resolve();
  return out(load());
}
