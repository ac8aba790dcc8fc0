import { expect } from "chai";
import fc from "fast-check";
import { instant, ordinal, type Instant } from "../../../src/kernel/brand.js";
import { compare, rational, subtract, toExactText, type Rational } from "../../../src/kernel/rational.js";
import { qualityIndicators } from "../../../src/reports/quality/indicators.js";
import type { ElapsedTimes } from "../../../src/reports/quality/elapsed.js";
import type { Measure } from "../../../src/reports/quality/figure.js";
import type { QualityIndicators } from "../../../src/reports/quality/report.js";
import { periodBefore, periodBetween, type Period } from "../../../src/time/period.js";
import { ROME } from "../../../src/time/zone.js";
import { foldedLedger } from "../folded-ledger.js";
import { period } from "./incidents.js";
import { naivePeriod, type NaivePeriod, type NaiveTimes } from "./naive.js";
import { EPOCH, ledgerOf, plans, type Plan } from "./plans.js";

const DAY_MS = 86_400_000;
const free = fc.tuple(fc.integer({ min: 60, max: 400 }), fc.integer({ min: 1, max: 300 }), fc.nat(23)).map(([day, days, hour]) => {
  const made = periodBetween(instant(EPOCH + day * DAY_MS + hour * 3_600_000), instant(EPOCH + (day + days) * DAY_MS), ROME);
  return made.ok ? made.value : period("2019-09");
});
const calendar = fc.constantFrom("2019-02", "2019-08", "2019-09", "2019-10", "2020-03", "2019-Q2", "2019-Q4", "2020-Q1", "2019", "2020", "2019-09-25").map((text) => period(text));
const question = fc.record({ plans, noise: fc.array(fc.integer({ min: -1, max: 30 }), { maxLength: 40 }), period: fc.oneof(calendar, calendar, free), days: fc.option(fc.nat(400), { nil: undefined }) });

interface Asked {
  readonly plans: readonly Plan[];
  readonly noise: readonly number[];
  readonly period: Period;
  readonly days: number | undefined;
}
const LAST = instant(EPOCH + 4000 * DAY_MS);

function asked({ plans: all, noise, period: over, days }: Asked): { readonly report: QualityIndicators; readonly asOf: Instant; readonly questions: number } {
  let questions = 0;
  const events = ledgerOf(all, noise);
  const knowledge = { knownAt: { kind: "now" }, ordinal: ordinal(events.length), position: undefined, provisional: true, instant: LAST } as const;
  const asOf = days === undefined ? LAST : instant(over.span.start + days * DAY_MS + 10 * 3_600_000);
  const report = qualityIndicators(foldedLedger(events, knowledge, () => (questions += 1)), { period: over, ...(days !== undefined && { asOf }) });
  return { report, asOf, questions };
}

/** What the report says of its period, in the words of the naive one. */
function said(report: QualityIndicators): Omit<NaivePeriod, "times"> & { readonly times: Readonly<Record<string, Omit<NaiveTimes, "values">>> } {
  const { occurrences, times, recurrences, improvements, reports } = report;
  return {
    counts: Object.fromEntries(occurrences.bySeverity.map(({ severity, incidents, disruptions }) => [severity ?? "-", [incidents.value, disruptions.value]])),
    times: Object.fromEntries(Object.entries(times).map(([name, each]) => [name, casesSaid(each)])),
    recurrences: recurrences.cases().map(({ incident, earlier }) => [incident.incidentId, ...earlier.map((each) => each.incident.incidentId)]),
    causeUnknown: recurrences.causeUnknown.value,
    improvements: improvements.cases().map(({ improvement, state }) => `${improvement.incidentId}/${improvement.entryId}: ${state}`),
    undated: improvements.undatedCases().map(({ improvement }) => `${improvement.incidentId}/${improvement.entryId}`),
    reports: reports.cases().map(({ incident, state }) => `${incident.incidentId}: ${state}`),
  };
}
function casesSaid(times: ElapsedTimes): Omit<NaiveTimes, "values"> {
  const cases = times.cases();
  const inState = (state: "open" | "missing"): string[] => cases.flatMap((each) => (each.state === state ? [each.incident.incidentId] : []));
  return { counted: cases.flatMap((each) => (each.state === "counted" ? [`${each.incident.incidentId}: ${each.elapsedMs.min}–${each.elapsedMs.max}`] : [])), open: inState("open"), missing: inState("missing") };
}
/** Lists that are in the order of time are compared as sets: times may be the same. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return [...value].sort();
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, key === "counts" ? each : sorted(each)])) : value;
}
function withoutValues({ times, ...naive }: NaivePeriod): unknown {
  return { ...naive, times: Object.fromEntries(Object.entries(times).map(([name, { counted, open, missing }]) => [name, { counted, open, missing }])) };
}

type Pair = readonly [Rational, Rational] | undefined;
const text = (pair: Pair): readonly string[] | undefined => pair?.map(toExactText);

function naiveMean({ values }: NaiveTimes): Pair {
  if (values.length === 0) return undefined;
  const of = (side: 0 | 1): Rational => rational(values.reduce((sum, value) => sum + value[side], 0), values.length);
  return [of(0), of(1)];
}
/** The least value that at least nine in ten do not exceed. */
function naivePercentile({ values }: NaiveTimes): Pair {
  const of = (side: 0 | 1): number | undefined => {
    const all = values.map((value) => value[side]);
    return [...new Set(all)].sort((a, b) => a - b).find((each) => all.filter((other) => other <= each).length * 10 >= all.length * 9);
  };
  const [least, most] = [of(0), of(1)];
  return least === undefined || most === undefined ? undefined : [rational(least), rational(most)];
}
function naiveShare(states: readonly string[]): Pair {
  const ending = (...ends: readonly string[]): number => states.filter((state) => ends.some((end) => state.endsWith(`: ${end}`))).length;
  const due = states.length - ending("not-due");
  return due === 0 ? undefined : [rational(ending("in-time"), due), rational(ending("in-time", "undetermined"), due)];
}
/** The figure, the one before, and the least and the greatest of all differences. */
function expectMeasure({ value, before, change }: Measure, naive: Pair, naiveBefore: Pair, what: string): void {
  const differences = (naive ?? []).flatMap((now) => (naiveBefore ?? []).map((then) => subtract(now, then))).sort(compare);
  const [least, most] = [differences[0], differences.at(-1)];
  expect([value && text([value.min, value.max]), before && text([before.min, before.max]), change && text([change.min, change.max])], what)
    .to.deep.equal([text(naive), text(naiveBefore), least === undefined || most === undefined ? undefined : text([least, most])]);
}

