import { entryId, serviceId, contractId, type EventId } from "../../../src/kernel/brand.js";
import type { JsonObject } from "../../../src/kernel/json.js";
import type { Severity } from "../../../projections/rows.js";
import type { Terms } from "../../../src/domain/terms/terms.js";
import type { FactCommand, LedgerCommand } from "../../../src/domain/record.js";
import { clockReadings, type CaseReading, type ClockFilter } from "../../../src/reports/clocks/readings.js";
import type { When } from "../../../src/time/when.js";
import { ROME } from "../../../src/time/zone.js";
import { at } from "../../support/given.js";
import { SPC_CLOUD } from "../../support/lecco.js";
import { CLOCK_TERMS } from "../../support/terms.js";
import { OUTAGE, SETUP, STANDING } from "../lecco-case.js";
import type { OpenCase, ReportCase } from "../report-case.js";

/** Words for clocks. Times without a zone are those of Rome in October 2019 before the clocks change (+02:00) and after (+01:00), as each is written. */
export const NETWORK = contractId("rete");
/** A service of another contract. */
export const LINE = serviceId("linea");
/** Long after everything happened: when things are recorded, and when is asked. */
export const LATER = "2019-12-01T08:00:00Z";

export function agree(terms: Terms, from = "2019-01-01T00:00:00+01:00"): FactCommand {
  return { type: "AgreeTerms", data: { contractId: terms.contractId, terms, effectiveFrom: at(from) } };
}
export function assign(severity: Severity, occurredAt: When, incidentId = OUTAGE): FactCommand {
  return { type: "AssignSeverity", data: { incidentId, severity, occurredAt } };
}
export function notify(occurredAt: When, id = "telefonata", incidentId = OUTAGE): FactCommand {
  return { type: "NotifySupplier", data: { incidentId, entryId: entryId(id), channel: "phone", occurredAt } };
}
export function acknowledge(occurredAt: When, incidentId = OUTAGE): FactCommand {
  return { type: "AcknowledgeIncident", data: { incidentId, occurredAt } };
}
export function pause(occurredAt: When, clock: "acknowledge" | "restore" = "restore"): FactCommand {
  return { type: "PauseClock", data: { incidentId: OUTAGE, clock, reason: "In attesa di un accesso", occurredAt } };
}
export function resume(occurredAt: When, clock: "acknowledge" | "restore" = "restore"): FactCommand {
  return { type: "ResumeClock", data: { incidentId: OUTAGE, clock, occurredAt } };
}
export function resolve(occurredAt: When, incidentId = OUTAGE): FactCommand {
  return { type: "ResolveIncident", data: { incidentId, occurredAt } };
}
export function reopen(occurredAt: When): FactCommand {
  return { type: "ReopenIncident", data: { incidentId: OUTAGE, occurredAt, reason: "Di nuovo ferma" } };
}
export function withdraw(eventId: EventId | undefined): LedgerCommand {
  if (eventId === undefined) throw new Error("nothing was recorded");
  return { type: "WithdrawRecord", data: { category: "incident", subjectId: OUTAGE, eventId, reason: "Registrato per errore." } };
}
export function correct(eventId: EventId | undefined, data: JsonObject): LedgerCommand {
  if (eventId === undefined) throw new Error("nothing was recorded");
  return { type: "CorrectRecord", data: { category: "incident", subjectId: OUTAGE, eventId, data, reason: "Il registro dice altro." } };
}

/** What stands, with terms of times and a second contract without any, under which the line is. */
export async function agreed(openCase: OpenCase, terms: readonly Terms[] = [CLOCK_TERMS]): Promise<ReportCase> {
  const ledger = await openCase();
  await ledger.record(SETUP, ...STANDING, ...terms.map((each) => agree(each)),
    { type: "AwardContract", data: { contractId: NETWORK, title: "Rete", supplier: "Rete Lombarda", zone: ROME, effectiveFrom: at("2017-01-01T00:00:00+01:00") } },
    { type: "CatalogueService", data: { serviceId: LINE, name: "Linea", contractId: NETWORK, effectiveFrom: at("2018-01-01T00:00:00+01:00") } });
  return ledger;
}

/** Readings of all clocks of the outage, as of then; what is known is what is known at the end. */
export async function readings(ledger: ReportCase, asOf: string, filter: ClockFilter = { incidentId: OUTAGE }): Promise<readonly CaseReading[]> {
  return clockReadings(await ledger.known(LATER), { now: at(asOf), filter });
}
/** The one clock of that indicator. */
export async function reading(ledger: ReportCase, indicatorId: "presa-in-carico" | "ripristino", asOf: string): Promise<CaseReading> {
  const found = (await readings(ledger, asOf)).find((each) => each.case.indicator.id === indicatorId && each.case.contractId === SPC_CLOUD);
  if (found === undefined) throw new Error(`no case of ${indicatorId} as of ${asOf}`);
  return found;
}
export function iso(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
