import { expect } from "chai";
import fc from "fast-check";
import { instant } from "../../src/kernel/brand.js";
import { compare, rational, toExactText, toFlooredDecimal, multiply } from "../../src/kernel/rational.js";
import { availabilityOf, figuresOf, meets } from "../../src/sla/figures.js";
import { segmentsOf, type Change, type Evaluation } from "../../src/sla/phases.js";
import { walk, type Exclusion, type Hit, type Stretch, type Walk } from "../../src/sla/walk.js";
import { DEFAULT_WEIGHTS, scaleOf } from "../../src/sla/weights.js";
import { costPieces, totalCents } from "../../src/sla/cost.js";
import { wholeServiceFigures } from "../../src/sla/whole-service.js";
import { normalise, span, subtract, union, type SpanList } from "../../src/time/span.js";
import type { When } from "../../src/time/when.js";
import { parsePeriod } from "../../src/time/period.js";
import { ROME } from "../../src/time/zone.js";
import { at } from "../support/given.js";
import { naiveFigures, type NaiveBody, type NaiveDisruption } from "./naive.js";

const MIN = 60_000;
const HOUR = 60 * MIN;
const { scale, units } = scaleOf(DEFAULT_WEIGHTS);

function month(text: string) {
  const period = parsePeriod(text, ROME);
  if (!period.ok) throw new Error(period.refusal.message);
  return period.value.span;
}
function hit(start: number, end: number, weight: number, order = "a"): Hit<string> {
  return { start, end, units: weight, order, cause: order };
}
function over(within: { start: number; end: number }, hits: readonly Hit<string>[]): Walk<string, string> {
  const whole = span(within.start, within.end);
  return { within: whole, agreed: [whole], exclusions: [], hits, workstations: [{ from: 0, workstations: 10 }] };
}

describe("worked examples", () => {
  it("1. an hour in the fold of October 2019", () => {
    const figures = figuresOf(over(month("2019-10"), [hit(at("2019-10-27T02:30:00+02:00"), at("2019-10-27T02:30:00+01:00"), units.outage)]), scale);
    expect(figures.agreedMs).to.equal(745 * HOUR);
    expect(toExactText(figures.downtimeMs)).to.equal(String(HOUR));
    const availability = availabilityOf(figures) ?? rational(0);
    expect(compare(availability, rational(2_682_000 - 3600, 2_682_000))).to.equal(0);
    expect(toFlooredDecimal(multiply(availability, rational(100)), 4)).to.equal("99.8657");
  });
  it("2. overlapping disruptions never count twice", () => {
    const day = month("2019-09-25");
    const hits = [hit(day.start + 10 * HOUR, day.start + 12 * HOUR, units.outage), hit(day.start + 11 * HOUR, day.start + 14 * HOUR, units.partial, "b")];
    expect(toExactText(figuresOf(over(day, hits), scale).downtimeMs)).to.equal(String(3 * HOUR));
  });
  it("4. a threshold is met exactly, and missed by a millisecond", () => {
    const september = month("2019-09");
    const met = (downMs: number): boolean => {
      const availability = availabilityOf(figuresOf(over(september, [hit(september.start, september.start + downMs, units.outage)]), scale));
      return availability !== undefined && meets(availability, rational(995, 1000));
    };
    expect([met(12_960_000), met(12_960_001)]).to.deep.equal([true, false]);
  });
  it("without agreed time there is nothing to assess", () => {
    const figures = figuresOf({ ...over(month("2019-09"), []), agreed: [] }, scale);
    expect([figures.agreedMs, availabilityOf(figures)]).to.deep.equal([0, undefined]);
  });
});

const TIME = 40;
const moment = fc.integer({ min: 0, max: TIME });
const when: fc.Arbitrary<When> = fc.tuple(moment, fc.integer({ min: 0, max: 6 })).map(([start, width]) => (width < 4 ? instant(start) : { earliest: instant(start), latest: instant(start + width) }));
const pair = fc.tuple(moment, moment).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

