import { expect } from "chai";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeReadOnly, makeWritable } from "../eventstore/unprivileged.js";
import { HEADINGS, suiteFolder, written } from "./files.js";
import { PATIENCE_MS, refused, run, values } from "./program.js";

/** `nobody` on Debian and most others, where the tests run as a superuser. */
const NOBODY = process.geteuid?.() === 0 ? { uid: 65_534 } : {};
const READING = [["timeline"], ["impact", "--period", "2019-09"], ["events"], ["check"]] as const;
const ROW = "guasto,Guasto della posta,posta,lecco,outage,2019-09-25T08:10:00+02:00,2019-09-25T11:40:00+02:00";

describe("a data folder that is not what it should be", function () {
  this.timeout(PATIENCE_MS);
  const folder = suiteFolder();
  const story = folder("story");
  const csv = (): string => written(folder("uno.csv"), `${HEADINGS}\n${ROW}\n`);
  const copy = (name: string): string => {
    cpSync(story, folder(name), { recursive: true });
    return folder(name);
  };
  before(async () => {
    expect(await run(["demo", "--no-serve", "--data", story])).to.include({ code: 0 });
  });

  it("none: what reads says so, and makes none", async () => {
    const none = folder("none");
    const all = await Promise.all([...READING, ["rebuild"], ["backup", folder("copy-of-none")]].map((args) => run([...args, "--data", none])));
    for (const ran of all) refused(ran, 3, "DATA_FOLDER_UNUSABLE", /there is no ledger/, /check the data folder's path/);
    expect([existsSync(none), existsSync(folder("copy-of-none"))]).to.deep.equal([false, false]);
  });

  it("garbage, or a file cut short: each verb says so, and touches nothing", async () => {
    const garbage = folder("garbage");
    mkdirSync(garbage);
    written(`${garbage}/events.sqlite`, "Egregio Presidente, ".repeat(1_000));
    const cut = copy("cut");
    truncateSync(`${cut}/events.sqlite`, 9_000);
    // One process at a time may own a folder: each has a copy of its own.
    const onCopies = [...READING, ["rebuild"], ["import", csv()], ["serve", "--port", "0"], ["backup", folder("copy-of-damage")]].map((args) => ({ args, of: garbage }));
    const tries = [...onCopies, { args: ["timeline"], of: cut }, { args: ["serve", "--port", "0"], of: cut }].map(({ args, of }, index) => ({ args, of, data: `${of}-${index}` }));
    for (const { of, data } of tries) cpSync(of, data, { recursive: true });
    const all = await Promise.all(tries.map(async ({ args, of, data }) => ({ of, data, ran: await run([...args, "--data", data]) })));
    for (const { of, data, ran } of all) {
      refused(ran, 3, "DATA_FOLDER_CORRUPT", /nothing was changed/, /[Rr]estore a backup/);
      expect(readFileSync(`${data}/events.sqlite`).equals(readFileSync(`${of}/events.sqlite`))).to.equal(true);
    }
    expect(existsSync(folder("copy-of-damage"))).to.equal(false);
  });

  it("damaged in the middle: check finds it, and says what to do", async () => {
    const data = copy("damaged");
    const file = `${data}/events.sqlite`;
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xff, bytes.length - 20 * 4096, bytes.length - 12 * 4096));
    const ran = await run(["check", "--data", data]);
    expect(ran.code, ran.out).to.be.oneOf([1, 3]);
    expect(ran.out).to.match(/^✗ the ledger's file/);
    expect(`${ran.out}${ran.err}`).to.match(/restore/);
  });

  it("with altered read models: check says which rows, rebuild makes them anew, and the events were whole all along", async () => {
    const data = copy("altered");
    rmSync(`${data}/readmodels.sqlite`);
    const before = await run(["timeline", "--data", data, "--json"]);
    written(`${data}/readmodels.sqlite`, "nothing of use ".repeat(500));
    for (const suffix of ["-wal", "-shm"]) rmSync(`${data}/readmodels.sqlite${suffix}`, { force: true });
    expect(before.code).to.equal(0);
    const rebuilt = await run(["rebuild", "--data", data, "--json"]);
    expect([rebuilt.code, values(rebuilt).at(-1)?.["kind"]], rebuilt.err).to.deep.equal([0, "rebuild"]);
    expect((await run(["timeline", "--data", data, "--json"])).out === before.out, "to the byte").to.equal(true);
    const some = await run(["rebuild", "--data", data, "--projection", "timeline", "bodies", "--json"]);
    expect(values(some)).to.deep.equal([{ kind: "rebuild", events: 277, readModels: ["timeline", "bodies"] }]);
    expect(await run(["check", "--data", data])).to.include({ code: 0 }).and.to.have.property("out").that.matches(/is whole\.\n$/);
  });

  it("that nobody may write to: questions are answered, what would write is refused, and nothing changes", async () => {
    const data = copy("read-only");
    // Evidence is its owner's alone; who may read the ledger is given it too.
    for (const entry of readdirSync(`${data}/evidence`, { recursive: true, withFileTypes: true })) if (entry.isFile()) chmodSync(join(entry.parentPath, entry.name), 0o444);
    makeReadOnly(data);
    const file = csv();
    try {
      const reading = await Promise.all(READING.map((args) => run([...args, "--data", data, "--json"], NOBODY)));
      for (const each of reading) expect([each.code, values(each).length > 0], each.err + each.out).to.deep.equal([0, true]);
      const writing = await Promise.all([["import", file], ["rebuild"], ["serve", "--port", "0"]].map((args) => run([...args, "--data", data], NOBODY)));
      for (const each of writing) refused(each, 3, "DATA_FOLDER_UNUSABLE", /check its path and permissions/);
      expect(readdirSync(data).sort()).to.deep.equal(readdirSync(story).sort());
    } finally {
      makeWritable(data);
    }
  });

  it("that is a file, or lies where no folder can be: it is said, with the path", async () => {
    const file = csv();
    for (const data of [file, "/proc/incident-ledger"]) {
      for (const ran of await Promise.all([run(["import", file, "--data", data]), run(["events", "--data", data]), run(["serve", "--port", "0", "--data", data])])) {
        refused(ran, 3, "DATA_FOLDER_UNUSABLE", new RegExp(data));
      }
    }
  });

  it("on a full disk: what would write says so at once", async () => {
    refused(await run(["import", csv(), "--data", folder("no-room")], { fileLimitKib: 4 }), 3, "DATA_FOLDER_UNUSABLE");
  });
});

describe("what every verb prints with --json", function () {
  this.timeout(PATIENCE_MS);
  const folder = suiteFolder();
  const data = folder("data");
  before(async () => {
    expect(await run(["demo", "--no-serve", "--data", data])).to.include({ code: 0 });
  });
  it("is one JSON value a line", async () => {
    const verbs = [["timeline", "--body", "lecco"], ["impact", "--period", "2019-09", "--explain"], ["impact", "--period", "2019-09", "--body", "lecco"], ["events", "--backwards", "--limit", "3"], ["check"]];
    for (const each of await Promise.all(verbs.map((args) => run([...args, "--data", data, "--json"])))) {
      expect([each.code, each.err, values(each).length > 0]).to.deep.equal([0, "", true]);
    }
  });
});
