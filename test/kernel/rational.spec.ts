import { expect } from "chai";
import fc from "fast-check";
import { add, compare, divide, floor, multiply, rational, roundHalfUp, subtract, sum, toExactText, toFlooredDecimal, ZERO, type Rational } from "../../src/kernel/rational.js";

const big = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
const fraction: fc.Arbitrary<Rational> = fc.tuple(big, big.filter((each) => each !== 0n)).map(([n, d]) => rational(n, d));
const same = (a: Rational, b: Rational): boolean => compare(a, b) === 0 && a.numerator === b.numerator && a.denominator === b.denominator;
const holds = (...law: Parameters<typeof fc.property<[Rational, Rational, Rational]>>): void => fc.assert(fc.property(...law), { numRuns: 300 });

describe("fractions", () => {
  it("are in lowest terms, with a positive denominator", () => {
    expect(rational(6, -4)).to.deep.equal({ numerator: -3n, denominator: 2n });
    expect(rational(0, 7)).to.deep.equal(ZERO);
    expect(() => rational(1, 0)).to.throw(RangeError);
    expect(() => rational(0.5)).to.throw(RangeError);
  });

  it("are a field: sums and products in any order, and each undone by its opposite", () => {
    holds(fraction, fraction, fraction, (a, b, c) => {
      expect(same(add(a, b), add(b, a)) && same(multiply(a, b), multiply(b, a))).to.equal(true);
      expect(same(add(add(a, b), c), add(a, add(b, c))) && same(multiply(multiply(a, b), c), multiply(a, multiply(b, c)))).to.equal(true);
      expect(same(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))).to.equal(true);
      expect(same(subtract(add(a, b), b), a)).to.equal(true);
      if (b.numerator !== 0n) expect(same(multiply(divide(a, b), b), a)).to.equal(true);
      expect(same(sum([a, b, c]), add(a, add(b, c)))).to.equal(true);
    });
    expect(() => divide(rational(1), ZERO)).to.throw(RangeError);
  });

  it("are ordered as their difference is", () => {
    holds(fraction, fraction, fraction, (a, b, c) => {
      expect(Math.sign(compare(a, b))).to.equal(Math.sign(Number(subtract(a, b).numerator)));
      expect(Math.sign(compare(add(a, c), add(b, c)))).to.equal(Math.sign(compare(a, b)));
    });
  });

  it("are floored downwards, also below zero, and rounded half away from zero", () => {
    holds(fraction, fraction, fraction, (a) => {
      const below = rational(floor(a));
      expect(compare(below, a) <= 0 && compare(a, add(below, rational(1))) < 0).to.equal(true);
      const distance = subtract(rational(roundHalfUp(a)), a);
      const absolute = distance.numerator < 0n ? subtract(ZERO, distance) : distance;
      expect(compare(absolute, rational(1, 2)) <= 0).to.equal(true);
    });
    expect([rational(5, 2), rational(-5, 2), rational(7, 3), rational(-1, 2)].map(roundHalfUp)).to.deep.equal([3n, -3n, 2n, -1n]);
    expect([rational(5, 2), rational(-5, 2)].map(floor)).to.deep.equal([2n, -3n]);
  });

  it("are shown cut, so that no rounding hides a breach, and exactly", () => {
    expect(toFlooredDecimal(rational(999_999_999, 10_000_000), 4)).to.equal("99.9999");
    expect(toFlooredDecimal(rational(2, 3), 2)).to.equal("0.66");
    expect(toFlooredDecimal(rational(-1, 3), 2)).to.equal("-0.34");
    expect(toFlooredDecimal(rational(7), 0)).to.equal("7");
    expect([toExactText(rational(14, 4)), toExactText(rational(6, 3))]).to.deep.equal(["7/2", "2"]);
    fc.assert(fc.property(fraction, fc.integer({ min: 1, max: 12 }), (value, decimals) => {
      const [whole = "", digits = ""] = toFlooredDecimal(value, decimals).split(".");
      const shown = rational(BigInt(whole + digits), 10n ** BigInt(decimals));
      expect(digits).to.have.length(decimals);
      expect(compare(shown, value) <= 0 && compare(value, add(shown, rational(1n, 10n ** BigInt(decimals)))) < 0).to.equal(true);
    }));
  });
});
