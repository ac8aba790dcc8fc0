import { isBodyId } from "../src/kernel/brand.js";
import { BODY_KINDS } from "../src/domain/body/events.js";
import { anyText, json, text, word } from "./columns.js";
import { keptFacts, projectionOfSubjects, type FactOf, type KeptFact } from "./facts.js";
import type { BodyRow } from "./rows.js";
import { spansOf } from "./span.js";

const TYPES = ["BodyJoined", "BodyRenamed", "BodyLeft"] as const;
type BodyFacts = readonly KeptFact<FactOf<(typeof TYPES)[number]>>[];

/** The bodies (enti) of the CST. */
export const bodies = projectionOfSubjects({
  name: "bodies",
  version: 1,
  columns: {
    facts: keptFacts<(typeof TYPES)[number]>(),
    bodyId: text(isBodyId),
    name: anyText,
    kind: word(BODY_KINDS),
    names: json<BodyRow["names"]>(),
    memberships: json<BodyRow["memberships"]>(),
  },
  indexes: [],
  types: TYPES,
  keyOf: (fact) => fact.data.bodyId,
  derive: deriveBody,
});

function deriveBody(facts: BodyFacts): BodyRow | undefined {
  const joined = facts.map(({ fact }) => fact).findLast((fact) => fact.type === "BodyJoined");
  if (joined === undefined) return undefined;
  const names = namesOf(facts);
  return { bodyId: joined.data.bodyId, name: names.at(-1)?.name ?? joined.data.name, kind: joined.data.kind, names, memberships: membershipsOf(facts) };
}

function namesOf(facts: BodyFacts): BodyRow["names"] {
  return facts
    .flatMap(({ fact }) => (fact.type === "BodyLeft" ? [] : [{ name: fact.data.name, effectiveFrom: fact.data.effectiveFrom }]))
    .sort((a, b) => a.effectiveFrom - b.effectiveFrom);
}

function membershipsOf(facts: BodyFacts): BodyRow["memberships"] {
  return spansOf(
    facts.flatMap(({ fact }) => {
      if (fact.type === "BodyRenamed") return [];
      return [{ kind: fact.type === "BodyJoined" ? ("start" as const) : ("end" as const), at: fact.data.effectiveFrom }];
    }),
  );
}
