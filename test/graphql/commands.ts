import type { Api, Variables } from "./api.js";
import { SCHEMA } from "./api.js";
import { isNonNullType, isObjectType } from "graphql";

/** Everything that a mutation answers, but for the object. */
const PAYLOAD = "revision position repeated behind events { id type revision position data }";
const OBJECT = {
  BodyPayload: "body { id name }",
  ServicePayload: "service { id name }",
  ContractPayload: "contract { id title }",
  IncidentPayload: "incident { id title status }",
  AssessmentPayload: "assessment { contractId period findings { findingId } objections { objectionId } }",
  ObligationPayload: "obligation { incidentId regimeId }",
  RecordPayload: "subject { __typename ... on Body { id name } ... on Service { id } ... on Contract { id } ... on Incident { id title status } }",
} as const;

/** The document that sends a command, selecting all of its payload. */
export function mutationOf(field: string): string {
  const definition = SCHEMA.getMutationType()?.getFields()[field];
  const type = definition?.type;
  const payload = isNonNullType(type) && isObjectType(type.ofType) ? type.ofType.name : "";
  const object = Object.entries(OBJECT).find(([name]) => name === payload)?.[1];
  const input = definition?.args.find(({ name }) => name === "input")?.type.toString();
  if (object === undefined || input === undefined) throw new TypeError(`no mutation ${field}`);
  return `mutation ($input: ${input}, $commandId: ID!, $expectedRevision: Int) {
    ${field}(input: $input, commandId: $commandId, expectedRevision: $expectedRevision) { ${PAYLOAD} ${object} }
  }`;
}

let count = 0;

/** Sends a command under a command id of its own. */
export function send(api: Api, field: string, input: Variables, more: Variables = {}): Promise<unknown> {
  count += 1;
  return api.tell(mutationOf(field), { input, commandId: `command-${count}`, ...more });
}
/** Sends a command that must be refused. */
export function sendRefused(api: Api, field: string, input: Variables, more: Variables = {}) {
  count += 1;
  return api.refuse(mutationOf(field), { input, commandId: `command-${count}`, ...more });
}

export const SAID = (words: string) => ({ text: words, language: "it" });

/** The Lecco story as commands; times and services are illustrative. */
export const STORY: readonly (readonly [field: string, input: Variables])[] = [
  ["awardContract", { contractId: "spc-cloud", title: "SPC Cloud lotto 1", supplier: "Telecom Italia", framework: "SPC Cloud", lot: "1", effectiveFrom: "2017-01-01" }],
  ["agreeWorkstationCost", { contractId: "spc-cloud", yearlyCost: { amountCents: 9072 }, effectiveFrom: "2019-01-01" }],
  ["catalogueService", { serviceId: "protocollo", name: "Protocollo informatico", contractId: "spc-cloud", effectiveFrom: "2018-01-01" }],
  ["catalogueService", { serviceId: "posta", name: "Posta elettronica", contractId: "spc-cloud", effectiveFrom: "2018-01-01" }],
  ["joinBody", { bodyId: "lecco", name: "Comune di Lecco", kind: "MUNICIPALITY", effectiveFrom: "2009-01-01" }],
  ["joinBody", { bodyId: "valmadrera", name: "Comune di Valmadrera", kind: "MUNICIPALITY", effectiveFrom: "2009-01-01" }],
  ["declareWorkstations", { bodyId: "lecco", workstations: 250, effectiveFrom: "2019-01-01" }],
  ["adoptService", { serviceId: "protocollo", bodyId: "lecco", effectiveFrom: "2018-01-01" }],
  ["adoptService", { serviceId: "protocollo", bodyId: "valmadrera", effectiveFrom: "2018-01-01" }],
  ["adoptService", { serviceId: "posta", bodyId: "lecco", effectiveFrom: "2018-01-01" }],
  ["reportIncident", { incidentId: "cloud", occurredAt: "2019-09-25T08:10:00+02:00", title: "Il cloud non risponde", contractId: "spc-cloud", description: SAID("Nessun servizio raggiungibile") }],
  ["assignSeverity", { incidentId: "cloud", occurredAt: "2019-09-25T08:15:00+02:00", severity: "CRITICAL" }],
  ["openDisruption", { incidentId: "cloud", disruptionId: "protocollo-giu", serviceId: "protocollo", degree: "OUTAGE", occurredAt: "2019-09-25T08:10:00+02:00" }],
  ["openDisruption", { incidentId: "cloud", disruptionId: "posta-lenta", serviceId: "posta", degree: "PARTIAL", scope: { kind: "BODIES", bodyIds: ["lecco"] }, occurredAt: { earliest: "2019-09-25T08:10:00+02:00", latest: "2019-09-25T08:20:00+02:00" } }],
  ["notifySupplier", { incidentId: "cloud", entryId: "telefonata", channel: "PHONE", occurredAt: "2019-09-25T08:20:00+02:00" }],
  ["acknowledgeIncident", { incidentId: "cloud", occurredAt: "2019-09-25T08:40:00+02:00" }],
  ["recordResponse", { incidentId: "cloud", entryId: "deviazione", text: SAID("Traffico deviato"), disruptionIds: ["protocollo-giu"], occurredAt: "2019-09-25T09:00:00+02:00" }],
  ["informMembers", { incidentId: "cloud", entryId: "avviso", channel: "CERTIFIED_EMAIL", text: SAID("Il protocollo non è raggiungibile"), occurredAt: "2019-09-25T09:10:00+02:00" }],
  ["endDisruption", { incidentId: "cloud", disruptionId: "protocollo-giu", occurredAt: "2019-09-25T11:40:00+02:00" }],
  ["endDisruption", { incidentId: "cloud", disruptionId: "posta-lenta", occurredAt: "2019-09-25T12:10:00+02:00" }],
  ["resolveIncident", { incidentId: "cloud", occurredAt: "2019-09-25T12:30:00+02:00" }],
];

/** Tells the whole story to a ledger. */
export async function tellStory(api: Api): Promise<void> {
  for (const [field, input] of STORY) await send(api, field, input);
}
