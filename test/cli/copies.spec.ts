import { expect } from "chai";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSqliteEventStore } from "../../src/eventstore/sqlite.js";
import { parseJson } from "../../src/kernel/json.js";
import { contentOf, eventsIn, manyRows, suiteFolder, untilStored, written } from "./files.js";
import { PATIENCE_MS, Program, refused, run, values } from "./program.js";

describe("backup and restore", function () {
  this.timeout(PATIENCE_MS);
  const folder = suiteFolder();
  const data = folder("data");
  const backup = folder("backups", "today");
  before(async () => {
    expect(await run(["demo", "--no-serve", "--data", data])).to.include({ code: 0 });
    expect(await run(["backup", backup, "--data", data])).to.include({ code: 0, err: "" }).and.to.have.property("out").that.matches(/events up to position 277 and 1 evidence file, \d+ bytes/);
  });
  const altered = (name: string, alter: (copy: string) => void): string => {
    cpSync(backup, folder(name), { recursive: true });
    alter(folder(name));
    return folder(name);
  };
  const nothingAt = (beginning: string): void => {
    expect(readdirSync(folder()).filter((name) => name.startsWith(beginning))).to.deep.equal([]);
  };

  it("restored, it is the same ledger: the same events, evidence and answers", async () => {
    const restored = folder("restored");
    const ran = await run(["restore", backup, "--data", restored, "--json"]);
    expect([ran.code, ran.err]).to.deep.equal([0, ""]);
    expect(values(ran)).to.have.length(1);
    expect(values(ran)[0]).to.include({ kind: "restore", lastPosition: "277", files: 2 });
    expect(await eventsIn(restored)).to.deep.equal(await eventsIn(data));
    const answers = await Promise.all([data, restored].map((each) => run(["timeline", "--data", each, "--json"])));
    expect(answers[0]?.out.length).to.be.greaterThan(10_000);
    expect(answers[1]?.out === answers[0]?.out, "to the byte").to.equal(true);
    expect(await run(["check", "--data", restored])).to.include({ code: 0, err: "" }).and.to.have.property("out").that.includes("(1 files)");
  });

  it("never writes over anything", async () => {
    const before = readFileSync(join(backup, "manifest.json"));
    refused(await run(["backup", backup, "--data", data]), 3, "DATA_FOLDER_UNUSABLE", /exists already/);
    expect(readFileSync(join(backup, "manifest.json")).equals(before)).to.equal(true);
    const full = folder("full");
    mkdirSync(full);
    written(join(full, "verbale.txt"), "verbale");
    refused(await run(["restore", backup, "--data", full]), 3, "DATA_FOLDER_UNUSABLE", /not empty/, /--data/);
    refused(await run(["restore", backup, "--data", join(full, "verbale.txt")]), 3, "DATA_FOLDER_UNUSABLE", /verbale\.txt/);
    refused(await run(["restore", backup, "--data", "/proc/incident-ledger"]), 3, "DATA_FOLDER_UNUSABLE", /\/proc/);
    expect(readdirSync(full)).to.deep.equal(["verbale.txt"]);
    mkdirSync(folder("empty"));
    expect(await run(["restore", backup, "--data", folder("empty")])).to.include({ code: 0 });
  });

  it("a backup that was altered is refused, and nothing of it restored", async () => {
    const cases = {
      flipped: altered("flipped", (copy) => {
        const bytes = readFileSync(join(copy, "events.sqlite"));
        writeFileSync(join(copy, "events.sqlite"), bytes.fill(bytes.at(-1) === 1 ? 2 : 1, bytes.length - 1));
      }),
      lacking: altered("lacking", (copy) => rmSync(join(copy, "evidence"), { recursive: true })),
      garbled: altered("garbled", (copy) => written(join(copy, "manifest.json"), '{"format":1,')),
      outside: altered("outside", (copy) => written(join(copy, "manifest.json"), JSON.stringify({ format: 1, lastPosition: "1", files: [{ path: "../secret", sizeBytes: 1, sha256: "0".repeat(64) }] }))),
    };
    const [flipped, lacking, garbled, outside, none] = await Promise.all([...Object.values(cases), folder("no-backup")].map((copy, index) => run(["restore", copy, "--data", folder(`never-${index}`)])));
    const damaged = (ran: typeof flipped, says: RegExp): void => refused(ran ?? expect.fail("there are five"), 3, "DATA_FOLDER_CORRUPT", says, /Nothing was restored/);
    damaged(flipped, /events\.sqlite is not what was backed up/);
    damaged(lacking, /evidence\/[^]* is missing/);
    damaged(garbled, /manifest\.json cannot be read/);
    damaged(outside, /manifest\.json cannot be read/);
    damaged(none, /has no manifest\.json/);
    nothingAt("never");
  });

  it("without room leaves nothing half-made", async () => {
    refused(await run(["backup", folder("no-room"), "--data", data], { fileLimitKib: 40 }), 3, "DATA_FOLDER_UNUSABLE");
    refused(await run(["restore", backup, "--data", folder("no-room-either")], { fileLimitKib: 40 }), 3, "DATA_FOLDER_UNUSABLE");
    nothingAt("no-room");
  });

  it("is taken while an import goes on: what it holds is a whole ledger, the beginning of the other", async () => {
    const file = written(folder("disservizi.csv"), manyRows(1_500));
    const growing = folder("growing");
    await openSqliteEventStore({ folder: growing }).close();
    const importing = new Program(["import", file, "--data", growing]);
    await untilStored(growing, 200);
    const ran = await run(["backup", folder("meanwhile"), "--data", growing, "--json"]);
    expect([ran.code, ran.err]).to.deep.equal([0, ""]);
    expect((await importing.ended()).code).to.equal(0);
    expect(await run(["restore", folder("meanwhile"), "--data", folder("then")])).to.include({ code: 0 });
    const [then, now] = [await eventsIn(folder("then")), await eventsIn(growing)];
    expect(then).to.deep.equal(now.slice(0, then.length));
    expect(then.length).to.be.within(200, now.length);
    expect(parseJson(ran.out)).to.include({ lastPosition: then.at(-1)?.position });
    expect((await run(["check", "--data", folder("then")])).code).to.equal(0);
    // And an import that is continued there comes to the same ledger.
    expect(await run(["import", file, "--data", folder("then")])).to.include({ code: 0 });
    expect(await contentOf(folder("then"))).to.deep.equal(await contentOf(growing));
  });
});
