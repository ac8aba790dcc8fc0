import { expect } from "chai";
import fc from "fast-check";
import { instant } from "../../src/kernel/brand.js";
import { calendarYears, parsePeriod, periodBetween } from "../../src/time/period.js";
import { intersect, normalise, span, subtract, totalMs, union, type SpanList } from "../../src/time/span.js";
import { parseInstant, parseInstantIn, parseLocalDate, toDurationText, toLocalDate, toZonedText } from "../../src/time/text.js";
import { instantOfLocal, isZoneId, localOf, parseZone, ROME, UTC } from "../../src/time/zone.js";
import { at } from "../support/given.js";

const HOUR = 3_600_000;
const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 })).map(([a, b]) => span(Math.min(a, b), Math.max(a, b))), { maxLength: 12 }).map(normalise);

/** The set of moments, one by one: what the algebra must agree with. */
function moments(list: SpanList): Set<number> {
  const result = new Set<number>();
  for (const { start, end } of list) for (let moment: number = start; moment < end; moment += 1) result.add(moment);
  return result;
}

describe("span algebra", () => {
  it("agrees with sets of moments, and gives sorted disjoint lists", () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const [left, right] = [moments(a), moments(b)];
        expect(moments(union(a, b))).to.deep.equal(new Set([...left, ...right].sort((x, y) => x - y)));
        expect(moments(intersect(a, b))).to.deep.equal(new Set([...left].filter((moment) => right.has(moment))));
        expect(moments(subtract(a, b))).to.deep.equal(new Set([...left].filter((moment) => !right.has(moment))));
        for (const list of [union(a, b), intersect(a, b), subtract(a, b)]) {
          expect(list).to.deep.equal(normalise(list));
          expect(totalMs(list)).to.equal(moments(list).size);
        }
      }),
    );
  });
  it("union is idempotent and free of order; a whole is its parts", () => {
    fc.assert(
      fc.property(spans, spans, spans, (a, b, c) => {
        expect(union(a, a)).to.deep.equal(a);
        expect(union(union(a, b), c)).to.deep.equal(union(c, union(b, a)));
        expect(totalMs(intersect(a, b)) + totalMs(subtract(a, b))).to.equal(totalMs(a));
      }),
    );
  });
});

describe("zones", () => {
  const gap = { year: 2019, month: 3, day: 31, hour: 2, minute: 30, second: 0, millisecond: 0 };
  const fold = { year: 2019, month: 10, day: 27, hour: 2, minute: 30, second: 0, millisecond: 0 };
  it("a time in a gap is the next valid instant", () => {
    expect(instantOfLocal(gap, ROME, "start")).to.equal(at("2019-03-31T01:00:00Z"));
    expect(instantOfLocal(gap, ROME, "end")).to.equal(at("2019-03-31T01:00:00Z"));
  });
  it("a time in a fold is the first for a start, the second for an end", () => {
    expect(instantOfLocal(fold, ROME, "start")).to.equal(at("2019-10-27T00:30:00Z"));
    expect(instantOfLocal(fold, ROME, "end")).to.equal(at("2019-10-27T01:30:00Z"));
  });
  it("what a clock shows is the instant it was", () => {
    const anywhere = fc.constantFrom("Europe/Rome", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC");
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2035, 0) }), anywhere, (ms, name) => {
        const zone = parseZone(name);
        if (!zone.ok) throw new Error(name);
        const local = localOf(instant(ms), zone.value);
        expect([instantOfLocal(local, zone.value, "start"), instantOfLocal(local, zone.value, "end")]).to.include(ms);
      }),
    );
  });
  it("takes IANA names only", () => {
    expect(["Europe/Rome", "UTC"].every(isZoneId)).to.equal(true);
    expect(["Europe/Lecco", "+02:00", "", "x".repeat(100), 7].some(isZoneId)).to.equal(false);
    const refused = parseZone("Europe/Lecco");
    expect(refused.ok ? undefined : refused.refusal.code).to.equal("UNKNOWN_ZONE");
  });
});

