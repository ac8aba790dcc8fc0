import { expect } from "chai";
import fc from "fast-check";
import { BEFORE_ALL, comparePlaces, later, parsePlace, placeFrom, positionOf, type Place } from "../../../src/eventstore/eventstoredb/place.js";
import { position } from "../../../src/kernel/brand.js";

const LARGEST = 2n ** 64n - 2n;
const decimal = fc.oneof(fc.bigInt({ min: 0n, max: LARGEST }), fc.bigInt({ min: 0n, max: 20n })).map(String);
const place: fc.Arbitrary<Place> = fc.record({ commit: decimal, prepare: decimal });

describe("a place in an EventStoreDB store", () => {
  it("comes back from its text as it was, to the last digit", () => {
    fc.assert(fc.property(place, (one) => {
      expect(parsePlace(positionOf(one))).to.deep.equal(one);
    }));
  });

  it("is compared as the numbers are, the commit before the prepare", () => {
    const sign = (difference: bigint): number => (difference < 0n ? -1 : difference > 0n ? 1 : 0);
    fc.assert(
      fc.property(place, place, (a, b) => {
        expect(Math.sign(comparePlaces(a, b))).to.equal(sign(BigInt(a.commit) - BigInt(b.commit)) || sign(BigInt(a.prepare) - BigInt(b.prepare)));
        expect(comparePlaces(later(a, b) ?? expect.fail(), a)).to.be.at.least(0);
        expect(comparePlaces(BEFORE_ALL, a)).to.be.at.most(0);
        expect(later(undefined, a)).to.equal(a);
      }),
    );
  });

  it("is no other text", () => {
    for (const text of ["", "5", "C:1", "C:1/P:", "C:01/P:1", "C:-1/P:1", "C:1/P:1 ", "c:1/p:1", `C:${2n ** 64n}/P:1`, "C:1/P:99999999999999999999"]) {
      expect(parsePlace(position(text)), text).to.equal(undefined);
    }
  });

  it("is not what a server says that does not know it", () => {
    expect(placeFrom("18446744073709551615", "18446744073709551615")).to.equal(undefined);
  });
});