/** Changes whose earliest and latest times both never decrease, as the rules of an incident demand. */
const disruption: fc.Arbitrary<NaiveDisruption> = fc
  .record({
    id: fc.constantFrom("a", "b", "c"),
    service: fc.integer({ min: 0, max: 1 }),
    times: fc.array(when, { minLength: 1, maxLength: 5 }),
    values: fc.array(fc.constantFrom<(number | "missed")[]>(0, 1, 2, "missed"), { minLength: 5, maxLength: 5 }),
    ended: fc.boolean(),
  })
  .map(({ id, service, times, values, ended }) => {
    const low = times.map((time) => (typeof time === "number" ? time : time.earliest)).sort((a, b) => a - b);
    const high = times.map((time) => (typeof time === "number" ? time : time.latest)).sort((a, b) => a - b);
    const ordered: When[] = low.map((earliest, index) => (high[index] === earliest ? earliest : { earliest, latest: high[index] ?? earliest }));
    const last = ordered.at(-1);
    const changes = (ended && ordered.length > 1 ? ordered.slice(0, -1) : ordered).map((time, index) => ({ at: time, units: values[index] ?? 0 }));
    return { id, service, changes, ...(ended && ordered.length > 1 && last !== undefined && { end: last }) };
  });
const body: fc.Arbitrary<NaiveBody> = fc.record({
  services: fc.array(fc.record({ owed: fc.array(pair, { maxLength: 2 }), excluded: fc.array(pair, { maxLength: 2 }) }), { minLength: 2, maxLength: 2 }),
  disruptions: fc.array(disruption, { maxLength: 6 }),
  workstations: fc.array(fc.tuple(moment, fc.integer({ min: 0, max: 9 })), { maxLength: 3 }).map((steps) => [...new Map(steps)].sort(([a], [b]) => a - b)),
});

const list = (pairs: readonly (readonly [number, number])[]): SpanList => normalise(pairs.map(([start, end]) => span(start, end)));

function hitsOf(of: NaiveBody, service: number, evaluation: Evaluation): Hit<string>[] {
  const rank = (value: number | "missed"): number => (value === "missed" ? -1 : value);
  return of.disruptions.filter((each) => each.service === service).flatMap((each) => {
    const changes: Change<number | "missed">[] = each.changes.map((change) => ({ at: change.at, value: change.units }));
    const segments = segmentsOf(changes, each.end, rank, { evaluation, horizon: TIME + 10 });
    return segments.flatMap(({ start, end, value }) => (value === "missed" ? [] : [{ start, end, units: value, order: each.id, cause: each.id }]));
  });
}
function walkOf(of: NaiveBody, which: number | "total", range: readonly [number, number], evaluation: Evaluation): Walk<string, string> {
  const services = which === "total" ? of.services.map((_, index) => index) : [which];
  let agreed: SpanList = [];
  const hits: Hit<string>[] = [];
  const exclusions: Exclusion<string>[] = [];
  for (const service of services) {
    const own = of.services[service];
    if (own === undefined) continue;
    const ownAgreed = subtract(list(own.owed), list(own.excluded));
    agreed = union(agreed, ownAgreed);
    exclusions.push(...list(own.excluded).map((excluded) => ({ span: excluded, reason: "maintenance" })));
    for (const each of hitsOf(of, service, evaluation)) {
      for (const part of ownAgreed) {
        const [start, end] = [Math.max(each.start, part.start), Math.min(each.end, part.end)];
        if (start < end) hits.push({ ...each, start, end });
      }
    }
  }
  exclusions.sort((a, b) => a.span.start - b.span.start);
  return { within: span(range[0], range[1]), agreed, exclusions, hits, workstations: of.workstations.map(([from, workstations]) => ({ from, workstations })) };
}

describe("against a second implementation that walks moment by moment", () => {
  for (const which of [0, 1, "total"] as const) {
    for (const [evaluation, pick] of [["favourable", "best"], ["unfavourable", "worst"]] as const) {
      it(`${which === "total" ? "all services together" : `service ${which}`}, ${evaluation}: overlaps, bands, exclusions, adoptions, changing workstations`, () => {
        fc.assert(
          fc.property(body, pair, (of, range) => {
            const naive = naiveFigures(of, which, range, pick);
            const figures = figuresOf(walkOf(of, which, range, evaluation), 2);
            expect(figures.agreedMs).to.equal(naive.agreed);
            expect(compare(figures.downtimeMs, rational(naive.downUnits, 2))).to.equal(0);
            expect(compare(figures.lostWorkstationHours, rational(naive.lostUnits, 2 * HOUR))).to.equal(0);
          }),
          { numRuns: 1000 },
        );
      });
    }
  }
});

