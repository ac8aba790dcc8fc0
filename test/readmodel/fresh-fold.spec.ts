import { expect } from "chai";
import { compareWithFreshFold } from "../../src/readmodel/fresh-fold.js";
import type { RowDifference } from "../../src/readmodel/port.js";
import { openDatabase } from "../../src/sqlite/driver.js";
import { CLOUD_OUTAGE, JOINED, LECCO, OPENED, REPORTED } from "../support/lecco.js";
import { codeThrown } from "./codes.js";
import { continued, historyOf, LEDGER } from "./histories.js";
import { onLedger } from "./kept-ledger.js";
import { tablesOf } from "./row-dump.js";

const HISTORY = historyOf({ type: "ReportIncident", data: REPORTED.data }, { type: "JoinBody", data: JOINED.data });

/** What is found after someone has written to the file; `{incidents}` stands for the table of incidents. */
async function found(...statements: readonly string[]): Promise<readonly RowDifference[]> {
  return onLedger(async (ledger) => {
    await ledger.append(HISTORY);
    await ledger.caughtUp();
    const database = openDatabase(ledger.file);
    const physical = (name: string): string => tablesOf(ledger.file).find((table) => table.startsWith(`${name}_v`)) ?? expect.fail(name);
    for (const sql of statements) database.exec(sql.replace(/\{([a-z]+)\}/g, (_, name: string) => physical(name)));
    database.close();
    return compareWithFreshFold({ store: ledger.store, ledgerId: LEDGER, file: ledger.file });
  });
}

describe("the comparison with a fresh fold", () => {
  it("finds nothing where nobody has written to the file", async () => {
    expect(await found()).to.deep.equal([]);
  });
  it("finds a changed value, and says what it should be", async () => {
    expect(await found("UPDATE {incidents} SET title = 'Nothing happened'")).to.deep.equal([
      { readModel: "incidents", key: CLOUD_OUTAGE, kind: "different", detail: "title is Nothing happened and should be Outage of the rented cloud" },
    ]);
  });
  it("finds a row that is missing, and one that nobody recorded", async () => {
    expect((await found("DELETE FROM {bodies}")).map(({ readModel, key, kind }) => [readModel, key, kind])).to.deep.equal([["bodies", LECCO, "missing"]]);
    const copied = "INSERT INTO {bodies} SELECT 99, 'oggiono', first_known, known_from, known_to, facts, 'oggiono', name, kind, names, memberships FROM {bodies}";
    expect((await found(copied)).map(({ readModel, key, kind }) => [readModel, key, kind])).to.deep.equal([["bodies", "oggiono", "unexpected"]]);
  });
  it("finds a checkpoint, an order or a recorded time that is not the events'", async () => {
    expect((await found("UPDATE progress SET ordinal = 7")).map(({ readModel, kind }) => [readModel, kind])).to.deep.equal([["progress", "different"]]);
    expect((await found("UPDATE ordinals SET recorded_max = 0 WHERE ordinal = 2")).map(({ readModel, kind }) => [readModel, kind])).to.deep.equal([["ordinals", "different"]]);
    expect((await found("INSERT INTO skipped VALUES (2, 's', 't', 1, 'malformed', '')")).map(({ readModel, kind }) => [readModel, kind])).to.deep.equal([["skipped", "unexpected"]]);
  });
  it("names a read model of another version as missing", async () => {
    expect((await found("UPDATE read_model SET version = 0 WHERE name = 'evidence'")).map(({ readModel, kind }) => [readModel, kind])).to.deep.equal([["evidence", "missing"]]);
  });
  it("looks only as far as the file is, while a server goes on", () =>
    onLedger(async (ledger) => {
      await ledger.append(HISTORY);
      await (await ledger.caughtUp()).close();
      await ledger.append(continued(HISTORY, { type: "OpenDisruption", data: OPENED.data }));
      expect(await compareWithFreshFold({ store: ledger.store, ledgerId: LEDGER, file: ledger.file })).to.deep.equal([]);
    }));
  it("needs a file", () =>
    onLedger(async (ledger) => {
      expect(await codeThrown(() => compareWithFreshFold({ store: ledger.store, ledgerId: LEDGER, file: ledger.file }))).to.equal("READ_MODEL_BUILDING");
    }));
});
