import { entryId, eventId, exclusionId, findingId, objectionId, penaltyId } from "../../src/kernel/brand.js";
import type { Fact } from "../../src/domain/record.js";
import { ROME } from "../../src/time/zone.js";
import { at } from "../support/given.js";
import { GDPR, TERMS } from "../support/terms.js";
import { ADOPTED, AWARDED, CALL_SUPPLIER, CATALOGUED, CLOSED, CLOUD_OUTAGE, ENDED, everyone, JOINED, LECCO, NIGHT_PATCHING, OPENED, POSTA, PROTOCOLLO, PROTOCOLLO_DOWN, REPORTED, RESOLVED, SPC_CLOUD } from "../support/lecco.js";

type FactOfType<Type extends Fact["type"]> = Extract<Fact, { type: Type }>;

const SEVEN = at("2019-09-25T07:00:00Z");
const base = { incidentId: CLOUD_OUTAGE, occurredAt: SEVEN };
const entry = { ...base, entryId: CALL_SUPPLIER };
const disruption = { ...base, disruptionId: PROTOCOLLO_DOWN };
const from = { effectiveFrom: at("2019-10-01T00:00:00+02:00") };
const said = everyone("Chiamato il fornitore.");
const eur = (amountCents: number) => ({ amountCents, currency: "EUR" });

const computation = { period: "2019-09", number: 1, eventId: eventId("01900000-0000-7000-8000-000000000001") };
const penalty = { contractId: SPC_CLOUD, penaltyId: penaltyId("settembre"), occurredAt: SEVEN };
const assessed = { contractId: SPC_CLOUD, period: "2019-09", occurredAt: SEVEN };
const obliged = { incidentId: CLOUD_OUTAGE, regimeId: GDPR.id, bodyId: LECCO, occurredAt: SEVEN };

