import { openEventStoreDb } from "../../src/eventstore/eventstoredb.js";
import { parseAddress } from "../../src/eventstore/eventstoredb/address.js";
import { describeEventStoreContract } from "../contract/event-store.contract.js";
import type { MakeStore } from "../contract/rig.js";
import { FaultyServer } from "../support/eventstoredb/faulty-server.js";

/** The suite on a server of its own within this process, one for each test. */
function onTestServer(options: Parameters<typeof FaultyServer.start>[0]): MakeStore {
  return async () => {
    const server = await FaultyServer.start(options);
    return { open: (limits = {}) => Promise.resolve(openEventStoreDb({ url: server.url, limits })), remove: () => server.stop() };
  };
}

describeEventStoreContract("EventStoreDB protocol, server in this process, appends in batches", onTestServer({ takesBatches: true }));
describeEventStoreContract("EventStoreDB protocol, server in this process, appends as calls, without the caught-up message", onTestServer({ takesBatches: false, saysCaughtUp: false }));

const url = process.env["EVENTSTORE_URL"] ?? "";
const isNamed = url !== "";
if (isNamed) {
  describeEventStoreContract(`the real server of EVENTSTORE_URL (${hostsOf(url)})`, () =>
    Promise.resolve({ open: (limits = {}) => Promise.resolve(openEventStoreDb({ url, limits })), remove: () => Promise.resolve() }),
  );
}
after(() => {
  const real = isNamed ? `and on the server that EVENTSTORE_URL names (${hostsOf(url)})` : "not on a real one: EVENTSTORE_URL names none";
  process.stdout.write(`\n  EventStoreDB contract: run on the test server in this process, ${real}\n`);
});

/** Where a connection string leads, without who goes there. */
function hostsOf(connection: string): string {
  const parsed = parseAddress(connection);
  return parsed.kind === "address" ? parsed.address.hosts.map(({ address, port }) => `${address}:${port}`).join(", ") : "no connection string";
}
