import { expect } from "chai";
import fc from "fast-check";
import { eventId, importId, instant, position, type Instant } from "../../src/kernel/brand.js";
import { EVERYTHING, type Knowledge } from "../../src/readmodel/knowledge.js";
import type { LedgerCommand } from "../../src/domain/record.js";
import { at } from "../support/given.js";
import { JOINED, LECCO, OPENED, PROTOCOLLO_DOWN, REPORTED, CLOUD_OUTAGE } from "../support/lecco.js";
import { answersOf, expectSame, type Answers } from "./answers.js";
import { historyOf, histories, nthEventId, type History } from "./histories.js";
import { ASKED, knownAt, onLedger, PATIENCE_MS, type KeptLedger } from "./kept-ledger.js";
import { correction, payload, withdrawal } from "./moves.js";

const MINUTE_MS = 60_000;

/** Parts of a history in the order of recording; none is empty. */
function parts(history: History, cuts: readonly number[]): readonly History[] {
  const places = [...new Set([0, ...cuts.map((cut) => cut % history.length), history.length])].sort((a, b) => a - b);
  return places.slice(1).map((end, n) => history.slice(places[n], end));
}
/** The greatest recorded time so far. */
function reached(history: History): Instant {
  return instant(Math.max(...history.map(({ meta }) => meta.recordedAt)));
}

