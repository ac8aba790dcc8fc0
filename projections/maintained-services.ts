import { isContractId, isMaintenanceId, isServiceId } from "../src/kernel/brand.js";
import type { Projection } from "../src/kernel/projection.js";
import type { LedgerEvent } from "../src/domain/record.js";
import { moment, text } from "./columns.js";
import { factIn, type FactOf } from "./facts.js";
import { maintenanceKey } from "./maintenance.js";
import type { MaintainedServiceRow } from "./rows.js";

type Announced = FactOf<"MaintenanceAnnounced">["data"];

function keysOf(data: Announced): string[] {
  return data.serviceIds.map((id) => `${maintenanceKey(data)}/${id}`);
}

/** Which services a maintenance names, by service and span; a row a service. A correction may add and drop services. */
export const maintainedServices: Projection<MaintainedServiceRow, LedgerEvent> = {
  name: "maintained_services",
  version: 1,
  columns: { serviceId: text(isServiceId), contractId: text(isContractId), maintenanceId: text(isMaintenanceId), started: moment, ended: moment },
  indexes: [{ kind: "span", on: "serviceId" }],
  keyedBy: "subject",
  keys: ({ event }) => {
    const fact = factIn(event);
    if (fact.type !== "MaintenanceAnnounced") return [];
    const before = event.type === "RecordCorrected" && event.data.before.type === "MaintenanceAnnounced" ? keysOf(event.data.before.data) : [];
    return [...new Set([...before, ...keysOf(fact.data)])];
  },
  fold: (key, row, { event }) => {
    if (event.type === "RecordWithdrawn") return undefined;
    const fact = factIn(event);
    if (fact.type !== "MaintenanceAnnounced") return row;
    const { contractId, maintenanceId, serviceIds, window } = fact.data;
    const serviceId = serviceIds.find((id) => `${maintenanceKey(fact.data)}/${id}` === key);
    return serviceId === undefined ? undefined : { serviceId, contractId, maintenanceId, started: window.start, ended: window.end };
  },
};
