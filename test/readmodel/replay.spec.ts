import { expect } from "chai";
import fc from "fast-check";
import { compareWithFreshFold } from "../../src/readmodel/fresh-fold.js";
import type { RunningReadModel } from "../../src/readmodel/port.js";
import { histories, LEDGER } from "./histories.js";
import { onLedger, PATIENCE_MS } from "./kept-ledger.js";
import { dumpOf } from "./row-dump.js";
import { inBatchesOf, stammering } from "./stand-ins.js";

/** Fulfilled after so many commits. */
function commits(readModel: RunningReadModel, count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    const stop = readModel.onTaken(() => {
      left -= 1;
      if (left > 0) return;
      stop();
      resolve();
    });
  });
}

describe("folding a history again", () => {
  it("makes the same rows in another file, which are those of a fresh fold", async () => {
    await fc.assert(
      fc.asyncProperty(histories({ maxMoves: 100 }), async (history) => {
        await onLedger(async (ledger) => {
          await ledger.append(history);
          await ledger.caughtUp();
          const other = `${ledger.folder}/again.sqlite`;
          await ledger.caughtUp({ file: other });
          const dump = dumpOf(ledger.file);
          expect(dump["ordinals"]).to.have.length(history.length);
          expect(dumpOf(other)).to.deep.equal(dump);
          expect(await compareWithFreshFold({ store: ledger.store, ledgerId: LEDGER, file: ledger.file })).to.deep.equal([]);
        });
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });

  it("makes the same rows in batches of any size, stopped after any of them and begun again", async () => {
    await fc.assert(
      fc.asyncProperty(histories({ maxMoves: 80 }), fc.array(fc.record({ size: fc.integer({ min: 1, max: 30 }), batches: fc.integer({ min: 1, max: 4 }) }), { maxLength: 5 }), async (history, runs) => {
        await onLedger(async (ledger) => {
          await ledger.append(history);
          const once = `${ledger.folder}/once.sqlite`;
          await ledger.caughtUp({ file: once });
          for (const { size, batches } of runs) {
            const readModel = await ledger.open({ store: inBatchesOf(ledger.store, size) });
            const left = history.length - readModel.eventCount;
            await commits(readModel, Math.min(batches, Math.ceil(left / size)));
            await readModel.close();
            if (left <= size * batches) break;
          }
          await ledger.caughtUp({ store: inBatchesOf(ledger.store, 11) });
          expect(dumpOf(ledger.file)).to.deep.equal(dumpOf(once));
        });
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });

  it("makes the same rows as the events come in", async () => {
    await fc.assert(
      fc.asyncProperty(histories({ maxMoves: 40 }), fc.integer({ min: 1, max: 9 }), async (history, together) => {
        await onLedger(async (ledger) => {
          const readModel = await ledger.open();
          for (let from = 0; from < history.length; from += together) {
            await ledger.append(history.slice(from, from + together));
            if (from % 2 === 0) await readModel.waitUntilCaughtUp(PATIENCE_MS);
          }
          await readModel.waitUntilCaughtUp(PATIENCE_MS);
          const other = `${ledger.folder}/again.sqlite`;
          await ledger.caughtUp({ file: other });
          expect(dumpOf(ledger.file)).to.deep.equal(dumpOf(other));
        });
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });

  it("changes nothing for events that were taken already, however often they come", async () => {
    await fc.assert(
      fc.asyncProperty(histories({ maxMoves: 60 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 60 }), async (history, size, again) => {
        await onLedger(async (ledger) => {
          await ledger.append(history);
          const once = `${ledger.folder}/once.sqlite`;
          await ledger.caughtUp({ file: once });
          const readModel = await ledger.caughtUp({ store: stammering(ledger.store, size, again) });
          await readModel.close();
          expect(dumpOf(ledger.file)).to.deep.equal(dumpOf(once));
          expect(readModel.eventCount).to.equal(history.length);
        });
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });
});
