import { isContractId } from "../src/kernel/brand.js";
import type { Money } from "../src/kernel/money.js";
import { anyText, json, moment, optional, text } from "./columns.js";
import { keptFacts, projectionOfSubjects } from "./facts.js";
import type { ContractRow } from "./rows.js";

/** The contracts as awarded. */
export const contracts = projectionOfSubjects({
  name: "contracts",
  version: 1,
  columns: {
    facts: keptFacts<"ContractAwarded">(),
    contractId: text(isContractId), title: anyText, supplier: anyText, framework: optional(anyText), lot: optional(anyText),
    amount: optional(json<Money>()), zone: anyText, effectiveFrom: moment,
  },
  indexes: [],
  types: ["ContractAwarded"],
  keyOf: (fact) => fact.data.contractId,
  derive: (facts): ContractRow | undefined => {
    const [awarded] = facts;
    return awarded === undefined ? undefined : { framework: undefined, lot: undefined, amount: undefined, ...awarded.fact.data };
  },
});
