import { expect } from "chai";
import { once } from "node:events";
import { request, type ClientRequest, type IncomingMessage } from "node:http";
import { createInterface } from "node:readline";
import type { z } from "zod";
import { eventLineSchema, resultLineSchema, type SubmissionLine } from "../../src/http/wire.js";
import { actorId, bodyId, commandId, importId, instant } from "../../src/kernel/brand.js";
import { at } from "../support/given.js";
import { ask, errorOf, serve, type Answer, type Served } from "./served.js";

type ResultLine = z.output<typeof resultLineSchema>;
const ENACTED = at("2019-01-01T00:00:00+01:00");
const NDJSON = { "content-type": "application/x-ndjson" };

describe("commands as lines", () => {
  let served: Served;
  beforeEach(async () => (served = await serve()));
  afterEach(() => served.end());

  const post = (body: string, headers = {}): Promise<Answer> => ask(served, { method: "POST", path: "/commands", headers: { ...NDJSON, ...headers }, body });

  it("takes them in order and answers each, with the events that it led to", async () => {
    const { status, headers, text } = await post(lines(join("lecco", "c1"), declare("lecco", 120, "c2"), join("lecco", "c1"), declare("lecco", 120, "c3")), { "x-actor": "capofila" });
    expect(status).to.equal(200);
    expect(headers["content-type"]).to.equal("application/x-ndjson; charset=utf-8");
    const results = resultsIn(text);
    expect(results.map((result) => result.kind)).to.deep.equal(["accepted", "accepted", "accepted", "refused"]);
    const [first, second, repeated, refused] = results;
    expect(first).to.deep.include({ line: 1, commandId: "c1", stream: "il.lecco.body-lecco", revision: 0, repeated: false });
    expect(first).to.have.nested.property("events[0].event").that.deep.includes({ type: "BodyJoined" });
    expect(first).to.have.nested.property("events[0].meta.actor").that.deep.equals({ id: "capofila", verified: false });
    expect(second).to.include({ line: 2, revision: 1 });
    expect(repeated).to.include({ line: 3, revision: 0, repeated: true });
    expect(refused).to.deep.include({ line: 4, commandId: "c3" }).and.to.have.nested.property("refusal.code", "WRONG_STATE");
  });

  it("keeps what an import says of a command: its actor, its id, what its source had recorded, the revision it saw", async () => {
    const sourceRecordedAt = at("2019-09-25T07:00:00Z");
    const line = { ...join("lecco", "c1"), actor: actorId("importer"), importId: importId("statuspage-1"), sourceRecordedAt, correlationId: "file-1", expectedRevision: "none" as const };
    const [result] = resultsIn((await post(lines(line))).text);
    expect(result).to.have.nested.property("events[0].meta").that.deep.includes({ actor: { id: "importer", verified: false }, importId: "statuspage-1", sourceRecordedAt, correlationId: "file-1" });
    const [conflict] = resultsIn((await post(lines({ ...declare("lecco", 5, "c2"), expectedRevision: 7 }))).text);
    expect(conflict).to.have.nested.property("refusal.code", "REVISION_CONFLICT");
  });

  it("refuses lines that are wrong, each with its number, and takes the rest", async () => {
    const body = [
      "{ no json",
      "",
      JSON.stringify({ ...join("lecco", "c1"), command: { type: "JoinBoddy", data: {} } }),
      JSON.stringify({ command: join("lecco", "c2").command }),
      JSON.stringify({ ...join("lecco", "c3"), color: "red" }),
      JSON.stringify({ ...join("lecco", "c4"), actor: "Anna Rossi" }),
      "x".repeat(1024 * 1024 + 1),
      JSON.stringify(join("valmadrera", "c5")),
    ].join("\r\n");
    const results = resultsIn((await post(body)).text);
    expect(results.map((result) => (result.kind === "refused" ? [result.line, result.refusal.code, result.commandId] : [result.kind]))).to.deep.equal([
      [1, "INVALID_INPUT", undefined],
      [3, "INVALID_INPUT", "c1"],
      [4, "INVALID_INPUT", undefined],
      [5, "INVALID_INPUT", "c3"],
      [6, "INVALID_INPUT", "c4"],
      [7, "REQUEST_TOO_LARGE", undefined],
      ["accepted"],
    ]);
    expect(results[3]).to.have.nested.property("refusal.message").that.contains("color");
  });

  it("refuses a line that is not UTF-8", async () => {
    const body = Buffer.concat([Buffer.from([0x7b, 0xff, 0x7d, 0x0a]), Buffer.from(lines(join("lecco", "c1")))]);
    const { text } = await ask(served, { method: "POST", path: "/commands", headers: NDJSON, body });
    expect(resultsIn(text).map(({ kind }) => kind)).to.deep.equal(["refused", "accepted"]);
  });

  it("takes only its own media type, and no actor that cannot be one", async () => {
    const refused = await post("", { "content-type": "application/json" });
    expect(refused.status).to.equal(415);
    expect(errorOf(refused).extensions["code"]).to.equal("UNKNOWN_FORMAT");
    expect((await post("", { "x-actor": "Anna Rossi" })).status).to.equal(400);
    expect(await post("")).to.include({ status: 200, text: "" });
  });

  it("answers each line before the next is sent, on one request", async () => {
    const { sending, receive } = await converse(served);
    for (const name of ["lecco", "valmadrera", "colico"]) {
      sending.write(lines(join(name, `join-${name}`)));
      expect(await receive()).to.include({ kind: "accepted", stream: `il.lecco.body-${name}` });
    }
    sending.end();
    expect(await receive()).to.equal(undefined);
  });

  it("takes thousands at once, in the order of each stream", async () => {
    const commands = Array.from({ length: 2_000 }, (_, n) => (n < 200 ? join(`body-${n}`, `c${n}`) : declare(`body-${n % 200}`, n, `c${n}`, n)));
    const results = resultsIn((await post(lines(...commands))).text);
    expect(results.map((result) => (result.kind === "interrupted" ? 0 : result.line))).to.deep.equal(commands.map((_, index) => index + 1));
    expect(results.every((result, index) => result.kind === "accepted" && result.revision === Math.floor(index / 200))).to.equal(true);
  });

  it("gives the events of one thing, and none of what does not exist", async () => {
    await post(lines(join("lecco", "c1"), declare("lecco", 120, "c2"), join("valmadrera", "c3")));
    const { status, text } = await ask(served, { path: "/streams/body/lecco" });
    expect(status).to.equal(200);
    expect(eventsIn(text).map(({ event, revision }) => [event.type, revision])).to.deep.equal([["BodyJoined", 0], ["WorkstationsDeclared", 1]]);
    expect(await ask(served, { path: "/streams/body/colico" })).to.include({ status: 200, text: "" });
    expect(errorOf(await ask(served, { path: "/streams/town/lecco" })).extensions).to.include({ code: "INVALID_INPUT", field: "category" });
    expect(errorOf(await ask(served, { path: "/streams/body/le%20cco" })).extensions).to.include({ code: "INVALID_ID", field: "id" });
  });

  it("gives the events of one import, over pages of the store, in the order of recording", async () => {
    const ours = { importId: importId("ours") };
    const commands = Array.from({ length: 1_500 }, (_, n) => ({ ...join(`body-${n}`, `c${n}`), ...(n % 3 === 0 ? ours : n % 3 === 1 ? { importId: importId("ours-2") } : {}) }));
    await post(lines(...commands));
    const { text } = await ask(served, { path: "/imports/ours/events" });
    const events = eventsIn(text);
    expect(events).to.have.length(500);
    expect(events.every(({ meta }) => meta.importId === "ours")).to.equal(true);
    const { store } = served.services;
    const inOrder = events.slice(1).every((event, index) => (store.comparePositions(events[index]?.position ?? event.position, event.position) ?? 0) < 0);
    expect(inOrder).to.equal(true);
    expect(await ask(served, { path: "/imports/unknown/events" })).to.include({ status: 200, text: "" });
  });

  it("goes on when a client leaves in the middle", async () => {
    const { sending, receive } = await converse(served);
    sending.write(lines(join("lecco", "c1")));
    await receive();
    sending.destroy();
    await once(sending, "close").catch(() => undefined);
    expect(resultsIn((await post(lines(declare("lecco", 1, "c2")))).text)[0]).to.include({ kind: "accepted", revision: 1 });
    expect(served.log.filter(({ msg }) => msg !== "request")).to.deep.equal([]);
  });

  it("ends with a line that says so when the server goes down, with all that was taken answered", async () => {
    const { sending, receive } = await converse(served);
    sending.write(lines(join("lecco", "c1")));
    expect(await receive()).to.include({ kind: "accepted" });
    const closed = served.server.close();
    expect(await receive()).to.have.nested.property("refusal.code", "STORE_UNAVAILABLE");
    expect(await receive()).to.equal(undefined);
    sending.destroy();
    await closed;
  });
});

