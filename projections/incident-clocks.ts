import { instant, isContractId, isIncidentId, type Instant } from "../src/kernel/brand.js";
import { OPEN_ENDED } from "../src/kernel/projection.js";
import { byTime } from "../src/domain/incident/order.js";
import { earliestOf, latestOf } from "../src/time/when.js";
import { json, moment, optional, text, when } from "./columns.js";
import { keptFacts, projectionOfSubjects, type FactOf, type KeptFact } from "./facts.js";
import type { ClockPauseRow, IncidentClocksRow } from "./rows.js";

const TYPES = [
  "IncidentReported", "SupplierNotified", "SeverityAssigned", "IncidentAcknowledged", "ClockPaused", "ClockResumed", "DisruptionEnded", "IncidentResolved", "IncidentReopened",
] as const;
type ClockFact = FactOf<(typeof TYPES)[number]>;
type Facts = readonly KeptFact<ClockFact>[];

/**
 * What the clocks of an incident run by; what they run to, the terms of its contracts say. The index holds each from the first start of its clocks until all of them
 * have stopped for certain, so that those which may still run are found without looking at the others.
 */
export const incidentClocks = projectionOfSubjects({
  name: "incident_clocks",
  version: 1,
  columns: {
    facts: keptFacts<(typeof TYPES)[number]>(),
    incidentId: text(isIncidentId), contractId: optional(text(isContractId)), reported: when, notified: json<IncidentClocksRow["notified"]>(), acknowledged: optional(when),
    severities: json<IncidentClocksRow["severities"]>(), pauses: json<IncidentClocksRow["pauses"]>(), course: json<IncidentClocksRow["course"]>(), started: moment, ended: moment,
  },
  indexes: [{ kind: "span" }],
  types: TYPES,
  keyOf: (fact) => fact.data.incidentId,
  derive: deriveClocks,
});

function deriveClocks(facts: Facts): IncidentClocksRow | undefined {
  const [report] = ofType(facts, "IncidentReported");
  if (report === undefined) return undefined;
  const { incidentId, contractId, occurredAt, reportedAt } = report.fact.data;
  const row = {
    incidentId, contractId,
    reported: reportedAt ?? occurredAt,
    notified: ofType(facts, "SupplierNotified").map(({ fact }) => fact.data.occurredAt).sort(byTime),
    acknowledged: ofType(facts, "IncidentAcknowledged")[0]?.fact.data.occurredAt,
    severities: ofType(facts, "SeverityAssigned").map(({ fact: { data } }) => ({ at: data.occurredAt, severity: data.severity })).sort((a, b) => byTime(a.at, b.at)),
    pauses: pausesOf(facts),
    course: courseOf(facts),
  };
  return { ...row, started: instant(Math.min(...[row.reported, ...row.notified].map(earliestOf))), ended: endOf(row, facts) };
}

function ofType<Type extends ClockFact["type"]>(facts: Facts, type: Type): readonly KeptFact<FactOf<Type>>[] {
  return facts.filter((kept): kept is KeptFact<FactOf<Type>> => kept.fact.type === type);
}

/** In stream order, in which the rules let each clock be paused and resumed in turn. */
function pausesOf(facts: Facts): readonly ClockPauseRow[] {
  const pauses: ClockPauseRow[] = [];
  for (const { eventId, fact } of facts) {
    if (fact.type === "ClockPaused") pauses.push({ clock: fact.data.clock, start: fact.data.occurredAt, eventId });
    if (fact.type !== "ClockResumed") continue;
    const index = pauses.findLastIndex(({ clock, end }) => clock === fact.data.clock && end === undefined);
    const open = pauses[index];
    if (open !== undefined) pauses[index] = { ...open, end: fact.data.occurredAt };
  }
  return pauses;
}

function courseOf(facts: Facts): IncidentClocksRow["course"] {
  return facts.flatMap(({ eventId, fact }): IncidentClocksRow["course"] => {
    if (fact.type === "IncidentResolved") return [{ kind: "resolved", at: fact.data.occurredAt, eventId }];
    return fact.type === "IncidentReopened" ? [{ kind: "reopened", at: fact.data.occurredAt, eventId }] : [];
  });
}

/** A clock runs on where nobody took charge, and until the incident is resolved. One that had stopped when it started counts for the moment of its start. */
function endOf({ reported, notified, acknowledged, course }: Omit<IncidentClocksRow, "started" | "ended">, facts: Facts): Instant {
  if (acknowledged === undefined || course.at(-1)?.kind !== "resolved") return instant(OPEN_ENDED);
  const stops = [acknowledged, ...course.map(({ at }) => at), ...ofType(facts, "DisruptionEnded").map(({ fact }) => fact.data.occurredAt)];
  return instant(Math.max(...[reported, ...notified].map((start) => latestOf(start) + 1), ...stops.map(latestOf)));
}
