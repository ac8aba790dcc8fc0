import { expect } from "chai";
import { createServer } from "node:http";
import { openSqliteEventStore } from "../../src/eventstore/sqlite.js";
import { contentOf, HEADINGS, manyRows, suiteFolder, untilStored, written } from "./files.js";
import { PATIENCE_MS, Program, refused, run, values } from "./program.js";

const ROW = "guasto,Guasto della posta,posta,lecco,outage,2019-09-25T08:10:00+02:00,2019-09-25T11:40:00+02:00";

/** A server of its own on a data folder, and where it listens. */
async function serving(data: string, ...flags: readonly string[]): Promise<{ readonly server: Program; readonly url: string }> {
  const server = new Program(["serve", "--data", data, "--port", "0", "--json", ...flags], { env: { LOG_LEVEL: "warn" } });
  return { server, url: await server.printed(/http:\/\/127\.0\.0\.1:\d+/) };
}

describe("two processes on one folder", function () {
  this.timeout(PATIENCE_MS);
  const folder = suiteFolder();

  it("whoever would write is told who owns it; whoever reads, reads", async () => {
    const data = folder("owned");
    const file = written(folder("uno.csv"), `${HEADINGS}\n${ROW}\n`);
    expect(await run(["import", file, "--data", data])).to.include({ code: 0 });
    const owner = openSqliteEventStore({ folder: data });
    try {
      const writing = await Promise.all([["import", file], ["import", "--take-back", "csv.uno", "--reason", "prova"], ["rebuild"], ["serve", "--port", "0"]].map((args) => run([...args, "--data", data])));
      for (const ran of writing) refused(ran, 3, "DATA_FOLDER_LOCKED", new RegExp(`process ${process.pid}`), /stop it first, or use another folder/);
      const reading = await Promise.all([["timeline"], ["impact", "--period", "2019-09"], ["events"], ["check"], ["backup", folder("copy")], ["import", file, "--dry-run"]].map((args) => run([...args, "--data", data, "--json"])));
      for (const ran of reading) expect([ran.code, values(ran).length > 0], ran.err).to.deep.equal([0, true]);
    } finally {
      await owner.close();
    }
  });
});

describe("import beside a running server", function () {
  this.timeout(PATIENCE_MS);
  const folder = suiteFolder();
  const data = folder("data");
  let file: string;
  let served: Awaited<ReturnType<typeof serving>>;
  before(async () => {
    file = written(folder("disservizi.csv"), manyRows(150));
    served = await serving(data);
  });
  after(() => served.server.kill("SIGTERM"));

  it("goes through it, to the very ledger that it makes alone", async () => {
    const [through, alone] = await Promise.all([run(["import", file, "--data", data, "--json", "--actor", "ced"]), run(["import", file, "--data", folder("alone"), "--json", "--actor", "ced"])]);
    expect([through.code, through.err, alone.code]).to.deep.equal([0, "", 0]);
    expect(values(through)).to.deep.equal(values(alone).map((value) => ({ ...value, server: served.url })));
    expect(await contentOf(data)).to.deep.equal(await contentOf(folder("alone")));
  });

  it("is found from an address too, if it serves that ledger; and repeated brings in nothing", async () => {
    const { code, out } = await run(["import", file, "--server", served.url, "--data", folder("elsewhere")]);
    expect([code, out]).to.deep.include(0).and.to.have.property("1").that.matches(/into the server http:\/\/127\.0\.0\.1:\d+\n {2}150 incidents read: 0 events recorded; 150 there already/);
    refused(await run(["import", file, "--server", served.url, "--ledger", "valtellina"]), 2, "INVALID_CONFIGURATION", /serves the ledger default/, /--ledger default/);
    refused(await run(["import", file, "--server", served.url, "--dry-run", "--import-id", "due parole"]), 2, "INVALID_ID", /due parole/);
  });

  it("is rehearsed on what it holds, strictly refused by it, and taken back through it", async () => {
    const wrong = written(folder("disservizi2.csv"), `${manyRows(3)}x,X,posta,lecco,broken,2019-01-01T00:00:00Z,\n`);
    const strict = await run(["import", wrong, "--data", data, "--strict", "--import-id", "csv.disservizi"]);
    expect(strict).to.include({ code: 1, err: "" }).and.to.have.property("out").that.matches(/refused whole, nothing was stored/);
    const dry = await run(["import", file, "--server", served.url, "--dry-run"]);
    expect(dry.out).to.match(/0 events would be recorded; 150 there already/);
    const back = await run(["import", "--take-back", "csv.disservizi", "--reason", "prova", "--data", data]);
    expect([back.code, back.err]).to.deep.equal([0, ""]);
    expect(back.out).to.match(/taken back whole/);
    expect((await run(["check", "--data", data])).code).to.equal(0);
  });

  it("reports what the ledger's rules refuse there, with its place, and the rest goes in", async () => {
    const declare = { type: "DeclareWorkstations", data: { bodyId: "colico", workstations: 40, effectiveFrom: "2019-01-01T00:00:00+01:00" } };
    const join = { type: "JoinBody", data: { bodyId: "colico", name: "Comune di Colico", kind: "municipality", effectiveFrom: "2009-01-01T00:00:00+01:00" } };
    const ran = await run(["import", written(folder("enti.ndjson"), [declare, join].map((line) => JSON.stringify(line)).join("\n")), "--data", data, "--json"]);
    expect([ran.code, ran.err]).to.deep.equal([1, ""]);
    expect(values(ran).map(({ kind, place, code, accepted }) => [kind, place ?? accepted, code])).to.deep.equal([["problem", "line 1", "NOT_FOUND"], ["import", 1, undefined]]);
  });
});

describe("import through a server that goes away", function () {
  this.timeout(PATIENCE_MS);
  const folder = suiteFolder();
  const data = folder("data");

  it("says that nothing is lost, and repeated on the folder it comes to the same ledger", async () => {
    const file = written(folder("disservizi.csv"), manyRows(600));
    const { server } = await serving(data);
    const importing = new Program(["import", file, "--data", data]);
    await untilStored(data, 300);
    await server.kill("SIGKILL");
    refused(await importing.ended(), 4, "STORE_UNAVAILABLE", /does not answer/, /What was recorded stays; repeat the same command/);
    const [again, alone] = await Promise.all([run(["import", file, "--data", data]), run(["import", file, "--data", folder("alone")])]);
    expect([again.code, alone.code]).to.deep.equal([0, 0]);
    expect(await contentOf(data)).to.deep.equal(await contentOf(folder("alone")));
  });

  it("told to end, the server answers what it took, and the import says to repeat it", async () => {
    const file = written(folder("altri.csv"), manyRows(600));
    const { server } = await serving(folder("ending"));
    const importing = new Program(["import", file, "--data", folder("ending")]);
    await untilStored(folder("ending"), 300);
    const [ended, ran] = await Promise.all([server.kill("SIGTERM"), importing.ended()]);
    expect(ended.code).to.equal(0);
    refused(ran, 4, "STORE_UNAVAILABLE", /What was recorded stays; repeat the same command/);
    expect(await run(["import", file, "--data", folder("ending")])).to.include({ code: 0, err: "" });
  });

  it("is not taken for another program that answers there", async () => {
    const other = createServer((_, response) => response.end("<h1>Benvenuti</h1>"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const ran = await run(["import", written(folder("poste.csv"), `${HEADINGS}\n${ROW}\n`), "--server", `http://localhost:${port}`]);
    other.closeAllConnections();
    other.close();
    refused(ran, 2, "INVALID_INPUT", /no server of an incident ledger/);
  });
});
