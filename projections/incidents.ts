import { instant, isContractId, isIncidentId } from "../src/kernel/brand.js";
import { OPEN_ENDED } from "../src/kernel/projection.js";
import { SEVERITIES, type IncidentEvent } from "../src/domain/incident/events.js";
import { byTime } from "../src/domain/incident/order.js";
import type { Text } from "../src/domain/values.js";
import { earliestOf, latestOf, type When } from "../src/time/when.js";
import { anyText, json, moment, optional, remembered, text, when, word } from "./columns.js";
import { keptFacts, projectionOfSubjects, type FactOf, type KeptFact } from "./facts.js";
import type { IncidentCause, IncidentRow } from "./rows.js";

const TYPES = [
  "IncidentReported", "SeverityAssigned", "IncidentAcknowledged", "CauseAttributed", "IncidentResolved", "IncidentReopened", "IncidentClosed",
] as const;
type HeadFact = FactOf<(typeof TYPES)[number]>;
type FactWith<Type extends IncidentEvent["type"]> = Extract<HeadFact, { type: Type }>;

/** Heads of incidents. */
export const incidents = projectionOfSubjects({
  name: "incidents",
  version: 1,
  columns: {
    facts: keptFacts<(typeof TYPES)[number]>(),
    incidentId: text(isIncidentId), title: anyText, status: word(["open", "resolved", "closed"]), severity: optional(word(SEVERITIES)),
    contractId: optional(text(isContractId)), description: optional(remembered(json<Text>())), occurredAt: when, detectedAt: optional(when),
    reportedAt: optional(when), acknowledgedAt: optional(when), resolvedAt: optional(when), closedAt: optional(when),
    cause: optional(remembered(json<IncidentCause>())), started: moment, ended: moment, searchText: anyText, recordedAt: moment,
  },
  indexes: [{ kind: "span" }, { kind: "order", on: ["started"] }, { kind: "order", on: [] }],
  types: TYPES,
  keyOf: (fact) => fact.data.incidentId,
  derive: deriveIncident,
});

function deriveIncident(facts: readonly KeptFact<HeadFact>[]): IncidentRow | undefined {
  const report = facts.find((kept): kept is KeptFact<FactWith<"IncidentReported">> => kept.fact.type === "IncidentReported");
  if (report === undefined) return undefined;
  const { incidentId, title, contractId, description, occurredAt, detectedAt, reportedAt } = report.fact.data;
  const course = courseOf(facts);
  const cause = lastInTime(facts, (fact) => (fact.type === "CauseAttributed" ? fact : undefined))?.data;
  return {
    incidentId, title, contractId, description, occurredAt, detectedAt, reportedAt, ...course,
    severity: lastInTime(facts, (fact) => (fact.type === "SeverityAssigned" ? fact : undefined))?.data.severity,
    acknowledgedAt: facts.map(({ fact }) => fact).find((fact) => fact.type === "IncidentAcknowledged")?.data.occurredAt,
    cause: cause && { category: cause.category, party: cause.party, occurredAt: cause.occurredAt, ...(cause.text && { text: cause.text }) },
    started: earliestOf(occurredAt),
    ended: course.resolvedAt === undefined ? instant(OPEN_ENDED) : latestOf(course.resolvedAt),
    searchText: [title, description?.text, cause?.text?.text].filter((part) => part !== undefined).join("\n").toLowerCase(),
    recordedAt: report.recordedAt,
  };
}

/** The one that happened last; of those at the same time, the one recorded last. */
function lastInTime<F extends { data: { occurredAt: When } }>(facts: readonly KeptFact<HeadFact>[], pick: (fact: HeadFact) => F | undefined): F | undefined {
  return facts.map(({ fact }) => pick(fact)).filter((fact) => fact !== undefined).sort((a, b) => byTime(a.data.occurredAt, b.data.occurredAt)).at(-1);
}

/** Status by the order in which the milestones were accepted (domain.md, "Rules of an incident"). */
function courseOf(facts: readonly KeptFact<HeadFact>[]): Pick<IncidentRow, "status" | "resolvedAt" | "closedAt"> {
  let course: Pick<IncidentRow, "status" | "resolvedAt" | "closedAt"> = { status: "open", resolvedAt: undefined, closedAt: undefined };
  for (const { fact } of facts) {
    if (fact.type === "IncidentResolved") course = { status: "resolved", resolvedAt: fact.data.occurredAt, closedAt: undefined };
    else if (fact.type === "IncidentReopened") course = { status: "open", resolvedAt: undefined, closedAt: undefined };
    else if (fact.type === "IncidentClosed") course = { ...course, status: "closed", closedAt: fact.data.occurredAt };
  }
  return course;
}
