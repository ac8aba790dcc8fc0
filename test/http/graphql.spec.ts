import { expect } from "chai";
import { getIntrospectionQuery } from "graphql";
import { ask, errorOf, graphql, serve, type Served } from "./served.js";

describe("GraphQL over HTTP", () => {
  let served: Served;
  before(async () => (served = await serve()));
  after(() => served.end());

  it("answers a query, again and with variables", async () => {
    for (let time = 0; time < 3; time += 1) {
      const { status, body } = await graphql(served, "query($n: Int!) { incidents(first: $n) { nodes { id title status services { name } } } }", { variables: { n: 1 } });
      expect(status).to.equal(200);
      expect(body).to.deep.equal({ data: { incidents: { nodes: [{ id: "i-1", title: "Disservizio i-1", status: "OPEN", services: [{ name: "Protocollo" }] }] } } });
    }
  });

  it("answers a GET that shows it is no form of another page", async () => {
    const path = `/graphql?query=${encodeURIComponent("{ actor }")}`;
    expect((await ask(served, { path, headers: { "apollo-require-preflight": "1" } })).body).to.deep.equal({ data: { actor: "anonymous" } });
    const refused = await ask(served, { path });
    expect(refused.status).to.equal(400);
    expect(errorOf(refused).extensions["code"]).to.equal("INVALID_INPUT");
  });

  it("does not let a GET change anything", async () => {
    const refused = await ask(served, { path: `/graphql?query=${encodeURIComponent('mutation { note(text: "x") }')}`, headers: { "apollo-require-preflight": "1" } });
    expect(refused.status).to.equal(405);
  });

  it("runs mutations", async () => {
    const { body } = await graphql(served, "mutation($t: String!) { note(text: $t) }", { variables: { t: "protocollo fermo 🚧 مرحبا" } });
    expect(body).to.deep.equal({ data: { note: "protocollo fermo 🚧 مرحبا" } });
  });

  it("takes several operations in one document, and says so where none is named", async () => {
    const query = "query A { actor } query B { incident(id: \"x\") { id } }";
    expect((await graphql(served, query, { operationName: "B" })).body).to.deep.equal({ data: { incident: { id: "x" } } });
    const unnamed = await graphql(served, query);
    expect(unnamed.status).to.equal(400);
    expect(errorOf(unnamed)).to.deep.include({ message: "the document has several operations: say with `operationName` which one is meant" });
    const wrong = await graphql(served, query, { operationName: "C" });
    expect(wrong.status).to.equal(400);
    expect(errorOf(wrong).message).to.contain('"C"');
  });

  it("gives its schema to tools", async () => {
    const { status, body } = await graphql(served, getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true }));
    expect(status).to.equal(200);
    expect(body).to.have.nested.property("data.__schema.queryType.name", "Query");
  });

  describe("what cannot be read is a 400 with a code", () => {
    const CASES: readonly (readonly [name: string, body: string, message: RegExp])[] = [
      ["malformed GraphQL", JSON.stringify({ query: "{ incidents(first: " }), /Syntax Error/],
      ["an unknown field", JSON.stringify({ query: "{ incidenti }" }), /Cannot query field "incidenti"/],
      ["no query", JSON.stringify({ variables: {} }), /non-empty `query`/],
      ["a query that is no text", JSON.stringify({ query: 7 }), /must be strings/],
      ["malformed JSON", "{\"query\": ", /cannot be read/],
      ["JSON that is no object", "\"{ actor }\"", /cannot be read/],
      ["a batch", JSON.stringify([{ query: "{ actor }" }, { query: "{ actor }" }]), /batch/i],
      ["a variable of the wrong type", JSON.stringify({ query: "query($n: Int!) { incidents(first: $n) { nodes { id } } }", variables: { n: "many" } }), /\$n/],
      ["a variable that is missing", JSON.stringify({ query: "query($n: Int!) { incidents(first: $n) { nodes { id } } }" }), /\$n/],
      ["a literal of the wrong type", JSON.stringify({ query: "{ incidents(first: 1.5) { nodes { id } } }" }), /Int cannot represent/],
    ];
    for (const [name, body, message] of CASES) {
      it(name, async () => {
        const refused = await ask(served, { method: "POST", path: "/graphql", headers: { "content-type": "application/json" }, body });
        expect(errorOf(refused).message).to.match(message);
        expect(errorOf(refused).extensions["code"]).to.equal("INVALID_INPUT");
        expect(refused.status).to.equal(400);
      });
    }

    it("a persisted query, with the status and message by which clients know to send it whole", async () => {
      const body = JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: "0" } } });
      const refused = await ask(served, { method: "POST", path: "/graphql", headers: { "content-type": "application/json" }, body });
      expect(refused.status).to.equal(200);
      expect(errorOf(refused)).to.deep.include({ message: "PersistedQueryNotSupported" });
    });

    it("a form of another page", async () => {
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
        const refused = await ask(served, { method: "POST", path: "/graphql", headers: { "content-type": type }, body: JSON.stringify({ query: 'mutation { note(text: "x") }' }) });
        expect(refused.status, type).to.equal(400);
        expect(errorOf(refused).extensions["code"]).to.equal("INVALID_INPUT");
      }
    });
  });

  it("refuses a body of more than 1 MiB as REQUEST_TOO_LARGE, and takes one that is just within", async () => {
    const query = "query($t: ID!) { incident(id: $t) { status } }";
    const room = 1024 * 1024 - JSON.stringify({ query, variables: { t: "" } }).length;
    expect((await graphql(served, query, { variables: { t: "x".repeat(room) } })).status).to.equal(200);
    const refused = await graphql(served, query, { variables: { t: "x".repeat(room + 1) } });
    expect(refused.status).to.equal(413);
    expect(errorOf(refused).extensions).to.deep.include({ code: "REQUEST_TOO_LARGE", params: { limitBytes: 1024 * 1024 } });
  });

  it("tells a refusal with its code, field and values beside the data", async () => {
    const { status, body } = await graphql(served, "{ refused actor }");
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      data: { refused: null, actor: "anonymous" },
      errors: [{ message: "no incident i-9", locations: [{ line: 1, column: 3 }], path: ["refused"], extensions: { code: "NOT_FOUND", retryable: false, field: "id", params: { id: "i-9" } } }],
    });
  });

  it("says where in the query an error is, compiled or not", async () => {
    for (const query of ["{\n  actor\r\n  known: refused\n}", "query($x: Boolean!) {\n  actor @include(if: $x)\r\n  known: refused\n}"]) {
      const { body } = await graphql(served, query, { variables: { x: true } });
      expect(body).to.have.nested.property("errors[0].locations").that.deep.equals([{ line: 3, column: 3 }]);
      expect(body).to.have.nested.property("errors[0].path").that.deep.equals(["known"]);
    }
  });

  it("answers unions, and answers where an object does not say which of them it is", async () => {
    const { body } = await graphql(served, '{ found(words: "posta") { __typename ... on Incident { id } ... on Service { name } } }');
    expect(body).to.deep.equal({ data: { found: [{ __typename: "Incident", id: "i-1" }, { __typename: "Service", name: "Posta" }] } });
    expect((await graphql(served, "{ lost { __typename } actor }")).body).to.have.deep.property("data", { lost: null, actor: "anonymous" });
  });

  it("masks what was not foreseen and puts it into the log under the id that went out", async () => {
    const answer = await graphql(served, "{ broken }");
    const { message, extensions } = errorOf(answer);
    expect(extensions["code"]).to.equal("INTERNAL");
    expect(answer.text).not.to.match(/SQLITE|SELECT|stack|\.ts|\.js/);
    expect(message).to.contain(String(extensions["errorId"]));
    const logged = served.log.find((line) => line["errorId"] === extensions["errorId"]);
    expect(logged).to.have.nested.property("err.message").that.contains("SQLITE_ERROR");
    expect(logged).to.have.nested.property("err.stack");
  });

  it("acts for whom the header names, and for nobody who cannot be named", async () => {
    expect((await graphql(served, "{ actor }", { headers: { "x-actor": "lead-body.7" } })).body).to.deep.equal({ data: { actor: "lead-body.7" } });
    expect((await graphql(served, "{ actor }")).body).to.deep.equal({ data: { actor: "anonymous" } });
    for (const stated of ["", "Anna Rossi", "a/b", "x".repeat(129)]) {
      const refused = await graphql(served, "{ actor }", { headers: { "x-actor": stated } });
      expect(refused.status, stated).to.equal(400);
      expect(errorOf(refused).extensions, stated).to.include({ code: "INVALID_INPUT", field: "x-actor" });
    }
  });

  it("writes one line a request, without what was asked", async () => {
    const before = served.log.length;
    await ask(served, { path: "/graphql?query=%7Bactor%7D", headers: { "apollo-require-preflight": "1" } });
    await ask(served, { path: "/nothing-here" });
    const lines = served.log.slice(before);
    expect(lines.map(({ method, path, status, msg }) => ({ method, path, status, msg }))).to.deep.equal([
      { method: "GET", path: "/graphql", status: 200, msg: "request" },
      { method: "GET", path: "/nothing-here", status: 404, msg: "request" },
    ]);
    expect(lines[0]?.["durationMs"]).to.be.a("number").above(0);
  });

  it("sends a person who opens the endpoint to the explorer", async () => {
    const { status, headers } = await ask(served, { path: "/graphql", headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } });
    expect(status).to.equal(302);
    expect(headers.location).to.equal("/explorer/");
  });

  it("answers an unknown path and a malformed one with a code", async () => {
    const unknown = await ask(served, { path: "/grafql" });
    expect(unknown.status).to.equal(404);
    expect(errorOf(unknown).extensions["code"]).to.equal("NOT_FOUND");
    const malformed = await ask(served, { path: "/evidence/%zz" });
    expect(malformed.status).to.equal(400);
    expect(errorOf(malformed).extensions["code"]).to.equal("INVALID_INPUT");
  });
});
