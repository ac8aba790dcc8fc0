import { isContractId, isEventId } from "../src/kernel/brand.js";
import type { AssessmentEvent } from "../src/domain/assessment/events.js";
import { anyText, json, moment, text } from "./columns.js";
import { projectionOfEntries } from "./facts.js";
import type { AssessmentRow } from "./rows.js";

/** Assessments of contracts, a row a step: computed, found, objected to, answered, excluded or not. */
export const assessments = projectionOfEntries({
  name: "assessments",
  version: 1,
  columns: { eventId: text(isEventId), contractId: text(isContractId), period: anyText, occurred: moment, fact: json<AssessmentEvent>(), recordedAt: moment },
  indexes: [{ kind: "plain", on: ["contractId"] }],
  types: ["AssessmentComputed", "FindingRecorded", "ObjectionRaised", "CounterArgumentsReceived", "ExclusionGranted", "ExclusionRefused"],
  rowOf: (fact, origin): AssessmentRow => ({ ...origin, contractId: fact.data.contractId, period: fact.data.period, occurred: fact.data.occurredAt, fact }),
});
