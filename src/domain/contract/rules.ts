import type { Instant, MaintenanceId } from "../../kernel/brand.js";
import type { Refusal } from "../../kernel/errors.js";
import type { Aggregate } from "../aggregate.js";
import type { Fact } from "../record.js";
import type { ContractEvent } from "./events.js";

type Dated = "ContractAmended" | "FeeAgreed" | "WorkstationCostAgreed";

export type ContractState =
  | { readonly status: "unknown" }
  | {
      readonly status: "awarded";
      /** `type:instant` of every dated agreement: two of a kind from the same date would contradict each other. */
      readonly agreed: ReadonlySet<string>;
      readonly maintenance: ReadonlyMap<MaintenanceId, "announced" | "cancelled">;
    };

const TYPES: ReadonlySet<string> = new Set<ContractEvent["type"]>([
  "ContractAwarded", "ContractAmended", "FeeAgreed", "WorkstationCostAgreed", "MaintenanceAnnounced", "MaintenanceCancelled",
]);

function owns(fact: Fact): fact is ContractEvent {
  return TYPES.has(fact.type);
}

function admit(state: ContractState, fact: ContractEvent): Refusal | undefined {
  const { contractId } = fact.data;
  if (fact.type === "ContractAwarded") {
    if (state.status === "unknown") return undefined;
    return { code: "ID_ALREADY_USED", field: "contractId", params: { contractId }, message: `the contract ${contractId} is awarded already; correct its record, or choose another id` };
  }
  if (state.status === "unknown") {
    return { code: "NOT_FOUND", field: "contractId", params: { contractId }, message: `no contract ${contractId} is awarded; record its award first (AwardContract)` };
  }
  switch (fact.type) {
    case "ContractAmended":
    case "FeeAgreed":
    case "WorkstationCostAgreed":
      if (!state.agreed.has(dated(fact.type, fact.data.effectiveFrom))) return undefined;
      return { code: "WRONG_STATE", field: "effectiveFrom", params: { contractId }, message: `${contractId} has a record of that kind from that date already; correct it instead` };
    case "MaintenanceAnnounced":
      if (fact.data.window.end > fact.data.window.start) return undefined;
      return { code: "END_BEFORE_START", field: "window.end", message: "a maintenance window ends after its start" };
    case "MaintenanceCancelled":
      return admitCancelling(state.maintenance.get(fact.data.maintenanceId), fact.data.maintenanceId);
  }
}

function admitCancelling(status: "announced" | "cancelled" | undefined, maintenanceId: MaintenanceId): Refusal | undefined {
  switch (status) {
    case undefined:
      return { code: "NOT_FOUND", field: "maintenanceId", params: { maintenanceId }, message: `no maintenance ${maintenanceId} is announced under this contract` };
    case "cancelled":
      return { code: "WRONG_STATE", field: "maintenanceId", params: { maintenanceId, status }, message: `the maintenance ${maintenanceId} is cancelled already` };
    case "announced":
      return undefined;
  }
}

function dated(type: Dated, from: Instant): string {
  return `${type}:${from}`;
}

function evolve(state: ContractState, fact: ContractEvent): ContractState {
  if (fact.type === "ContractAwarded") return { status: "awarded", agreed: new Set(), maintenance: new Map() };
  if (state.status === "unknown") return state;
  switch (fact.type) {
    case "ContractAmended":
    case "FeeAgreed":
    case "WorkstationCostAgreed":
      return { ...state, agreed: new Set(state.agreed).add(dated(fact.type, fact.data.effectiveFrom)) };
    case "MaintenanceAnnounced":
      return { ...state, maintenance: new Map(state.maintenance).set(fact.data.maintenanceId, "announced") };
    case "MaintenanceCancelled":
      return { ...state, maintenance: new Map(state.maintenance).set(fact.data.maintenanceId, "cancelled") };
  }
}

/** A contract with its supplier: amount, fees, workstation costs and announced maintenance. */
export const contractRules: Aggregate<ContractState, ContractEvent> = { owns, initial: { status: "unknown" }, admit, evolve };