/** A fact of every type that the catalogue has: the compiler asks for them all. */
export const EVERY_FACT: { readonly [Type in Fact["type"]]: FactOfType<Type> } = {
  BodyJoined: JOINED,
  BodyRenamed: { type: "BodyRenamed", data: { bodyId: LECCO, name: "Città di Lecco", ...from } },
  WorkstationsDeclared: { type: "WorkstationsDeclared", data: { bodyId: LECCO, workstations: 250, ...from } },
  BodyLeft: { type: "BodyLeft", data: { bodyId: LECCO, ...from } },
  ServiceCatalogued: CATALOGUED,
  ServiceAdopted: ADOPTED,
  ServiceDropped: { type: "ServiceDropped", data: { serviceId: PROTOCOLLO, bodyId: LECCO, ...from } },
  ContractAwarded: AWARDED,
  ContractAmended: { type: "ContractAmended", data: { contractId: SPC_CLOUD, amount: eur(120_000_00), reason: "Altri servizi", ...from } },
  FeeAgreed: { type: "FeeAgreed", data: { contractId: SPC_CLOUD, fee: eur(12_000_00), per: "month", ...from } },
  WorkstationCostAgreed: { type: "WorkstationCostAgreed", data: { contractId: SPC_CLOUD, yearlyCost: eur(90_72), ...from } },
  TermsAgreed: { type: "TermsAgreed", data: { contractId: SPC_CLOUD, terms: TERMS, effectiveFrom: at("2019-01-01T00:00:00+01:00") } },
  PenaltyDetermined: { type: "PenaltyDetermined", data: { ...penalty, computation, amount: eur(36_00) } },
  PenaltyAdjusted: { type: "PenaltyAdjusted", data: { ...penalty, entryId: entryId("meno"), amount: eur(-6_00), reason: "Esclusione accolta" } },
  PenaltyCollected: { type: "PenaltyCollected", data: { ...penalty, entryId: entryId("fattura"), amount: eur(36_00) } },
  PenaltyApportioned: {
    type: "PenaltyApportioned",
    data: { ...penalty, entryId: entryId("riparto"), amount: eur(36_00), key: "equally", computation, shares: [{ bodyId: LECCO, weight: "1", amountCents: 36_00 }] },
  },
  AssessmentComputed: {
    type: "AssessmentComputed",
    data: {
      ...assessed, number: 1, span: { start: at("2019-09-01T00:00:00+02:00"), end: at("2019-10-01T00:00:00+02:00") }, zone: ROME, lastEventId: computation.eventId, digest: "b".repeat(64),
      frozen: { zoneData: "2025b", holidayData: "date-holidays 3", months: [at("2019-09-01T00:00:00+02:00"), at("2019-10-01T00:00:00+02:00")], calendars: [], windows: [] },
      verdicts: { met: 1, breached: 1, undetermined: 0, notAssessable: 0 }, currency: "EUR", penaltyCents: { min: 36_00, max: 36_00 },
      missed: [{ level: "disponibilita/lecco/protocollo", indicatorId: "disponibilita", bodyId: LECCO, serviceId: PROTOCOLLO, verdict: "breached", penaltyCents: { min: 36_00, max: 36_00 } }],
    },
  },
  FindingRecorded: { type: "FindingRecorded", data: { ...assessed, findingId: findingId("r1"), number: 1, level: "disponibilita/lecco/protocollo" } },
  ObjectionRaised: { type: "ObjectionRaised", data: { ...assessed, objectionId: objectionId("c1"), findingIds: [findingId("r1")], channel: "certified-email", text: said } },
  CounterArgumentsReceived: {
    type: "CounterArgumentsReceived",
    data: { ...assessed, entryId: entryId("risposta"), objectionId: objectionId("c1"), text: said, claims: [{ incidentId: CLOUD_OUTAGE, disruptionId: PROTOCOLLO_DOWN, claimedStart: SEVEN }] },
  },
  ExclusionGranted: { type: "ExclusionGranted", data: { ...assessed, exclusionId: exclusionId("e1"), serviceIds: [PROTOCOLLO], spans: [{ start: SEVEN, end: at("2019-09-25T08:00:00Z") }], text: said } },
  ExclusionRefused: { type: "ExclusionRefused", data: { ...assessed, exclusionId: exclusionId("e2"), text: said } },
  ObligationApplies: { type: "ObligationApplies", data: { ...obliged, regime: GDPR, reason: "Dati personali coinvolti" } },
  ObligationDoesNotApply: { type: "ObligationDoesNotApply", data: { ...obliged, reason: "Nessun dato personale" } },
  AwarenessEstablished: { type: "AwarenessEstablished", data: obliged },
  NotificationFiled: { type: "NotificationFiled", data: { ...obliged, entryId: entryId("prot-123"), stage: "notification" } },
  MaintenanceAnnounced: {
    type: "MaintenanceAnnounced",
    data: { contractId: SPC_CLOUD, maintenanceId: NIGHT_PATCHING, serviceIds: [PROTOCOLLO, POSTA], window: { start: at("2019-10-05T22:00:00Z"), end: at("2019-10-06T02:00:00Z") }, text: said },
  },
  MaintenanceCancelled: { type: "MaintenanceCancelled", data: { contractId: SPC_CLOUD, maintenanceId: NIGHT_PATCHING, occurredAt: at("2019-10-05T23:00:00Z") } },
  IncidentReported: REPORTED,
  SeverityAssigned: { type: "SeverityAssigned", data: { ...base, severity: "critical" } },
  IncidentAcknowledged: { type: "IncidentAcknowledged", data: base },
  DisruptionOpened: OPENED,
  DisruptionRescoped: { type: "DisruptionRescoped", data: { ...disruption, scope: { kind: "bodies", bodyIds: [LECCO] } } },
  DisruptionDegreeChanged: { type: "DisruptionDegreeChanged", data: { ...disruption, degree: "partial" } },
  DisruptionEnded: ENDED,
  ResponseRecorded: { type: "ResponseRecorded", data: { ...entry, text: said } },
  SupplierNotified: { type: "SupplierNotified", data: { ...entry, channel: "phone" } },
  SupplierStatementReceived: { type: "SupplierStatementReceived", data: { ...entry, text: said, claimedStart: SEVEN } },
  MembersInformed: { type: "MembersInformed", data: { ...entry, channel: "email", text: said } },
  ClockPaused: { type: "ClockPaused", data: { ...base, clock: "restore", reason: "In attesa di accesso" } },
  ClockResumed: { type: "ClockResumed", data: { ...base, clock: "restore" } },
  CauseAttributed: { type: "CauseAttributed", data: { ...base, category: "power", party: "supplier" } },
  ImprovementPromised: { type: "ImprovementPromised", data: { ...entry, text: said } },
  ImprovementCompleted: { type: "ImprovementCompleted", data: entry },
  EvidenceAttached: { type: "EvidenceAttached", data: { ...entry, entryId: entryId("log"), sha256: "a".repeat(64), fileName: "log.txt", mediaType: "text/plain", sizeBytes: 120 } },
  IncidentResolved: RESOLVED,
  IncidentReopened: { type: "IncidentReopened", data: { ...base, reason: "Di nuovo ferma" } },
  IncidentClosed: CLOSED,
  ReportFiled: { type: "ReportFiled", data: { ...entry, title: "Relazione all'assemblea" } },
};