function join(name: string, id: string): SubmissionLine {
  return { command: { type: "JoinBody", data: { bodyId: bodyId(name), name: `Comune di ${name}`, kind: "municipality", effectiveFrom: ENACTED } }, commandId: commandId(id) };
}
/** From the day that is `day` days after the first. */
function declare(name: string, workstations: number, id: string, day = 1): SubmissionLine {
  const effectiveFrom = instant(ENACTED + day * 86_400_000);
  return { command: { type: "DeclareWorkstations", data: { bodyId: bodyId(name), workstations, effectiveFrom } }, commandId: commandId(id) };
}
function lines(...values: readonly SubmissionLine[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}
function resultsIn(text: string): ResultLine[] {
  return valuesIn(text).map((value) => resultLineSchema.parse(value));
}
function eventsIn(text: string) {
  return valuesIn(text).map((value) => {
    const event = eventLineSchema.parse(value);
    if ("kind" in event) throw new Error(event.refusal.message);
    return event;
  });
}
function valuesIn(text: string): unknown[] {
  return text.split("\n").filter((line) => line !== "").map((line): unknown => JSON.parse(line));
}

/** One request that is sent and answered line by line. `receive` gives the next result, undefined at the end. */
async function converse(served: Served): Promise<{ readonly sending: ClientRequest; readonly receive: () => Promise<ResultLine | undefined> }> {
  const sending = request({ host: "127.0.0.1", port: served.port, method: "POST", path: "/commands", headers: NDJSON, agent: false });
  sending.on("error", () => undefined);
  sending.flushHeaders();
  const response = await new Promise<IncomingMessage>((resolve) => sending.once("response", resolve));
  response.on("error", () => undefined);
  const received = createInterface({ input: response })[Symbol.asyncIterator]();
  const receive = async (): Promise<ResultLine | undefined> => {
    const next = await received.next();
    return next.done === true ? undefined : resultLineSchema.parse(JSON.parse(next.value));
  };
  return { sending, receive };
}
