import { ofTypes, type FactOf } from "../../../projections/facts.js";
import type { IncidentCause, IncidentRow, Severity, TimelineRow } from "../../../projections/rows.js";
import { byTime } from "../../domain/incident/order.js";
import type { Instant } from "../../kernel/brand.js";
import { firstOf, latestOf, type When } from "../../time/when.js";

/** The entries that a course is made of, beside the report of the incident. */
export const COURSE_TYPES = [
  "SeverityAssigned", "IncidentAcknowledged", "SupplierNotified", "MembersInformed", "CauseAttributed", "IncidentResolved", "IncidentReopened", "ReportFiled",
] as const;
type CourseFact = FactOf<(typeof COURSE_TYPES)[number]>;
type CourseType = CourseFact["type"];
const isOfCourse = ofTypes(COURSE_TYPES);

/** What had become of an incident as of a time. Of several notifications, or reports, the first counts. */
export interface Course {
  /** As known, whatever the time. */
  readonly incident: IncidentRow;
  readonly severity: Severity | undefined;
  readonly cause: Pick<IncidentCause, "category" | "party"> | undefined;
  readonly detected: When | undefined;
  /** When it was reported to the lead body. */
  readonly reported: When | undefined;
  readonly supplierNotified: When | undefined;
  readonly acknowledged: When | undefined;
  readonly membersInformed: When | undefined;
  readonly reportFiled: When | undefined;
  /** Undefined while it is open. */
  readonly resolved: When | undefined;
}

/** Whether something had happened by then beyond doubt: a band that reaches past it leaves that open, and does not count yet. */
export function hadHappened(when: When, asOf: Instant): boolean {
  return latestOf(when) <= asOf;
}

export function ifHappened(when: When | undefined, asOf: Instant): When | undefined {
  return when !== undefined && hadHappened(when, asOf) ? when : undefined;
}

/** The course of an incident from its entries of COURSE_TYPES, in the order of recording. */
export function courseOf(incident: IncidentRow, entries: readonly TimelineRow[], asOf: Instant): Course {
  const facts = entries.flatMap(({ fact, withdrawal }) => (withdrawal === undefined && isOfCourse(fact) && hadHappened(fact.data.occurredAt, asOf) ? [fact] : []));
  const cause = lastInTime(facts, "CauseAttributed");
  return {
    incident,
    severity: lastInTime(facts, "SeverityAssigned")?.data.severity,
    cause: cause && { category: cause.data.category, party: cause.data.party },
    detected: ifHappened(incident.detectedAt, asOf),
    reported: ifHappened(incident.reportedAt, asOf),
    supplierNotified: firstTime(facts, "SupplierNotified"),
    acknowledged: firstTime(facts, "IncidentAcknowledged"),
    membersInformed: firstTime(facts, "MembersInformed"),
    reportFiled: firstTime(facts, "ReportFiled"),
    resolved: resolutionOf(facts),
  };
}

function of<Type extends CourseType>(facts: readonly CourseFact[], type: Type): readonly Extract<CourseFact, { type: Type }>[] {
  return facts.filter((fact): fact is Extract<CourseFact, { type: Type }> => fact.type === type);
}

function firstTime(facts: readonly CourseFact[], type: CourseType): When | undefined {
  return firstOf(of(facts, type).map(({ data }) => data.occurredAt));
}

/** The one that happened last; of those at the same time, the one recorded last. */
function lastInTime<Type extends CourseType>(facts: readonly CourseFact[], type: Type): Extract<CourseFact, { type: Type }> | undefined {
  return [...of(facts, type)].sort((a, b) => byTime(a.data.occurredAt, b.data.occurredAt)).at(-1);
}

/** Of the resolution that no reopening followed; the rules of an incident let them follow each other in time as in the stream. */
function resolutionOf(facts: readonly CourseFact[]): When | undefined {
  let resolved: When | undefined;
  for (const { type, data } of facts) {
    if (type === "IncidentResolved") resolved = data.occurredAt;
    else if (type === "IncidentReopened") resolved = undefined;
  }
  return resolved;
}
