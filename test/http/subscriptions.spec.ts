import { expect } from "chai";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { createClient, type Client } from "graphql-ws";
import { WebSocket } from "ws";
import { QUERY_LIMITS, type QueryLimits } from "../../src/graphql/limits.js";
import { SUBSCRIPTION_LIMITS } from "../../src/http/subscriptions.js";
import { closingOf, openLine, PROTOCOL, urlOf } from "./open-line.js";
import { ask, graphql, isRecord, serve, until, type Served } from "./served.js";

describe("subscriptions", () => {
  let served: Served;
  const clients: Client[] = [];
  beforeEach(async () => (served = await serve({ subscriptionLimits: { ...SUBSCRIPTION_LIMITS, subscriptionsPerConnection: 3, connections: 4 } })));
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
    await served.end();
  });

  const client = (connectionParams?: Record<string, unknown>): Client => {
    const made = createClient({ url: urlOf(served), webSocketImpl: WebSocket, retryAttempts: 0, lazy: true, ...(connectionParams !== undefined && { connectionParams }) });
    clients.push(made);
    return made;
  };

  it("tell events as they come, and no more than were asked for", async () => {
    expect(await all(client(), "subscription { counted(until: 3) { number } }")).to.deep.equal([1, 2, 3].map((number) => ({ data: { counted: { number } } })));
  });

  it("are resumed from what was taken in last", async () => {
    const first = client().iterate({ query: "subscription { counted(until: 9) { number } }" });
    const taken = [(await first.next()).value, (await first.next()).value];
    await first.return?.();
    expect(taken).to.have.nested.property("[1].data.counted.number", 2);
    const rest = await all(client(), "subscription($from: Int!) { counted(from: $from, until: 5) { number } }", { from: 2 });
    expect(rest).to.deep.equal([3, 4, 5].map((number) => ({ data: { counted: { number } } })));
  });

  it("are ended at their source when the client ends them, and when it leaves", async () => {
    const line = await openLine(served);
    line.subscribe("a", "subscription { silent { number } }");
    line.subscribe("b", "subscription { silent { number } }");
    await until(() => served.running.size === 2);
    line.socket.send(JSON.stringify({ id: "a", type: "complete" }));
    await until(() => served.running.size === 1);
    line.socket.terminate();
    await until(() => served.running.size === 0);
  });

  describe("are all that the WebSocket takes", () => {
    for (const query of ["{ actor }", 'mutation { note(text: "x") }', "query A { actor } subscription B { counted(until: 1) { number } }"]) {
      it(`not ${query}`, async () => {
        expect(await refusalOf(client(), query)).to.deep.include({ code: "INVALID_INPUT", field: "query" });
      });
    }
  });

  describe("are held to the limits of HTTP", () => {
    const fields = "number ".repeat(QUERY_LIMITS.selections);
    const aliases = Array.from({ length: QUERY_LIMITS.aliases + 1 }, (_, n) => `n${n}: number`).join(" ");
    const CASES: readonly (readonly [limitOn: keyof QueryLimits, query: string, actual: number | string])[] = [
      ["selections", `subscription { counted(until: 1) { ${fields} } }`, QUERY_LIMITS.selections + 1],
      ["aliases", `subscription { counted(until: 1) { ${aliases} } }`, QUERY_LIMITS.aliases + 1],
      ["tokens", `subscription { counted(until: 1) { ${"number ".repeat(QUERY_LIMITS.tokens)} } }`, `more than ${QUERY_LIMITS.tokens}`],
    ];
    for (const [limitOn, query, actual] of CASES) {
      it(limitOn, async () => {
        expect(await refusalOf(client(), query)).to.deep.include({ code: "QUERY_TOO_COMPLEX", params: { limitOn, limit: QUERY_LIMITS[limitOn], actual } });
        const overHttp = await graphql(served, query.replace("subscription { counted(until: 1)", "{ incident(id: \"a\")").replaceAll("number", "title"));
        expect(overHttp.status).to.equal(400);
        expect(overHttp.body).to.have.deep.nested.property("errors[0].extensions.params", { limitOn, limit: QUERY_LIMITS[limitOn], actual });
      });
    }
  });

  it("that cannot be read are refused, and the connection goes on", async () => {
    const one = client();
    for (const query of ["subscription { ", "subscription { unknown }", "subscription { counted(until: \"many\") { number } }"]) {
      expect(await refusalOf(one, query), query).to.include({ code: "INVALID_INPUT" });
    }
    expect(await all(one, "subscription { counted(until: 1) { number } }")).to.have.length(1);
  });

  it("whose variables do not fit are refused", async () => {
    expect(await refusalOf(client(), "subscription($n: Int!) { counted(until: $n) { number } }", { n: "many" })).to.include({ code: "INVALID_INPUT" });
  });

  it("that the ledger refuses say why, with the code", async () => {
    const [answer] = await all(client(), 'subscription { refusedFrom(position: "nowhere") { number } }');
    expect(answer).to.have.deep.nested.property("errors[0].extensions", { code: "UNKNOWN_POSITION", retryable: false, params: { position: "nowhere" } });
  });

  it("that break are masked, with an id that is in the log", async () => {
    const answers: unknown[] = [];
    const refusal = await refusalOf(client(), "subscription { brokenAfter(count: 2) { number } }", {}, answers);
    expect(answers).to.have.length(2);
    expect(refusal).to.include({ code: "INTERNAL" });
    expect(JSON.stringify(refusal)).not.to.contain("/var/lib");
    expect(served.log.find(({ errorId }) => errorId === refusal["errorId"])).to.have.nested.property("err.message").that.contains("EIO");
  });

  it("are limited in number on one connection; one that ended makes room", async () => {
    const line = await openLine(served);
    for (const id of ["a", "b", "c"]) line.subscribe(id, "subscription { silent { number } }");
    await until(() => served.running.size === 3);
    line.subscribe("d", "subscription { counted(until: 1) { number } }");
    expect(await line.receive()).to.have.deep.nested.property("payload[0].extensions.params", { limitOn: "subscriptions", limit: 3, actual: 4 });
    line.socket.send(JSON.stringify({ id: "a", type: "complete" }));
    line.subscribe("e", "subscription { counted(until: 1) { number } }");
    expect(await line.receive()).to.include({ id: "e", type: "next" });
    line.socket.terminate();
  });

  it("hold back their source while the client does not read, and lose nothing", async () => {
    const line = await openLine(served);
    line.socket.pause();
    line.subscribe("a", "subscription { counted(until: 3000, padding: 20000) { number padding } }");
    await until(() => served.given() > 0);
    let quiet = 0;
    for (let seen = served.given(); quiet < 20; seen = served.given()) {
      await ask(served, { path: "/healthz" });
      quiet = served.given() === seen ? quiet + 1 : 0;
    }
    expect(served.given()).to.be.below(3000);
    line.socket.resume();
    for (let number = 1; number <= 3000; number += 1) expect(await line.receive()).to.have.nested.property("payload.data.counted.number", number);
    expect(await line.receive()).to.include({ id: "a", type: "complete" });
    line.socket.terminate();
  });

  it("know who acts from the connection's parameters, or from its header", async () => {
    const who = "subscription { who { actor } }";
    expect(await all(client({ "x-actor": "capofila" }), who)).to.deep.equal([{ data: { who: { actor: "capofila" } } }]);
    expect(await all(client(), who)).to.deep.equal([{ data: { who: { actor: "anonymous" } } }]);
    const line = await openLine(served, { headers: { "x-actor": "rup" } });
    line.subscribe("a", who);
    expect(await line.receive()).to.have.nested.property("payload.data.who.actor", "rup");
    line.socket.terminate();
  });

  it("are not opened for what cannot be an actor", async () => {
    const socket = new WebSocket(urlOf(served), PROTOCOL);
    await once(socket, "open");
    socket.send(JSON.stringify({ type: "connection_init", payload: { "x-actor": "Anna Rossi" } }));
    const { code, reason } = await closingOf(socket);
    expect(code).to.equal(4400);
    expect(reason).to.match(/^INVALID_INPUT: x-actor must be an opaque id/);
  });

  it("end with the connection when a message is larger than 1 MiB", async () => {
    const line = await openLine(served);
    line.subscribe("a", `subscription { counted(until: 1) { number } } # ${"x".repeat(1024 * 1024)}`);
    expect((await closingOf(line.socket)).code).to.equal(1009);
  });

  it("end with the connection when it speaks something else", async () => {
    const line = await openLine(served);
    line.socket.send("hello");
    expect((await closingOf(line.socket)).code).to.equal(4400);
    const other = new WebSocket(urlOf(served), "graphql-ws");
    other.on("error", () => undefined);
    expect((await closingOf(other)).code).to.be.oneOf([1006, 4406]);
  });

  it("are opened for pages of this server and for programs only, and at one place", async () => {
    const cases: readonly (readonly [url: string, headers: Record<string, string>, status: number])[] = [
      [urlOf(served), { origin: "https://evil.example" }, 403],
      [urlOf(served), { host: "ledger.example" }, 403],
      [urlOf(served).replace("/graphql", "/other"), {}, 404],
    ];
    for (const [url, headers, status] of cases) {
      const socket = new WebSocket(url, PROTOCOL, { headers });
      socket.on("error", () => undefined);
      const answer = await new Promise<IncomingMessage>((resolve) => socket.once("unexpected-response", (_request, response: IncomingMessage) => resolve(response)));
      expect(answer.statusCode, JSON.stringify(headers)).to.equal(status);
      answer.destroy();
    }
    const own = new WebSocket(urlOf(served), PROTOCOL, { headers: { origin: served.url } });
    await once(own, "open");
    own.terminate();
  });

  it("are refused when too many connections are open", async () => {
    const lines = await Promise.all([1, 2, 3, 4].map(() => openLine(served)));
    const socket = new WebSocket(urlOf(served), PROTOCOL);
    socket.on("error", () => undefined);
    const answer = await new Promise<IncomingMessage>((resolve) => socket.once("unexpected-response", (_request, response: IncomingMessage) => resolve(response)));
    expect(answer.statusCode).to.equal(503);
    answer.destroy();
    for (const { socket: opened } of lines) opened.terminate();
  });
});

