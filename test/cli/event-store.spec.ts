import { expect } from "chai";
import { isJsonObject, parseJson, type JsonObject } from "../../src/kernel/json.js";
import { FaultyServer } from "../support/eventstoredb/faulty-server.js";
import { suiteFolder } from "./files.js";
import { Program, refused, run } from "./program.js";

async function ask(url: string, query: string): Promise<JsonObject> {
  const response = await fetch(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query }) });
  const body: unknown = parseJson(await response.text());
  return isJsonObject(body) ? body : expect.fail(JSON.stringify(body));
}
function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), value);
}
function join(id: string, name: string): string {
  return `mutation { joinBody(commandId: "c-${id}", input: { bodyId: "${id}", name: "${name}", kind: MUNICIPALITY, effectiveFrom: "2009-01-01" }) { position } }`;
}

describe("the program on an EventStoreDB", () => {
  const folder = suiteFolder();
  let server: FaultyServer;

  before(async () => {
    server = await FaultyServer.start();
  });
  after(() => server.stop());

  const environment = (data: string): Record<string, string> => ({ EVENTSTORE_URL: server.url, DATA_DIR: folder(data), PORT: "0" });
  async function serving(data: string): Promise<{ readonly program: Program; readonly url: string }> {
    const program = new Program(["serve"], { env: environment(data) });
    return { program, url: await program.printed(/http:\/\/127\.0\.0\.1:\d+(?=\/graphql)/) };
  }

  it("serves one ledger from several processes: what one has recorded the other shows, also after it was killed and the store restarted", async () => {
    // Read models made from another store are not taken for this one's.
    expect((await run(["demo", "--no-serve", "--data", folder("first")])).code).to.equal(0);
    const [first, second] = await Promise.all([serving("first"), serving("second")]);
    expect(at(await ask(first.url, "{ ledger { eventCount store { name available } } }"), "data", "ledger")).to.deep.equal({ eventCount: 0, store: { name: "EventStoreDB", available: true } });
    const position = at(await ask(first.url, join("lecco", "Comune di Lecco")), "data", "joinBody", "position");
    expect(position).to.match(/^C:\d+\/P:\d+$/);
    expect(at(await ask(second.url, `{ body(id: "lecco", atLeast: "${String(position)}") { name } }`), "data", "body")).to.deep.equal({ name: "Comune di Lecco" });
    await second.program.kill("SIGKILL");
    await server.restart();
    const later = at(await ask(first.url, join("valmadrera", "Comune di Valmadrera")), "data", "joinBody", "position");
    const again = await serving("second");
    expect(at(await ask(again.url, `{ body(id: "valmadrera", atLeast: "${String(later)}") { name } }`), "data", "body")).to.deep.equal({ name: "Comune di Valmadrera" });
    expect((await Promise.all([first, again].map(({ program }) => program.kill("SIGINT")))).map(({ code }) => code)).to.deep.equal([0, 0]);
  }).timeout(60_000);

  it("serves to each of its processes the evidence that another took, from the folder that they share", async () => {
    const env = (data: string): Record<string, string> => ({ ...environment(data), EVIDENCE_DIR: folder("shared-evidence"), LEDGER_ID: "como" });
    const programs = ["fifth", "sixth"].map((data) => new Program(["serve"], { env: env(data) }));
    const [first, second] = await Promise.all(programs.map((program) => program.printed(/http:\/\/127\.0\.0\.1:\d+(?=\/graphql)/)));
    const taken: unknown = parseJson(await (await fetch(`${first ?? ""}/evidence`, { method: "PUT", body: "verbale della ditta" })).text());
    const sha256 = String(at(taken, "sha256"));
    await ask(second ?? "", 'mutation { reportIncident(commandId: "r", input: { incidentId: "cloud", title: "Guasto", occurredAt: "2019-09-25T08:10:00+02:00" }) { position } }');
    const attach = `mutation { attachEvidence(commandId: "a", input: { incidentId: "cloud", entryId: "verbale", occurredAt: "2019-09-26T08:10:00+02:00", sha256: "${sha256}", fileName: "verbale.txt", mediaType: "text/plain", sizeBytes: 19 }) { revision position } }`;
    const attached = await ask(second ?? "", attach);
    expect(at(attached, "data", "attachEvidence", "revision"), JSON.stringify(attached)).to.equal(1);
    await ask(first ?? "", `{ body(id: "lecco", atLeast: "${String(at(attached, "data", "attachEvidence", "position"))}") { name } }`);
    for (const url of [first, second]) expect(await (await fetch(`${url ?? ""}/evidence/${sha256}`)).text()).to.equal("verbale della ditta");
    for (const program of programs) expect((await program.kill("SIGINT")).code).to.equal(0);
  }).timeout(60_000);

  it("reads the raw events from there, and refuses what is done to a data folder's own events", async () => {
    const events = await run(["events", "--json"], { env: environment("third") });
    expect([events.code, events.err]).to.deep.equal([0, ""]);
    expect(events.out.trim().split("\n")).to.have.length(2);
    for (const verb of [["check"], ["backup", folder("copy")], ["restore", folder("copy")]]) refused(await run(verb, { env: environment("third") }), 2, "INVALID_CONFIGURATION", /EVENTSTORE_URL is set/);
  }).timeout(60_000);

  it("says what a connection string must be, and never its password", async () => {
    const ran = await run(["serve"], { env: { EVENTSTORE_URL: "http://il-writer:segreto@node1", DATA_DIR: folder("fourth") } });
    refused(ran, 2, "INVALID_CONFIGURATION", /esdb:\/\//);
    expect(ran.err + ran.out).not.to.contain("segreto");
  });
});
