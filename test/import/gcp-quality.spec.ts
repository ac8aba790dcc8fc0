import { expect } from "chai";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { zoneId } from "../../src/kernel/brand.js";
import { rational, toExactText } from "../../src/kernel/rational.js";
import { fileSource } from "../../src/import/index.js";
import { qualityIndicators } from "../../src/reports/quality/indicators.js";
import type { QualityIndicators } from "../../src/reports/quality/report.js";
import type { Measure } from "../../src/reports/quality/figure.js";
import { parsePeriod } from "../../src/time/period.js";
import { openTestLedger, take, type TestLedger } from "./ledger.js";
import { googleFacts, type GoogleFact } from "./naive-google.js";
import { months } from "./naive-seconds.js";
import { withSharedFile } from "./shared-data.js";

const UTC = zoneId("UTC");
/** The first and the last month in which incidents of the file began. */
const MONTHS = ["2021-06", "2022-07"] as const;

withSharedFile("the quality indicators of status.cloud.google.com", "gcp-incidents/incidents.json", (path) => {
  let into: TestLedger;
  let facts: readonly GoogleFact[];
  let severities: ReadonlyMap<string, string>;
  let ask: (text: string) => QualityIndicators;
  before(async function () {
    this.timeout(60_000);
    into = await openTestLedger();
    await take(into, await fileSource(path), { importId: "gcp" });
    facts = googleFacts(path);
    severities = new Map(z.array(z.object({ id: z.string(), severity: z.string() })).parse(JSON.parse(readFileSync(path, "utf8"))).map(({ id, severity }) => [id, severity]));
    const known = await into.known();
    ask = (text) => {
      const period = parsePeriod(text, UTC);
      return period.ok ? qualityIndicators(known, { period: period.value }) : expect.fail(text);
    };
  });
  after(() => into.close());

  it("count what began in each month, by severity, and measure what the file says by itself", () => {
    let measured = 0;
    for (const { name, from, to } of months(...MONTHS)) {
      const began = facts.filter((fact) => fact.from >= from && fact.from < to);
      const { occurrences, times } = ask(name);
      expect(occurrences.incidents.value, name).to.equal(began.length);
      expect(occurrences.disruptions.value, name).to.equal(began.flatMap(({ products }) => products).length);
      for (const { severity, incidents } of occurrences.bySeverity) expect(incidents.value, `${name}, ${severity ?? "none"}`).to.equal(began.filter(({ id }) => severities.get(id) === (severity ?? "")).length);
      // Nobody was notified and nothing reported: to restore runs from the beginning, to inform to the first update.
      expectTimes(times.restore.meanMs, times.restore.percentile90Ms, began.filter(({ products }) => products.length > 0).map((fact) => fact.to - fact.from), `restore, ${name}`);
      const informed = began.filter(({ updates }) => updates.length > 0).map(({ from: start, updates }) => Math.max(0, Math.min(...updates.map(({ at }) => at)) - start));
      expectTimes(times.inform.meanMs, times.inform.percentile90Ms, informed, `inform, ${name}`);
      expect([times.acknowledge.missing.value, times.detect.missing.value], name).to.deep.equal([began.length, began.length]);
      measured += informed.length;
    }
    expect(measured, "there is something to measure").to.be.greaterThan(100);
  });

  it("are the same for a year as for its months", () => {
    const [year, parts] = [ask("2021"), months("2021-01", "2021-12").map(({ name }) => ask(name))];
    expect(year.occurrences.incidents.value).to.equal(parts.reduce((sum, { occurrences }) => sum + occurrences.incidents.value, 0)).and.to.be.greaterThan(50);
    expect(year.months.map(({ incidents, disruptions }) => [incidents, disruptions])).to.deep.equal(parts.map(({ occurrences }) => [occurrences.incidents.value, occurrences.disruptions.value]));
    expect(year.times.restore.cases()).to.deep.equal(parts.flatMap(({ times }) => times.restore.cases()));
    expect(year.recurrences.causeUnknown.value, "the file tells no causes").to.equal(year.occurrences.incidents.value);
  });
});

/** Mean and nearest-rank percentile of lengths in seconds. */
function expectTimes(mean: Measure, percentile: Measure, seconds: readonly number[], what: string): void {
  const ninth = [...seconds].sort((a, b) => a - b).find((each) => seconds.filter((other) => other <= each).length * 10 >= seconds.length * 9);
  const exact = ({ value }: Measure): readonly string[] | undefined => value && [toExactText(value.min), toExactText(value.max)];
  const twice = (text: string | undefined): readonly string[] | undefined => (text === undefined ? undefined : [text, text]);
  expect(exact(mean), `mean to ${what}`).to.deep.equal(twice(seconds.length === 0 ? undefined : toExactText(rational(Math.round(seconds.reduce((sum, each) => sum + each * 1000, 0)), seconds.length))));
  expect(exact(percentile), `90th percentile to ${what}`).to.deep.equal(twice(ninth === undefined ? undefined : toExactText(rational(Math.round(ninth * 1000)))));
}
