import { expect } from "chai";
import fc from "fast-check";
import { rational } from "../../src/kernel/rational.js";
import { apportion, KEYS, type Affected } from "../../src/sla/apportionment.js";

function body(bodyId: string, lost: number, workstations: number): Affected<string> {
  return { bodyId, lostWorkstationHours: rational(lost), workstations: rational(workstations) };
}
const cents = (amountCents: number, affected: readonly Affected<string>[], key: (typeof KEYS)[number] = "lost-workstation-hours"): readonly unknown[] =>
  apportion(amountCents, affected, key)?.shares.map((share) => [share.bodyId, share.amountCents]) ?? [];

describe("apportioning a penalty", () => {
  it("worked example 7: EUR 100.00 over three bodies of equal weight are 33.34, 33.33 and 33.33, the odd cent for the first body id", () => {
    expect(cents(10_000, [body("valmadrera", 5, 1), body("lecco", 5, 1), body("malgrate", 5, 1)])).to.deep.equal([["lecco", 3_334], ["malgrate", 3_333], ["valmadrera", 3_333]]);
  });
  it("gives the odd cents to the largest remainders", () => {
    // 100 × 1/6, 2/6, 3/6: 16.67, 33.33, 50.
    expect(cents(100, [body("a", 1, 0), body("b", 2, 0), body("c", 3, 0)])).to.deep.equal([["a", 17], ["b", 33], ["c", 50]]);
    expect(cents(1, [body("a", 1, 0), body("b", 2, 0)])).to.deep.equal([["a", 0], ["b", 1]]);
  });
  it("by workstations where nobody lost any time, then equally; by what was agreed on first", () => {
    const idle = [body("lecco", 0, 300), body("valmadrera", 0, 100)];
    expect(apportion(400, idle, "lost-workstation-hours")).to.deep.include({ key: "workstations" });
    expect(cents(400, idle)).to.deep.equal([["lecco", 300], ["valmadrera", 100]]);
    expect(apportion(3, [body("lecco", 0, 0), body("valmadrera", 0, 0)], "lost-workstation-hours")).to.deep.include({ key: "equally" });
    expect(cents(400, [body("lecco", 9, 300), body("valmadrera", 1, 300)], "workstations")).to.deep.equal([["lecco", 200], ["valmadrera", 200]]);
    expect(cents(400, [body("lecco", 9, 300), body("valmadrera", 1, 100)], "equally")).to.deep.equal([["lecco", 200], ["valmadrera", 200]]);
  });
  it("is not done with nobody to get it, and gives nothing to a body that lost nothing", () => {
    expect(apportion(400, [], "equally")).to.equal(undefined);
    expect(cents(400, [body("lecco", 0, 300), body("valmadrera", 1, 1)])).to.deep.equal([["lecco", 0], ["valmadrera", 400]]);
  });
  it("of an adjustment downwards takes back as it would have given", () => {
    expect(cents(-10_000, [body("valmadrera", 5, 1), body("lecco", 5, 1), body("malgrate", 5, 1)])).to.deep.equal([["lecco", -3_334], ["malgrate", -3_333], ["valmadrera", -3_333]]);
  });

  const affected = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,6}$/), fc.nat(5_000), fc.nat(500)), { minLength: 1, maxLength: 40, selector: ([id]) => id }).map((all) => all.map(([id, lost, workstations]) => body(id, lost, workstations)));
  it("adds up to the cent, is within a cent of exact, and does not depend on the order of bodies", () =>
    fc.assert(fc.property(fc.integer({ min: -1_000_000_00, max: 1_000_000_00 }), affected, fc.constantFrom(...KEYS), (amountCents, all, key) => {
      const { shares } = apportion(amountCents, all, key) ?? expect.fail();
      expect(shares.reduce((sum, share) => sum + share.amountCents, 0)).to.equal(amountCents);
      for (const { amountCents: given, exactCents } of shares) expect(Math.abs(given - Number(exactCents.numerator) / Number(exactCents.denominator))).to.be.below(1 + 1e-6);
      expect(apportion(amountCents, [...all].reverse(), key)?.shares).to.deep.equal(shares);
    })));
});
