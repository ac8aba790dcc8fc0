import type { IncidentCause, IncidentRow } from "../../../projections/rows.js";
import type { IncidentId, ZoneId } from "../../kernel/brand.js";
import type { TimeSpan } from "../../kernel/projection.js";
import { monthsBefore } from "../../time/shift.js";
import { once } from "../evaluated.js";
import type { Course } from "./course.js";
import { count, type Count } from "./figure.js";
import type { PromisedImprovement } from "./improvements.js";

/** Calendar months within which the same cause is a recurrence (domain.md, "Quality indicators"). */
export const RECURRENCE_MONTHS = 6;

type Cause = Pick<IncidentCause, "category" | "party">;

/** An incident with the same cause category and party as incidents that began within the six months before it. */
export interface Recurrence {
  readonly incident: IncidentRow;
  readonly cause: Cause;
  /** The nearest first; each with what had been promised for it by then. */
  readonly earlier: readonly EarlierIncident[];
}
export interface EarlierIncident {
  readonly incident: IncidentRow;
  readonly improvements: readonly PromisedImprovement[];
}

export interface Recurrences {
  readonly count: Count;
  /** Incidents whose cause category or party was not known: whether they recur cannot be said. */
  readonly causeUnknown: Count;
  cases(): readonly Recurrence[];
}

/** An incident that recurs: at `index` among those of its cause, by their beginnings. */
interface Recurring {
  readonly incident: IncidentRow;
  readonly cause: Cause;
  readonly alike: readonly IncidentRow[];
  readonly index: number;
}

/** The recurrences of both periods; `promised` is asked for the earlier incidents when the cases are. */
export function recurrencesOf(
  courses: readonly Course[],
  { period, before, zone }: { readonly period: TimeSpan; readonly before: TimeSpan; readonly zone: ZoneId },
  promised: (ids: readonly IncidentId[]) => ReadonlyMap<IncidentId, readonly PromisedImprovement[]>,
): Recurrences {
  const within = ({ start, end }: TimeSpan) => ({ incident: { started } }: Pick<Course, "incident">): boolean => started >= start && started < end;
  const recurring = recurringIn(courses, zone);
  const unknown = courses.filter((course) => causeOf(course) === undefined);
  const now = recurring.filter(within(period));
  return {
    count: count(now.length, recurring.filter(within(before)).length),
    causeUnknown: count(unknown.filter(within(period)).length, unknown.filter(within(before)).length),
    cases: once(() => {
      const cases = now.map((each) => ({ ...each, earlier: earlierOf(each, zone) }));
      const improvements = promised([...new Set(cases.flatMap(({ earlier }) => earlier.map(({ incidentId }) => incidentId)))]);
      return cases.map(({ incident, cause, earlier }) => ({ incident, cause, earlier: earlier.map((each) => ({ incident: each, improvements: improvements.get(each.incidentId) ?? [] })) }));
    }),
  };
}

/** `unknown` is no cause: two incidents of which nobody knows why have nothing in common. */
function causeOf({ cause }: Course): Cause | undefined {
  return cause === undefined || cause.category === "unknown" || cause.party === "unknown" ? undefined : cause;
}

/**
 * Every incident that recurs, in the order of their beginnings. An incident begins at its earliest time; another of the same cause is earlier when it
 * began before it, and not before the same wall-clock time six calendar months earlier.
 */
function recurringIn(courses: readonly Course[], zone: ZoneId): readonly Recurring[] {
  const byCause = new Map<string, IncidentRow[]>();
  const recurring: Recurring[] = [];
  for (const course of [...courses].sort((a, b) => a.incident.started - b.incident.started)) {
    const { incident } = course;
    const cause = causeOf(course);
    if (cause === undefined) continue;
    const key = `${cause.category}/${cause.party}`;
    const alike = byCause.get(key) ?? [];
    byCause.set(key, alike);
    const index = alike.push(incident) - 1;
    const nearest = alike[nearestBefore(alike, index)];
    if (nearest !== undefined && isWithinMonths(nearest, incident, zone)) recurring.push({ incident, cause, alike, index });
  }
  return recurring;
}

/** Where the last that began before it stands; those that began at the same time are no earlier ones. −1 if there is none. */
function nearestBefore(alike: readonly IncidentRow[], index: number): number {
  const started = alike[index]?.started;
  let before = index - 1;
  while (before >= 0 && alike[before]?.started === started) before -= 1;
  return before;
}

/** No six calendar months are shorter: the shortest have 181 days, of which the clocks may take an hour. */
const SHORTEST_MS = 180 * 86_400_000;

function isWithinMonths(earlier: IncidentRow, { started }: IncidentRow, zone: ZoneId): boolean {
  return started - earlier.started < SHORTEST_MS || earlier.started >= monthsBefore(started, RECURRENCE_MONTHS, zone);
}

/** The nearest first. */
function earlierOf({ incident, alike, index }: Recurring, zone: ZoneId): readonly IncidentRow[] {
  const from = monthsBefore(incident.started, RECURRENCE_MONTHS, zone);
  const nearest = nearestBefore(alike, index);
  let farthest = nearest + 1;
  while (farthest > 0 && (alike[farthest - 1]?.started ?? from) >= from) farthest -= 1;
  return alike.slice(farthest, nearest + 1).reverse();
}
