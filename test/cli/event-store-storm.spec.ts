import { expect } from "chai";
import { isJsonObject, parseJson, type JsonObject } from "../../src/kernel/json.js";
import { newEventId } from "../../src/kernel/uuid.js";
import { dumpOf } from "../readmodel/row-dump.js";
import { FaultyServer } from "../support/eventstoredb/faulty-server.js";
import { suiteFolder } from "./files.js";
import { Program } from "./program.js";

interface Serving {
  readonly program: Program;
  readonly url: string;
}
interface Answered {
  readonly data: JsonObject;
  readonly code: string | undefined;
}

/** Undefined where nobody answered: the process was killed under it. */
async function ask(url: string, query: string): Promise<Answered | undefined> {
  try {
    const response = await fetch(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query }) });
    const body: unknown = parseJson(await response.text());
    return isJsonObject(body) ? { data: isJsonObject(body["data"]) ? body["data"] : {}, code: codeIn(body["errors"]) } : undefined;
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
function codeIn(errors: unknown): string | undefined {
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const extensions = isJsonObject(first) ? first["extensions"] : undefined;
  return isJsonObject(extensions) && typeof extensions["code"] === "string" ? extensions["code"] : undefined;
}
function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), value);
}

const INCIDENTS = ["cloud", "posta", "protocollo"];
const WRITERS = 12;
const RESPONSES = 12;
const join = (id: string): string => `mutation { joinBody(commandId: "join", input: { bodyId: "${id}", name: "Comune di ${id}", kind: MUNICIPALITY, effectiveFrom: "2009-01-01" }) { position } }`;
const report = (id: string): string => `mutation { reportIncident(commandId: "report", input: { incidentId: "${id}", title: "Guasto", occurredAt: "2019-09-25T08:10:00+02:00" }) { position } }`;
const respond = (id: string, commandId: string): string => `mutation { recordResponse(commandId: "${commandId}", input: { incidentId: "${id}", entryId: "${commandId}", text: { text: "Sentito il fornitore", language: "it" }, occurredAt: "2019-09-25T09:00:00+02:00" }) { position } }`;

