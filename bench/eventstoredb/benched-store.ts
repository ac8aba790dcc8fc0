import { openEventStoreDb } from "../../src/eventstore/eventstoredb.js";
import type { EventStore } from "../../src/eventstore/port.js";
import { streamName } from "../../src/kernel/brand.js";
import { newEventId } from "../../src/kernel/uuid.js";
import { benchEvent } from "../append-work.js";
import { startServer, type ServerProcess } from "./processes.js";
import type { Reading } from "./side.js";

/** A server that holds what is to be read from it. */
export interface BenchedStore extends ServerProcess {
  readonly reading: Reading;
}
/** The server that all benches of a group run against. */
export interface BenchedServer {
  readonly name: string;
  /** With so many events to read. */
  holding(events: number): Promise<BenchedStore>;
}

const PER_APPEND = 1000;

/** The whole protocol, by gRPC's own server for Node: costs as much as its clients, or more. */
export const testServer: BenchedServer = { name: "test server", holding: (events) => ownServer("test", events) };

/** Knows nothing but to send its events, from bytes that are ready: the clients' own cost is what takes the time. */
export const replayingServer: BenchedServer = { name: "ready bytes", holding: (events) => ownServer("replaying", events) };

async function ownServer(which: "test" | "replaying", events: number): Promise<BenchedStore> {
  const streamPrefix = "il.bench.";
  return { ...(await startServer(which, events, streamPrefix)), reading: { streamPrefix, events } };
}

/** The server that a connection string names. It may hold other events: those of the bench come after them and have a stream prefix of their own. */
export function namedServer(url: string): BenchedServer {
  return {
    name: "the server that EVENTSTORE_URL names",
    holding: async (events) => {
      const streamPrefix = `il.bench-${newEventId()}.`;
      const store = openEventStoreDb({ url });
      const last = await store.lastPosition();
      if (last.kind !== "position") throw new Error(last.reason);
      await write(store, streamPrefix, events);
      await store.close();
      return { url, reading: { streamPrefix, events, from: last.position }, cpuSeconds: () => NaN, end: () => Promise.resolve() };
    },
  };
}

async function write(store: EventStore, streamPrefix: string, events: number): Promise<void> {
  for (let from = 0; from < events; from += PER_APPEND) {
    const batch = Array.from({ length: Math.min(PER_APPEND, events - from) }, benchEvent);
    const result = await store.append(streamName(`${streamPrefix}incident-${from}`), { kind: "no-stream" }, batch);
    if (result.kind !== "appended") throw new Error(JSON.stringify(result));
  }
}
