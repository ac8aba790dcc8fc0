import { isBodyId, isServiceId } from "../src/kernel/brand.js";
import { json, text } from "./columns.js";
import { keptFacts, projectionOfSubjects } from "./facts.js";
import type { AdoptionRow } from "./rows.js";
import { spansOf } from "./span.js";

/** Which body has which service from when to when; a row a pair. */
export const adoptions = projectionOfSubjects({
  name: "adoptions",
  version: 1,
  columns: { facts: keptFacts<"ServiceAdopted" | "ServiceDropped">(), serviceId: text(isServiceId), bodyId: text(isBodyId), spans: json<AdoptionRow["spans"]>() },
  indexes: [{ kind: "plain", on: ["bodyId"] }, { kind: "plain", on: ["serviceId"] }],
  types: ["ServiceAdopted", "ServiceDropped"],
  keyOf: ({ data }) => `${data.serviceId}/${data.bodyId}`,
  derive: (facts): AdoptionRow | undefined => {
    const [first] = facts;
    const spans = spansOf(
      facts.map(({ fact }) => ({ kind: fact.type === "ServiceAdopted" ? ("start" as const) : ("end" as const), at: fact.data.effectiveFrom })),
    );
    if (first === undefined || spans.length === 0) return undefined;
    return { serviceId: first.fact.data.serviceId, bodyId: first.fact.data.bodyId, spans };
  },
});
