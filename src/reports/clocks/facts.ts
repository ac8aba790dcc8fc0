import type { Instant } from "../../kernel/brand.js";
import type { ClockPauseRow, DisruptionRow, IncidentClocksRow, Severity } from "../../../projections/rows.js";
import { earliestOf, firstOf, latestOf, type When } from "../../time/when.js";

/** What had happened to an incident's clocks as of some instant. */
export interface ClockFacts {
  /** Of both clocks: the first notification of the supplier, else the report (domain.md, "Clocks of an incident"). */
  readonly start: When;
  /** The one assigned last in the order of time. */
  readonly severity: Severity | undefined;
  readonly acknowledged: When | undefined;
  readonly pauses: readonly ClockPauseRow[];
  readonly course: IncidentClocksRow["course"];
  /** That had begun; an end that had not come yet is left out. */
  readonly disruptions: readonly DisruptionRow[];
}

/** What is known of one incident. */
export interface IncidentMaterial {
  readonly row: IncidentClocksRow;
  readonly disruptions: readonly DisruptionRow[];
}

/**
 * As of `asOf`; undefined before its clocks started. A thing has happened when its latest possible time has come, as `readClock` has it; the clocks have started when
 * their earliest possible start has.
 */
export function factsAsOf({ row, disruptions }: IncidentMaterial, asOf: Instant): ClockFacts | undefined {
  const happened = (when: When): boolean => latestOf(when) <= asOf;
  const start = firstOf(row.notified.filter(happened)) ?? row.reported;
  if (earliestOf(start) > asOf) return undefined;
  return {
    start,
    severity: row.severities.findLast(({ at }) => happened(at))?.severity,
    acknowledged: row.acknowledged !== undefined && happened(row.acknowledged) ? row.acknowledged : undefined,
    pauses: row.pauses.filter((pause) => happened(pause.start)).map(({ end, ...pause }) => (end !== undefined && happened(end) ? { ...pause, end } : pause)),
    course: row.course.filter(({ at }) => happened(at)),
    disruptions: disruptions.filter((each) => happened(each.start)).map((each) => (each.end === undefined || happened(each.end) ? each : { ...each, end: undefined })),
  };
}

/** The first instant after `asOf` at which `factsAsOf` is another; undefined where all that is known has happened. */
export function nextFactAt({ row, disruptions }: IncidentMaterial, asOf: Instant): Instant | undefined {
  const times = [
    ...row.notified, ...row.severities.map(({ at }) => at), ...row.course.map(({ at }) => at), ...(row.acknowledged === undefined ? [] : [row.acknowledged]),
    ...row.pauses.flatMap(({ start, end }) => (end === undefined ? [start] : [start, end])),
    ...disruptions.flatMap(({ start, end }) => (end === undefined ? [start] : [start, end])),
  ];
  const [next] = [earliestOf(row.reported), ...times.map(latestOf)].filter((at) => at > asOf).sort((a, b) => a - b);
  return next;
}
