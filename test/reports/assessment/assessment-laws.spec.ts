import { expect } from "chai";
import fc from "fast-check";
import { assess } from "../../../src/reports/assessment/assessment.js";
import { levelsOf } from "./figures-of.js";
import { naiveLevels } from "./naive-assessment.js";
import { BY_SECONDS, LONGER, MONTHS, stories, type Setting, type Story } from "./stories.js";
import { AFTER, CONTRACT, frameOf, instantOf, naiveLedgerOf, periodOf, questionOf, recorded } from "./told.js";

function assessed(story: Story) {
  const known = recorded(naiveLedgerOf(story), story.frame.label).known(AFTER);
  return assess(known, CONTRACT, periodOf(story), { asOf: instantOf(questionOf(story).asOf) });
}

describe("assessments, against looking at every moment on its own", function () {
  this.timeout(120_000);
  const seen = { levels: 0, breached: 0, undetermined: 0, parts: 0, penalties: 0 };

  function agree(settings: readonly Setting[], numRuns: number): void {
    fc.assert(fc.property(stories(settings.map(frameOf)), (story) => {
      const expected = naiveLevels(naiveLedgerOf(story), questionOf(story));
      const assessment = assessed(story);
      expect(levelsOf(assessment)).to.deep.equal(JSON.parse(JSON.stringify(expected)));
      const counts = (verdict: string): number => expected.filter((level) => level.verdict === verdict).length;
      expect(assessment.verdicts).to.deep.equal({ met: counts("met"), breached: counts("breached"), undetermined: counts("undetermined"), "not-assessable": counts("not-assessable") });
      const cents = (side: "min" | "max"): number => expected.reduce((sum, { penalty }) => sum + (penalty?.cents[side] ?? 0), 0);
      expect(assessment.penaltyCents).to.deep.equal({ min: cents("min"), max: cents("max") });
      seen.levels += expected.length;
      seen.breached += counts("breached");
      seen.undetermined += counts("undetermined");
      seen.parts += Number(assessment.parts.length > 1);
      seen.penalties += expected.filter(({ penalty }) => penalty !== null && penalty.cents.max > 0).length;
    }), { numRuns });
  }

  it("come to the same figures, verdicts and penalties in random months", () => agree(MONTHS, 2000));
  it("come to the same in random quarters and years", () => agree(LONGER, 100));
  it("come to the same by the second", () => agree(BY_SECONDS, 12));
  it("had something to agree on: split periods, breaches, open verdicts, penalties", () => {
    for (const [what, count] of Object.entries(seen)) expect(count, what).to.be.greaterThan(10);
  });
});
