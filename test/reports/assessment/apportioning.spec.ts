import { expect } from "chai";
import fc from "fast-check";
import { LedgerError } from "../../../src/kernel/errors.js";
import { toExactText } from "../../../src/kernel/rational.js";
import { affectedBodies } from "../../../src/reports/assessment/affected.js";
import { sharesOf } from "../../../src/reports/assessment/apportioning.js";
import { frozenTime } from "../../../src/reports/terms/recorded-time.js";
import { text } from "./naive-exact.js";
import { frozen } from "./freezing.js";
import { naiveAffected, naiveShares } from "./naive-shares.js";
import { LONGER, MONTHS, freezable, stories, type Story } from "./stories.js";
import { frameOf, naiveLedgerOf, questionOf } from "./told.js";

const keys = ["lost-workstation-hours", "workstations", "equally"] as const;
/** A story in which hours, workstations or hits may be missing altogether. */
function without(story: Story, what: "nothing" | "weights" | "workstations" | "hits"): Story {
  switch (what) {
    case "nothing":
      return story;
    case "weights":
      return { ...story, disruptions: story.disruptions.map((each) => ({ ...each, phases: each.phases.map((phase) => ({ ...phase, degree: "degraded" as const })) })), documents: story.documents.map((each) => ({ ...each, weights: undefined })) };
    case "workstations":
      return { ...story, bodies: story.bodies.map((body) => ({ ...body, workstations: [] })) };
    case "hits":
      return { ...story, disruptions: [] };
  }
}

describe("shares of a penalty, against hours lost that are counted moment by moment", function () {
  this.timeout(60_000);

  it("go to the bodies that were hit, by what each lost, to the cent", () => {
    const used = new Map<string, number>();
    fc.assert(fc.property(stories([...MONTHS, ...LONGER.slice(0, 2)].map(frameOf)), fc.constantFrom("nothing", "nothing", "weights", "workstations", "hits"), fc.integer({ min: -1_000_000, max: 100_000_000 }), (told, missing, cents) => {
      const { story, known, computation } = frozen(freezable(without(told, missing)));
      const ledger = naiveLedgerOf(story);
      const affected = naiveAffected(ledger, questionOf(story));
      expect(affectedBodies(known, computation, frozenTime(computation.frozen)).map(({ bodyId, lostWorkstationHours, workstations }) => [bodyId, toExactText(lostWorkstationHours), toExactText(workstations)]))
        .to.deep.equal(affected.map(({ body, hours, workstations }) => [body, text(hours), String(workstations)]));
      if (affected.length === 0) {
        used.set("nobody", (used.get("nobody") ?? 0) + 1);
        expect(() => sharesOf(known, computation, cents)).to.throw(LedgerError).with.property("code", "NOT_FOUND");
        return;
      }
      const expected = naiveShares(cents, affected, ledger.terms.at(-1)?.apportionment ?? "");
      const { key, shares } = sharesOf(known, computation, cents);
      expect(key).to.equal(expected.key);
      expect(shares.map(({ bodyId, amountCents }) => [bodyId, amountCents])).to.deep.equal([...expected.shares]);
      expect(shares.reduce((sum, { amountCents }) => sum + amountCents, 0)).to.equal(cents);
      used.set(key, (used.get(key) ?? 0) + 1);
    }), { numRuns: 150 });
    for (const key of [...keys, "nobody"]) expect(used.get(key), key).to.be.greaterThan(0);
  });
});
