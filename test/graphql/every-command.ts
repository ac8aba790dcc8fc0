import type { Variables } from "./api.js";
import { EVIDENCE } from "./api.js";
import { TERMS } from "../support/terms.js";
import { SAID, STORY } from "./commands.js";

/** After the story of the cloud: the commands that it does not tell, so that all of them are told once. Ids and figures are illustrative. */
export const REST: readonly (readonly [field: string, input: Variables])[] = [
  ["renameBody", { bodyId: "valmadrera", name: "Città di Valmadrera", effectiveFrom: "2019-06-01" }],
  ["amendContract", { contractId: "spc-cloud", amount: { amountCents: 40_000_000 }, reason: "Estensione", effectiveFrom: "2019-01-01" }],
  ["agreeFee", { contractId: "spc-cloud", fee: { amountCents: 125_000 }, per: "MONTH", effectiveFrom: "2019-01-01" }],
  ["agreeTerms", { contractId: "spc-cloud", terms: { ...TERMS, contractId: "spc-cloud" } }],
  ["announceMaintenance", { contractId: "spc-cloud", maintenanceId: "patch-1", serviceIds: ["posta"], window: { start: "2019-12-01T22:00:00+01:00", end: "2019-12-02T00:00:00+01:00" }, text: SAID("Aggiornamento") }],
  ["cancelMaintenance", { contractId: "spc-cloud", maintenanceId: "patch-1", reason: "Rinviata", occurredAt: "2019-10-15T09:00:00+02:00" }],
  ["reopenIncident", { incidentId: "cloud", occurredAt: "2019-09-25T13:00:00+02:00", reason: "Di nuovo lento" }],
  ["openDisruption", { incidentId: "cloud", disruptionId: "protocollo-lento", serviceId: "protocollo", degree: "DEGRADED", occurredAt: "2019-09-25T13:00:00+02:00" }],
  ["changeDisruptionDegree", { incidentId: "cloud", disruptionId: "protocollo-lento", degree: "PARTIAL", occurredAt: "2019-09-25T13:10:00+02:00" }],
  ["rescopeDisruption", { incidentId: "cloud", disruptionId: "protocollo-lento", scope: { kind: "BODIES", bodyIds: ["valmadrera"] }, occurredAt: "2019-09-25T13:20:00+02:00" }],
  ["pauseClock", { incidentId: "cloud", clock: "RESTORE", reason: "In attesa di un accesso", occurredAt: "2019-09-25T13:25:00+02:00" }],
  ["resumeClock", { incidentId: "cloud", clock: "RESTORE", occurredAt: "2019-09-25T13:35:00+02:00" }],
  ["endDisruption", { incidentId: "cloud", disruptionId: "protocollo-lento", occurredAt: "2019-09-25T13:40:00+02:00" }],
  ["attributeCause", { incidentId: "cloud", category: "NETWORK", party: "SUPPLIER", text: SAID("Un apparato di rete"), occurredAt: "2019-09-25T14:00:00+02:00" }],
  ["recordSupplierStatement", { incidentId: "cloud", entryId: "dichiarazione", text: SAID("Fermo dalle 8:10 alle 11:20"), claimedStart: "2019-09-25T08:10:00+02:00", claimedEnd: "2019-09-25T11:20:00+02:00", occurredAt: "2019-09-26T10:00:00+02:00" }],
  ["promiseImprovement", { incidentId: "cloud", entryId: "secondo-collegamento", text: SAID("Un secondo collegamento"), dueAt: "2020-03-31T00:00:00+02:00", occurredAt: "2019-09-30T15:00:00+02:00" }],
  ["completeImprovement", { incidentId: "cloud", entryId: "secondo-collegamento", text: SAID("Collegato"), occurredAt: "2019-10-10T15:00:00+02:00" }],
  ["attachEvidence", { incidentId: "cloud", entryId: "registro", ...EVIDENCE, fileName: "registro.txt", mediaType: "text/plain", occurredAt: "2019-09-27T09:00:00+02:00" }],
  ["resolveIncident", { incidentId: "cloud", occurredAt: "2019-09-25T13:45:00+02:00" }],
  ["fileReport", { incidentId: "cloud", entryId: "relazione", title: "Relazione all'Assemblea", text: SAID("Elenco dei disservizi"), occurredAt: "2019-10-21T10:00:00+02:00" }],
  ["decideObligationApplies", { incidentId: "cloud", regimeId: "gdpr-33", bodyId: "valmadrera", reason: "Dati personali coinvolti", occurredAt: "2019-09-26T09:00:00+02:00" }],
  ["fileNotification", { incidentId: "cloud", regimeId: "gdpr-33", bodyId: "valmadrera", entryId: "prot-1", stage: "notification", reference: "prot. 1/2019", occurredAt: "2019-09-27T09:00:00+02:00" }],
  ["decideObligationDoesNotApply", { incidentId: "cloud", regimeId: "gdpr-33", bodyId: "lecco", reason: "Nessun dato personale violato", occurredAt: "2019-09-26T09:00:00+02:00" }],
  ["establishAwareness", { incidentId: "cloud", regimeId: "gdpr-33", bodyId: "lecco", occurredAt: "2019-09-25T08:30:00+02:00" }],
  ["closeIncident", { incidentId: "cloud", occurredAt: "2019-10-21T10:30:00+02:00" }],
  ["dropService", { serviceId: "posta", bodyId: "lecco", effectiveFrom: "2020-01-01" }],
  ["leaveBody", { bodyId: "valmadrera", effectiveFrom: "2020-01-01" }],
];
export const EVERY_COMMAND = [...STORY, ...REST];
