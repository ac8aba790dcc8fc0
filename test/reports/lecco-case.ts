import { disruptionId, incidentId, maintenanceId, type BodyId, type ServiceId } from "../../src/kernel/brand.js";
import type { FactCommand, LedgerCommand } from "../../src/domain/record.js";
import type { Degree, Scope } from "../../src/domain/values.js";
import { parsePeriod } from "../../src/time/period.js";
import type { When } from "../../src/time/when.js";
import { ROME } from "../../src/time/zone.js";
import type { ReportOptions } from "../../src/reports/frame.js";
import { at } from "../support/given.js";
import { everyone, LECCO, POSTA, PROTOCOLLO, SPC_CLOUD, VALMADRERA } from "../support/lecco.js";
import type { OpenCase, ReportCase } from "./report-case.js";

/** Words of the Lecco story for reports; all times, counts and services are illustrative. */
export const SETUP = { at: "2018-06-01T08:00:00Z" };
export const OUTAGE = incidentId("cloud-2019-09-25");
export const DOWN = disruptionId("protocollo-down");
export const PATCHING = maintenanceId("patching");

export function join(id: BodyId, name: string, from = "2009-01-01T00:00:00+01:00"): FactCommand {
  return { type: "JoinBody", data: { bodyId: id, name, kind: "municipality", effectiveFrom: at(from) } };
}
export function declare(id: BodyId, workstations: number, from = "2018-01-01T00:00:00+01:00"): FactCommand {
  return { type: "DeclareWorkstations", data: { bodyId: id, workstations, effectiveFrom: at(from) } };
}
export function adopt(service: ServiceId, body: BodyId, from = "2018-01-01T00:00:00+01:00"): FactCommand {
  return { type: "AdoptService", data: { serviceId: service, bodyId: body, effectiveFrom: at(from) } };
}
export function drop(service: ServiceId, body: BodyId, from: string): FactCommand {
  return { type: "DropService", data: { serviceId: service, bodyId: body, effectiveFrom: at(from) } };
}
export function catalogue(id: ServiceId, name: string): FactCommand {
  return { type: "CatalogueService", data: { serviceId: id, name, contractId: SPC_CLOUD, effectiveFrom: at("2018-01-01T00:00:00+01:00") } };
}
export function report(occurredAt: When, id = OUTAGE): FactCommand {
  return { type: "ReportIncident", data: { incidentId: id, occurredAt, title: "Outage of the rented cloud", contractId: SPC_CLOUD } };
}
export interface Opening {
  readonly id?: string;
  readonly incident?: typeof OUTAGE;
  readonly service?: ServiceId;
  readonly degree?: Degree;
  readonly scope?: Scope;
}
export function open(occurredAt: When, { id = DOWN, incident = OUTAGE, service = PROTOCOLLO, degree = "outage", scope = { kind: "all" } }: Opening = {}): FactCommand {
  return { type: "OpenDisruption", data: { incidentId: incident, disruptionId: disruptionId(id), serviceId: service, scope, degree, occurredAt } };
}
export function end(occurredAt: When, id: string = DOWN, incident = OUTAGE): FactCommand {
  return { type: "EndDisruption", data: { incidentId: incident, disruptionId: disruptionId(id), occurredAt } };
}
/** Reported, down and up again. */
export function outage(start: When, over: When, opening: Opening = {}): readonly FactCommand[] {
  return [open(start, opening), end(over, opening.id, opening.incident)];
}
export function announce(start: string, over: string, services: readonly ServiceId[] = [PROTOCOLLO]): FactCommand {
  return { type: "AnnounceMaintenance", data: { contractId: SPC_CLOUD, maintenanceId: PATCHING, serviceIds: [...services], window: { start: at(start), end: at(over) }, text: everyone("Patching") } };
}
export function cancel(occurredAt: When): FactCommand {
  return { type: "CancelMaintenance", data: { contractId: SPC_CLOUD, maintenanceId: PATCHING, occurredAt } };
}
export function agreeCost(amountCents: number, from: string): FactCommand {
  return { type: "AgreeWorkstationCost", data: { contractId: SPC_CLOUD, yearlyCost: { amountCents, currency: "EUR" }, effectiveFrom: at(from) } };
}

/** The contract, two services and two bodies: Lecco with 100 workstations has both, Valmadrera with 20 only the post. */
export const STANDING: readonly LedgerCommand[] = [
  { type: "AwardContract", data: { contractId: SPC_CLOUD, title: "SPC Cloud lotto 1", supplier: "Telecom Italia", zone: ROME, effectiveFrom: at("2017-01-01T00:00:00+01:00") } },
  catalogue(PROTOCOLLO, "Protocollo informatico"), catalogue(POSTA, "Posta elettronica"),
  join(LECCO, "Comune di Lecco"), declare(LECCO, 100), adopt(PROTOCOLLO, LECCO), adopt(POSTA, LECCO),
  join(VALMADRERA, "Comune di Valmadrera"), declare(VALMADRERA, 20), adopt(POSTA, VALMADRERA),
];

/** A case with what stands, recorded in 2018. */
export async function standing(openCase: OpenCase): Promise<ReportCase> {
  const ledger = await openCase();
  await ledger.record(SETUP, ...STANDING);
  return ledger;
}

/** A month, quarter, year or day in Rome. */
export function over(text: string, asOf?: string): ReportOptions {
  const period = parsePeriod(text, ROME);
  if (!period.ok) throw new Error(period.refusal.message);
  return { period: period.value.span, zone: ROME, ...(asOf !== undefined && { asOf: at(asOf) }) };
}
export const AFTER = "2019-12-01T08:00:00Z";
