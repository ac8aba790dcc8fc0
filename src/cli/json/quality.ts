import type { IncidentRow } from "../../../projections/rows.js";
import type { Json } from "../../kernel/json.js";
import type { Punctuality } from "../../reports/quality/deadline.js";
import { TIME_INDICATORS, type ElapsedTimes, type TimeCase } from "../../reports/quality/elapsed.js";
import type { CountRange, Measure } from "../../reports/quality/figure.js";
import type { PromisedImprovement } from "../../reports/quality/improvements.js";
import type { Occurrences } from "../../reports/quality/occurrences.js";
import type { Recurrences } from "../../reports/quality/recurrences.js";
import type { QualityIndicators } from "../../reports/quality/report.js";
import { exactJson, instantJson, knowledgeJson, rangeJson, whenJson } from "./values.js";

type Fields = { readonly [key: string]: Json };

/** The quality indicators as `indicators --json`. Milliseconds and shares are exact numbers; `change` is null where it is not comparable. With `explain`, the incidents behind each figure. */
export function qualityJson(report: QualityIndicators, explain: boolean): Json {
  const { period, covered, before, asOf, zone, label, provisional, knowledge, notUnderstood, occurrences, months, times, recurrences, improvements, reports } = report;
  const serviceLevels = report.serviceLevels();
  return {
    period: { label, ...spanJson(period) },
    before: { label: before.label, ...spanJson(before.period) },
    covered: spanJson(covered),
    zone,
    asOf: instantJson(asOf),
    knowledge: knowledgeJson(knowledge),
    provisional,
    incomplete: notUnderstood.length > 0,
    occurrences: occurrencesJson(occurrences, explain),
    months: months.map((each) => ({ month: each.month, ...spanJson(each.span), incidents: each.incidents, disruptions: each.disruptions, bySeverity: each.bySeverity.map((row) => ({ ...row, severity: row.severity ?? null })) })),
    times: Object.fromEntries(TIME_INDICATORS.map((indicator) => [indicator, timesJson(times[indicator], explain)])),
    recurrences: recurrencesJson(recurrences),
    improvements: {
      ...punctualityJson(improvements), undated: { ...improvements.undated },
      ...(explain && { cases: improvements.cases().map(improvementJson), undatedCases: improvements.undatedCases().map(improvementJson) }),
    },
    reports: {
      ...punctualityJson(reports),
      ...(explain && { cases: reports.cases().map(({ incident, resolved, filed, dueBefore, state }) => ({ ...incidentJson(incident), resolved: whenJson(resolved), filed: filed === undefined ? null : whenJson(filed), dueBefore: whenJson(dueBefore), state })) }),
    },
    serviceLevels: serviceLevels === undefined ? null : measureJson(serviceLevels),
  };
}

function occurrencesJson({ incidents, disruptions, bySeverity, cases }: Pick<Occurrences, "incidents" | "disruptions" | "bySeverity"> & { readonly cases: () => ReturnType<Occurrences["cases"]> }, explain: boolean): Fields {
  const counted = explain ? cases() : undefined;
  return {
    incidents: { ...incidents }, disruptions: { ...disruptions },
    bySeverity: bySeverity.map((each) => ({ severity: each.severity ?? null, incidents: { ...each.incidents }, disruptions: { ...each.disruptions } })),
    ...(counted !== undefined && {
      incidentCases: counted.incidents.map(({ row, severity }) => ({ ...incidentJson(row), severity: severity ?? null })),
      disruptionCases: counted.disruptions.map(({ row: { incidentId, disruptionId, serviceId, start }, severity }) => ({ incidentId, disruptionId, serviceId, start: whenJson(start), severity: severity ?? null })),
    }),
  };
}

function timesJson(times: ElapsedTimes, explain: boolean): Fields {
  const { counted, open, missing, meanMs, percentile90Ms } = times;
  return {
    counted: { ...counted }, open: { ...open }, missing: { ...missing }, meanMs: measureJson(meanMs), percentile90Ms: measureJson(percentile90Ms),
    ...(explain && { cases: times.cases().map(timeCaseJson) }),
  };
}

function timeCaseJson(each: TimeCase): Fields {
  const { incident, state, startedBy, from } = each;
  return {
    ...incidentJson(incident), state, startedBy, from: whenJson(from), to: state === "counted" ? whenJson(each.to) : null,
    elapsedMs: state === "missing" ? null : { min: each.elapsedMs.min, max: each.elapsedMs.max },
  };
}

function recurrencesJson(recurrences: Recurrences): Fields {
  return {
    count: { ...recurrences.count }, causeUnknown: { ...recurrences.causeUnknown },
    cases: recurrences.cases().map(({ incident, cause, earlier }) => ({
      ...incidentJson(incident), category: cause.category, party: cause.party,
      earlier: earlier.map((each) => ({ ...incidentJson(each.incident), improvements: each.improvements.map(improvementJson) })),
    })),
  };
}

function improvementJson({ improvement, completed, state }: PromisedImprovement): Fields {
  const { incidentId, entryId, text, promisedAt, dueAt } = improvement;
  return {
    incidentId, entryId, text: text.text, promised: whenJson(promisedAt), due: dueAt === undefined ? null : instantJson(dueAt), completed: completed === undefined ? null : whenJson(completed), state: state ?? null,
  };
}

function punctualityJson({ inTime, late, notDone, notDue, share }: Punctuality<unknown>): Fields {
  return { inTime: countRangeJson(inTime), late: countRangeJson(late), notDone: { ...notDone }, notDue: { ...notDue }, share: measureJson(share) };
}

function countRangeJson({ value, before, change }: CountRange): Fields {
  return { value: { ...value }, before: { ...before }, change: { ...change } };
}
function measureJson({ value, before, change }: Measure): Fields {
  const json = (range: Measure["value"]): Json => (range === undefined ? null : rangeJson(range, exactJson));
  return { value: json(value), before: json(before), change: json(change) };
}

function incidentJson({ incidentId, title, occurredAt }: IncidentRow): Fields {
  return { incidentId, title, occurred: whenJson(occurredAt) };
}
function spanJson({ start, end }: QualityIndicators["period"]): { readonly start: string; readonly end: string } {
  return { start: instantJson(start), end: instantJson(end) };
}
