import { expect } from "chai";
import { incidentId } from "../../../src/kernel/brand.js";
import { LedgerError } from "../../../src/kernel/errors.js";
import { rational, compare, type Rational } from "../../../src/kernel/rational.js";
import { qualityIndicators } from "../../../src/reports/quality/indicators.js";
import type { Measure } from "../../../src/reports/quality/figure.js";
import type { QualityIndicators, QualityOptions } from "../../../src/reports/quality/report.js";
import type { Range } from "../../../src/reports/range.js";
import { periodBetween, type Period } from "../../../src/time/period.js";
import { ROME } from "../../../src/time/zone.js";
import { at } from "../../support/given.js";
import { decidedCase, type OpenCase, type ReportCase } from "../report-case.js";
import { storedCase } from "../stored-case.js";
import { period, rome, STORIES, told } from "./incidents.js";

const RECORDED = "2020-03-01T09:00:00Z";
const MINUTE = 60_000;

const CASES: readonly (readonly [string, OpenCase])[] = [["decided and folded", decidedCase], ["stored and read from the read models", storedCase]];

/** In so many milliseconds, as a decimal; `least…most` where they differ. */
function exact(range: Range<Rational> | undefined, unit: number): string | undefined {
  if (range === undefined) return undefined;
  const decimal = ({ numerator, denominator }: Rational): string => String(Number(numerator) / Number(denominator) / unit);
  return compare(range.min, range.max) === 0 ? decimal(range.min) : `${decimal(range.min)}…${decimal(range.max)}`;
}
function minutes({ value, before, change }: Measure): readonly (string | undefined)[] {
  return [exact(value, MINUTE), exact(before, MINUTE), exact(change, MINUTE)];
}
function timesOf({ times }: QualityIndicators, which: keyof QualityIndicators["times"]) {
  const { counted, open, missing, meanMs, percentile90Ms } = times[which];
  return { counted: counted.value, open: open.value, missing: missing.value, mean: minutes(meanMs), percentile90: minutes(percentile90Ms) };
}
const one = (value: number, before: number) => ({ value, before, change: value - before });
const certain = (value: number, before: number) => ({ value: { min: value, max: value }, before: { min: before, max: before }, change: { min: value - before, max: value - before } });

