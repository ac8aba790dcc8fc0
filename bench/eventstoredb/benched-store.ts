import { openEventStoreDb } from "../../src/eventstore/eventstoredb.js";
import type { EventStore } from "../../src/eventstore/port.js";
import { streamName } from "../../src/kernel/brand.js";
import { newEventId } from "../../src/kernel/uuid.js";
import { benchEvent } from "../append-work.js";
import { startTestServer } from "./processes.js";
import type { Reading } from "./side.js";

/** A server that holds what is to be read from it. */
export interface BenchedStore {
  readonly url: string;
  readonly reading: Reading;
  end(): Promise<void>;
}
/** The server that all benches of a group run against. */
export interface BenchedServer {
  readonly name: string;
  /** With so many events to read. */
  holding(events: number): Promise<BenchedStore>;
}

const PER_APPEND = 1000;

export const testServer: BenchedServer = {
  name: "test server",
  holding: async (events) => {
    const streamPrefix = "il.bench.";
    return { ...(await startTestServer(events, streamPrefix)), reading: { streamPrefix, events } };
  },
};

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
      return { url, reading: { streamPrefix, events, from: last.position }, end: () => Promise.resolve() };
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
