import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { histories, type History } from "./histories.js";
import { onLedger, PATIENCE_MS, type KeptLedger } from "./kept-ledger.js";
import { dumpOf } from "./row-dump.js";
import { disturbed, inBatchesOf } from "./stand-ins.js";

const PROGRAM = fileURLToPath(new URL("catching-up-process.ts", import.meta.url));

/** Some history of at least 60 events. */
const [LONG = []] = fc.sample(histories({ maxMoves: 200 }).filter(({ length }) => length >= 60), { numRuns: 1, seed: 20190925 });

async function expectWhole(ledger: KeptLedger, history: History): Promise<void> {
  const once = `${ledger.folder}/once.sqlite`;
  await ledger.caughtUp({ file: once });
  expect(dumpOf(ledger.file)).to.deep.equal(dumpOf(once));
  expect(dumpOf(ledger.file)["ordinals"]).to.have.length(history.length);
}
function taken(file: string): number {
  return Number(dumpOf(file)["progress"]?.[0]?.["ordinal"]);
}

describe("a process that is killed while it folds", () => {
  it("leaves whole batches, from which the next one goes on", async function () {
    this.timeout(30_000);
    await onLedger(async (ledger) => {
      await ledger.append(LONG);
      for (const { at, whole } of [{ at: "18", whole: 14 }, { at: "43", whole: 42 }]) {
        const child = spawn(process.execPath, ["--import", "tsx", PROGRAM, ledger.folder, "7", at], { stdio: ["ignore", "ignore", "inherit"] });
        expect(await once(child, "close")).to.deep.equal([null, "SIGKILL"]);
        expect(taken(ledger.file)).to.equal(whole);
      }
      await ledger.caughtUp();
      await expectWhole(ledger, LONG);
    });
  });
});

describe("closing in the midst of a batch", () => {
  it("keeps what was folded, and the next run goes on from there", async () => {
    await onLedger(async (ledger) => {
      await ledger.append(LONG);
      let reached = (): void => undefined;
      const inTheMidst = new Promise<void>((resolve) => (reached = resolve));
      const slowly = disturbed("incidents", ({ position }) => {
        if (position === "20") reached();
        const until = performance.now() + 2;
        while (performance.now() < until);
      });
      const readModel = await ledger.open({ projections: slowly });
      await inTheMidst;
      await readModel.close();
      expect(taken(ledger.file)).to.be.within(20, LONG.length - 1);
      await ledger.caughtUp();
      await expectWhole(ledger, LONG);
    });
  });
});

describe("a fold that fails in the midst of a batch", () => {
  it("leaves nothing of the batch, is told, and is tried again", async () => {
    await onLedger(async (ledger) => {
      await ledger.append(LONG);
      let failures = 0;
      const failing = disturbed("timeline", ({ position }) => {
        if (position !== "33" || failures === 1) return;
        failures += 1;
        expect(taken(ledger.file)).to.equal(30);
        throw new Error("disk I/O error");
      });
      const readModel = await ledger.open({ projections: failing, store: inBatchesOf(ledger.store, 10) });
      await readModel.waitUntilCaughtUp(PATIENCE_MS);
      expect(ledger.notices).to.deep.equal([{ kind: "stopped", reason: "disk I/O error" }]);
      await expectWhole(ledger, LONG);
    });
  });
});
