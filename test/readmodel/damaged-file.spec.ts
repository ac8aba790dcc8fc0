import { expect } from "chai";
import { closeSync, openSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import fc from "fast-check";
import type { RunningReadModel } from "../../src/readmodel/port.js";
import { openDatabase } from "../../src/sqlite/driver.js";
import { SPC_CLOUD } from "../support/lecco.js";
import { histories, nthEventId } from "./histories.js";
import { knownAt, onLedger, PATIENCE_MS, type KeptLedger } from "./kept-ledger.js";
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

describe("a damaged page that is met only later", () => {
  /** The page where a table or an index begins, from 0. */
  function beginningOf(file: string, like: string): number {
    const database = openDatabase(file, { readOnly: true });
    const root = database.prepare("SELECT rootpage FROM sqlite_master WHERE name LIKE ?").get(like)?.["rootpage"];
    database.close();
    return Number(root) - 1;
  }
  /** A file of which that page is overwritten; `meet` meets it; opened again it must be whole. */
  async function met(like: string, meet: (readModel: RunningReadModel, ledger: KeptLedger) => Promise<void>): Promise<void> {
    await onLedger(async (ledger) => {
      const history = HISTORY.slice(0, 10);
      await ledger.append(history);
      await ledger.caughtUp();
      const file = `${ledger.folder}/damaged.sqlite`;
      change(ledger.file, `VACUUM INTO '${file}'`);
      overwrite(file, beginningOf(file, like));
      const readModel = await ledger.open({ file });
      await meet(readModel, ledger);
      await readModel.close();
      await (await ledger.open({ file })).waitUntilCaughtUp(PATIENCE_MS);
      await ledger.caughtUp({ file: `${ledger.folder}/fresh.sqlite` });
      expect(dumpOf(file)).to.deep.equal(dumpOf(`${ledger.folder}/fresh.sqlite`));
    });
  }

  it("by a query: told once, and the file is built anew when it is opened next", () =>
    met("contracts_v%_key", async (readModel, ledger) => {
      const known = await knownAt(readModel);
      const ask = () => known.contracts([SPC_CLOUD]);
      expect(ask).to.throw(/malformed|not a database/);
      expect(ask).to.throw(/malformed|not a database/);
      expect(ledger.notices.map(({ kind }) => kind)).to.deep.equal(["stopped"]);
    }));
  it("by the folding of an event: told, and the file is built anew when it is opened next", () =>
    met("incidents_v%_key", async (_, ledger) => {
      await ledger.append(HISTORY.slice(10));
      await ledger.told("stopped");
    }));
});

/** Fills a page (4 KiB) with what SQLite cannot have written. */
function overwrite(file: string, page: number): void {
  const opened = openSync(file, "r+");
  writeSync(opened, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096);
  closeSync(opened);
}