describe("signs of life", () => {
  it("are asked for, and who gives none is cut off", async () => {
    const served = await serve({ subscriptionLimits: { ...SUBSCRIPTION_LIMITS, keepAliveMs: 50 } });
    try {
      const living = await openLine(served);
      const dead = await openLine(served, { autoPong: false });
      living.subscribe("a", "subscription { silent { number } }");
      expect((await closingOf(dead.socket)).code).to.equal(1006);
      expect(living.socket.readyState).to.equal(WebSocket.OPEN);
      living.socket.terminate();
    } finally {
      await served.end();
    }
  });
});

async function all(client: Client, query: string, variables: Record<string, unknown> = {}): Promise<unknown[]> {
  const answers: unknown[] = [];
  for await (const answer of client.iterate({ query, variables })) answers.push(JSON.parse(JSON.stringify(answer)));
  return answers;
}

/** The extensions of the first error that a subscription is refused or ended with; what came before it goes into `answers`. */
async function refusalOf(client: Client, query: string, variables: Record<string, unknown> = {}, answers: unknown[] = []): Promise<Record<string, unknown>> {
  try {
    for await (const answer of client.iterate({ query, variables })) {
      answers.push(answer);
      const extensions = answer.errors?.[0]?.extensions;
      if (extensions !== undefined) return extensions;
    }
  } catch (errors) {
    const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
    if (isRecord(first) && isRecord(first["extensions"])) return first["extensions"];
    throw errors;
  }
  throw new Error(`not refused: ${query}`);
}
