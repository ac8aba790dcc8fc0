import { entryId, type EventId } from "../../src/kernel/brand.js";
import { canonicalJson, isJsonObject, parseJson, type JsonObject } from "../../src/kernel/json.js";
import type { Category } from "../../src/kernel/stream.js";
import { assessmentIdOf } from "../../src/domain/assessment/events.js";
import { BODY_KINDS } from "../../src/domain/body/events.js";
import { CAUSE_CATEGORIES, CHANNELS, CLOCKS, PARTIES, SEVERITIES } from "../../src/domain/incident/events.js";
import { obligationIdOf } from "../../src/domain/obligation/events.js";
import type { Fact, FactCommand, LedgerCommand } from "../../src/domain/record.js";
import type { StandingRecord } from "../../src/domain/standing.js";
import { DEGREES } from "../../src/domain/values.js";
import { ROME } from "../../src/time/zone.js";
import {
  BODY_IDS, CONTRACT_IDS, DISRUPTION_IDS, EPOCH, hour, INCIDENT_IDS, MAINTENANCE_IDS, money, one, scopeOf, SERVICE_IDS, textOf, whenOf, type Make, type Move,
} from "./move.js";
import { AGREED, OF_SERVICE_LEVELS } from "./service-level-moves.js";

const OF_BODIES: readonly Make[] = [
  (m) => ({ type: "JoinBody", data: { bodyId: one(BODY_IDS, m.who), name: one(["Comune", "comune di", "Città"], m.what), kind: one(BODY_KINDS, m.what), effectiveFrom: hour(m.hour) } }),
  (m) => ({ type: "RenameBody", data: { bodyId: one(BODY_IDS, m.who), name: `Ente ${m.what % 5}`, effectiveFrom: hour(m.hour) } }),
  (m) => ({ type: "DeclareWorkstations", data: { bodyId: one(BODY_IDS, m.who), workstations: m.what, effectiveFrom: hour(m.hour) } }),
  (m) => ({ type: "LeaveBody", data: { bodyId: one(BODY_IDS, m.who), effectiveFrom: hour(m.hour) } }),
];
const OF_SERVICES: readonly Make[] = [
  (m) => ({ type: "CatalogueService", data: { serviceId: one(SERVICE_IDS, m.who), name: `Servizio ${m.what % 4}`, contractId: one(CONTRACT_IDS, m.which), effectiveFrom: hour(m.hour), ...(m.band > 0 && { description: textOf(m) }) } }),
  (m) => ({ type: "AdoptService", data: { serviceId: one(SERVICE_IDS, m.who), bodyId: one(BODY_IDS, m.which), effectiveFrom: hour(m.hour) } }),
  (m) => ({ type: "AdoptService", data: { serviceId: one(SERVICE_IDS, m.who), bodyId: one(BODY_IDS, m.which), effectiveFrom: hour(m.hour) } }),
  (m) => ({ type: "DropService", data: { serviceId: one(SERVICE_IDS, m.who), bodyId: one(BODY_IDS, m.which), effectiveFrom: hour(m.hour) } }),
];
const OF_CONTRACTS: readonly Make[] = [
  (m) => ({ type: "AwardContract", data: { contractId: one(CONTRACT_IDS, m.who), title: `Contratto ${m.what % 4}`, supplier: "Telecom Italia", zone: ROME, effectiveFrom: hour(m.hour), ...(m.band > 0 && { amount: money(m.what), lot: "1" }) } }),
  (m) => ({ type: "AmendContract", data: { contractId: one(CONTRACT_IDS, m.who), amount: money(m.what), reason: "Altri servizi", effectiveFrom: hour(m.hour) } }),
  (m) => ({ type: "AgreeFee", data: { contractId: one(CONTRACT_IDS, m.who), fee: money(m.what), per: one(["month", "quarter", "year"] as const, m.what), effectiveFrom: hour(m.hour) } }),
  (m) => ({ type: "AgreeWorkstationCost", data: { contractId: one(CONTRACT_IDS, m.who), yearlyCost: money(m.what), effectiveFrom: hour(m.hour) } }),
  (m) => ({
    type: "AnnounceMaintenance",
    data: { contractId: one(CONTRACT_IDS, m.who), maintenanceId: one(MAINTENANCE_IDS, m.which), serviceIds: [one(SERVICE_IDS, m.what), one(SERVICE_IDS, m.what >> 2)], window: { start: hour(m.hour), end: hour(m.hour + m.hours) }, text: textOf(m) },
  }),
  (m) => ({ type: "CancelMaintenance", data: { contractId: one(CONTRACT_IDS, m.who), maintenanceId: one(MAINTENANCE_IDS, m.which), occurredAt: whenOf(m) } }),
];

