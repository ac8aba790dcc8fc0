import { expect } from "chai";
import fc from "fast-check";
import { instant, type Instant, type StreamName } from "../../src/kernel/brand.js";
import { EVERYTHING } from "../../src/readmodel/knowledge.js";
import { answersOf, expectSame } from "./answers.js";
import { expectedAnswers } from "./brute-force.js";
import { historyOf, histories, recordedAfter, RECORDING_FROM, type History } from "./histories.js";
import { ASKED, knownAt, onLedger, PATIENCE_MS } from "./kept-ledger.js";
import { CLOUD_OUTAGE, JOINED, LECCO, REPORTED } from "../support/lecco.js";
import { at } from "../support/given.js";

const MINUTE_MS = 60_000;

/** From when each event counts: when its source had recorded it, but in its stream never before an earlier event; in that order. */
function bySource(history: History, until: Instant): History {
  const reached = new Map<StreamName, number>();
  const dated = history.map((recorded) => {
    const { sourceRecordedAt, recordedAt } = recorded.meta;
    const counts = Math.max(sourceRecordedAt ?? recordedAt, reached.get(recorded.stream) ?? -Infinity);
    reached.set(recorded.stream, counts);
    return { recorded, counts };
  });
  return dated.filter(({ counts }) => counts <= until).sort((a, b) => a.counts - b.counts).map(({ recorded }) => recorded);
}

describe("what the sources had recorded by an instant", () => {
  it("is the fold of their events in the order of the sources' own times", async () => {
    await fc.assert(
      fc.asyncProperty(histories({ maxMoves: 100 }), fc.array(fc.integer({ min: -5000, max: 4000 }), { minLength: 2, maxLength: 3 }), async (history, minutes) => {
        const ids = history.map(({ id }) => id);
        await onLedger(async (ledger) => {
          await ledger.append(history);
          const readModel = await ledger.caughtUp();
          for (const minute of minutes) {
            const until = instant(RECORDING_FROM + minute * MINUTE_MS);
            const known = await knownAt(readModel, { kind: "sourceRecordedAt", instant: until });
            const expected = bySource(history, until);
            expect(known.knowledge).to.deep.equal({ knownAt: { kind: "sourceRecordedAt", instant: until }, ordinal: expected.length, position: history.at(-1)?.position, instant: until, provisional: true });
            expectSame(answersOf(known, ids), expectedAnswers(expected, ids));
          }
        });
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });

  it("is asked of many instants at once, and again, with the same answers", async () => {
    const history = fc.sample(histories({ maxMoves: 80 }), { numRuns: 1, seed: 20190925 })[0] ?? [];
    const ids = history.map(({ id }) => id);
    await onLedger(async (ledger) => {
      await ledger.append(history);
      const readModel = await ledger.caughtUp();
      const instants = Array.from({ length: 9 }, (_, n) => instant(RECORDING_FROM + (n - 4) * 700 * MINUTE_MS));
      const asked = await Promise.all([...instants, ...instants].map((until) => knownAt(readModel, { kind: "sourceRecordedAt", instant: until })));
      for (const known of asked) expectSame(answersOf(known, ids), expectedAnswers(bySource(history, known.knowledge.instant), ids));
    });
  });

  it("changes when a later import brings what a source had recorded before, but not for those who asked before", async () => {
    const asked = at("2019-10-01T00:00:00Z");
    const [joined] = historyOf({ type: "JoinBody", data: JOINED.data });
    const before = joined === undefined ? [] : [joined];
    const imported = recordedAfter(before, { type: "ReportIncident", data: REPORTED.data }, { recordedAt: instant(RECORDING_FROM + MINUTE_MS), sourceRecordedAt: at("2019-09-25T07:00:00Z") });
    await onLedger(async (ledger) => {
      await ledger.append(before);
      const readModel = await ledger.caughtUp();
      const earlier = await readModel.resolve({ kind: "sourceRecordedAt", instant: asked }, ASKED);
      await ledger.append(imported === undefined ? [] : [imported]);
      await readModel.waitUntilCaughtUp(PATIENCE_MS);
      const now = await knownAt(readModel, { kind: "sourceRecordedAt", instant: asked });
      expect(now.incidents([CLOUD_OUTAGE]).size).to.equal(1);
      expect(now.bodies([LECCO]).size).to.equal(0);
      expect(readModel.at(earlier, EVERYTHING).incidents([CLOUD_OUTAGE]).size).to.equal(0);
      expect(() => readModel.at({ ...earlier }, EVERYTHING)).to.throw(TypeError, "resolve");
    });
  });
});
