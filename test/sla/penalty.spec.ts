import { expect } from "chai";
import fc from "fast-check";
import { compare, divide, multiply, rational, roundHalfUp, type Rational } from "../../src/kernel/rational.js";
import { above, below, capOf, penaltyOf, stepsIn, tierOf, underCap, type PenaltyRule } from "../../src/sla/penalty.js";

/** `99.28` as a fraction. */
function decimal(text: string): Rational {
  const [, whole = "", places = ""] = /^(-?\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  return rational(BigInt(whole + places), 10n ** BigInt(places.length));
}
const PER_MILLE = rational(1, 1000);
const perTenth = (counting: "commenced" | "whole"): PenaltyRule => ({ kind: "per-step", step: decimal("0.1"), counting, rate: PER_MILLE });
const NOTHING = { beyond: rational(0), figure: rational(100), cases: 0, baseCents: rational(1_200_000) };

describe("penalties", () => {
  it("worked example 6: 1 ‰ of EUR 12,000.00 for each commenced 0.1 points below 99.5 %: at 99.28 % three steps, EUR 36.00", () => {
    const penalty = penaltyOf(perTenth("commenced"), { ...NOTHING, beyond: below(decimal("99.5"), decimal("99.28")) });
    expect([penalty.count, penalty.amountCents]).to.deep.equal([3n, 3_600]);
  });

  it("worked example 6: where floating point counts four steps there are three, and where it counts two whole ones there are three", () => {
    expect(stepsIn(below(decimal("99.9"), decimal("99.6")), decimal("0.1"), "commenced")).to.equal(3n);
    expect(stepsIn(below(decimal("99.5"), decimal("99.2")), decimal("0.1"), "whole")).to.equal(3n);
    expect([Math.ceil((99.9 - 99.6) / 0.1), Math.floor((99.5 - 99.2) / 0.1)], "what floating point says").to.deep.equal([4, 2]);
  });

  it("none where the threshold is met, also exactly", () => {
    for (const figure of ["99.5", "99.50001", "100"]) expect(penaltyOf(perTenth("commenced"), { ...NOTHING, beyond: below(decimal("99.5"), decimal(figure)) })).to.deep.include({ count: 0n, amountCents: 0 });
    expect(penaltyOf(perTenth("commenced"), { ...NOTHING, beyond: above(rational(4), rational(9, 2)) }).count, "half an hour beyond four").to.equal(5n);
  });

  it("by tiers, as cloud providers give credits: the lowest tier reached, its edge not included", () => {
    const rule: PenaltyRule = { kind: "tiers", tiers: [{ below: decimal("99.95"), rate: rational(1, 10) }, { below: decimal("95"), rate: rational(1) }, { below: decimal("99"), rate: rational(1, 4) }] };
    const credit = (figure: string): number => penaltyOf(rule, { ...NOTHING, figure: decimal(figure) }).amountCents;
    expect(["100", "99.95", "99.949", "99", "98.99", "95", "94.99", "0"].map(credit)).to.deep.equal([0, 0, 120_000, 120_000, 300_000, 300_000, 1_200_000, 1_200_000]);
    expect(tierOf([], decimal("1"))).to.equal(undefined);
  });

  it("by cases that missed", () => {
    expect(penaltyOf({ kind: "per-case", amountCents: 15_050 }, { ...NOTHING, cases: 3 })).to.deep.include({ count: 3n, amountCents: 45_150, rate: undefined });
  });

  it("are rounded half up, once, at the end", () => {
    const of = (baseCents: number): number => penaltyOf({ kind: "per-step", step: rational(1), counting: "whole", rate: PER_MILLE }, { ...NOTHING, beyond: rational(5), baseCents: rational(baseCents) }).amountCents;
    expect([99, 100, 299, 300].map(of)).to.deep.equal([0, 1, 1, 2]);
  });

  it("never shrink when things get worse, and whole steps never cost more than commenced ones", () =>
    fc.assert(fc.property(fc.integer({ min: -50, max: 5_000 }), fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 300 }), fc.nat(1_000_000_00), (beyond, more, step, baseCents) => {
      const of = (counting: "commenced" | "whole", thousandths: number) => penaltyOf({ kind: "per-step", step: rational(step, 1000), counting, rate: PER_MILLE }, { ...NOTHING, beyond: rational(thousandths, 1000), baseCents: rational(baseCents) });
      expect(of("commenced", beyond + more).amountCents).to.be.at.least(of("commenced", beyond).amountCents);
      const [commenced, whole] = [of("commenced", beyond), of("whole", beyond)];
      expect([commenced.count - whole.count]).to.satisfy(([difference]: [bigint]) => difference === 0n || difference === 1n);
      // Written out: base × rate × steps.
      expect(compare(commenced.exactCents, divide(multiply(rational(baseCents), rational(commenced.count)), rational(1000)))).to.equal(0);
      expect(commenced.amountCents).to.equal(Number(roundHalfUp(commenced.exactCents)));
    })));
});

describe("the cap over a contract's life", () => {
  it("cuts what goes beyond it, and leaves nothing then", () => {
    expect(underCap(3_600, { capCents: 10_000, usedCents: 0 })).to.deep.equal({ dueCents: 3_600, cutCents: 0, leftCents: 6_400 });
    expect(underCap(3_600, { capCents: 10_000, usedCents: 9_000 })).to.deep.equal({ dueCents: 1_000, cutCents: 2_600, leftCents: 0 });
    expect(underCap(3_600, { capCents: 8_000, usedCents: 9_000 }), "the contract was amended to less").to.deep.equal({ dueCents: 0, cutCents: 3_600, leftCents: 0 });
  });
  it("is rounded down", () => {
    expect([capOf(99_999, rational(1, 10)), capOf(0, rational(1, 10))]).to.deep.equal([9_999, 0]);
  });
  it("is never passed, whatever is determined in whatever order", () =>
    fc.assert(fc.property(fc.nat(100_000), fc.array(fc.nat(30_000), { maxLength: 12 }), (capCents, penalties) => {
      let usedCents = 0;
      for (const penalty of penalties) {
        const { dueCents, cutCents, leftCents } = underCap(penalty, { capCents, usedCents });
        usedCents += dueCents;
        expect([dueCents + cutCents, usedCents + leftCents]).to.deep.equal([penalty, capCents]);
      }
      expect(usedCents).to.equal(Math.min(capCents, penalties.reduce((sum, each) => sum + each, 0)));
    })));
});
