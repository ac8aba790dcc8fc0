import type { Instant, MaintenanceId, ZoneId } from "../../kernel/brand.js";
import type { Refusal } from "../../kernel/errors.js";
import type { Aggregate } from "../aggregate.js";
import type { Fact } from "../record.js";
import { contractEvents, type ContractEvent } from "./events.js";
import { admitPenalty, evolvePenalty, NO_PENALTIES, type Dated, type PenaltiesState } from "./penalties.js";

type DatedType = "ContractAmended" | "FeeAgreed" | "WorkstationCostAgreed" | "TermsAgreed";
type Of<Type extends ContractEvent["type"]> = Extract<ContractEvent, { type: Type }>;

export type ContractState =
  | { readonly status: "unknown" }
  | {
      readonly status: "awarded";
      readonly zone: ZoneId;
      /** `type:instant` of every dated agreement: two of a kind from the same date would contradict each other. */
      readonly agreed: ReadonlySet<string>;
      readonly maintenance: ReadonlyMap<MaintenanceId, "announced" | "cancelled">;
      readonly money: PenaltiesState;
    };
type Awarded = Extract<ContractState, { status: "awarded" }>;

const TYPES: ReadonlySet<string> = new Set(contractEvents.map((schema) => schema.shape.type.value));

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
      return admitDated(state, fact);
    case "TermsAgreed":
      return admitTerms(state, fact) ?? admitDated(state, fact);
    case "MaintenanceAnnounced":
      if (fact.data.window.end > fact.data.window.start) return undefined;
      return { code: "END_BEFORE_START", field: "window.end", message: "a maintenance window ends after its start" };
    case "MaintenanceCancelled":
      return admitCancelling(state.maintenance.get(fact.data.maintenanceId), fact.data.maintenanceId);
    case "PenaltyDetermined":
    case "PenaltyAdjusted":
    case "PenaltyCollected":
    case "PenaltyApportioned":
      return admitPenalty(state.money, fact);
  }
}

function admitDated({ agreed }: Awarded, { type, data: { contractId, effectiveFrom } }: Of<DatedType>): Refusal | undefined {
  if (!agreed.has(dated(type, effectiveFrom))) return undefined;
  return { code: "WRONG_STATE", field: "effectiveFrom", params: { contractId }, message: `${contractId} has a record of that kind from that date already; correct it instead` };
}

/** Periods of a contract are cut in one zone, the contract's (domain.md, "Time"). That the terms hold from a midnight of it is `misdated`'s to say. */
function admitTerms({ zone, money }: Awarded, { data: { terms } }: Of<"TermsAgreed">): Refusal | undefined {
  if (terms.zone !== zone) {
    return { code: "WRONG_STATE", field: "terms.zone", params: { zone: terms.zone, contractZone: zone }, message: `the document is cut in ${terms.zone}, the contract in ${zone}; write the terms in the contract's zone` };
  }
  const other = money.amounts.find(({ value }) => value.currency !== terms.currency)?.value.currency;
  if (other === undefined) return undefined;
  return { code: "WRONG_STATE", field: "terms.currency", params: { currency: terms.currency, contractCurrency: other }, message: `the document is in ${terms.currency}, the contract's amount in ${other}; write the terms in the contract's currency` };
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

function dated(type: DatedType, from: Instant): string {
  return `${type}:${from}`;
}

function evolve(state: ContractState, fact: ContractEvent): ContractState {
  if (fact.type === "ContractAwarded") {
    const { zone, amount, effectiveFrom } = fact.data;
    const amounts = amount === undefined ? [] : [{ from: effectiveFrom, value: amount }];
    return { status: "awarded", zone, agreed: new Set(), maintenance: new Map(), money: { ...NO_PENALTIES, amounts } };
  }
  if (state.status === "unknown") return state;
  switch (fact.type) {
    case "ContractAmended":
    case "FeeAgreed":
    case "WorkstationCostAgreed":
    case "TermsAgreed":
      return { ...state, agreed: new Set(state.agreed).add(dated(fact.type, fact.data.effectiveFrom)), money: evolveCap(state.money, fact) };
    case "MaintenanceAnnounced":
      return { ...state, maintenance: new Map(state.maintenance).set(fact.data.maintenanceId, "announced") };
    case "MaintenanceCancelled":
      return { ...state, maintenance: new Map(state.maintenance).set(fact.data.maintenanceId, "cancelled") };
    case "PenaltyDetermined":
    case "PenaltyAdjusted":
    case "PenaltyCollected":
    case "PenaltyApportioned":
      return { ...state, money: evolvePenalty(state.money, fact) };
  }
}

/** What the cap is of: the amount as amended, and the part of it that the terms name. */
function evolveCap(money: PenaltiesState, fact: Of<DatedType>): PenaltiesState {
  const from = fact.data.effectiveFrom;
  const and = <Value>(dates: readonly Dated<Value>[], value: Value): readonly Dated<Value>[] => [...dates, { from, value }];
  if (fact.type === "ContractAmended") return { ...money, amounts: and(money.amounts, fact.data.amount) };
  return fact.type === "TermsAgreed" ? { ...money, caps: and(money.caps, fact.data.terms.cap.percent) } : money;
}

/** A contract with its supplier: amount, fees, workstation costs, terms, announced maintenance, penalties. */
export const contractRules: Aggregate<ContractState, ContractEvent> = { owns, initial: { status: "unknown" }, admit, evolve };