describe("several processes on one EventStoreDB", () => {
  const folder = suiteFolder();
  let server: FaultyServer;

  beforeEach(async () => {
    server = await FaultyServer.start();
  });
  afterEach(() => server.stop());

  async function serving(data: string, more: Readonly<Record<string, string>> = {}): Promise<Serving> {
    const program = new Program(["serve"], { env: { EVENTSTORE_URL: server.url, DATA_DIR: folder(data), PORT: "0", LOG_LEVEL: "warn", ...more } });
    return { program, url: await program.printed(/http:\/\/127\.0\.0\.1:\d+(?=\/graphql)/) };
  }
  async function eventCount({ url }: Serving): Promise<unknown> {
    return at((await ask(url, "{ ledger { eventCount } }"))?.data, "ledger", "eventCount");
  }

  it("take a storm of writers through both, one of them killed and the store restarted under it: each command once, and equal read models, row by row", async () => {
    const processes = await Promise.all([serving("one"), serving("two")]);
    for (const id of INCIDENTS) await ask(processes[0].url, report(id));
    let [acknowledged, isKilled] = [0, false];
    const disturb = async (): Promise<void> => {
      acknowledged += 1;
      if (acknowledged === 40) await server.restart();
      if (acknowledged !== 80 || isKilled) return;
      isKilled = true;
      await processes[1].program.kill("SIGKILL");
      processes[1] = await serving("two");
    };
    /** Sends each command until it is acknowledged, to whichever process answers. */
    const write = async (writer: number): Promise<readonly string[]> => {
      const sent: string[] = [];
      for (let n = 0; n < RESPONSES; n += 1) {
        const commandId = `w${writer}-${n}`;
        for (let attempt = writer + n; ; attempt += 1) {
          const answer = await ask((processes[attempt % 2] ?? processes[0]).url, respond(INCIDENTS[(writer + n) % INCIDENTS.length] ?? "", commandId));
          if (answer !== undefined && answer.code === undefined && at(answer.data, "recordResponse", "position") !== undefined) break;
          expect(answer?.code ?? "STORE_UNAVAILABLE", "only what may be sent again").to.be.oneOf(["STORE_UNAVAILABLE", "REVISION_CONFLICT"]);
        }
        sent.push(commandId);
        await disturb();
      }
      return sent;
    };
    const written = (await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))).flat();
    expect(written).to.have.length(WRITERS * RESPONSES);
    const stored = server.log.events.filter(({ stream }) => stream.startsWith("il.default.")).map(({ metadata }) => at(parseJson(Buffer.from(metadata).toString("utf8")), "commandId"));
    expect([...stored].sort()).to.deep.equal([...INCIDENTS.map(() => "report"), ...written].sort());
    const [last] = server.log.events.slice(-1);
    const position = `C:${String(last?.position)}/P:${String((last?.position ?? 0n) - 8n)}`;
    for (const { url } of processes) expect((await ask(url, `{ incident(id: "cloud", atLeast: "${position}") { id } }`))?.code, position).to.equal(undefined);
    expect(await Promise.all(processes.map(eventCount))).to.deep.equal([stored.length, stored.length]);
    const metrics = await Promise.all(processes.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
    const retries = metrics.map((text) => Number(/^incident_ledger_command_retries_total (\d+)/m.exec(text)?.[1]));
    expect(Math.max(...retries), "commands decided again after the other process was faster").to.be.above(0);
    for (const { program } of processes) expect((await program.kill("SIGINT")).code).to.equal(0);
    const [one, two] = [dumpOf(folder("one/readmodels.sqlite")), dumpOf(folder("two/readmodels.sqlite"))];
    expect(one["timeline"]).to.have.length(stored.length);
    expect(two).to.deep.equal(one);
  }).timeout(100_000);

  it("go on over events that nobody here understands: counted, logged once each with their position, and shown", async () => {
    const first = await serving("three");
    await ask(first.url, join("lecco"));
    const strange = (stream: string, type: string, data: string, metadata: string): string => {
      server.log.append(stream, "any", [{ id: newEventId(), type, contentType: "application/json", data: Buffer.from(data), metadata: Buffer.from(metadata) }]);
      const { position } = server.log.events.at(-1) ?? expect.fail();
      return `C:${position}/P:${position - 8n}`;
    };
    const meta = (schemaVersion: number): string => JSON.stringify({ schemaVersion, actor: { id: "x", verified: false }, commandId: "c", commandDigest: "0".repeat(64), recordedAt: 1_569_400_000_000, $correlationId: "c", $causationId: "c" });
    strange("invoices-1", "InvoiceSent", "{}", "");
    strange("il.como.body-como", "BodyJoined", "{}", "{}");
    const expected = [
      [strange("il.default.body-lecco", "BodyCheered", "{}", meta(1)), "UNKNOWN_TYPE"],
      [strange("il.default.body-lecco", "BodyRenamed", "{}", meta(99)), "NEWER_VERSION"],
      [strange("il.default.body-lecco", "BodyRenamed", "{not json", meta(1)), "MALFORMED"],
      [strange("il.default.incident-x", "IncidentReported", "{}", "neither"), "MALFORMED"],
    ];
    const after = await ask(first.url, join("valmadrera"));
    const position = at(after?.data, "joinBody", "position");
    expect(position, JSON.stringify(after)).to.be.a("string");
    const second = await serving("four");
    const question = `{ body(id: "valmadrera", atLeast: "${String(position)}") { name } ledger { eventCount skippedEvents { position reason stream } } }`;
    for (const { url } of [first, second]) {
      const { data } = (await ask(url, question)) ?? expect.fail();
      expect(at(data, "body", "name")).to.equal("Comune di valmadrera");
      expect(at(data, "ledger", "eventCount")).to.equal(6);
      const skipped = at(data, "ledger", "skippedEvents");
      expect(Array.isArray(skipped) && skipped.map((each) => [at(each, "position"), at(each, "reason")])).to.deep.equal(expected);
    }
    expect(await ask(first.url, report("x"))).to.include({ code: "STREAM_NOT_UNDERSTOOD" });
    await first.program.kill("SIGINT");
    const again = await serving("three");
    expect(at((await ask(again.url, question))?.data, "ledger", "skippedEvents")).to.have.length(4);
    const logs = await Promise.all([first, second, again].map(async ({ program }) => (await program.kill("SIGINT")).err));
    const told = logs.map((log) => log.split("\n").filter((line) => line.includes("not-understood")).map((line) => at(parseJson(line), "position")));
    expect(told).to.deep.equal([expected.map(([place]) => place), expected.map(([place]) => place), []]);
  }).timeout(60_000);
});
