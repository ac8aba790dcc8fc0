import { expect } from "chai";
import { closeSync, openSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import fc from "fast-check";
import { openDatabase } from "../../src/sqlite/driver.js";
import { histories, nthEventId } from "./histories.js";
import { onLedger, PATIENCE_MS } from "./kept-ledger.js";
import { dumpOf } from "./row-dump.js";

const [HISTORY = []] = fc.sample(histories({ maxMoves: 60 }), { numRuns: 1, seed: 20190925 });

/** A file that has taken all of `HISTORY`; then `damage`; then it is opened again, and must be whole. */
async function healed(damage: (file: string) => void): Promise<void> {
  await onLedger(async (ledger) => {
    await ledger.append(HISTORY);
    await ledger.caughtUp();
    const whole = dumpOf(ledger.file);
    const file = `${ledger.folder}/damaged.sqlite`;
    change(ledger.file, `VACUUM INTO '${file}'`);
    damage(file);
    const readModel = await ledger.open({ file });
    await readModel.waitUntilCaughtUp(PATIENCE_MS);
    expect(dumpOf(file)).to.deep.equal(whole);
    expect(readModel.eventCount).to.equal(HISTORY.length);
  });
}
function change(file: string, sql: string): void {
  const database = openDatabase(file);
  database.exec(sql);
  database.close();
}

describe("a read model file that is", () => {
  it("deleted", () => healed((file) => rmSync(file)));
  it("empty", () => healed((file) => truncateSync(file, 0)));
  it("cut off in its first page", () => healed((file) => truncateSync(file, 1000)));
  it("cut off in the middle", () => healed((file) => truncateSync(file, Math.floor(statSync(file).size / 8192) * 4096)));
  it("no database at all", () => healed((file) => writeFileSync(file, "Relazione all'assemblea, 21 ottobre 2019.\n".repeat(1000))));
  it("a database of something else", () =>
    healed((file) => {
      rmSync(file);
      change(file, "CREATE TABLE ledger (balance INTEGER)");
    }));
  it("of an older format", () => healed((file) => change(file, "UPDATE ledger SET format = 0")));
  it("of another ledger", () => healed((file) => change(file, "UPDATE ledger SET ledger_id = 'sondrio'")));
  it("overwritten in its first pages", async () => {
    for (const page of [0, 1, 2, 3, 4, 5]) await healed((file) => overwrite(file, page));
  });
  it("made from a store that went another way, as after a restore of a backup", async () => {
    for (const count of [5, HISTORY.length]) {
      await onLedger(async (other) => {
        await other.append(HISTORY.slice(0, count).map((recorded, n) => ({ ...recorded, id: nthEventId(1000 + n) })));
        await other.caughtUp();
        await healed((file) => {
          rmSync(file);
          change(other.file, `VACUUM INTO '${file}'`);
        });
      });
    }
  });
});

/** Fills a page (4 KiB) with what SQLite cannot have written. */
function overwrite(file: string, page: number): void {
  const opened = openSync(file, "r+");
  writeSync(opened, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096);
  closeSync(opened);
}
