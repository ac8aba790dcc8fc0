import { expect } from "chai";
import { once } from "node:events";
import { request, type ClientRequest } from "node:http";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { ask, errorOf, graphql, serve, until, type Answer, type Served } from "./served.js";

const JSON_BODY = { "content-type": "application/json" };
const QUESTION = JSON.stringify({ query: "{ actor }" });
const PAGED = "query($n: Int!) { incidents(first: $n) { nodes { id } } }";

describe("requests that are wrong", () => {
  let served: Served;
  before(async () => {
    served = await serve();
  });
  after(() => served.end());
  afterEach("nothing of it was unforeseen, and the next request is answered", async () => {
    expect(served.log.filter(({ msg }) => msg !== "request")).to.deep.equal([]);
    expect((await graphql(served, "{ actor }")).body).to.deep.equal({ data: { actor: "anonymous" } });
  });

  const post = (body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> =>
    ask(served, { method: "POST", path: "/graphql", headers: { ...JSON_BODY, ...headers }, body });

  for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]) {
    it(`${method} /graphql is answered with what is allowed`, async () => {
      const refused = await ask(served, { method, path: "/graphql", headers: JSON_BODY });
      expect(refused.status).to.equal(405);
      expect(refused.headers.allow).to.equal("GET, POST");
      expect(errorOf(refused).extensions["code"]).to.equal("INVALID_INPUT");
    });
  }

  for (const [method, path] of [["POST", "/healthz"], ["GET", "/commands"], ["POST", "/evidence"], ["DELETE", `/evidence/${"a".repeat(64)}`], ["PUT", "/schema.graphql"]] as const) {
    it(`${method} ${path.slice(0, 14)} is not there, and says so`, async () => {
      const refused = await ask(served, { method, path });
      expect(refused.status).to.equal(404);
      expect(errorOf(refused).extensions).to.deep.include({ code: "NOT_FOUND", params: { method, path } });
    });
  }

  describe("bodies", () => {
    const CASES: readonly (readonly [name: string, send: () => Promise<Answer>, status: number, code: string])[] = [
      ["without a content type", () => ask(served, { method: "POST", path: "/graphql", body: QUESTION }), 400, "INVALID_INPUT"],
      ["that are empty", () => post(""), 400, "INVALID_INPUT"],
      ["that are no UTF-8", () => post(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])), 400, "INVALID_INPUT"],
      ["in a character set that is unknown", () => post(QUESTION, { "content-type": "application/json; charset=klingon" }), 415, "UNKNOWN_FORMAT"],
      ["in a compression that is unknown", () => post(QUESTION, { "content-encoding": "lecco" }), 415, "UNKNOWN_FORMAT"],
      ["that are not compressed as they say", () => post(QUESTION, { "content-encoding": "gzip" }), 400, "INVALID_INPUT"],
      ["that grow past 1 MiB when they are unpacked", () => post(gzipSync(Buffer.alloc(20_000_000, " ")), { "content-encoding": "gzip" }), 413, "REQUEST_TOO_LARGE"],
      ["with variables in a list", () => post(JSON.stringify({ query: "{ actor }", variables: [1] })), 400, "INVALID_INPUT"],
      ["with a NUL in the query", () => post(JSON.stringify({ query: "{ actor\u0000 }" })), 400, "INVALID_INPUT"],
      ["with half a character in the query", () => post('{"query":"{ incident(id: \\"\\ud800\\") { id } }"}'), 400, "INVALID_INPUT"],
      ["as deep as they are long, where a number belongs", () => post(nested(PAGED)), 400, "INVALID_INPUT"],
      ["as deep as they are long, in a variable that nothing asks for", () => post(nested("{ incident(id: 7.5) { id } }")), 400, "INVALID_INPUT"],
    ];
    for (const [name, send, status, code] of CASES) {
      it(`${name} are refused`, async () => {
        const refused = await send();
        expect([refused.status, errorOf(refused).extensions["code"]]).to.deep.equal([status, code]);
      });
    }

    it("do not reach the prototypes of objects", async () => {
      const { body } = await post('{"query":"{ actor }","variables":{"__proto__":{"polluted":true}},"__proto__":{"query":"{ broken }"}}');
      expect(body).to.deep.equal({ data: { actor: "anonymous" } });
      expect({}).not.to.have.property("polluted");
    });
  });

  /** A request whose variable `n` is half a million lists one within another. */
  function nested(query: string): string {
    return `{"query":${JSON.stringify(query)},"variables":{"n":${"[".repeat(500_000)}${"]".repeat(500_000)}}}`;
  }

  describe("what is no HTTP, or not enough of it", () => {
    const CASES: readonly (readonly [name: string, bytes: () => string, status: number])[] = [
      ["the greeting of TLS", () => "\u0016\u0003\u0001 hello\r\n\r\n", 400],
      ["a request without a host", () => "GET /healthz HTTP/1.1\r\n\r\n", 400],
      ["an old request without a host", () => "GET /healthz HTTP/1.0\r\n\r\n", 403],
      ["a body of two lengths", () => `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
      ["headers without end", () => `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nX-Long: ${"a".repeat(20_000)}\r\n\r\n`, 431],
    ];
    for (const [name, bytes, status] of CASES) {
      it(name, async () => {
        const answer = await sent(Buffer.from(bytes(), "latin1"));
        expect(answer).to.match(new RegExp(`^HTTP/1.1 ${status} `));
      });
    }

    function sent(bytes: Buffer): Promise<string> {
      return new Promise((resolve, reject) => {
        const chunks: Buffer[] = [];
        const socket = connect(served.port, "127.0.0.1", () => socket.write(bytes));
        socket.on("error", reject).on("data", (chunk: Buffer) => {
          chunks.push(chunk);
          // One request without a host may be kept open for a next.
          socket.end();
        });
        socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
      });
    }
  });

  it("a body that comes byte by byte is waited for", async () => {
    const slow = open();
    for (const byte of Buffer.from(QUESTION)) {
      slow.write(Buffer.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    slow.end();
    const answered: unknown[] = await once(slow, "response");
    expect(answered[0]).to.have.property("statusCode", 200);
  });

  it("a client that leaves in the middle of its request is noted in the log as that, and as nothing else", async () => {
    const before = served.log.length;
    const leaving = open({ "content-length": "1000" });
    leaving.on("error", () => undefined);
    await new Promise<void>((resolve) => leaving.write('{"query":', () => resolve()));
    leaving.destroy();
    await until(() => served.log.length > before);
    expect(served.log[before]).to.include({ method: "POST", path: "/graphql", aborted: true, msg: "request" });
  });

  function open(headers: Record<string, string> = {}): ClientRequest {
    return request({ host: "127.0.0.1", port: served.port, method: "POST", path: "/graphql", headers: { ...JSON_BODY, ...headers }, agent: false });
  }
});

describe("a connection that stands still", () => {
  let served: Served;
  before(async () => {
    served = await serve({ idleMs: 50 });
  });
  after(() => served.end());

  it("is cut off in the middle of a request, and the server goes on", async () => {
    const standing = request({ host: "127.0.0.1", port: served.port, method: "POST", path: "/graphql", headers: { ...JSON_BODY, "content-length": "1000" }, agent: false });
    standing.write('{"query":');
    const failed: unknown[] = await once(standing, "error");
    expect(failed[0]).to.have.property("code", "ECONNRESET");
    expect((await graphql(served, "{ actor }")).status).to.equal(200);
  });
});
