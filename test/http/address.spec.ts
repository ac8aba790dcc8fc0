import { expect } from "chai";
import { LedgerError } from "../../src/kernel/errors.js";
import { loopbackAddress, urlOf } from "../../src/http/address.js";
import { ownNames, refusalOfOrigin } from "../../src/http/origin.js";
import { ask, errorOf, graphql, serve, type Served } from "./served.js";

describe("where the server listens", () => {
  for (const host of ["127.0.0.1", "127.0.0.2", "127.255.255.254", "::1", "[::1]", "localhost", "::ffff:127.0.0.1"]) {
    it(`takes ${host}`, async () => {
      const { address } = await loopbackAddress(host);
      expect(address).to.match(/^127\.|^::1$|^::ffff:127\./);
    });
  }

  for (const host of ["0.0.0.0", "::", "", "192.168.1.10", "10.0.0.1", "8.8.8.8", "fe80::1", "2001:db8::1", "::ffff:192.168.1.10", "ledger.invalid", "*", "0"]) {
    it(`refuses ${JSON.stringify(host)} and says why`, async () => {
      const error: unknown = await loopbackAddress(host).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(LedgerError).and.to.include({ code: "ADDRESS_REFUSED" });
      expect(error).to.have.property("message").that.matches(/no authentication yet.*127\.0\.0\.1/s);
    });
  }

  it("refuses to serve there, too", async () => {
    const error: unknown = await serve({ host: "0.0.0.0" }).catch((reason: unknown) => reason);
    expect(error).to.include({ code: "ADDRESS_REFUSED" });
  });

  it("says that a port is taken", async () => {
    const served = await serve();
    try {
      const error: unknown = await serve({ port: served.port }).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(LedgerError).and.to.include({ code: "INVALID_CONFIGURATION", field: "port" });
      expect(error).to.have.property("message").that.contains(String(served.port)).and.matches(/taken.*--port/);
    } finally {
      await served.end();
    }
  });

  it("writes addresses as they stand in URLs", () => {
    expect(urlOf("127.0.0.1", 4000)).to.equal("http://127.0.0.1:4000");
    expect(urlOf("::1", 4000)).to.equal("http://[::1]:4000");
  });
});

describe("whom the server answers", () => {
  let served: Served;
  before(async () => (served = await serve()));
  after(() => served.end());

  it("answers under its own names", async () => {
    for (const name of ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"]) {
      expect((await ask(served, { path: "/healthz", headers: { host: `${name}:${served.port}` } })).status, name).to.equal(200);
    }
  });

  it("refuses names that someone had resolve to this machine, on every path", async () => {
    for (const host of ["ledger.example", `ledger.example:${served.port}`, "127.0.0.1", `127.0.0.1:${served.port + 1}`, `localhost.evil.example:${served.port}`]) {
      for (const path of ["/", "/graphql", "/explorer/", "/evidence"]) {
        const refused = await ask(served, { path, headers: { host } });
        expect(refused.status, `${host} ${path}`).to.equal(403);
        expect(errorOf(refused).extensions).to.deep.include({ code: "ADDRESS_REFUSED", field: "Host", params: { host } });
      }
    }
  });

  it("refuses what comes from pages of others, whatever they send", async () => {
    for (const origin of ["https://evil.example", "null", `http://127.0.0.1:${served.port + 1}`, `https://127.0.0.1:${served.port}`]) {
      const refused = await graphql(served, "{ actor }", { headers: { origin } });
      expect(refused.status, origin).to.equal(403);
      expect(errorOf(refused).extensions).to.deep.include({ code: "ADDRESS_REFUSED", field: "Origin", params: { origin } });
      for (const [method, path] of [["PUT", "/evidence"], ["POST", "/commands"]] as const) {
        expect((await ask(served, { method, path, headers: { origin }, body: "" })).status).to.equal(403);
      }
    }
  });

  it("answers its own pages, and lets no other page read an answer", async () => {
    const answer = await graphql(served, "{ actor }", { headers: { origin: `http://localhost:${served.port}` } });
    expect(answer.status).to.equal(200);
    expect(answer.headers).not.to.have.property("access-control-allow-origin");
    expect(answer.headers).to.include({ "cross-origin-resource-policy": "same-origin", "x-content-type-options": "nosniff", "cache-control": "no-store" });
    expect(answer.headers).not.to.have.property("x-powered-by");
  });

  it("leaves the port out of its names on port 80 only", () => {
    const own = ownNames("127.0.0.1", 80);
    expect(refusalOfOrigin({ host: "localhost", origin: "http://localhost" }, own)).to.equal(undefined);
    expect(refusalOfOrigin({ host: "localhost" }, ownNames("127.0.0.1", 4000))).to.have.property("code", "ADDRESS_REFUSED");
  });

  it("answers under another loopback address when it listens there", () => {
    const own = ownNames("127.0.0.9", 4000);
    expect(refusalOfOrigin({ host: "127.0.0.9:4000" }, own)).to.equal(undefined);
    expect(refusalOfOrigin({ host: "127.0.0.8:4000" }, own)).to.have.property("code", "ADDRESS_REFUSED");
  });

  it("greets a person with a page that loads nothing from elsewhere", async () => {
    const { status, headers, text } = await ask(served, { path: "/", headers: { accept: "text/html" } });
    expect(status).to.equal(200);
    expect(headers["content-type"]).to.equal("text/html; charset=utf-8");
    expect(headers["content-security-policy"]).to.match(/^default-src 'none';style-src 'sha256-/);
    const links = new Set([...text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link = ""]) => link));
    expect([...links]).to.deep.equal(["/explorer/", "/schema.graphql", "/healthz"]);
    for (const link of links) expect((await ask(served, { path: link })).status, link).to.equal(200);
  });

  it("says that it is well", async () => {
    expect((await ask(served, { path: "/healthz" })).body).to.deep.equal({ status: "ok", ledgerId: "lecco", position: null, eventCount: 0 });
  });
});
