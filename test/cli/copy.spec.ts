import { expect } from "chai";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { isJsonObject, parseJson, type JsonObject } from "../../src/kernel/json.js";
import { FaultyServer } from "../support/eventstoredb/faulty-server.js";
import { manyRows, suiteFolder, written } from "./files.js";
import { PATIENCE_MS, refused, run } from "./program.js";

const EVIDENCE = "verbale della ditta";
const DIGEST = createHash("sha256").update(EVIDENCE).digest("hex");

/** The events of a place as `events --json` prints them, without what is the store's own. */
async function eventsOf(env: Readonly<Record<string, string>>): Promise<readonly unknown[]> {
  const { out, err, code } = await run(["events", "--json", "--limit", "1000"], { env });
  expect([code, err]).to.deep.equal([0, ""]);
  return out.trim().split("\n").map((line) => {
    const value = parseJson(line);
    return isJsonObject(value) ? { ...value, position: "" } : value;
  });
}

function idOf({ id }: JsonObject): string {
  return typeof id === "string" ? id : expect.fail("an event without an id");
}

describe("copy", () => {
  const folder = suiteFolder();
  let server: FaultyServer;
  let last = "";

  before(async () => {
    server = await FaultyServer.start();
    expect((await run(["demo", "--no-serve", "--data", folder("lecco")])).code).to.equal(0);
    mkdirSync(folder(`lecco/evidence/${DIGEST.slice(0, 2)}`), { recursive: true });
    writeFileSync(folder(`lecco/evidence/${DIGEST.slice(0, 2)}/${DIGEST.slice(2)}`), EVIDENCE);
    const newest = parseJson((await run(["events", "--json", "--backwards", "--limit", "1"], { env: { DATA_DIR: folder("lecco") } })).out.trim().split("\n")[0] ?? "");
    last = isJsonObject(newest) ? idOf(newest) : expect.fail(JSON.stringify(newest));
  });
  after(() => server.stop());

  const impact = (env: Readonly<Record<string, string>>): ReturnType<typeof run> => run(["impact", "--body", "lecco", "--period", "2019-09", "--known-at", `event:${last}`, "--json"], { env });

  it("moves a ledger to a server and back, with the same events, the same past answers by event, and its evidence", async () => {
    const [here, there, back] = [{ DATA_DIR: folder("lecco") }, { DATA_DIR: folder("reading"), EVENTSTORE_URL: server.url }, { DATA_DIR: folder("back") }];
    const first = await run(["copy", "--to", server.url], { env: here });
    expect([first.code, first.err]).to.deep.equal([0, ""]);
    expect(first.out).to.match(/0 events were there already, \d\d+ events copied; each compared with the source/).and.match(/evidence files stay in .*lecco/);
    const again = await run(["copy", "--to", server.url, "--json"], { env: here });
    const counts = parseJson(again.out);
    expect(isJsonObject(counts) && counts).to.deep.include({ kind: "copy", copied: 0, isWhole: true });
    const home = await run(["copy", "--to", folder("back")], { env: { ...there, ...here } });
    expect([home.code, home.err], home.out).to.deep.equal([0, ""]);
    expect(home.out).to.match(/0 evidence files were there already, 2 files copied/);
    const all = await eventsOf(here);
    expect(all.length).to.be.above(20);
    expect(await eventsOf(there)).to.deep.equal(all);
    expect(await eventsOf(back)).to.deep.equal(all);
    const [then, onServer, atHome] = [await impact(here), await impact(there), await impact(back)];
    expect([then.code, onServer.code, atHome.code], onServer.err).to.deep.equal([0, 0, 0]);
    const withoutPositions = ({ out }: { readonly out: string }): string => out.replaceAll(/"position":"[^"]*"/g, '"position":""');
    expect(then.out.length).to.be.above(200);
    expect(withoutPositions(onServer)).to.equal(withoutPositions(then));
    expect(withoutPositions(atHome)).to.equal(withoutPositions(then));
    expect(readFileSync(folder(`back/evidence/${DIGEST.slice(0, 2)}/${DIGEST.slice(2)}`), "utf8")).to.equal(EVIDENCE);
    expect((await run(["check"], { env: back })).out).to.contain("is whole");
  }).timeout(PATIENCE_MS);

  it("tells of evidence that is no longer what it was, and copies the rest", async () => {
    cpSync(folder("lecco"), folder("altered"), { recursive: true });
    writeFileSync(folder(`altered/evidence/${DIGEST.slice(0, 2)}/${DIGEST.slice(2)}`), "another");
    const ran = await run(["copy", "--to", folder("from-altered"), "--data", folder("altered")]);
    expect([ran.code, ran.err]).to.satisfy(([code, err]: [number, string]) => code === 1 && err.includes(DIGEST) && err.includes("no longer what it was"));
    expect(await eventsOf({ DATA_DIR: folder("from-altered") })).to.deep.equal(await eventsOf({ DATA_DIR: folder("lecco") }));
  }).timeout(PATIENCE_MS);

  it("refuses a target that is the source, has another history, is none, or does not answer", async () => {
    const env = { DATA_DIR: folder("lecco") };
    refused(await run(["copy", "--to", folder("lecco")], { env }), 2, "INVALID_CONFIGURATION", /is where the ledger is already/);
    const without = await run(["copy"], { env });
    expect([without.code, without.out]).to.deep.equal([2, ""]);
    expect(without.err).to.match(/required option '--to <target>'/);
    refused(await run(["copy", "--to", "http://admin:segreto@node1"], { env }), 2, "INVALID_CONFIGURATION", /esdb:\/\//);
    refused(await run(["copy", "--to", server.url, "--data", folder("nothing")], {}), 3, "DATA_FOLDER_UNUSABLE", /nothing/);
    expect(readdirSync(folder(""))).not.to.include("nothing");
    cpSync(folder("lecco"), folder("other"), { recursive: true });
    const joined = await run(["import", written(folder("one.csv"), manyRows(1)), "--format", "csv", "--data", folder("other")]);
    expect(joined.code, joined.err).to.equal(0);
    expect((await run(["copy", "--to", folder("back-and-on"), "--data", folder("other")])).code).to.equal(0);
    refused(await run(["copy", "--to", folder("back-and-on")], { env }), 1, "COPY_REFUSED", /the target has it, but not the source/);
    const gone = await FaultyServer.start();
    await gone.stop();
    refused(await run(["copy", "--to", gone.url], { env }), 4, "STORE_UNAVAILABLE", /the target of the copy does not answer .* run it again/);
  }).timeout(PATIENCE_MS);
});
