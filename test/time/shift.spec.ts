import { expect } from "chai";
import fc from "fast-check";
import { instant, zoneId } from "../../src/kernel/brand.js";
import { monthsWithin, parsePeriod, periodBefore, periodBetween, type Period } from "../../src/time/period.js";
import { endOfDayAfter, monthsBefore } from "../../src/time/shift.js";
import { toLocalDate, toZonedText } from "../../src/time/text.js";
import { firstOf, lastOf } from "../../src/time/when.js";
import { ROME, UTC } from "../../src/time/zone.js";
import { at } from "../support/given.js";

const moment = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) }).map(instant);
const zone = fc.constantFrom(ROME, UTC, zoneId("America/New_York"), zoneId("Asia/Kathmandu"));

function period(text: string, zoned = ROME): Period {
  const parsed = parsePeriod(text, zoned);
  return parsed.ok ? parsed.value : expect.fail(parsed.refusal.message);
}

describe("months before", () => {
  const sixBefore = (text: string): string => toZonedText(monthsBefore(at(text), 6, ROME), ROME);
  it("keep the wall-clock time", () => {
    expect(sixBefore("2019-09-25T08:10:00+02:00")).to.equal("2019-03-25T08:10:00+01:00");
    expect(sixBefore("2019-02-10T00:00:00+01:00")).to.equal("2018-08-10T00:00:00+02:00");
  });
  it("keep to the last day of a month that is too short", () => {
    expect(sixBefore("2019-08-31T08:10:00+02:00")).to.equal("2019-02-28T08:10:00+01:00");
    expect(sixBefore("2020-08-31T08:10:00+02:00")).to.equal("2020-02-29T08:10:00+01:00");
    expect(sixBefore("2019-12-31T23:59:59.999+01:00")).to.equal("2019-06-30T23:59:59.999+02:00");
  });
  it("move to the next valid instant in a gap, and to the first of two like times", () => {
    expect(sixBefore("2019-09-30T02:30:00+02:00"), "30 March has no gap").to.equal("2019-03-30T02:30:00+01:00");
    expect(toZonedText(monthsBefore(at("2019-05-31T02:30:00+02:00"), 2, ROME), ROME), "31 March 02:30 was skipped").to.equal("2019-03-31T03:00:00+02:00");
    expect(sixBefore("2020-04-27T02:30:00+02:00"), "27 October 02:30 came twice").to.equal("2019-10-27T02:30:00+02:00");
  });
  it("lie before, never in a later order, and none of them is the time itself", () => {
    fc.assert(fc.property(moment, moment, zone, fc.integer({ min: 1, max: 30 }), (a, b, zoned, months) => {
      const [first, second] = a <= b ? [a, b] : [b, a];
      expect(monthsBefore(first, months, zoned)).to.be.at.most(monthsBefore(second, months, zoned) + 3_600_000);
      expect(monthsBefore(a, months, zoned)).to.be.below(a);
      expect(monthsBefore(a, 0, UTC)).to.equal(a);
    }));
  });
});

describe("the end of a day so many days after", () => {
  const thirty = (text: string): string => toZonedText(endOfDayAfter(at(text), 30, ROME), ROME);
  it("is a local midnight, whatever the clocks did between", () => {
    expect(thirty("2019-09-25T12:00:00+02:00")).to.equal("2019-10-26T00:00:00+02:00");
    expect(thirty("2019-10-01T00:00:00+02:00")).to.equal("2019-11-01T00:00:00+01:00");
    expect(thirty("2019-12-31T23:30:00+01:00")).to.equal("2020-01-31T00:00:00+01:00");
    expect(thirty("2020-01-30T23:30:00+01:00")).to.equal("2020-03-01T00:00:00+01:00");
  });
  it("is the first instant of the day after", () => {
    fc.assert(fc.property(moment, zone, fc.nat(60), (from, zoned, days) => {
      const end = endOfDayAfter(from, days, zoned);
      const dayOf = (ms: number): number => Date.parse(`${toLocalDate(instant(ms), zoned)}T00:00:00Z`) / 86_400_000;
      expect([dayOf(end), dayOf(end - 1)]).to.deep.equal([dayOf(from) + days + 1, dayOf(from) + days]);
    }));
  });
});

