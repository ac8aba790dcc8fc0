import { entryId } from "../../src/kernel/brand.js";
import type { Fact } from "../../src/domain/record.js";
import { at } from "../support/given.js";
import { ADOPTED, AWARDED, CALL_SUPPLIER, CATALOGUED, CLOSED, CLOUD_OUTAGE, ENDED, everyone, JOINED, LECCO, NIGHT_PATCHING, OPENED, POSTA, PROTOCOLLO, PROTOCOLLO_DOWN, REPORTED, RESOLVED, SPC_CLOUD } from "../support/lecco.js";

type FactOfType<Type extends Fact["type"]> = Extract<Fact, { type: Type }>;

const SEVEN = at("2019-09-25T07:00:00Z");
const base = { incidentId: CLOUD_OUTAGE, occurredAt: SEVEN };
const entry = { ...base, entryId: CALL_SUPPLIER };
const disruption = { ...base, disruptionId: PROTOCOLLO_DOWN };
const from = { effectiveFrom: at("2019-10-01T00:00:00+02:00") };
const said = everyone("Chiamato il fornitore.");
const eur = (amountCents: number) => ({ amountCents, currency: "EUR" });

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
