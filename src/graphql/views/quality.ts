import type { ElapsedTimes, TimeCase } from "../../reports/quality/elapsed.js";
import type { CountRange, Measure } from "../../reports/quality/figure.js";
import type { ReportDeadline } from "../../reports/quality/filed-reports.js";
import type { Improvements, PromisedImprovement } from "../../reports/quality/improvements.js";
import type { Occurrences } from "../../reports/quality/occurrences.js";
import type { Punctuality } from "../../reports/quality/deadline.js";
import type { Recurrence, Recurrences } from "../../reports/quality/recurrences.js";
import type { QualityIndicators } from "../../reports/quality/report.js";
import type { Range } from "../../reports/range.js";
import type { Reading } from "../reading.js";
import { frameView } from "./impact.js";
import { incidentView } from "./incident.js";
import { durationRangeView, exactRangeView, textView, whenOrNull, whenView } from "./values.js";

/** The figures as plain values; the incidents behind them are shown when they are asked for. */
export function qualityView(report: QualityIndicators, reading: Reading) {
  const { before, occurrences, months, times, recurrences, improvements, reports } = report;
  return {
    __typename: "QualityIndicators" as const,
    ...frameView(report),
    periodBefore: before.period,
    occurrences: { incidents: occurrences.incidents, disruptions: occurrences.disruptions, bySeverity: occurrences.bySeverity, of: occurrences, reading },
    months,
    timeToDetect: timesView(times.detect, reading),
    timeToAcknowledge: timesView(times.acknowledge, reading),
    timeToInform: timesView(times.inform, reading),
    timeToRestore: timesView(times.restore, reading),
    recurrences: { count: recurrences.count, causeUnknown: recurrences.causeUnknown, of: recurrences, reading },
    improvements: { ...punctualityView(improvements), undated: improvements.undated, of: improvements },
    reports: { ...punctualityView(reports), of: reports, reading },
    report,
  };
}
export type QualityView = ReturnType<typeof qualityView>;

/** Worked out when it is asked for: every contract is assessed for it. */
export function serviceLevelsView(share: Measure | undefined) {
  return share === undefined ? null : measureView(share, exactRangeView);
}

/** Sources of the fields that show cases. */
export interface OccurrencesView {
  readonly of: Occurrences;
  readonly reading: Reading;
}
export interface TimesView {
  readonly of: ElapsedTimes;
  readonly reading: Reading;
}
export interface RecurrencesView {
  readonly of: Recurrences;
  readonly reading: Reading;
}
export interface ImprovementsView {
  readonly of: Improvements;
}
export interface ReportsView {
  readonly of: Punctuality<ReportDeadline>;
  readonly reading: Reading;
}

function timesView(of: ElapsedTimes, reading: Reading) {
  const { counted, open, missing, meanMs, percentile90Ms } = of;
  return { counted, open, missing, mean: measureView(meanMs, durationRangeView), percentile90: measureView(percentile90Ms, durationRangeView), of, reading };
}

function punctualityView({ inTime, late, notDone, notDue, share }: Punctuality<unknown>) {
  return { inTime: countRangeView(inTime), late: countRangeView(late), notDone, notDue, share: measureView(share, exactRangeView) };
}

function countRangeView({ value, before, change }: CountRange) {
  return { value: intRangeView(value), before: intRangeView(before), change: intRangeView(change) };
}
function intRangeView({ min, max }: Range<number>) {
  return { min, max, exact: min === max };
}

function measureView<View>({ value, before, change }: Measure, show: (range: NonNullable<Measure["value"]>) => View) {
  const shown = (range: Measure["value"]): View | null => (range === undefined ? null : show(range));
  return { value: shown(value), before: shown(before), change: shown(change) };
}

export function timeCaseView(each: TimeCase, reading: Reading) {
  const { incident, startedBy, from, state } = each;
  return {
    incident: incidentView(incident, reading), state, startedBy, from: whenView(from), to: state === "counted" ? whenView(each.to) : null,
    elapsed: state === "missing" ? null : durationRangeView(each.elapsedMs),
  };
}

export function recurrenceView({ incident, cause, earlier }: Recurrence, reading: Reading) {
  return {
    incident: incidentView(incident, reading), ...cause,
    earlier: earlier.map((each) => ({ incident: incidentView(each.incident, reading), improvements: each.improvements.map(improvementCaseView) })),
  };
}

export function improvementCaseView({ improvement, completed, state }: PromisedImprovement) {
  const { incidentId, entryId, text, promisedAt, dueAt, completedAt } = improvement;
  return {
    incidentId, completedAt: whenOrNull(completed), state,
    improvement: { id: entryId, text: textView(text), promisedAt: whenView(promisedAt), dueAt, completedAt: whenOrNull(completedAt) },
  };
}

export function reportCaseView({ incident, resolved, filed, dueBefore, state }: ReportDeadline, reading: Reading) {
  return { incident: incidentView(incident, reading), resolvedAt: whenView(resolved), filedAt: whenOrNull(filed), dueBefore: whenView(dueBefore), state };
}
