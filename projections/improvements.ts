import { isEntryId, isEventId, isIncidentId } from "../src/kernel/brand.js";
import type { Text } from "../src/domain/values.js";
import { earliestOf, latestOf } from "../src/time/when.js";
import { json, moment, optional, text, when } from "./columns.js";
import { keptFacts, projectionOfSubjects, type FactOf, type KeptFact } from "./facts.js";
import type { ImprovementRow } from "./rows.js";

const TYPES = ["ImprovementPromised", "ImprovementCompleted"] as const;
type ImprovementFact = FactOf<(typeof TYPES)[number]>;
type Promised = KeptFact<FactOf<"ImprovementPromised">>;

/** Promised improvements, found by their incident and by when they are due. */
export const improvements = projectionOfSubjects({
  name: "improvements",
  version: 1,
  columns: {
    facts: keptFacts<(typeof TYPES)[number]>(),
    incidentId: text(isIncidentId), entryId: text(isEntryId), text: json<Text>(), promisedAt: when, dueAt: optional(moment), completedAt: optional(when),
    eventId: text(isEventId), started: moment, ended: moment,
  },
  indexes: [{ kind: "plain", on: ["incidentId"] }, { kind: "span" }],
  types: TYPES,
  keyOf: ({ data }) => `${data.incidentId}/${data.entryId}`,
  derive: deriveImprovement,
});

function deriveImprovement(facts: readonly KeptFact<ImprovementFact>[]): ImprovementRow | undefined {
  const promise = facts.find((kept): kept is Promised => kept.fact.type === "ImprovementPromised");
  if (promise === undefined) return undefined;
  const { incidentId, entryId, text: promised, occurredAt, dueAt } = promise.fact.data;
  return {
    incidentId, entryId, text: promised, promisedAt: occurredAt, dueAt, eventId: promise.eventId,
    completedAt: facts.map(({ fact }) => fact).findLast((fact) => fact.type === "ImprovementCompleted")?.data.occurredAt,
    started: dueAt ?? earliestOf(occurredAt), ended: dueAt ?? latestOf(occurredAt),
  };
}