describe("what was known at a position", () => {
  it("is what a ledger answered that ended there, whatever was recorded, corrected, withdrawn or backdated since", async () => {
    await fc.assert(
      fc.asyncProperty(histories({ maxMoves: 100 }), fc.array(fc.nat(), { minLength: 3, maxLength: 4 }), async (history, cuts) => {
        const ids = history.map(({ id }) => id);
        const asked: { readonly knowledge: Knowledge; readonly answers: Answers }[] = [];
        await onLedger(async (ledger) => {
          const readModel = await ledger.open();
          for (const part of parts(history, cuts)) {
            await ledger.append(part);
            await readModel.waitUntilCaughtUp(PATIENCE_MS);
            for (const { knowledge, answers } of asked) {
              expectSame(answersOf(readModel.at(knowledge, EVERYTHING), ids), answers);
              if (knowledge.position === undefined) throw new TypeError("every part holds events");
              const again = await knownAt(readModel, { kind: "position", position: knowledge.position });
              expect(again.knowledge).to.deep.include({ ordinal: knowledge.ordinal, position: knowledge.position, provisional: false });
              expectSame(answersOf(again, ids), answers);
            }
            const known = await knownAt(readModel);
            asked.push({ knowledge: known.knowledge, answers: answersOf(known, ids) });
          }
        });
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });
});

describe("what was known at an instant", () => {
  it("is what had been recorded when a running maximum of the recorded times passed it, and never changes after that", async () => {
    await fc.assert(
      fc.asyncProperty(histories({ maxMoves: 80 }), fc.nat(), fc.array(fc.nat(5000), { minLength: 5, maxLength: 5 }), async (history, cut, minutes) => {
        await onLedger(async (ledger) => {
          const [first = [], second = []] = parts(history, [1 + (cut % (history.length - 1))]);
          await ledger.append(first);
          const readModel = await ledger.caughtUp();
          const earliest = history[0]?.meta.recordedAt ?? 0;
          const instants = minutes.map((minute) => instant(earliest + minute * MINUTE_MS)).filter((each) => each < reached(first));
          const before = await Promise.all(instants.map((each) => readModel.resolve({ kind: "recordedAt", instant: each }, ASKED)));
          await ledger.append(second);
          await readModel.waitUntilCaughtUp(PATIENCE_MS);
          for (const [n, each] of instants.entries()) {
            const end = history.findIndex(({ meta }) => meta.recordedAt > each);
            const knowledge = await readModel.resolve({ kind: "recordedAt", instant: each }, ASKED);
            expect(knowledge).to.deep.equal({ knownAt: { kind: "recordedAt", instant: each }, ordinal: end, position: history[end - 1]?.position, instant: each, provisional: false });
            expect(before[n]).to.deep.equal(knowledge);
          }
        });
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });
  it("is provisional until it is a minute old", () =>
    onStory(async (ledger, history) => {
      const readModel = await ledger.caughtUp();
      const last = reached(history);
      const ask = async (now: number) => (await readModel.resolve({ kind: "recordedAt", instant: last }, instant(now))).provisional;
      expect(await ask(last + MINUTE_MS - 1)).to.be.true;
      expect(await ask(last + MINUTE_MS)).to.be.false;
    }));
});

/** A report and a disruption; then the disruption is corrected and the body's joining, backdated, recorded and withdrawn. */
const STORY: readonly LedgerCommand[] = [
  { type: "ReportIncident", data: REPORTED.data },
  { type: "OpenDisruption", data: OPENED.data },
  { type: "JoinBody", data: JOINED.data },
  correction(nthEventId(2), OPENED, payload({ ...OPENED.data, degree: "partial", occurredAt: at("2019-09-25T05:00:00Z") })),
  withdrawal(nthEventId(3), JOINED),
];
function onStory(work: (ledger: KeptLedger, history: History) => Promise<void>): Promise<void> {
  return onLedger(async (ledger) => {
    const history = historyOf(...STORY);
    await ledger.append(history);
    await work(ledger, history);
  });
}

describe("a correction and a withdrawal", () => {
  it("hold from the position at which they were recorded", () =>
    onStory(async (ledger) => {
      const readModel = await ledger.caughtUp();
      const seen = [];
      for (const place of ["0", "1", "2", "3", "4", "5"]) {
        const known = await knownAt(readModel, { kind: "position", position: position(place) });
        const disruption = known.disruptionsOfIncidents([CLOUD_OUTAGE]).get(CLOUD_OUTAGE)?.[0];
        seen.push([known.incidents([CLOUD_OUTAGE]).has(CLOUD_OUTAGE), disruption?.disruptionId, disruption?.started, disruption?.phases[0]?.degree, known.bodies([LECCO]).has(LECCO)]);
      }
      const [before, after] = [[at("2019-09-25T06:10:00Z"), "outage"], [at("2019-09-25T05:00:00Z"), "partial"]];
      expect(seen).to.deep.equal([
        [false, undefined, undefined, undefined, false],
        [true, undefined, undefined, undefined, false],
        [true, PROTOCOLLO_DOWN, ...before, false],
        [true, PROTOCOLLO_DOWN, ...before, true],
        [true, PROTOCOLLO_DOWN, ...after, true],
        [true, PROTOCOLLO_DOWN, ...after, false],
      ]);
    }));
  it("have positions of their own, known from then on", () =>
    onStory(async (ledger, history) => {
      const readModel = await ledger.caughtUp();
      const ids = [...history.map(({ id }) => id).toReversed(), eventId("00000000-0000-7000-8000-000000000000")];
      const positionsAt = async (place: string) => [...(await knownAt(readModel, { kind: "position", position: position(place) })).positionsOf(ids)];
      expect(await positionsAt("5")).to.deep.equal(history.map(({ id, position: own }) => [id, own]));
      expect(await positionsAt("3")).to.deep.equal(history.slice(0, 3).map(({ id, position: own }) => [id, own]));
      expect(history.map(({ id }) => readModel.positionOf(id))).to.deep.equal(["1", "2", "3", "4", "5"]);
      expect(readModel.positionOf(ids[5] ?? nthEventId(99))).to.equal(undefined);
    }));
});

describe("the records of an import", () => {
  it("are found in the order of recording, withdrawn ones too", async () => {
    await fc.assert(
      fc.asyncProperty(histories({ maxMoves: 60 }), async (history) => {
        await onLedger(async (ledger) => {
          await ledger.append(history);
          const known = await knownAt(await ledger.caughtUp());
          const imported = history.filter(({ event, meta }) => meta.importId !== undefined && event.type !== "RecordCorrected" && event.type !== "RecordWithdrawn");
          expect(known.timelineOfImport(importId("storico")).map((row) => row.eventId)).to.deep.equal(imported.map(({ id }) => id));
          expect(known.timelineOfImport(importId("altro"))).to.deep.equal([]);
        });
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });
});
