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

/** An incident with the earlier ones that it recurs. */
interface Recurring {
  readonly incident: IncidentRow;
  readonly cause: Cause;
  readonly earlier: readonly IncidentRow[];
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
      const improvements = promised([...new Set(now.flatMap(({ earlier }) => earlier.map(({ incidentId }) => incidentId)))]);
      return now.map(({ incident, cause, earlier }) => ({ incident, cause, earlier: earlier.map((each) => ({ incident: each, improvements: improvements.get(each.incidentId) ?? [] })) }));
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
  const alike = new Map<string, IncidentRow[]>();
  const recurring: Recurring[] = [];
  for (const course of [...courses].sort((a, b) => a.incident.started - b.incident.started)) {
    const { incident } = course;
    const cause = causeOf(course);
    if (cause === undefined) continue;
    const key = `${cause.category}/${cause.party}`;
    const group = alike.get(key) ?? [];
    const earlier = earlierOf(group, incident, zone);
    if (earlier.length > 0) recurring.push({ incident, cause, earlier });
    alike.set(key, group);
    group.push(incident);
  }
  return recurring;
}

/** Of incidents in the order of their beginnings, none of them after `incident`: those within six months before, the nearest first. */
function earlierOf(group: readonly IncidentRow[], { started }: IncidentRow, zone: ZoneId): readonly IncidentRow[] {
  const from = monthsBefore(started, RECURRENCE_MONTHS, zone);
  const found: IncidentRow[] = [];
  for (let index = group.length - 1; index >= 0; index -= 1) {
    const other = group[index];
    if (other === undefined || other.started < from) break;
    if (other.started < started) found.push(other);
  }
  return found;
}
