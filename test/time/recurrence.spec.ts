import { expect } from "chai";
import { firstOf, occurrences, parseRule } from "../../src/time/recurrence.js";
import { span, totalMs } from "../../src/time/span.js";
import { ROME } from "../../src/time/zone.js";
import { at } from "../support/given.js";

const HOUR_MS = 3_600_000;
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

  it("are refused where the rule is none, or comes more often than daily", () => {
    for (const text of ["", "every sunday", "FREQ=SOMETIMES", "FREQ=HOURLY", "FREQ=MONTHLY;BYDAY=8XX", "BYDAY=SU"]) {
      const parsed = parseRule(text);
      expect(parsed.ok, text).to.equal(false);
      if (!parsed.ok) expect(parsed.refusal).to.include({ code: "INVALID_INPUT", field: "rule" });
    }
    expect(parseRule("RRULE:freq=monthly;byday=1su")).to.deep.equal({ ok: true, value: "FREQ=MONTHLY;BYDAY=1SU" });
  });
});
