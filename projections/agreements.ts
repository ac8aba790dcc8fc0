import { isContractId, isEventId } from "../src/kernel/brand.js";
import type { Money } from "../src/kernel/money.js";
import { json, moment, optional, text, word } from "./columns.js";
import { projectionOfEntries, type FactOf } from "./facts.js";
import type { AgreementRow } from "./rows.js";

/** Dated figures of contracts: amended amounts, fees, yearly costs of a workstation; a row a figure. */
export const agreements = projectionOfEntries({
  name: "agreements",
  version: 1,
  columns: {
    eventId: text(isEventId), contractId: text(isContractId), kind: word(["amount", "fee", "workstation-cost"]), money: json<Money>(),
    per: optional(word(["month", "quarter", "year"])), effectiveFrom: moment, recordedAt: moment,
  },
  indexes: [{ kind: "plain", on: ["contractId"] }],
  types: ["ContractAmended", "FeeAgreed", "WorkstationCostAgreed"],
  rowOf: (fact, origin): AgreementRow => ({ ...origin, contractId: fact.data.contractId, effectiveFrom: fact.data.effectiveFrom, ...figureOf(fact) }),
});

function figureOf(fact: FactOf<"ContractAmended" | "FeeAgreed" | "WorkstationCostAgreed">): Pick<AgreementRow, "kind" | "money" | "per"> {
  switch (fact.type) {
    case "ContractAmended":
      return { kind: "amount", money: fact.data.amount, per: undefined };
    case "FeeAgreed":
      return { kind: "fee", money: fact.data.fee, per: fact.data.per };
    case "WorkstationCostAgreed":
      return { kind: "workstation-cost", money: fact.data.yearlyCost, per: undefined };
  }
}