describe("quality indicators of random histories", () => {
  it("are those that a second implementation finds by trying every corner of every band", () => {
    let [found, recurred] = [0, 0];
    fc.assert(fc.property(question, (asking) => {
      const { report, asOf } = asked(asking);
      const naive = naivePeriod(asking.plans, asking.period.span, asOf);
      const before = naivePeriod(asking.plans, periodBefore(asking.period).span, asOf);
      expect(sorted(said(report))).to.deep.equal(sorted(withoutValues(naive)));
      for (const [name, times] of Object.entries(report.times)) {
        const [now, then] = [naive.times[name] ?? expect.fail(name), before.times[name] ?? expect.fail(name)];
        expectMeasure(times.meanMs, naiveMean(now), naiveMean(then), `mean time to ${name}`);
        expectMeasure(times.percentile90Ms, naivePercentile(now), naivePercentile(then), `90th percentile of the time to ${name}`);
        expect([times.counted, times.open, times.missing].map((each) => each.before), name).to.deep.equal([then.counted.length, then.open.length, then.missing.length]);
        found += now.values.length;
      }
      expectMeasure(report.improvements.share, naiveShare(naive.improvements), naiveShare(before.improvements), "improvements");
      expectMeasure(report.reports.share, naiveShare(naive.reports), naiveShare(before.reports), "reports");
      expect([report.recurrences.count.before, report.recurrences.causeUnknown.before]).to.deep.equal([before.recurrences.length, before.causeUnknown]);
      recurred += naive.recurrences.length;
    }), { numRuns: 1500 });
    expect(found, "there is something to find").to.be.greaterThan(3000);
    expect(recurred, "and to recur").to.be.greaterThan(150);
  });

  it("add up: severities and months to the whole, the states of the cases to their number", () => {
    fc.assert(fc.property(question, (asking) => {
      const { report: { occurrences, months, times, improvements, reports } } = asked(asking);
      const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);
      for (const what of ["incidents", "disruptions"] as const) {
        for (const side of ["value", "before", "change"] as const) expect(total(occurrences.bySeverity.map((each) => each[what][side]))).to.equal(occurrences[what][side]);
        expect(total(months.map((month) => month[what]))).to.equal(occurrences[what].value);
        for (const month of months) expect(total(month.bySeverity.map((each) => each[what]))).to.equal(month[what]);
      }
      for (const each of Object.values(times)) {
        const { counted, open, missing } = each;
        expect(counted.value + open.value + missing.value).to.equal(occurrences.incidents.value);
        expect(each.cases()).to.have.length(occurrences.incidents.value);
      }
      for (const each of [improvements, reports]) expect(each.inTime.value.min + each.late.value.max + each.notDone.value + each.notDue.value).to.equal(each.cases().length);
    }), { numRuns: 300 });
  });

  it("give one period what the next one has before it, and the same answer twice", () => {
    fc.assert(fc.property(question, (asking) => {
      const { report, asOf, questions } = asked({ ...asking, days: undefined });
      const then = asked({ ...asking, period: periodBefore(asking.period), days: undefined }).report;
      const measures = ({ times, improvements, reports }: QualityIndicators): readonly Measure[] => [...Object.values(times).flatMap((each) => [each.meanMs, each.percentile90Ms]), improvements.share, reports.share];
      expect(measures(report).map(({ before }) => before)).to.deep.equal(measures(then).map(({ value }) => value));
      expect([report.occurrences.incidents.before, report.recurrences.count.before]).to.deep.equal([then.occurrences.incidents.value, then.recurrences.count.value]);
      expect(said(asked({ ...asking, days: undefined }).report)).to.deep.equal(said(report));
      expect([asOf, questions <= 10]).to.deep.equal([LAST, true]);
    }), { numRuns: 200 });
  });
});
