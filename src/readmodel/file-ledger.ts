import type { TimelineRow } from "../../projections/rows.js";
import type { TimeSpan } from "../kernel/projection.js";
import { listIncidents } from "./incident-list.js";
import type { Knowledge, Viewer } from "./knowledge.js";
import type { KnownLedger } from "./known-ledger.js";
import { entriesOf, entriesOfIncidents, entriesOfMaintenance, inOrderOfTime, maintenanceOfServices } from "./known-rows.js";
import { listByName } from "./name-lists.js";
import { notUnderstood, positionsOf } from "./not-understood.js";
import type { Queries } from "./queries.js";
import { beginningIn, grouped, occurredIn, overlapIn, single } from "./row-queries.js";
import { listTimeline } from "./timeline-list.js";

/** The typed queries over a read model file, at one knowledge. */
export function knownLedger(rows: Queries, knowledge: Knowledge, viewer: Viewer): KnownLedger {
  const known = knowledge.ordinal;
  return {
    knowledge,
    viewer,
    ...byIds(rows, known),
    ...lists(rows, known),
    ...ofBodiesAndServices(rows, known),
    ...ofContracts(rows, known),
    ...ofIncidents(rows, known),
    ...timelines(rows, known),
    positionsOf: (ids) => positionsOf(rows, known, ids),
    notUnderstood: (streams) => notUnderstood(rows.reader, known, streams),
  };
}

function byIds(rows: Queries, known: number): Pick<KnownLedger, "bodies" | "services" | "contracts" | "incidents" | "timelineEntries"> {
  return {
    bodies: (ids) => single(rows.bodies.byKeys(ids, known), ({ bodyId }) => bodyId),
    services: (ids) => single(rows.services.byKeys(ids, known), ({ serviceId }) => serviceId),
    contracts: (ids) => single(rows.contracts.byKeys(ids, known), ({ contractId }) => contractId),
    incidents: (ids) => single(rows.incidents.byKeys(ids, known), ({ incidentId }) => incidentId),
    timelineEntries: (ids) => single(rows.timeline.byKeys(ids, known), ({ eventId }) => eventId),
  };
}

function lists(rows: Queries, known: number): Pick<KnownLedger, "listBodies" | "listServices" | "listContracts" | "listIncidents" | "listTimeline"> {
  const body = { name: "name", nameOf: (row: { name: string }) => row.name, keyOf: (row: { bodyId: string }) => row.bodyId } as const;
  const service = { name: "name", nameOf: (row: { name: string }) => row.name, keyOf: (row: { serviceId: string }) => row.serviceId } as const;
  const contract = { name: "title", nameOf: (row: { title: string }) => row.title, keyOf: (row: { contractId: string }) => row.contractId } as const;
  return {
    listBodies: (order, page) => listByName(rows.bodies, body, { known, order, page }),
    listServices: (order, page) => listByName(rows.services, service, { known, order, page }),
    listContracts: (order, page) => listByName(rows.contracts, contract, { known, order, page }),
    listIncidents: (filter, order, page) => listIncidents(rows, known, { filter, order, page }),
    listTimeline: (span, page) => listTimeline(rows, known, { span, page }),
  };
}

type OfBodiesAndServices =
  | "workstationsOfBodies" | "adoptionsOfBodies" | "adoptionsOfServices" | "servicesOfContracts" | "agreementsOfContracts" | "maintenanceOfContracts"
  | "maintenanceOfServices" | "disruptionsOfServices";

function ofBodiesAndServices(rows: Queries, known: number): Pick<KnownLedger, OfBodiesAndServices> {
  return {
    workstationsOfBodies: (ids) => grouped(rows.workstations.by(["bodyId"], ids, known), ({ bodyId }) => bodyId),
    adoptionsOfBodies: (ids) => grouped(rows.adoptions.by(["bodyId"], ids, known), ({ bodyId }) => bodyId),
    adoptionsOfServices: (ids) => grouped(rows.adoptions.by(["serviceId"], ids, known), ({ serviceId }) => serviceId),
    servicesOfContracts: (ids) => grouped(rows.services.by(["contractId"], ids, known), ({ contractId }) => contractId),
    agreementsOfContracts: (ids) => grouped(rows.agreements.by(["contractId"], ids, known), ({ contractId }) => contractId),
    maintenanceOfContracts: (ids) => grouped(rows.maintenance.by(["contractId"], ids, known), ({ contractId }) => contractId),
    maintenanceOfServices: (ids, span) => maintenanceOfServices(rows, { ids, span, known }),
    disruptionsOfServices: (ids, span) => grouped(rows.disruptions.inSpan({ on: "serviceId", values: ids, span }, known), ({ serviceId }) => serviceId),
  };
}

