import type { IncidentId, Instant } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import type { Rational } from "../../kernel/rational.js";
import { monthsWithin, periodBefore, type Period } from "../../time/period.js";
import { once } from "../evaluated.js";
import { frameOf, questionOf } from "../frame-of.js";
import type { ProvisionalReason } from "../frame.js";
import type { Range } from "../range.js";
import { elapsedTimes, TIME_INDICATORS, timeOf, type ElapsedTimes, type TimeIndicator } from "./elapsed.js";
import { measure, share, type Measure } from "./figure.js";
import { filedReports } from "./filed-reports.js";
import { improvementAsOf, improvementsOf, type PromisedImprovement } from "./improvements.js";
import { loadMaterial, type QualityMaterial, type QualityQueries } from "./material.js";
import { occurrences, occurrencesIn } from "./occurrences.js";
import { recurrencesOf } from "./recurrences.js";
import type { QualityIndicators, QualityOptions, ServiceLevels } from "./report.js";

/**
 * The quality indicators of a period with the change from the one before. Loads all it needs in a number of statements that does not depend on how many
 * incidents there are. Throws LedgerError INVALID_PERIOD where the period begins after the time as of which it is asked.
 */
export function qualityIndicators(ledger: QualityQueries, { period, asOf: asked, serviceLevels }: QualityOptions): QualityIndicators {
  const question = questionOf(ledger, { period: period.span, zone: period.zone, ...(asked !== undefined && { asOf: asked }) });
  const { asOf } = question;
  if (asOf < period.span.start) throw notBegun(period, asOf, asked !== undefined);
  const before = periodBefore(period);
  const material = loadMaterial(ledger, { period, before, asOf });
  const spans = { period: period.span, before: before.span, zone: period.zone };
  const occurred = material.occurred(period.span);
  const figures = {
    label: period.label,
    before: { label: before.label, period: before.span, zone: before.zone },
    occurrences: occurrences(occurred, material.occurred(before.span)),
    months: monthsWithin(period.span, period.zone).map((month) => occurrencesIn(month, occurred)),
    times: timesOf(material, period, before, asOf),
    recurrences: recurrencesOf(material.courses, spans, (ids) => promisedFor(ledger, ids, asOf)),
    improvements: improvementsOf(material.improvements.flatMap((each) => improvementAsOf(each, asOf) ?? []), period.span, before.span),
    reports: filedReports(material.courses, { ...spans, asOf }),
    serviceLevels: once(() => serviceLevels && levelsMet(serviceLevels(period), serviceLevels(before))),
  };
  const frame = frameOf(question, false, material.notUnderstood);
  return { ...frame, ...figures, provisional: [...frame.provisional, ...stillToCome(material, figures, before.span.start)] };
}

function timesOf(material: QualityMaterial, period: Period, before: Period, asOf: Instant): QualityIndicators["times"] {
  const [now, then] = [material.disrupted(period.span), material.disrupted(before.span)];
  const of = (indicator: TimeIndicator): ElapsedTimes => elapsedTimes(now.map((each) => timeOf(indicator, each, asOf)), then.map((each) => timeOf(indicator, each, asOf)));
  return { detect: of("detect"), acknowledge: of("acknowledge"), inform: of("inform"), restore: of("restore") };
}

function promisedFor(ledger: QualityQueries, ids: readonly IncidentId[], asOf: Instant): ReadonlyMap<IncidentId, readonly PromisedImprovement[]> {
  const promised = [...ledger.improvementsOfIncidents(ids)].map(([id, rows]) => [id, rows.flatMap((row) => improvementAsOf(row, asOf) ?? [])] as const);
  return new Map(promised);
}

function levelsMet(now: ServiceLevels | undefined, before: ServiceLevels | undefined): Measure {
  const of = (levels: ServiceLevels | undefined): Range<Rational> | undefined => levels && share({ min: levels.met, max: levels.met + levels.undetermined }, levels.assessed);
  return measure(of(now), of(before));
}

/** What may change these figures as time goes by: an incident or a disruption that goes on, a term that is not over. */
function stillToCome({ courses }: QualityMaterial, { times, improvements, reports }: Pick<QualityIndicators, "times" | "improvements" | "reports">, from: Instant): readonly ProvisionalReason[] {
  const isOpen = courses.some(({ incident: { started }, resolved }) => started >= from && resolved === undefined) || TIME_INDICATORS.some((each) => times[each].open.value + times[each].open.before > 0);
  const isAhead = [improvements, reports].some(({ notDue }) => notDue.value + notDue.before > 0);
  return [...(isOpen ? (["incident-open"] as const) : []), ...(isAhead ? (["deadline-ahead"] as const) : [])];
}

function notBegun({ span: { start }, label }: Period, asOf: Instant, asked: boolean): LedgerError {
  const [begins, then] = [new Date(start).toISOString(), new Date(asOf).toISOString()];
  const message = `the period ${label} begins at ${begins}, after ${then}, ${asked ? "as of which it is asked" : "up to which the ledger is known"}: nothing of it had happened; ask for an earlier period, or with a later asOf`;
  return new LedgerError({ code: "INVALID_PERIOD", field: asked ? "asOf" : "period", params: { period: label, asOf: then }, message });
}