const base = (m: Move) => ({ incidentId: one(INCIDENT_IDS, m.who), occurredAt: whenOf(m) });
const disrupted = (m: Move) => ({ ...base(m), disruptionId: one(DISRUPTION_IDS, m.which) });
/** An end is looked for well after the beginnings, so that many are accepted. */
const later = (m: Move) => ({ ...m, hour: m.hour + m.hours });
const entry = (m: Move) => ({ ...base(m), entryId: entryId(`e${m.what % 12}`) });
const OPENING: Make = (m) => ({ type: "OpenDisruption", data: { ...disrupted(m), serviceId: one(SERVICE_IDS, m.what), scope: scopeOf(m), degree: one(DEGREES, m.what), ...(m.what % 3 === 0 && { reportedAt: whenOf(m), text: textOf(m) }) } });
const ENDING: Make = (m) => ({ type: "EndDisruption", data: disrupted(later(m)) });
const OF_INCIDENTS: readonly Make[] = [
  (m) => ({ type: "ReportIncident", data: { ...base(m), title: one(["Outage of the rented cloud", "Posta ferma", "RETE lenta"], m.what), ...(m.what % 2 === 0 && { contractId: one(CONTRACT_IDS, m.which) }), ...(m.what % 3 === 0 && { description: textOf(m), detectedAt: whenOf(m) }) } }),
  OPENING, OPENING, OPENING, ENDING, ENDING,
  (m) => ({ type: "RescopeDisruption", data: { ...disrupted(later(m)), scope: scopeOf(m) } }),
  (m) => ({ type: "ChangeDisruptionDegree", data: { ...disrupted(later(m)), degree: one(DEGREES, m.what) } }),
  (m) => ({ type: "AssignSeverity", data: { ...base(m), severity: one(SEVERITIES, m.what) } }),
  (m) => ({ type: "AcknowledgeIncident", data: base(later(m)) }),
  (m) => ({ type: "ResolveIncident", data: base(later(m)) }),
  (m) => ({ type: "ReopenIncident", data: { ...base(later(m)), reason: "Di nuovo ferma" } }),
  (m) => ({ type: "CloseIncident", data: base(later(m)) }),
  (m) => ({ type: "AttributeCause", data: { ...base(m), category: one(CAUSE_CATEGORIES, m.what), party: one(PARTIES, m.what), ...(m.what % 2 === 0 && { text: textOf(m) }) } }),
  (m) => ({ type: "RecordResponse", data: { ...entry(m), text: textOf(m) } }),
  (m) => ({ type: "NotifySupplier", data: { ...entry(m), channel: one(CHANNELS, m.what) } }),
  (m) => ({ type: "RecordSupplierStatement", data: { ...entry(m), text: textOf(m), claimedStart: whenOf(m) } }),
  (m) => ({ type: "InformMembers", data: { ...entry(m), channel: one(CHANNELS, m.what), text: textOf(m) } }),
  (m) => ({ type: "PauseClock", data: { ...base(m), clock: one(CLOCKS, m.what), reason: "In attesa di accesso" } }),
  (m) => ({ type: "ResumeClock", data: { ...base(later(m)), clock: one(CLOCKS, m.what) } }),
  (m) => ({ type: "PromiseImprovement", data: { ...entry(m), text: textOf(m), ...(m.what % 3 > 0 && { dueAt: hour(m.hour + m.hours) }) } }),
  (m) => ({ type: "CompleteImprovement", data: entry(later(m)) }),
  (m) => ({ type: "AttachEvidence", data: { ...entry(m), sha256: one(["a", "b"], m.what).repeat(64), fileName: "log.txt", mediaType: "text/plain", sizeBytes: m.what } }),
  (m) => ({ type: "FileReport", data: { ...entry(m), title: "Relazione all'assemblea" } }),
];
const MAKES: readonly Make[] = [...OF_BODIES, ...OF_SERVICES, ...OF_CONTRACTS, ...OF_INCIDENTS, ...OF_INCIDENTS, ...OF_SERVICE_LEVELS];

/** The command that a move makes: a new fact, or (three in ten) a correction or withdrawal of one of the facts that stand. */
export function commandOf(move: Move, standing: readonly StandingRecord[]): LedgerCommand {
  const amending = move.kind % 10;
  if (amending > 2 || standing.length === 0) return one(MAKES, Math.floor(move.kind / 10))(move);
  const { eventId, fact } = one(standing, Math.floor(move.kind / 10));
  return amending === 2 ? withdrawal(eventId, fact) : correction(eventId, fact, changed(fact, move));
}

