import { openEventStoreDb } from "../../src/eventstore/eventstoredb.js";
import { describeEventStoreContract } from "../contract/event-store.contract.js";
import type { MakeStore } from "../contract/rig.js";
import { FaultyServer } from "./eventstoredb/faulty-server.js";

/** The suite on a server of its own within this process, one for each test. */
function onTestServer(options: Parameters<typeof FaultyServer.start>[0]): MakeStore {
  return async () => {
    const server = await FaultyServer.start(options);
    return { open: (limits = {}) => Promise.resolve(openEventStoreDb({ url: server.url, limits })), remove: () => server.stop() };
  };
}

describeEventStoreContract("EventStoreDB protocol, server in this process, appends in batches", onTestServer({ takesBatches: true }));
describeEventStoreContract("EventStoreDB protocol, server in this process, appends as calls, without the caught-up message", onTestServer({ takesBatches: false, saysCaughtUp: false }));

const url = process.env["EVENTSTORE_URL"];
if (url === undefined || url === "") {
  describe("event store contract: a real EventStoreDB or KurrentDB", () => {
    it("was not run: EVENTSTORE_URL names none", () => undefined);
  });
} else {
  describeEventStoreContract(`the real server of EVENTSTORE_URL (${new URL(url.replace(/^[^:]+/, "http")).host})`, () =>
    Promise.resolve({ open: (limits = {}) => Promise.resolve(openEventStoreDb({ url, limits })), remove: () => Promise.resolve() }),
  );
}
