import { instant, isDisruptionId, isIncidentId, isServiceId } from "../src/kernel/brand.js";
import { OPEN_ENDED } from "../src/kernel/projection.js";
import { byTime } from "../src/domain/incident/order.js";
import type { Text } from "../src/domain/values.js";
import { earliestOf, latestOf } from "../src/time/when.js";
import { json, moment, optional, text, when } from "./columns.js";
import { keptFacts, projectionOfSubjects, type FactOf, type KeptFact } from "./facts.js";
import type { DisruptionPhase, DisruptionRow } from "./rows.js";

const TYPES = ["DisruptionOpened", "DisruptionRescoped", "DisruptionDegreeChanged", "DisruptionEnded"] as const;
type DisruptionFact = FactOf<(typeof TYPES)[number]>;
type Opening = KeptFact<FactOf<"DisruptionOpened">>;

/** Disruptions (disservizi) with their scope and degree over time. */
export const disruptions = projectionOfSubjects({
  name: "disruptions",
  version: 2,
  columns: {
    facts: keptFacts<(typeof TYPES)[number]>(),
    incidentId: text(isIncidentId), disruptionId: text(isDisruptionId), serviceId: text(isServiceId), phases: json<readonly DisruptionPhase[]>(),
    start: when, end: optional(when), detectedAt: optional(when), reportedAt: optional(when), text: optional(json<Text>()),
    started: moment, ended: moment,
  },
  indexes: [{ kind: "plain", on: ["incidentId"] }, { kind: "span", on: "serviceId" }, { kind: "span" }],
  types: TYPES,
  keyOf: ({ data }) => `${data.incidentId}/${data.disruptionId}`,
  derive: deriveDisruption,
});

function deriveDisruption(facts: readonly KeptFact<DisruptionFact>[]): DisruptionRow | undefined {
  const opening = facts.find((kept): kept is Opening => kept.fact.type === "DisruptionOpened");
  if (opening === undefined) return undefined;
  const { incidentId, disruptionId, serviceId, occurredAt, detectedAt, reportedAt, text } = opening.fact.data;
  const end = facts.map(({ fact }) => fact).findLast((fact) => fact.type === "DisruptionEnded")?.data.occurredAt;
  return {
    incidentId, disruptionId, serviceId, phases: phasesOf(opening, facts), start: occurredAt, end, detectedAt, reportedAt, text,
    started: earliestOf(occurredAt),
    ended: end === undefined ? instant(OPEN_ENDED) : latestOf(end),
  };
}

/** Each change keeps what it does not change; the order is by earliest, latest and stream order. */
function phasesOf(opening: Opening, facts: readonly KeptFact<DisruptionFact>[]): DisruptionPhase[] {
  const { occurredAt, scope, degree } = opening.fact.data;
  const phases: DisruptionPhase[] = [{ at: occurredAt, scope, degree, eventId: opening.eventId }];
  let before = { scope, degree };
  for (const { eventId, fact } of [...facts].sort((a, b) => byTime(a.fact.data.occurredAt, b.fact.data.occurredAt))) {
    if (fact.type !== "DisruptionRescoped" && fact.type !== "DisruptionDegreeChanged") continue;
    before = fact.type === "DisruptionRescoped" ? { ...before, scope: fact.data.scope } : { ...before, degree: fact.data.degree };
    phases.push({ at: fact.data.occurredAt, ...before, eventId });
  }
  return phases;
}