describe("the period before", () => {
  it("is the day, month, quarter or year before", () => {
    const before = (text: string) => periodBefore(period(text)).label;
    expect(["2019-03-01", "2020-03-01", "2019-01-01", "2019-09", "2019-01", "2019-Q3", "2019-Q1", "2019"].map(before)).to.deep.equal(["2019-02-28", "2020-02-29", "2018-12-31", "2019-08", "2018-12", "2019-Q2", "2018-Q4", "2018"]);
  });
  it("is, from what it is called, the period that is written so, and ends where this one begins", () => {
    const written = fc.tuple(fc.integer({ min: 1901, max: 2199 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), fc.constantFrom("day", "month", "quarter", "year"));
    fc.assert(fc.property(written, zone, ([year, month, day, kind], zoned) => {
      const two = (value: number): string => String(value).padStart(2, "0");
      const text = { day: `${year}-${two(month)}-${two(day)}`, month: `${year}-${two(month)}`, quarter: `${year}-Q${Math.ceil(month / 3)}`, year: String(year) }[kind];
      const [it, before] = [period(text, zoned), periodBefore(period(text, zoned))];
      expect(before).to.deep.equal(period(before.label, zoned));
      expect(before.span.end).to.equal(it.span.start);
    }));
  });
  it("of free ends is as long, also where it has another number of days", () => {
    const free = periodBetween(at("2019-03-20T00:00:00+01:00"), at("2019-04-10T00:00:00+02:00"), ROME);
    const before = free.ok ? periodBefore(free.value) : expect.fail("it is a period");
    expect(before.span.start).to.equal(at("2019-03-20T00:00:00+01:00") - (21 * 24 - 1) * 3_600_000);
    expect([before.span.end, before.label]).to.deep.equal([at("2019-03-20T00:00:00+01:00"), "2019-02-27T00:00:00.000Z/2019-03-19T23:00:00.000Z"]);
    expect(periodBefore(before).label).to.equal("2019-02-06T01:00:00.000Z/2019-02-27T00:00:00.000Z");
  });
});

describe("the months of a period", () => {
  it("are whole in a year, and cut where it begins and ends", () => {
    expect(monthsWithin(period("2019").span, ROME).map(({ label }) => label)).to.deep.equal(Array.from({ length: 12 }, (_, n) => `2019-${String(n + 1).padStart(2, "0")}`));
    const cut = monthsWithin({ start: at("2019-12-20T10:00:00+01:00"), end: at("2020-02-01T00:00:00+01:00") }, ROME);
    expect(cut.map(({ label, span }) => [label, toZonedText(span.start, ROME), toZonedText(span.end, ROME)])).to.deep.equal([
      ["2019-12", "2019-12-20T10:00:00+01:00", "2020-01-01T00:00:00+01:00"], ["2020-01", "2020-01-01T00:00:00+01:00", "2020-02-01T00:00:00+01:00"],
    ]);
    expect(monthsWithin({ start: instant(5), end: instant(5) }, ROME)).to.deep.equal([]);
  });
});

describe("the first and the last of several times", () => {
  it("are bands where it is open which of them it was", () => {
    const [noon, band, two] = [at("2019-09-25T12:00:00Z"), { earliest: at("2019-09-25T11:00:00Z"), latest: at("2019-09-25T13:00:00Z") }, at("2019-09-25T14:00:00Z")];
    expect(firstOf([two, noon, band])).to.deep.equal({ earliest: band.earliest, latest: noon });
    expect(lastOf([noon, band])).to.deep.equal({ earliest: noon, latest: band.latest });
    expect([lastOf([two, band]), firstOf([]), lastOf([])]).to.deep.equal([two, undefined, undefined]);
  });
});
