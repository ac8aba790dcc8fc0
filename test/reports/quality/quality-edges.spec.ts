import { expect } from "chai";
import { qualityIndicators } from "../../../src/reports/quality/indicators.js";
import type { QualityIndicators } from "../../../src/reports/quality/report.js";
import type { Instant } from "../../../src/kernel/brand.js";
import { decidedCase } from "../report-case.js";
import { period, rome, told, type Story } from "./incidents.js";

const RECORDED = "2020-03-01T09:00:00Z";

async function asked(stories: Readonly<Record<string, Story>>, month: string, asOf?: string): Promise<QualityIndicators> {
  const ledger = await decidedCase();
  for (const [name, story] of Object.entries(stories)) await ledger.record({ at: RECORDED }, ...told(name, story));
  return qualityIndicators(await ledger.known(RECORDED), { period: period(month), ...(asOf !== undefined && { asOf: exact(asOf) }) });
}
function exact(text: string): Instant {
  const when = rome(text);
  return typeof when === "number" ? when : expect.fail(text);
}
const NETWORK = (when: string): NonNullable<Story["cause"]> => [when, "network", "supplier"];

describe("quality indicators at their edges", () => {
  it("six months to the minute recur, a minute more does not, however near nothing else is", async () => {
    const of = async (earlier: string): Promise<number> =>
      (await asked({ prima: { occurred: earlier, cause: NETWORK(earlier) }, dopo: { occurred: "2019-09-25 08:10", cause: NETWORK("2019-09-25 09:00") } }, "2019-09")).recurrences.count.value;
    expect([await of("2019-03-25 08:10"), await of("2019-03-25 08:09")]).to.deep.equal([1, 0]);
    expect([await of("2019-03-29 08:10"), await of("2019-03-20 08:10")], "within and beyond 180 days").to.deep.equal([1, 0]);
  });

  it("at the end of a month that is too short, its last day counts", async () => {
    const of = async (earlier: string): Promise<number> =>
      (await asked({ prima: { occurred: earlier, cause: NETWORK(earlier) }, dopo: { occurred: "2019-08-31 08:10", cause: NETWORK("2019-08-31 09:00") } }, "2019-08")).recurrences.count.value;
    expect([await of("2019-02-28 08:10"), await of("2019-02-28 08:09")]).to.deep.equal([1, 0]);
  });

  it("of two that began at the same time neither is the earlier one, and both recur what was before", async () => {
    const twins = { uno: { occurred: "2019-09-25 08:10", cause: NETWORK("2019-09-25 09:00") }, due: { occurred: "2019-09-25 08:10", cause: NETWORK("2019-09-25 09:00") } };
    expect((await asked(twins, "2019-09")).recurrences.count.value).to.equal(0);
    const { recurrences } = await asked({ ...twins, prima: { occurred: "2019-09-01 08:10", cause: NETWORK("2019-09-02 09:00") } }, "2019-09");
    expect(recurrences.cases().map(({ incident, earlier }) => [incident.incidentId, earlier.map((each) => each.incident.incidentId)])).to.have.deep.members([["uno", ["prima"]], ["due", ["prima"]]]);
  });

  it("what begins at the very time as of which they are asked has begun, and what is due at it is not overdue", async () => {
    const stories = { posta: { occurred: "2019-09-10 08:00", disruptions: [["2019-09-10 08:00", "2019-09-10 09:00"], ["2019-09-10 10:00", "2019-09-10 11:00"]], improvements: [{ promised: "2019-09-10 10:00", due: "2019-09-20 10:00" }] } } as const satisfies Record<string, Story>;
    const at = async (asOf: string): Promise<QualityIndicators> => asked(stories, "2019-09", asOf);
    const beginning = await at("2019-09-10 10:00");
    expect([beginning.occurrences.incidents.value, beginning.occurrences.disruptions.value]).to.deep.equal([1, 2]);
    expect(beginning.times.restore.cases().map((each) => [each.state, each.state === "open" ? each.elapsedMs : undefined])).to.deep.equal([["open", { min: 7_200_000, max: 7_200_000 }]]);
    expect((await at("2019-09-20 10:00")).improvements.cases().map(({ state }) => state)).to.deep.equal(["not-due"]);
    const later = await asked(stories, "2019-09");
    expect(later.improvements.cases().map(({ state }) => state)).to.deep.equal(["not-done"]);
  });

  it("what may have been in time or late is counted both ways, also in the change", async () => {
    const promise = (month: string): Story => ({ occurred: `2019-${month}-01 10:00`, improvements: [{ promised: `2019-${month}-02 10:00`, due: `2019-${month}-20 10:00`, done: `2019-${month}-20 09:00 … 2019-${month}-20 11:00` }] });
    const { improvements } = await asked({ agosto: promise("08"), settembre: promise("09") }, "2019-09");
    const open = { value: { min: 0, max: 1 }, before: { min: 0, max: 1 }, change: { min: -1, max: 1 } };
    expect([improvements.inTime, improvements.late, improvements.notDone.value]).to.deep.equal([open, open, 0]);
    expect(improvements.cases().map(({ state }) => state)).to.deep.equal(["undetermined"]);
    expect([improvements.share.change?.min.numerator, improvements.share.change?.max.numerator]).to.deep.equal([-1n, 1n]);
  });

  it("a report is in time to the last millisecond of the 30th day, also where the clocks change within it, and also before the resolution", async () => {
    const of = async (filed: string, resolved = "2019-10-10 10:00"): Promise<string | undefined> =>
      (await asked({ posta: { occurred: "2019-10-05 10:00", courses: [resolved], reports: [filed] } }, "2019-10")).reports.cases()[0]?.state;
    expect([await of("2019-11-09 23:59"), await of("2019-11-10 00:00"), await of("2019-10-06 10:00")]).to.deep.equal(["in-time", "late", "in-time"]);
    expect(await of("2019-11-09 23:00 … 2019-11-10 01:00")).to.equal("undetermined");
    expect(await of("2019-11-10 12:00", "2019-10-10 22:00 … 2019-10-11 02:00"), "resolved on one day or the next").to.equal("undetermined");
  });

  it("the 90th percentile of ten is the ninth, of eleven the tenth", async () => {
    const of = async (count: number): Promise<number> => {
      const stories = Object.fromEntries(Array.from({ length: count }, (_, n): [string, Story] => [`i${n}`, { occurred: "2019-09-10 10:00", detected: `2019-09-10 10:${String(n + 1).padStart(2, "0")}` }]));
      return Number((await asked(stories, "2019-09")).times.detect.percentile90Ms.value?.max.numerator ?? 0n) / 60_000;
    };
    expect([await of(1), await of(9), await of(10), await of(11)]).to.deep.equal([1, 9, 9, 10]);
  });

  it("an incident that was reopened is resolved by its last resolution only, and as of before that by the first", async () => {
    const story = { posta: { occurred: "2019-09-10 10:00", courses: ["2019-09-10 12:00", "2019-10-02 10:00", "2019-10-03 10:00"] } };
    expect([(await asked(story, "2019-09")).reports.cases().length, (await asked(story, "2019-10")).reports.cases().length]).to.deep.equal([0, 1]);
    expect((await asked(story, "2019-09", "2019-09-30 10:00")).reports.cases().map(({ resolved }) => resolved)).to.deep.equal([rome("2019-09-10 12:00")]);
  });
});
