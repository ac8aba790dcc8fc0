import type { DisruptionRow, IncidentRow } from "../../../projections/rows.js";
import type { Instant } from "../../kernel/brand.js";
import { earliestOf, lastOf, latestOf, type When } from "../../time/when.js";
import type { Range } from "../range.js";
import { ifHappened, type Course } from "./course.js";
import { count, mean, measure, percentile90, type Count, type Measure } from "./figure.js";

/** Where a time begins to run. */
export type StartedBy = "occurred" | "detected" | "reported" | "supplier-notified";
/** What is measured: elapsed time on the wall clock, round the clock and without pauses (those are the contract's: see the clocks). */
export const TIME_INDICATORS = ["detect", "acknowledge", "inform", "restore"] as const;
export type TimeIndicator = (typeof TIME_INDICATORS)[number];

/**
 * One incident's own time. `counted`: it is in the mean and the percentile. `open`: it was still running. `missing`: the incident was over and
 * nobody had recorded what would have stopped it. Only what was counted is in the figures; nothing is taken for zero.
 */
export type TimeCase = {
  readonly incident: IncidentRow;
  readonly startedBy: StartedBy;
  readonly from: When;
} & (
  | { readonly state: "counted"; readonly to: When; readonly elapsedMs: Range<number> }
  /** `elapsedMs`: up to the time as of which the question was put. */
  | { readonly state: "open"; readonly elapsedMs: Range<number> }
  | { readonly state: "missing" }
);

export interface ElapsedTimes {
  readonly counted: Count;
  readonly open: Count;
  readonly missing: Count;
  /** Milliseconds. */
  readonly meanMs: Measure;
  /** Milliseconds; by nearest rank. */
  readonly percentile90Ms: Measure;
  /** The incidents of the period with their own times, in the order of occurrence. */
  cases(): readonly TimeCase[];
}

/** A course with the disruptions of its incident, as known. */
export interface Disrupted {
  readonly course: Course;
  readonly disruptions: readonly DisruptionRow[];
}

/**
 * The times of one incident, as of a time:
 * - to detect: from its occurrence to its detection;
 * - to acknowledge: from the report to the supplier to the acknowledgement;
 * - to inform: from its detection (else its report to the lead body, else its occurrence) to the first information of the members;
 * - to restore: from the report to the supplier to the end of the last of its disruptions.
 * The report to the supplier is the first SupplierNotified; without one, the time at which the incident was reported; without that, its occurrence
 * (domain.md, "Clocks of an incident"). What stops a time before it begins makes it zero, not negative.
 */
export function timeOf(indicator: TimeIndicator, { course, disruptions }: Disrupted, asOf: Instant): TimeCase {
  switch (indicator) {
    case "detect":
      // An incident that is on record was detected: where nobody said when, that is missing and not still to come.
      return caseOf(course, startOf(course, []), stopAt(course.detected, course.incident.detectedAt === undefined), asOf);
    case "acknowledge":
      return caseOf(course, startOf(course, ["supplier-notified", "reported"]), stopAt(course.acknowledged, course.resolved !== undefined), asOf);
    case "inform":
      return caseOf(course, startOf(course, ["detected", "reported"]), stopAt(course.membersInformed, course.resolved !== undefined), asOf);
    case "restore":
      return caseOf(course, startOf(course, ["supplier-notified", "reported"]), restored(course, disruptions, asOf), asOf);
  }
}

type Stop = { readonly kind: "stopped"; readonly at: When } | { readonly kind: "running" } | { readonly kind: "missing" };

function stopAt(at: When | undefined, over: boolean): Stop {
  return at === undefined ? { kind: over ? "missing" : "running" } : { kind: "stopped", at };
}

/** Running as long as one disruption goes on. An incident that was over without any had nothing to restore. */
function restored({ resolved }: Course, disruptions: readonly DisruptionRow[], asOf: Instant): Stop {
  const begun = disruptions.filter(({ started }) => started <= asOf);
  const ends = begun.flatMap(({ end }) => ifHappened(end, asOf) ?? []);
  if (ends.length < begun.length) return { kind: "running" };
  return stopAt(lastOf(ends), resolved !== undefined);
}

/** The first of the moments that is known; else the occurrence. */
function startOf(course: Course, moments: readonly Exclude<StartedBy, "occurred">[]): Pick<TimeCase, "startedBy" | "from"> {
  const times = { detected: course.detected, reported: course.reported, "supplier-notified": course.supplierNotified };
  for (const startedBy of moments) {
    const from = times[startedBy];
    if (from !== undefined) return { startedBy, from };
  }
  return { startedBy: "occurred", from: course.incident.occurredAt };
}

function caseOf({ incident }: Course, start: Pick<TimeCase, "startedBy" | "from">, stop: Stop, asOf: Instant): TimeCase {
  switch (stop.kind) {
    case "stopped":
      return { incident, ...start, state: "counted", to: stop.at, elapsedMs: between(start.from, stop.at) };
    case "running":
      return { incident, ...start, state: "open", elapsedMs: between(start.from, asOf) };
    case "missing":
      return { incident, ...start, state: "missing" };
  }
}

/** Milliseconds from one time to another, never below zero. */
function between(from: When, to: When): Range<number> {
  return { min: Math.max(0, earliestOf(to) - latestOf(from)), max: Math.max(0, latestOf(to) - earliestOf(from)) };
}

/** The figures of the period beside those of the period before. */
export function elapsedTimes(cases: readonly TimeCase[], before: readonly TimeCase[]): ElapsedTimes {
  const [counted, countedBefore] = [elapsedOf(cases), elapsedOf(before)];
  const inState = (state: TimeCase["state"]): Count => count(cases.filter((each) => each.state === state).length, before.filter((each) => each.state === state).length);
  return {
    counted: inState("counted"), open: inState("open"), missing: inState("missing"),
    meanMs: measure(mean(counted), mean(countedBefore)),
    percentile90Ms: measure(percentile90(counted), percentile90(countedBefore)),
    cases: () => cases,
  };
}

function elapsedOf(cases: readonly TimeCase[]): readonly Range<number>[] {
  return cases.flatMap((each) => (each.state === "counted" ? [each.elapsedMs] : []));
}
