import { expect } from "chai";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { FaultyServer } from "../../support/eventstoredb/faulty-server.js";

const MOCHA = fileURLToPath(new URL("../../../node_modules/mocha/bin/mocha.js", import.meta.url));
const SUITE = fileURLToPath(new URL("../eventstoredb.spec.ts", import.meta.url));

describe("the contract suite on a server that EVENTSTORE_URL names", () => {
  it("is run there too, which the output says", async () => {
    const server = await FaultyServer.start();
    const env = { PATH: process.env["PATH"], EVENTSTORE_URL: server.url };
    const { stdout } = await promisify(execFile)(process.execPath, [MOCHA, "--reporter", "spec", SUITE], { env, timeout: 60_000 }).finally(() => server.stop());
    const host = new URL(server.url.replace("esdb", "http")).host;
    expect(stdout).to.contain(`event store contract: the real server of EVENTSTORE_URL (${host})`);
    expect(stdout).to.contain(`run on the test server in this process, and on the server that EVENTSTORE_URL names (${host})`);
    expect(server.log.events.length, "events that the suite has left there").to.be.above(1000);
  }).timeout(60_000);
});