describe("laws", () => {
  it("the stretches cover all that is looked at, once, and the favourable figure is never above the other", () => {
    fc.assert(
      fc.property(body, pair, (of, range) => {
        const stretches: Stretch<string, string>[] = [];
        walk(walkOf(of, "total", range, "unfavourable"), (stretch) => stretches.push(stretch));
        const total = stretches.reduce((sum, { start, end }) => sum + end - start, 0);
        expect(total).to.equal(range[1] - range[0]);
        for (const [index, stretch] of stretches.entries()) expect(stretch.start).to.equal(index === 0 ? range[0] : stretches[index - 1]?.end);
        const [low, high] = (["favourable", "unfavourable"] as const).map((evaluation) => figuresOf(walkOf(of, "total", range, evaluation), 2).downtimeMs);
        expect(low !== undefined && high !== undefined && compare(low, high) <= 0).to.equal(true);
      }),
    );
  });
  it("a period is the sum of its halves, and one more disruption never raises availability", () => {
    fc.assert(
      fc.property(body, disruption, fc.tuple(moment, moment, moment).map((cuts) => [...cuts].sort((a, b) => a - b)), (of, another, [a = 0, b = 0, c = 0]) => {
        const down = (from: number, to: number, each = of) => figuresOf(walkOf(each, "total", [from, to], "unfavourable"), 2).downtimeMs;
        const [left, right, whole] = [down(a, b), down(b, c), down(a, c)];
        expect(compare({ numerator: left.numerator * right.denominator + right.numerator * left.denominator, denominator: left.denominator * right.denominator }, whole)).to.equal(0);
        expect(compare(down(a, c, { ...of, disruptions: [...of.disruptions, another] }), whole)).to.be.at.least(0);
      }),
    );
  });
  it("of equal weights the lower id is named; a weight of zero is named too", () => {
    const named: (string | undefined)[] = [];
    walk(over({ start: 0, end: 4 }, [hit(0, 2, 1, "b"), hit(0, 2, 1, "a"), hit(2, 3, 0, "zero")]), (stretch) => {
      if (stretch.kind === "counted") named.push(stretch.hit?.cause);
    });
    expect(named).to.deep.equal(["a", "zero", undefined]);
  });
});

describe("cost of the time lost", () => {
  const year2019 = month("2019");
  const cost = (from: number, amountCents: number) => ({ from, yearlyCost: { amountCents, currency: "EUR" }, source: "agreement" });
  const outage = { ...over(month("2019-09-25"), [hit(at("2019-09-25T08:00:00+02:00"), at("2019-09-25T10:00:00+02:00"), units.outage)]) };
  it("is lost hours × yearly cost ÷ hours of the year, rounded half up once", () => {
    const pieces = costPieces(outage, scale, [cost(0, 9072)], [{ year: 2019, span: year2019, agreed: [year2019] }]);
    expect(pieces.map(({ year, lostWorkstationHours }) => [year, toExactText(lostWorkstationHours)])).to.deep.equal([[2019, "20"]]);
    const total = totalCents(pieces);
    expect(compare(total.exactCents, rational(20 * 9072, 8760))).to.equal(0);
    expect(total.amountCents).to.equal(21);
  });
  it("is split where the agreed cost changes, and costs nothing before the first agreement", () => {
    const changing = costPieces(outage, scale, [cost(at("2019-09-25T09:00:00+02:00"), 9072), cost(at("2019-09-25T09:30:00+02:00"), 18_144)], [{ year: 2019, span: year2019, agreed: [year2019] }]);
    expect(changing.map(({ lostWorkstationHours }) => toExactText(lostWorkstationHours))).to.deep.equal(["5", "5"]);
    expect(compare(totalCents(changing).exactCents, rational(5 * 9072 + 5 * 18_144, 8760))).to.equal(0);
  });
});

describe("a service as a whole", () => {
  const stretch = (name: string, start: number, end: number, each: { units: number; workstations: number }) => ({ body: name, start, end, ...each });
  const stretches = [
    stretch("lecco", 0, 10, { units: 2, workstations: 30 }),
    stretch("colico", 0, 5, { units: 0, workstations: 10 }),
    stretch("erve", 20, 30, { units: 1, workstations: 0 }),
  ];
  it("takes the largest weight, the smallest, or the mean by workstations (unweighted where there are none)", () => {
    const down = (mode: "any" | "all" | "mean") => toExactText(wholeServiceFigures(mode, stretches, 2).downtimeMs);
    expect(wholeServiceFigures("any", stretches, 2).agreedMs).to.equal(20);
    expect([down("any"), down("all"), down("mean")]).to.deep.equal(["15", "10", "55/4"]);
  });
});
