import { expect } from "chai";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { closingOf, openLine } from "./open-line.js";
import { ask, graphql, serve, until, type Served } from "./served.js";

describe("closing the server", () => {
  let served: Served;
  beforeEach(async () => (served = await serve({ graceMs: 1_500 })));
  afterEach(() => served.end());

  it("lets a request finish, takes no new one, and ends when it has", async () => {
    const held = graphql(served, "{ held }");
    await served.asked;
    const closed = served.server.close();
    const refused: unknown = await ask(served, { path: "/healthz" }).catch((error: unknown) => error);
    expect(refused).to.have.property("code", "ECONNREFUSED");
    served.release();
    expect((await held).body).to.deep.equal({ data: { held: "released" } });
    await closed;
  });

  it("cuts off what does not finish in the time that it is given", async () => {
    const held = graphql(served, "{ held }").catch((error: unknown) => error);
    await served.asked;
    await served.server.close();
    expect(await held).to.have.property("code", "ECONNRESET");
  });

  it("does not wait for connections that are only kept open", async () => {
    const agent = new Agent({ keepAlive: true });
    await new Promise<void>((resolve, reject) => {
      request({ host: "127.0.0.1", port: served.port, path: "/healthz", agent }, (response) => response.resume().once("end", () => resolve())).on("error", reject).end();
    });
    const idle = connect(served.port, "127.0.0.1");
    await once(idle, "connect");
    const startedMs = performance.now();
    await served.server.close();
    expect(performance.now() - startedMs).to.be.below(1_000);
    agent.destroy();
    idle.destroy();
  });

  it("tells subscribers to come back, with a code after which their clients do", async () => {
    const line = await openLine(served);
    line.subscribe("a", "subscription { silent { number } }");
    await until(() => served.running.size === 1);
    const gone = closingOf(line.socket);
    await served.server.close();
    const { code, reason } = await gone;
    expect(code).to.equal(1001);
    expect(reason).to.match(/subscribe from the last position/);
    expect(served.running.size).to.equal(0);
  });

  it("cuts off a subscriber that does not answer the goodbye", async () => {
    const { socket } = await openLine(served);
    socket.pause();
    await served.server.close();
    socket.terminate();
  });

  it("may be asked for twice, and without having listened", async () => {
    await Promise.all([served.server.close(), served.server.close()]);
    await served.server.close();
  });
});
