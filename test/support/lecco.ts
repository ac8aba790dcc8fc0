import { bodyId, contractId, disruptionId, entryId, incidentId, maintenanceId, serviceId } from "../../src/kernel/brand.js";
import type { Text } from "../../src/domain/values.js";
import type { Fact } from "../../src/domain/record.js";
import { ROME } from "../../src/time/zone.js";
import { at } from "./given.js";

/** Words of the Lecco story for specs; times and services are illustrative. */
export const LECCO = bodyId("lecco");
export const VALMADRERA = bodyId("valmadrera");
export const COLICO = bodyId("colico");
export const PROTOCOLLO = serviceId("protocollo");
export const POSTA = serviceId("posta");
export const SPC_CLOUD = contractId("spc-cloud-lotto-1");
export const CLOUD_OUTAGE = incidentId("cloud-2019-09-25");
export const PROTOCOLLO_DOWN = disruptionId("protocollo-down");
export const CALL_SUPPLIER = entryId("call-supplier");
export const NIGHT_PATCHING = maintenanceId("night-patching");

export function everyone(text: string): Text {
  return { text, language: "en", audience: { kind: "everyone" } };
}

export const JOINED = { type: "BodyJoined", data: { bodyId: LECCO, name: "Comune di Lecco", kind: "municipality", effectiveFrom: at("2009-01-01T00:00:00+01:00") } } as const satisfies Fact;
export const CATALOGUED = { type: "ServiceCatalogued", data: { serviceId: PROTOCOLLO, name: "Protocollo informatico", contractId: SPC_CLOUD, effectiveFrom: at("2018-01-01T00:00:00+01:00") } } as const satisfies Fact;
export const ADOPTED = { type: "ServiceAdopted", data: { serviceId: PROTOCOLLO, bodyId: LECCO, effectiveFrom: at("2018-01-01T00:00:00+01:00") } } as const satisfies Fact;
export const AWARDED = {
  type: "ContractAwarded",
  data: {
    contractId: SPC_CLOUD, title: "SPC Cloud lotto 1", supplier: "Telecom Italia", framework: "SPC Cloud", lot: "1", zone: ROME, effectiveFrom: at("2017-01-01T00:00:00+01:00"),
  },
} as const satisfies Fact;
export const REPORTED = { type: "IncidentReported", data: { incidentId: CLOUD_OUTAGE, occurredAt: at("2019-09-25T06:10:00Z"), title: "Outage of the rented cloud" } } as const satisfies Fact;
export const OPENED = {
  type: "DisruptionOpened",
  data: { incidentId: CLOUD_OUTAGE, disruptionId: PROTOCOLLO_DOWN, serviceId: PROTOCOLLO, scope: { kind: "all" }, degree: "outage", occurredAt: at("2019-09-25T06:10:00Z") },
} as const satisfies Fact;
export const ENDED = { type: "DisruptionEnded", data: { incidentId: CLOUD_OUTAGE, disruptionId: PROTOCOLLO_DOWN, occurredAt: at("2019-09-25T09:40:00Z") } } as const satisfies Fact;
export const RESOLVED = { type: "IncidentResolved", data: { incidentId: CLOUD_OUTAGE, occurredAt: at("2019-09-25T10:00:00Z") } } as const satisfies Fact;
export const CLOSED = { type: "IncidentClosed", data: { incidentId: CLOUD_OUTAGE, occurredAt: at("2019-09-30T10:00:00Z") } } as const satisfies Fact;
