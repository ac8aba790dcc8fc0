import type { IncidentRow } from "../../../projections/rows.js";
import { instant, type Instant, type ZoneId } from "../../kernel/brand.js";
import type { TimeSpan } from "../../kernel/projection.js";
import { endOfDayAfter } from "../../time/shift.js";
import { earliestOf, isBand, type When } from "../../time/when.js";
import type { Course } from "./course.js";
import { deadlineState, punctuality, type DeadlineState, type Punctuality } from "./deadline.js";

/** Days after the resolution within which its report is to be filed (domain.md, "Quality indicators"). */
export const REPORT_DAYS = 30;

/** A resolved incident and its report. */
export interface ReportDeadline {
  readonly incident: IncidentRow;
  readonly resolved: When;
  /** The first report; undefined if none was filed. */
  readonly filed: When | undefined;
  /** The first instant that is too late: the end of the 30th local day after that of the resolution. */
  readonly dueBefore: When;
  readonly state: DeadlineState;
}

/**
 * Reports on the incidents that were resolved in the period (earliest time of the resolution that no reopening followed). In time is a report filed
 * before the end of the local day that lies 30 days after the day of the resolution, also one filed before the resolution.
 */
export function filedReports(courses: readonly Course[], { period, before, zone, asOf }: { readonly period: TimeSpan; readonly before: TimeSpan; readonly zone: ZoneId; readonly asOf: Instant }): Punctuality<ReportDeadline> {
  const of = (span: TimeSpan): readonly ReportDeadline[] => courses.flatMap(({ incident, resolved, reportFiled: filed }) => {
    if (resolved === undefined || earliestOf(resolved) < span.start || earliestOf(resolved) >= span.end) return [];
    const dueBefore = mapped(resolved, (at) => endOfDayAfter(at, REPORT_DAYS, zone));
    const lastMoment = mapped(dueBefore, (at) => instant(at - 1));
    return [{ incident, resolved, filed, dueBefore, state: deadlineState(lastMoment, filed, asOf) }];
  });
  return punctuality(of(period), of(before));
}

function mapped(when: When, to: (at: Instant) => Instant): When {
  if (!isBand(when)) return to(when);
  const [earliest, latest] = [to(when.earliest), to(when.latest)];
  return earliest === latest ? earliest : { earliest, latest };
}
