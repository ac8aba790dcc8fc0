import { setTimeout as passing } from "node:timers/promises";
import { EventStoreDBClient, jsonEvent, type AllStreamResolvedEvent, type AllStreamSubscription, type JSONEventData, type ResolvedEvent } from "@eventstore/db-client";
import { newEventId } from "../../../src/kernel/uuid.js";
import { FaultyServer } from "./faulty-server.js";

/** How long a client may take to end. */
const DISPOSAL_MS = 200;

/** The test server, and the client of its makers without the adapter in between. */
export interface Wired {
  readonly server: FaultyServer;
  readonly client: EventStoreDBClient;
  /** A further client on the same server. */
  readonly another: () => EventStoreDBClient;
}

/** Both for each test of the surrounding `describe`. */
export function wired(options?: Parameters<typeof FaultyServer.start>[0]): () => Wired {
  let server: FaultyServer | undefined;
  let client: EventStoreDBClient | undefined;
  const clients: EventStoreDBClient[] = [];
  const connect = (url: string): EventStoreDBClient => {
    const made = EventStoreDBClient.connectionString(url);
    clients.push(made);
    return made;
  };
  beforeEach(async () => {
    server = await FaultyServer.start(options);
    client = connect(server.url);
  });
  afterEach(async () => {
    // The server first: a client waits for its streams to end, and for ever where the server has ended its stream of appends.
    await server?.stop();
    await Promise.race([Promise.all(clients.splice(0).map((each) => each.dispose())), passing(DISPOSAL_MS)]);
  });
  return () => {
    if (server === undefined || client === undefined) throw new TypeError("server and client are there only while a test runs");
    const { url } = server;
    return { server, client, another: () => connect(url) };
  };
}

export function reported(note: string, id: string = newEventId()): JSONEventData {
  return jsonEvent({ id, type: "IncidentReported", data: { note }, metadata: { actor: { id: "lead-body" } } });
}
export function severalReported(count: number): JSONEventData[] {
  return Array.from({ length: count }, (_, index) => reported(`n${index}`));
}

export async function idsOf(events: AsyncIterable<ResolvedEvent>): Promise<readonly (string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for await (const { event } of events) found.push(event?.id);
  return found;
}

/** What a subscription has brought so far. */
export class Heard {
  readonly events: AllStreamResolvedEvent[] = [];
  readonly errors: Error[] = [];
  /** What came, in its order: `confirmation`, `event`, `caughtUp`, `end`, `error`. */
  readonly told: string[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(subscription: AllStreamSubscription) {
    subscription.on("data", (event: AllStreamResolvedEvent) => {
      this.events.push(event);
      this.#tell("event");
    });
    subscription.on("error", (error: Error) => {
      this.errors.push(error);
      this.#tell("error");
    });
    subscription.on("confirmation", () => this.#tell("confirmation"));
    subscription.on("caughtUp", () => this.#tell("caughtUp"));
    subscription.on("end", () => this.#tell("end"));
  }

  get ids(): readonly (string | undefined)[] {
    return this.events.map(({ event }) => event?.id);
  }

  /** Fulfilled when it has been told `what` at least `count` times. */
  until(what: string, count = 1): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.told.filter((each) => each === what).length < count) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  #tell(what: string): void {
    this.told.push(what);
    for (const look of [...this.#waiting]) look();
  }
}
