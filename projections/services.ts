import type { Text } from "../src/domain/values.js";
import { isContractId, isServiceId } from "../src/kernel/brand.js";
import { anyText, json, moment, optional, text } from "./columns.js";
import { keptFacts, projectionOfSubjects } from "./facts.js";
import type { ServiceRow } from "./rows.js";

/** The catalogue of services (servizi). */
export const services = projectionOfSubjects({
  name: "services",
  version: 1,
  columns: {
    facts: keptFacts<"ServiceCatalogued">(),
    serviceId: text(isServiceId), name: anyText, contractId: text(isContractId), description: optional(json<Text>()), effectiveFrom: moment,
  },
  indexes: [{ kind: "plain", on: ["contractId"] }],
  types: ["ServiceCatalogued"],
  keyOf: (fact) => fact.data.serviceId,
  derive: (facts): ServiceRow | undefined => {
    const [catalogued] = facts;
    return catalogued === undefined ? undefined : { description: undefined, ...catalogued.fact.data };
  },
});
