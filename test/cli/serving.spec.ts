import { expect } from "chai";
import { existsSync, readdirSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { isJsonObject, parseJson, type JsonObject } from "../../src/kernel/json.js";
import { suiteFolder, written } from "./files.js";
import { Program, refused, run, values, type Ran } from "./program.js";

/** Where a program says that it serves. */
function urlOf(program: Program): Promise<string> {
  return program.printed(/http:\/\/127\.0\.0\.1:\d+(?=\/graphql)/);
}

async function ask(url: string, query: string): Promise<JsonObject> {
  const response = await fetch(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query }) });
  const body: unknown = parseJson(await response.text());
  return isJsonObject(body) ? body : expect.fail(JSON.stringify(body));
}

const COUNT = "{ ledger { eventCount readModels { lagEvents } } }";
const JOIN = 'mutation { joinBody(commandId: "c1", input: { bodyId: "lecco", name: "Comune di Lecco", kind: MUNICIPALITY, effectiveFrom: "2009-01-01" }) { position } }';

describe("demo", () => {
  const folder = suiteFolder();

  it("tells its story, serves it, and leaves nothing behind when it is stopped", async () => {
    const temporary = folder("tmp");
    await mkdir(temporary);
    const demo = new Program(["demo", "--port", "0"], { env: { TMPDIR: temporary, DATA_DIR: folder("data") } });
    const url = await urlOf(demo);
    expect(await ask(url, COUNT)).to.have.nested.property("data.ledger.eventCount").that.is.greaterThan(200);
    expect(readdirSync(temporary)).to.have.length(1);
    const { code, out } = await demo.kill("SIGINT");
    expect(code).to.equal(0);
    expect(out).to.match(/^\nCronologia · Timeline/).and.to.match(/^Impatto per ente/m).and.not.to.match(/\u001b/);
    expect(out.match(/^query \w+ \{$/gm)).to.have.length(3);
    expect(readdirSync(temporary)).to.deep.equal([]);
    expect(existsSync(folder("data")), "DATA_DIR is not the demo's").to.equal(false);
  });

  it("prints one JSON value a line, in English where that is asked for, and keeps its ledger where it is told to", async () => {
    const kept = folder("kept");
    const told = await run(["demo", "--no-serve", "--json", "--language", "en", "--data", kept]);
    expect([told.code, told.err]).to.deep.equal([0, ""]);
    const lines = values(told);
    expect(lines.filter((line) => "sentence" in line)).to.have.length.greaterThan(25);
    expect(lines.filter((line) => "body" in line)).to.have.length(34);
    expect(lines.map((line) => line["sentence"])).to.include("The supplier takes charge: “Guasto confermato. [illustrativo]”");
    expect(await run(["check", "--data", kept])).to.include({ code: 0, err: "" });
    refused(await run(["demo", "--no-serve", "--data", kept]), 3, "DATA_FOLDER_UNUSABLE", /not empty/, /name a new folder/);
  });

  it("tells the same story each time, with the same ids", async () => {
    const [first, second] = await Promise.all([run(["demo", "--no-serve", "--json"]), run(["demo", "--no-serve", "--json"], { env: { TZ: "Asia/Tokyo" } })]);
    // When it was asked is all that differs.
    const lasting = (ran: Ran): object[] => values(ran).map((line) => ({ ...line, asOf: undefined, knowledge: undefined }));
    expect(lasting(first)).to.have.length.greaterThan(60);
    expect(lasting(second)).to.deep.equal(lasting(first));
  });
});

describe("serve", () => {
  const folder = suiteFolder();

  it("keeps what was acknowledged, whether it is stopped or killed", async () => {
    const data = folder("lasting");
    const first = new Program(["serve", "--port", "0", "--data", data]);
    expect(await ask(await urlOf(first), JOIN)).to.have.nested.property("data.joinBody.position");
    expect(await first.kill("SIGKILL")).to.include({ code: "SIGKILL" });
    const second = new Program(["serve", "--port", "0", "--data", data]);
    expect(await ask(await urlOf(second), COUNT)).to.have.nested.property("data.ledger.eventCount", 1);
    expect(await second.kill("SIGTERM")).to.include({ code: 0 });
    expect(await run(["check", "--data", data])).to.include({ code: 0, err: "" });
  });

  it("owns its folder, which others may read meanwhile", async () => {
    const data = folder("owned");
    const server = new Program(["serve", "--port", "0", "--data", data, "--json"]);
    const [said = {}] = values({ out: `${await server.printed(/\{.*"kind":"serving".*\}/)}\n` });
    const url = typeof said["url"] === "string" ? said["url"] : expect.fail("no url");
    await ask(url, JOIN);
    const [second, timeline, check, rebuild] = await Promise.all([
      run(["serve", "--port", "0", "--data", data]), run(["timeline", "--data", data]), run(["check", "--data", data]), run(["rebuild", "--data", data]),
    ]);
    refused(second, 3, "DATA_FOLDER_LOCKED", new RegExp(`process ${server.pid}, which serves ${url}`));
    refused(rebuild, 3, "DATA_FOLDER_LOCKED");
    expect(timeline).to.include({ code: 0, err: "" }).and.to.have.property("out").that.includes("Comune di Lecco aderisce al CST");
    expect(check).to.include({ code: 0, err: "" });
    expect(await server.kill("SIGINT")).to.include({ code: 0 });
  });

  it("says what is in its way: a taken port, an address that others can reach, a file where the folder should be", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? String(address.port) : expect.fail("no port");
    const [busy, open, file] = await Promise.all([
      run(["serve", "--port", port, "--data", folder("busy")]),
      run(["serve", "--host", "0.0.0.0", "--port", "0", "--data", folder("open")]),
      run(["serve", "--port", "0", "--data", written(folder("letter.txt"), "Egregio Presidente")]),
    ]);
    taken.close();
    refused(busy, 2, "INVALID_CONFIGURATION", /is taken by another program/, /--port/);
    refused(open, 2, "ADDRESS_REFUSED", /no authentication yet/, /127\.0\.0\.1/);
    expect(existsSync(folder("open")), "nothing is made for an address that is refused").to.equal(false);
    refused(file, 3, "DATA_FOLDER_UNUSABLE", /letter\.txt/);
  });
});