for (const [how, openCase] of CASES) {
  describe(`quality indicators, ${how}`, () => {
    let ledger: ReportCase;
    let qualityOf: (over: Period, options?: Omit<QualityOptions, "period">) => QualityIndicators;
    const ask = (text: string, options: Omit<QualityOptions, "period"> = {}): QualityIndicators => qualityOf(period(text), options);
    before(async () => {
      ledger = await openCase();
      for (const [name, story] of Object.entries(STORIES)) await ledger.record({ at: RECORDED }, ...told(name, story));
      const known = await ledger.known(RECORDED);
      qualityOf = (over, options = {}) => qualityIndicators(known, { period: over, ...options });
    });
    after(() => ledger.close());

    it("count incidents and disruptions by severity, beside the month before", () => {
      const { occurrences, months, label, before } = ask("2019-09");
      expect([label, before.label]).to.deep.equal(["2019-09", "2019-08"]);
      expect([occurrences.incidents, occurrences.disruptions]).to.deep.equal([one(2, 1), one(3, 1)]);
      expect(occurrences.bySeverity.map(({ severity, incidents, disruptions }) => [severity, incidents.value, disruptions.value, incidents.change])).to.deep.equal([
        ["critical", 1, 2, 1], ["high", 0, 0, 0], ["medium", 0, 0, 0], ["low", 0, 0, -1], [undefined, 1, 1, 1],
      ]);
      expect(occurrences.cases().incidents.map(({ row, severity }) => [row.incidentId, severity])).to.deep.equal([["posta-settembre", undefined], ["cloud-settembre", "critical"]]);
      expect(occurrences.cases().disruptions.map(({ row }) => `${row.incidentId}/${row.disruptionId}`)).to.have.members(["posta-settembre/d0", "cloud-settembre/d0", "cloud-settembre/d1"]);
      expect(months.map(({ month, incidents }) => [month, incidents])).to.deep.equal([["2019-09", 2]]);
    });

    it("count month by month what adds up to the quarter", () => {
      const { occurrences, months, before } = ask("2019-Q3");
      expect(before.label).to.equal("2019-Q2");
      expect(months.map(({ month, incidents, disruptions }) => [month, incidents, disruptions])).to.deep.equal([["2019-07", 0, 0], ["2019-08", 1, 1], ["2019-09", 2, 3]]);
      expect([occurrences.incidents, occurrences.disruptions]).to.deep.equal([one(3, 0), one(4, 0)]);
      expect(months[2]?.bySeverity).to.deep.include({ severity: "critical", incidents: 1, disruptions: 2 });
    });

    it("measure the time to detect, to acknowledge, to inform and to restore", () => {
      const report = ask("2019-09");
      // Detected after 10 minutes, in August after an hour; of the posta nobody recorded it.
      expect(timesOf(report, "detect")).to.deep.equal({ counted: 1, open: 0, missing: 1, mean: ["10", "60", "-50"], percentile90: ["10", "60", "-50"] });
      // 08:40, the first notification in time though not in the ledger, to 09:10.
      expect(timesOf(report, "acknowledge")).to.deep.equal({ counted: 1, open: 0, missing: 1, mean: ["30", "60", "-30"], percentile90: ["30", "60", "-30"] });
      // Detected 08:20, members informed first at 09:00.
      expect(timesOf(report, "inform")).to.deep.equal({ counted: 1, open: 0, missing: 1, mean: ["40", "30", "10"], percentile90: ["40", "30", "10"] });
      // 08:40 to 12:10 is 210 minutes, 10:30 (reported; the supplier was not notified) to 11:00 is 30; by nearest rank the 2nd of 2.
      expect(timesOf(report, "restore")).to.deep.equal({ counted: 2, open: 0, missing: 0, mean: ["120", "240", "-120"], percentile90: ["210", "240", "-30"] });
    });

    it("explain each time by its incidents", () => {
      const { times } = ask("2019-09");
      expect(times.restore.cases().map((each) => [each.incident.incidentId, each.startedBy, each.from, each.state, each.state === "counted" ? each.to : undefined])).to.deep.equal([
        ["posta-settembre", "reported", rome("2019-09-10 10:30"), "counted", rome("2019-09-10 11:00")],
        ["cloud-settembre", "supplier-notified", rome("2019-09-25 08:40"), "counted", rome("2019-09-25 12:10")],
      ]);
      expect(times.detect.cases().map(({ incident, startedBy, state }) => [incident.incidentId, startedBy, state])).to.deep.equal([["posta-settembre", "occurred", "missing"], ["cloud-settembre", "occurred", "counted"]]);
    });

    it("find recurrences within six months, up to the minute, with what had been promised", () => {
      const { recurrences } = ask("2019-09");
      expect([recurrences.count, recurrences.causeUnknown]).to.deep.equal([one(1, 1), one(1, 0)]);
      const [only] = recurrences.cases();
      expect([only?.incident.incidentId, only?.cause]).to.deep.equal([incidentId("cloud-settembre"), { category: "network", party: "supplier" }]);
      expect(only?.earlier.map(({ incident, improvements }) => [incident.incidentId, improvements.map(({ state }) => state)])).to.deep.equal([
        ["posta-agosto", [undefined, "in-time", "not-done"]], ["rete-marzo-0810", [undefined, "late"]],
      ]);
    });

    it("tell which promised improvements that were due were done in time, and list those without a date apart", () => {
      const { improvements } = ask("2019-09");
      expect([improvements.inTime, improvements.late, improvements.notDone, improvements.notDue, improvements.undated]).to.deep.equal([certain(1, 0), certain(0, 0), one(1, 0), one(0, 0), one(1, 0)]);
      expect([exact(improvements.share.value, 1), improvements.share.before, improvements.share.change]).to.deep.equal(["0.5", undefined, undefined]);
      expect(improvements.cases().map(({ improvement, state, completed }) => [improvement.incidentId, improvement.entryId, state, completed])).to.deep.equal([
        ["posta-agosto", "m0", "in-time", rome("2019-09-15 23:59")], ["posta-agosto", "m1", "not-done", undefined],
      ]);
      expect(improvements.undatedCases().map(({ improvement, state }) => [improvement.entryId, state])).to.deep.equal([["m2", undefined]]);
      expect(ask("2019-Q3").improvements.late).to.deep.equal(certain(0, 1));
    });

    it("tell which reports were filed by the end of the 30th day after the resolution", () => {
      const { reports } = ask("2019-09");
      expect([reports.inTime, reports.late, reports.notDone, reports.notDue]).to.deep.equal([certain(1, 1), certain(1, 0), one(0, 0), one(0, 0)]);
      expect([exact(reports.share.value, 1), exact(reports.share.before, 1), exact(reports.share.change, 1)]).to.deep.equal(["0.5", "1", "-0.5"]);
      expect(reports.cases().map(({ incident, filed, dueBefore, state }) => [incident.incidentId, filed, dueBefore, state])).to.deep.equal([
        ["posta-settembre", rome("2019-10-11 00:00"), rome("2019-10-11 00:00"), "late"], ["cloud-settembre", rome("2019-10-21 10:00"), rome("2019-10-26 00:00"), "in-time"],
      ]);
      expect(ask("2019-03").reports.notDone.value).to.equal(2);
    });

    it("leave out what happened after the time as of which they are asked", () => {
      const report = ask("2019-09", { asOf: at("2019-09-25T09:00:00+02:00") });
      expect(report.occurrences.bySeverity.map(({ severity, incidents }) => [severity, incidents.value])).to.deep.equal([["critical", 0], ["high", 1], ["medium", 0], ["low", 0], [undefined, 1]]);
      // Notified at 08:40, informed at 09:00 sharp; neither acknowledged nor restored yet: 20 minutes so far.
      expect(timesOf(report, "acknowledge")).to.deep.include({ counted: 0, open: 1, missing: 1, mean: [undefined, "60", undefined] });
      expect(timesOf(report, "inform")).to.deep.include({ counted: 1, open: 0, missing: 1, mean: ["40", "30", "10"] });
      expect(timesOf(report, "restore")).to.deep.include({ counted: 1, open: 1, missing: 0, mean: ["30", "240", "-210"] });
      expect(report.times.restore.cases()[1]).to.deep.include({ state: "open", elapsedMs: { min: 20 * MINUTE, max: 20 * MINUTE } });
      expect([report.recurrences.count.value, report.recurrences.causeUnknown.value]).to.deep.equal([0, 2]);
      expect([report.reports.notDue, report.reports.share.value]).to.deep.equal([one(1, 0), undefined]);
      expect(report.improvements.notDone.value).to.equal(1);
      expect(report.provisional).to.deep.equal(["period-not-over", "incident-open", "deadline-ahead"]);
      expect(ask("2019-09").provisional).to.deep.equal([]);
    });

    it("of a free span are beside the span of equal length before it", () => {
      const free = periodBetween(at("2019-09-20T00:00:00+02:00"), at("2019-09-30T00:00:00+02:00"), ROME);
      const report = free.ok ? qualityOf(free.value) : expect.fail("a period");
      expect([report.occurrences.incidents, report.before.period.start, report.before.period.end]).to.deep.equal([one(1, 1), at("2019-09-10T00:00:00+02:00"), at("2019-09-20T00:00:00+02:00")]);
    });

    it("take the share of service levels met from whoever assesses them", () => {
      expect(ask("2019-09").serviceLevels()).to.equal(undefined);
      const levels = (met: number, assessed: number, undetermined = 0) => ({ met, undetermined, assessed });
      const share = ask("2019-09", { serviceLevels: ({ label }) => (label === "2019-09" ? levels(3, 4) : levels(2, 2)) }).serviceLevels();
      expect([exact(share?.value, 1), exact(share?.before, 1), exact(share?.change, 1)]).to.deep.equal(["0.75", "1", "-0.25"]);
      const none = ask("2019-09", { serviceLevels: ({ label }) => (label === "2019-09" ? levels(3, 4) : undefined) }).serviceLevels();
      expect([exact(none?.value, 1), none?.before, none?.change]).to.deep.equal(["0.75", undefined, undefined]);
      const open = ask("2019-09", { serviceLevels: ({ label }) => (label === "2019-09" ? levels(2, 4, 1) : levels(1, 2, 1)) }).serviceLevels();
      expect([open?.value, open?.change], "bands leave one of them open").to.deep.equal([{ min: rational(1, 2), max: rational(3, 4) }, { min: rational(-1, 2), max: rational(1, 4) }]);
      expect(ask("2019-09", { serviceLevels: () => levels(0, 0) }).serviceLevels()?.value, "nothing was assessed").to.equal(undefined);
    });

    it("refuse a period that begins after the time as of which they are asked, and say so", () => {
      expect(refusalOf(() => ask("2019-09", { asOf: at("2019-08-31T23:59:59+02:00") }))).to.deep.equal({
        code: "INVALID_PERIOD", field: "asOf",
        message: "the period 2019-09 begins at 2019-08-31T22:00:00.000Z, after 2019-08-31T21:59:59.000Z, as of which it is asked: nothing of it had happened; ask for an earlier period, or with a later asOf",
      });
      expect(refusalOf(() => ask("2021"))).to.deep.include({ code: "INVALID_PERIOD", field: "period" });
      expect(refusalOf(() => ask("2021"))?.message).to.match(/^the period 2021 begins at 2020-12-31T23:00:00.000Z, after 2020-03-01T09:00:00.000Z, up to which the ledger is known/);
    });
  });
}

function refusalOf(work: () => unknown): { readonly code: string; readonly field: string | undefined; readonly message: string } | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof LedgerError) return { code: error.code, field: error.field, message: error.message };
    throw error;
  }
  return undefined;
}