/** Beginnings of a ledger, so that most moves find what they are about. */
export const BEGINNINGS: readonly FactCommand[] = [
  ...CONTRACT_IDS.map((id): FactCommand => ({ type: "AwardContract", data: { contractId: id, title: `Contratto ${id}`, supplier: "Telecom Italia", zone: ROME, effectiveFrom: EPOCH } })),
  ...SERVICE_IDS.map((id, n): FactCommand => ({ type: "CatalogueService", data: { serviceId: id, name: `Servizio ${id}`, contractId: one(CONTRACT_IDS, n), effectiveFrom: EPOCH } })),
  ...BODY_IDS.map((id): FactCommand => ({ type: "JoinBody", data: { bodyId: id, name: `Comune di ${id}`, kind: "municipality", effectiveFrom: EPOCH } })),
  ...SERVICE_IDS.map((id, n): FactCommand => ({ type: "AdoptService", data: { serviceId: id, bodyId: one(BODY_IDS, n), effectiveFrom: hour(n * 300) } })),
  ...INCIDENT_IDS.map((id, n): FactCommand => ({ type: "ReportIncident", data: { incidentId: id, title: `Incidente ${id}`, occurredAt: hour(n * 700) } })),
  ...INCIDENT_IDS.map((id, n): FactCommand => ({ type: "OpenDisruption", data: { incidentId: id, disruptionId: one(DISRUPTION_IDS, 0), serviceId: one(SERVICE_IDS, n), scope: { kind: "all" }, degree: "outage", occurredAt: hour(n * 700) } })),
];
/** The beginnings, with what is agreed and assessed. */
export const PRELUDE: readonly FactCommand[] = [...BEGINNINGS, ...AGREED];

export function subjectOfFact({ data }: Fact): { readonly category: Category; readonly subjectId: string } {
  if ("regimeId" in data) return { category: "obligation", subjectId: obligationIdOf(data) };
  if ("period" in data) return { category: "assessment", subjectId: assessmentIdOf(data) };
  if ("incidentId" in data) return { category: "incident", subjectId: data.incidentId };
  if ("serviceId" in data) return { category: "service", subjectId: data.serviceId };
  if ("bodyId" in data) return { category: "body", subjectId: data.bodyId };
  return { category: "contract", subjectId: data.contractId };
}
export function correction(eventId: EventId, fact: Fact, data: JsonObject): LedgerCommand {
  return { type: "CorrectRecord", data: { ...subjectOfFact(fact), eventId, data, reason: "Il registro dice altro." } };
}
export function withdrawal(eventId: EventId, fact: Fact): LedgerCommand {
  return { type: "WithdrawRecord", data: { ...subjectOfFact(fact), eventId, reason: "Registrato per errore." } };
}

/** The payload with another time or other words in it. */
function changed(fact: Fact, move: Move): JsonObject {
  const { data } = fact;
  const { what, which } = move;
  const words = {
    ...("title" in data && { title: `Titolo ${what % 7}` }), ...("name" in data && { name: `Nome ${what % 7}` }), ...("degree" in data && { degree: one(DEGREES, what) }),
    ...("serviceIds" in data && { serviceIds: [one(SERVICE_IDS, what), one(SERVICE_IDS, which)] }), ...("workstations" in data && { workstations: what }),
    ...("severity" in data && { severity: one(SEVERITIES, what) }), ...("fileName" in data && { fileName: `log-${what}.txt` }), ...("scope" in data && { scope: scopeOf(move) }),
    ...("incidentId" in data && "serviceId" in data && { serviceId: one(SERVICE_IDS, which) }), ...("text" in data && { text: textOf(move) }),
    ...("contractId" in data && ("incidentId" in data || "serviceId" in data) && { contractId: one(CONTRACT_IDS, which) }),
  };
  if (what % 2 === 0 && Object.keys(words).length > 0) return payload({ ...data, ...words });
  if ("occurredAt" in data) return payload({ ...data, occurredAt: whenOf(move) });
  if ("window" in data) return payload({ ...data, window: { start: hour(move.hour), end: hour(move.hour + 1 + move.hours) } });
  return payload({ ...data, effectiveFrom: hour(move.hour) });
}
/** As a sender writes it. */
export function payload(data: object): JsonObject {
  const value = parseJson(canonicalJson(data));
  if (isJsonObject(value)) return value;
  throw new TypeError("a payload is an object");
}
