import { expect } from "chai";
import fc from "fast-check";
import { instant } from "../../src/kernel/brand.js";
import { firstOf, occurrences, parseRule } from "../../src/time/recurrence.js";
import { span, totalMs } from "../../src/time/span.js";
import { ROME, UTC } from "../../src/time/zone.js";
import { at } from "../support/given.js";
import { daysOf, rules, textOf } from "./naive-recurrence.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const begins = (rule: string, first: string, to = "2020-01-01T00:00:00+01:00"): readonly string[] =>
  occurrences({ first: firstOf(at(first), ROME), zone: ROME, lengthMs: HOUR_MS, rule }, span(at("2019-01-01T00:00:00+01:00"), at(to))).map(({ start }) => new Date(start).toISOString());

describe("windows that come again (RFC 5545)", () => {
  it("keep the clock on the wall over its changes", () => {
    expect(begins("FREQ=MONTHLY;BYDAY=1SU;COUNT=4", "2019-09-01T02:00:00+02:00")).to.deep.equal(["2019-09-01T00:00:00.000Z", "2019-10-06T00:00:00.000Z", "2019-11-03T01:00:00.000Z", "2019-12-01T01:00:00.000Z"]);
  });
  it("that the clocks skip begin with the next hour, of those that they repeat the first is meant", () => {
    expect(begins("FREQ=WEEKLY", "2019-03-24T02:30:00+01:00", "2019-04-01T00:00:00+02:00")).to.deep.equal(["2019-03-24T01:30:00.000Z", "2019-03-31T01:00:00.000Z"]);
    expect(begins("FREQ=WEEKLY;UNTIL=20191028T000000", "2019-10-20T02:30:00+02:00")).to.deep.equal(["2019-10-20T00:30:00.000Z", "2019-10-27T00:30:00.000Z"]);
  });
  it("on days that a month lacks leave it out", () => {
    expect(begins("FREQ=MONTHLY;BYMONTHDAY=31", "2019-01-31T10:00:00+01:00").map((text) => text.slice(5, 7))).to.deep.equal(["01", "03", "05", "07", "08", "10", "12"]);
  });
  it("touching one another are one; those that reach into a span are given, those that end with its beginning are not", () => {
    const daily = occurrences({ first: firstOf(at("2019-09-01T00:00:00Z"), ROME), zone: ROME, lengthMs: 24 * HOUR_MS, rule: "FREQ=DAILY" }, span(at("2019-09-10T05:00:00Z"), at("2019-09-12T05:00:00Z")));
    expect([daily.length, totalMs(daily) / HOUR_MS]).to.deep.equal([1, 72]);
    const hourly = occurrences({ first: firstOf(at("2019-09-01T00:00:00Z"), ROME), zone: ROME, lengthMs: HOUR_MS, rule: "FREQ=DAILY" }, span(at("2019-09-10T01:00:00Z"), at("2019-09-11T00:00:00Z")));
    expect(hourly).to.deep.equal([]);
  });

  it("end with UNTIL: a date with its whole day, in UTC with Z, else by the clock on the wall", () => {
    const days = (until: string) => begins(`FREQ=DAILY;UNTIL=${until}`, "2019-09-01T01:00:00+02:00").length;
    expect([days("20190903"), days("20190903T005959"), days("20190903T010000"), days("20190902T225959Z"), days("20190902T230000Z")]).to.deep.equal([3, 2, 3, 2, 3]);
  });
  it("of a rule that never comes are none, at once", () => {
    for (const rule of ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=MONTHLY;BYDAY=1SU;BYSETPOS=7", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "FREQ=WEEKLY;INTERVAL=9999;BYMONTH=12"]) {
      expect(parseRule(rule).ok, rule).to.equal(true);
      expect(begins(rule, "2019-01-06T02:00:00+01:00", "2060-01-01T00:00:00+01:00"), rule).to.deep.equal([]);
    }
  });
  it("are found as soon centuries later", () => {
    const late = span(at("2619-09-01T00:00:00Z"), at("2619-09-08T00:00:00Z"));
    const days = (rule: string) => occurrences({ first: firstOf(at("2019-01-06T02:00:00Z"), UTC), zone: UTC, lengthMs: HOUR_MS, rule }, late).map(({ start }) => new Date(start).getUTCDate());
    expect([days("FREQ=DAILY;BYMONTH=9"), days("FREQ=DAILY;INTERVAL=3;BYMONTHDAY=1,2,3,4,5,6"), days("FREQ=WEEKLY;BYDAY=WE"), days("FREQ=MONTHLY;BYMONTHDAY=5")]).to.deep.equal([[1, 2, 3, 4, 5, 6, 7], [2, 5], [1], [5]]);
  });
  it("of any rule are those that a look at every day finds", () => {
    let found = 0;
    fc.assert(fc.property(rules, fc.integer({ min: 0, max: 500 }), (rule, day) => {
      const first = at("2019-01-01T00:00:00Z") + day * DAY_MS;
      const until = first + 1500 * DAY_MS;
      const windows = occurrences({ first: firstOf(instant(first), UTC), zone: UTC, lengthMs: HOUR_MS, rule: textOf(rule) }, span(first - DAY_MS, until));
      expect(windows.map(({ start }) => start), textOf(rule)).to.deep.equal(daysOf(rule, first, until));
      found += windows.length;
    }), { numRuns: 1500 });
    expect(found).to.be.greaterThan(10_000);
  });

  it("are refused where the rule is none, or comes more often than daily", () => {
    for (const text of [
      "", "every sunday", "FREQ=SOMETIMES", "FREQ=HOURLY", "FREQ=MONTHLY;BYDAY=8XX", "BYDAY=SU", "FREQ=DAILY;BYHOUR=1,2", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;FREQ=WEEKLY", "FREQ=DAILY;UNTIL=20191301",
      "FREQ=WEEKLY;BYMONTHDAY=3", "FREQ=WEEKLY;BYDAY=1SU", "FREQ=YEARLY;BYDAY=20MO", "FREQ=YEARLY;BYWEEKNO=20", "FREQ=DAILY;BYDAY=", "FREQ=DAILY;", "FREQ=DAILY;COUNT=2;UNTIL=20300101", "FREQ=MONTHLY;BYSETPOS=1", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYDAY=6SU", "FREQ=YEARLY;BYYEARDAY=367",
      "RSCALE=HEBREW;FREQ=YEARLY", "FREQ=DAILY;constructor=1", `FREQ=DAILY;BYMONTHDAY=${Array.from({ length: 300 }, () => "1").join(",")}`,
    ]) {
      const parsed = parseRule(text);
      expect(parsed.ok, text).to.equal(false);
      if (!parsed.ok) expect(parsed.refusal).to.include({ code: "INVALID_INPUT", field: "rule" });
    }
    expect(parseRule("RRULE:freq=monthly;byday=1su")).to.deep.equal({ ok: true, value: "FREQ=MONTHLY;BYDAY=1SU" });
  });
});