type OfContracts = "termsOfContracts" | "penaltiesOfContracts" | "assessmentsOfContracts" | "exclusionsOfContracts";

function ofContracts(rows: Queries, known: number): Pick<KnownLedger, OfContracts> {
  return {
    termsOfContracts: (ids) => grouped(rows.terms.by(["contractId"], ids, known), ({ contractId }) => contractId),
    penaltiesOfContracts: (ids) => grouped(rows.penalties.by(["contractId"], ids, known), ({ contractId }) => contractId),
    assessmentsOfContracts: (ids) => grouped(rows.assessments.by(["contractId"], ids, known), ({ contractId }) => contractId),
    exclusionsOfContracts: (ids) => grouped(rows.exclusions.by(["contractId"], ids, known), ({ contractId }) => contractId),
  };
}

type OfIncidents =
  | "incidentsDuring" | "disruptionsBegunIn" | "improvementsOfIncidents" | "improvementsDueIn" | "disruptionsOfIncidents" | "communicationsOfIncidents" | "evidenceOfIncidents" | "evidenceOfDigests"
  | "obligationsOfIncidents" | "obligationsOfRegimes" | "allObligations" | "clocksOfIncidents" | "clocksWithin";

function ofIncidents(rows: Queries, known: number): Pick<KnownLedger, OfIncidents> {
  return {
    incidentsDuring: (span) => rows.incidents.everyIn(span, known, occurredIn),
    disruptionsBegunIn: (span) => rows.disruptions.everyIn(span, known, beginningIn),
    improvementsOfIncidents: (ids) => grouped(rows.improvements.by(["incidentId"], ids, known), ({ incidentId }) => incidentId),
    improvementsDueIn: (span) => rows.improvements.everyIn(span, known, occurredIn),
    disruptionsOfIncidents: (ids) => grouped(rows.disruptions.by(["incidentId"], ids, known), ({ incidentId }) => incidentId),
    clocksOfIncidents: (ids) => single(rows.incidentClocks.byKeys(ids, known), ({ incidentId }) => incidentId),
    clocksWithin: (span) => rows.incidentClocks.everyIn(span, known, overlapIn),
    communicationsOfIncidents: (ids) => grouped(inOrderOfTime(rows.communications.by(["incidentId"], ids, known)), ({ incidentId }) => incidentId),
    evidenceOfIncidents: (ids) => grouped(inOrderOfTime(rows.evidence.by(["incidentId"], ids, known)), ({ incidentId }) => incidentId),
    obligationsOfIncidents: (ids) => grouped(rows.obligations.by(["incidentId"], ids, known), ({ incidentId }) => incidentId),
    obligationsOfRegimes: (ids) => grouped(rows.obligations.by(["regimeId"], ids, known), ({ regimeId }) => regimeId),
    allObligations: () => rows.obligations.every(["regimeId"], known),
    evidenceOfDigests: (sha256) => grouped(inOrderOfTime(rows.evidence.by(["sha256"], sha256, known)), (row) => row.sha256),
  };
}

type Timelines = "timelineOfIncidents" | "timelineOfBodies" | "timelineOfServices" | "timelineOfContracts" | "entriesOfIncidents" | "timelineOfMaintenance" | "timelineOfImport";

function timelines(rows: Queries, known: number): Pick<KnownLedger, Timelines> {
  return {
    timelineOfIncidents: (ids, span) => grouped(rows.timeline.by(["incidentId"], ids, known).filter((row) => mayOccurIn(row, span)), ({ incidentId }) => incidentId),
    timelineOfBodies: (ids, span) => grouped(entriesOf(rows, { on: "bodyId", ids, span }, known), ({ bodyId }) => bodyId),
    timelineOfServices: (ids, span) => grouped(entriesOf(rows, { on: "serviceId", ids, span }, known), ({ serviceId }) => serviceId),
    timelineOfContracts: (ids, span) => grouped(entriesOf(rows, { on: "contractId", ids, span }, known), ({ contractId }) => contractId),
    entriesOfIncidents: (ids, types) => grouped(entriesOfIncidents(rows, known, ids, types), ({ incidentId }) => incidentId),
    timelineOfMaintenance: (refs) => entriesOfMaintenance(rows, refs, known),
    timelineOfImport: (id) => rows.timelineAsRecorded.by(["importId"], [id], known),
  };
}

function mayOccurIn({ started, ended }: TimelineRow, span: TimeSpan | undefined): boolean {
  return span === undefined || (started < span.end && ended >= span.start);
}
