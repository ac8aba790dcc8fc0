import { expect } from "chai";
import fc from "fast-check";
import { compare, sum, toExactText, ZERO, type Rational } from "../../../src/kernel/rational.js";
import { assess, type Assessment } from "../../../src/reports/assessment/assessment.js";
import type { AvailabilityExplanation, Level } from "../../../src/reports/assessment/level.js";
import { MONTHS, stories, type Story } from "./stories.js";
import { AFTER, CONTRACT, frameOf, instantOf, naiveLedgerOf, periodOf, questionOf, recorded } from "./told.js";

function assessed(story: Story): Assessment {
  return assess(recorded(naiveLedgerOf(story), story.frame.label).known(AFTER), CONTRACT, periodOf(story), { asOf: instantOf(questionOf(story).asOf) });
}
const months = stories(MONTHS.map(frameOf));

/** Agreed time and downtime that the parts of one evaluation come to; they must follow each other over the whole of what is covered. */
function addedUp({ parts }: AvailabilityExplanation, side: "favourable" | "unfavourable", { start, end }: Level["part"]["covered"]): { readonly agreedMs: number; readonly downtimeMs: Rational } {
  let [at, agreedMs, otherMs] = [start, 0, 0];
  const lost: Rational[] = [];
  for (const part of parts[side]) {
    expect(part.start, "no gap and no overlap").to.equal(at);
    expect(part.end).to.be.greaterThan(part.start);
    at = part.end;
    if (part.kind === "counted") {
      agreedMs += part.end - part.start;
      lost.push(part.downtimeMs);
    } else otherMs += part.end - part.start;
  }
  expect([at, agreedMs + otherMs], "counted, excluded and not owed are the whole").to.deep.equal([end, end - start]);
  return { agreedMs, downtimeMs: sum(lost) };
}

/** A moment without a band. */
function exactly(moment: number): [number, number] {
  return [moment, 0];
}

interface Totals {
  agreedMs: number;
  lost: Rational;
  count: number;
}
/** Figures of each indicator, body and service over all parts of the period, in the evaluation least favourable to the supplier and the other. */
function acrossParts({ levels }: Assessment, side: "min" | "max"): ReadonlyMap<string, readonly string[]> {
  const totals = new Map<string, Totals>();
  for (const { indicator, bodyId, serviceId, measured } of levels) {
    const key = `${indicator.id}/${bodyId ?? ""}/${serviceId ?? ""}`;
    const before = totals.get(key) ?? { agreedMs: 0, lost: ZERO, count: 0 };
    if (measured.kind === "availability") totals.set(key, { ...before, agreedMs: before.agreedMs + measured.agreedMs[side], lost: sum([before.lost, measured.downtimeMs[side]]) });
    if (measured.kind === "failures") totals.set(key, { ...before, count: before.count + measured.count[side] });
  }
  return new Map([...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, { agreedMs, lost, count }]) => [key, [String(agreedMs), toExactText(lost), String(count)]]));
}

describe("figures of assessments", function () {
  this.timeout(60_000);

  it("are explained by parts that follow each other over the whole period and add up exactly", () => {
    fc.assert(fc.property(months, (story) => {
      for (const { measured, part } of assessed(story).levels) {
        if (measured.kind !== "availability") continue;
        const sides = (["favourable", "unfavourable"] as const).map((side) => {
          const each = measured.explanation().map((explained) => addedUp(explained, side, part.covered));
          return { agreedMs: each.reduce((total, { agreedMs }) => total + agreedMs, 0), downtimeMs: sum(each.map(({ downtimeMs }) => downtimeMs)) };
        });
        expect(sides.map(({ agreedMs }) => agreedMs).sort((a, b) => a - b)).to.deep.equal([measured.agreedMs.min, measured.agreedMs.max]);
        expect(sides.map(({ downtimeMs }) => downtimeMs).sort(compare).map(toExactText)).to.deep.equal([measured.downtimeMs.min, measured.downtimeMs.max].map(toExactText));
      }
    }), { numRuns: 150 });
  });

  it("come to the same in all when identical terms split the period", () => {
    fc.assert(fc.property(months, (told) => {
      const [document] = told.documents;
      // Bands that reach over the split leave open in which part something happened.
      const whole = { ...told, beforehand: true, documents: document === undefined ? [] : [document], disruptions: told.disruptions.map((each) => ({ ...each, width: 0 })), maintenance: told.maintenance.map(({ cancelled, ...each }) => ({ ...each, cancelled: cancelled && exactly(cancelled[0]) })) };
      const split = { ...whole, documents: [...whole.documents, ...whole.documents, ...whole.documents] };
      for (const side of ["min", "max"] as const) expect([...acrossParts(assessed(split), side)]).to.deep.equal([...acrossParts(assessed(whole), side)]);
    }), { numRuns: 150 });
  });

  it("never become better by a further disruption, nor penalties smaller", () => {
    fc.assert(fc.property(months, months, (story, other) => {
      const more = { ...story, disruptions: [...story.disruptions, ...other.disruptions.slice(0, 2)] };
      const after = new Map(assessed(more).levels.map((level) => [level.name, level]));
      for (const { name, measured, penalty, verdict } of assessed(story).levels) {
        const worse = after.get(name);
        for (const side of ["min", "max"] as const) {
          expect(worse?.penalty?.cents[side] ?? 0, name).to.be.at.least(penalty?.cents[side] ?? 0);
          if (measured.kind === "availability" && worse?.measured.kind === "availability") {
            expect(worse.measured.agreedMs[side], name).to.equal(measured.agreedMs[side]);
            if (measured.share !== undefined) expect(compare(worse.measured.share?.[side] ?? ZERO, measured.share[side]), name).to.be.at.most(0);
          } else if (measured.kind === "failures" && worse?.measured.kind === "failures") expect(worse.measured.count[side]).to.be.at.least(measured.count[side]);
          else expect.fail(`${name} is measured by ${measured.kind} before and after`);
        }
        if (verdict === "breached") expect(worse?.verdict, name).to.equal("breached");
      }
    }), { numRuns: 100 });
  });
});
