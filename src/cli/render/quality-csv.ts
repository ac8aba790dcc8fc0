import type { Severity } from "../../../projections/rows.js";
import { toFlooredDecimal, type Rational } from "../../kernel/rational.js";
import type { Punctuality } from "../../reports/quality/deadline.js";
import { TIME_INDICATORS } from "../../reports/quality/elapsed.js";
import type { Count, CountRange, Measure } from "../../reports/quality/figure.js";
import type { QualityIndicators } from "../../reports/quality/report.js";
import { earliestOf, latestOf, type When } from "../../time/when.js";
import { toZonedText } from "../../time/text.js";
import { csvText, type CsvField } from "../csv.js";

/** Decimals of what is no whole number; cut. */
const DECIMALS = 6;

const FIGURES = ["period", "indicator", "severity", "statistic", "unit", "min", "max", "before_min", "before_max", "change_min", "change_max"];
const CASES = ["period", "indicator", "incident", "title", "severity", "state", "started_by", "from_earliest", "from_latest", "to_earliest", "to_latest", "min_ms", "max_ms"];

/** The figures, a record each; in the words of the schema, so that the columns mean the same in any language. An empty change is not comparable. */
export function figuresCsv(report: QualityIndicators): string {
  const { label, occurrences, months, times, recurrences, improvements, reports } = report;
  const serviceLevels = report.serviceLevels();
  const records = [
    ...(["incidents", "disruptions"] as const).flatMap((what) => [
      counted([label, what, "all", "count"], occurrences[what]),
      ...occurrences.bySeverity.map((each) => counted([label, what, severityWord(each.severity), "count"], each[what])),
    ]),
    ...(months.length === 1 ? [] : months.flatMap((month) => (["incidents", "disruptions"] as const).flatMap((what) => [
      [month.month, what, "all", "count", "count", month[what], month[what]],
      ...month.bySeverity.map((each) => [month.month, what, severityWord(each.severity), "count", "count", each[what], each[what]]),
    ]))),
    ...TIME_INDICATORS.flatMap((indicator) => {
      const { counted: measured, open, missing, meanMs, percentile90Ms } = times[indicator];
      const head = (statistic: string): string[] => [label, `time-to-${indicator}`, "all", statistic];
      return [
        counted(head("counted"), measured), counted(head("open"), open), counted(head("missing"), missing), measuredIn("ms", head("mean"), meanMs), measuredIn("ms", head("percentile-90"), percentile90Ms),
      ];
    }),
    counted([label, "recurrences", "all", "count"], recurrences.count), counted([label, "recurrences", "all", "cause-unknown"], recurrences.causeUnknown),
    ...deadlines([label, "improvements", "all"], improvements), counted([label, "improvements", "all", "undated"], improvements.undated),
    ...deadlines([label, "reports", "all"], reports),
    ...(serviceLevels === undefined ? [] : [measuredIn("share", [label, "service-levels", "all", "share"], serviceLevels)]),
  ];
  return csvText(FIGURES, records);
}

/** The incidents behind the figures, a record for each that each figure counts. */
export function casesCsv({ label, zone, occurrences, times, recurrences, improvements, reports }: QualityIndicators): string {
  const ends = (when: When | undefined): CsvField[] => (when === undefined ? [undefined, undefined] : [toZonedText(earliestOf(when), zone), toZonedText(latestOf(when), zone)]);
  const records: (readonly CsvField[])[] = [
    ...occurrences.cases().incidents.map(({ row, severity }) => [label, "incidents", row.incidentId, row.title, severityWord(severity), "counted", "occurred", ...ends(row.occurredAt)]),
    ...TIME_INDICATORS.flatMap((indicator) => times[indicator].cases().map((each) => [
      label, `time-to-${indicator}`, each.incident.incidentId, each.incident.title, undefined, each.state, each.startedBy, ...ends(each.from), ...ends(each.state === "counted" ? each.to : undefined),
      ...(each.state === "missing" ? [] : [each.elapsedMs.min, each.elapsedMs.max]),
    ])),
    ...recurrences.cases().flatMap(({ incident, earlier }) => earlier.map((each) => [label, "recurrences", incident.incidentId, incident.title, undefined, "recurs", each.incident.incidentId, ...ends(each.incident.occurredAt), ...ends(incident.occurredAt)])),
    ...[...improvements.cases(), ...improvements.undatedCases()].map(({ improvement, completed, state }) => [
      label, "improvements", improvement.incidentId, improvement.text.text, undefined, state ?? "undated", improvement.entryId, ...ends(improvement.dueAt), ...ends(completed),
    ]),
    ...reports.cases().map(({ incident, resolved, filed, state }) => [label, "reports", incident.incidentId, incident.title, undefined, state, "resolved", ...ends(resolved), ...ends(filed)]),
  ];
  return csvText(CASES, records);
}

function severityWord(severity: Severity | undefined): string {
  return severity ?? "not-assigned";
}

function counted(head: readonly string[], { value, before, change }: Count): CsvField[] {
  return [...head, "count", value, value, before, before, change, change];
}
function countedRange(head: readonly string[], { value, before, change }: CountRange): CsvField[] {
  return [...head, "count", value.min, value.max, before.min, before.max, change.min, change.max];
}
function measuredIn(unit: string, head: readonly string[], { value, before, change }: Measure): CsvField[] {
  return [...head, unit, ...[value, before, change].flatMap((range) => (range === undefined ? [undefined, undefined] : [decimal(range.min), decimal(range.max)]))];
}

function deadlines(head: readonly string[], { inTime, late, notDone, notDue, share }: Punctuality<unknown>): CsvField[][] {
  return [
    countedRange([...head, "in-time"], inTime), countedRange([...head, "late"], late), counted([...head, "not-done"], notDone), counted([...head, "not-due"], notDue), measuredIn("share", [...head, "share"], share),
  ];
}

/** Whole, or with DECIMALS. */
function decimal(value: Rational): string {
  return value.denominator === 1n ? value.numerator.toString() : toFlooredDecimal(value, DECIMALS);
}