describe("periods", () => {
  const hours = (text: string): number => {
    const period = parsePeriod(text, ROME);
    return period.ok ? (period.value.span.end - period.value.span.start) / HOUR : NaN;
  };
  it("are as long as they physically are", () => {
    expect(hours("2019-10")).to.equal(745);
    expect(hours("2019-03")).to.equal(743);
    expect(hours("2019-10-27")).to.equal(25);
    expect(hours("2019-03-31")).to.equal(23);
    expect(hours("2019-Q3")).to.equal(92 * 24);
    expect(hours("2019")).to.equal(8760);
    expect(hours("2020-02-29")).to.equal(24);
  });
  it("refuse what is no period, and say what to write", () => {
    for (const text of ["2019-13", "2019-00", "2019-Q5", "2019-02-29", "Settembre", "", "20190", "2019-9", "9999"]) {
      const refused = parsePeriod(text, ROME);
      expect(refused.ok ? text : refused.refusal.code).to.equal("INVALID_PERIOD");
    }
    expect(periodBetween(instant(5), instant(5), UTC).ok).to.equal(false);
  });
  it("touch calendar years of their zone", () => {
    const years = calendarYears({ start: at("2018-12-31T23:30:00Z"), end: at("2019-12-31T23:00:00Z") }, ROME);
    expect(years).to.deep.equal([{ year: 2019, span: { start: at("2018-12-31T23:00:00Z"), end: at("2019-12-31T23:00:00Z") } }]);
  });
});

describe("times as text", () => {
  const code = (text: string): string => {
    const parsed = parseInstant(text, "start");
    return parsed.ok ? String(parsed.value) : parsed.refusal.code;
  };
  it("need a zone", () => {
    expect(code("2019-09-25T08:10:00")).to.equal("TIME_WITHOUT_ZONE");
    expect(code("2019-09-25")).to.equal("TIME_WITHOUT_ZONE");
    expect(code("2019-09-25T08:10+02:00")).to.equal(String(at("2019-09-25T06:10:00Z")));
  });
  it("name days, hours and offsets that exist, to the millisecond", () => {
    for (const text of ["2019-02-29T08:00:00Z", "2019-09-25T24:00:00Z", "2019-09-25T08:60:00Z", "2016-12-31T23:59:60Z", "2019-09-25T08:00:00+25:00", "1899-12-31T00:00:00Z", "2019-09-25T08:00:00.0001Z", "soon"]) {
      expect(code(text), text).to.equal("INVALID_TIME");
    }
    expect(code("2020-02-29T08:00:00.1230Z")).to.equal(String(Date.UTC(2020, 1, 29, 8, 0, 0, 123)));
  });
  it("without a zone are the wall's where a zone is given", () => {
    const parsed = parseInstantIn("2019-10-27T02:30", ROME, "end");
    expect(parsed.ok && parsed.value).to.equal(at("2019-10-27T01:30:00Z"));
    const date = parseLocalDate("2019-10-01", ROME);
    expect(date.ok && date.value).to.equal(at("2019-09-30T22:00:00Z"));
    expect(parseLocalDate("2019-02-29", ROME).ok).to.equal(false);
  });
  it("go there and back", () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2100, 0) }), fc.constantFrom(ROME, UTC), (ms, zone) => {
        const parsed = parseInstant(toZonedText(instant(ms), zone));
        expect(parsed.ok && parsed.value).to.equal(ms);
      }),
    );
    expect(toZonedText(at("2019-09-25T06:10:00Z"), ROME)).to.equal("2019-09-25T08:10:00+02:00");
    expect(toLocalDate(at("2019-09-24T22:00:00Z"), ROME)).to.equal("2019-09-25");
  });
  it("lengths read as people say them", () => {
    expect([9_000_000, 0, 500, 100_800_000, 60_001].map(toDurationText)).to.deep.equal(["2 h 30 min", "0 s", "0.5 s", "1 d 4 h", "1 min 0.001 s"]);
  });
});
