import { setImmediate as nextTurn } from "node:timers/promises";
import type { Position, StreamName } from "../kernel/brand.js";
import { Appender, unavailable } from "./eventstoredb/appender.js";
import { connectionTo, type Connection } from "./eventstoredb/connection.js";
import { StoreFailure } from "./eventstoredb/failure.js";
import { LIMITS, type Limits } from "./eventstoredb/limits.js";
import { comparePlaces, parsePlace, positionOf } from "./eventstoredb/place.js";
import { Reader } from "./eventstoredb/reader.js";
import { subscribeTo } from "./eventstoredb/subscription.js";
import { UNOBSERVED, type StoreObserver } from "./observer.js";
import type { AppendResult, EventStore, EventToAppend, ExpectedRevision, ReadAllOptions, ReadAllResult, ReadStreamOptions, ReadStreamResult, StoreUnavailable, SubscribeOptions, Subscription } from "./port.js";

export interface EventStoreDbOptions {
  /** Connection string: `esdb://…` or `kurrentdb://…`. */
  readonly url: string;
  readonly limits?: Partial<Limits>;
  /** Told of attempts that are repeated and of connections that are made anew. Default: nobody. */
  readonly observer?: StoreObserver;
}

/**
 * The store on an EventStoreDB or KurrentDB server or cluster. Nothing is connected before it is asked for something, and an outage is an answer:
 * `store-unavailable`. Throws LedgerError INVALID_CONFIGURATION for what is no connection string, without repeating its password.
 */
export function openEventStoreDb({ url, limits, observer = UNOBSERVED }: EventStoreDbOptions): EventStore {
  const all: Limits = { ...LIMITS, ...limits };
  const connection = connectionTo(url, all);
  connection.watch(observer);
  return new ServerStore(connection, all, observer);
}

class ServerStore implements EventStore {
  readonly #connection: Connection;
  readonly #limits: Limits;
  readonly #reader: Reader;
  readonly #appender: Appender;
  readonly #appends = new Set<Promise<unknown>>();
  readonly #subscriptions = new Set<Subscription>();
  #closing: Promise<void> | undefined;

  constructor(connection: Connection, limits: Limits, observer: StoreObserver) {
    this.#connection = connection;
    this.#limits = limits;
    this.#reader = new Reader(connection, limits);
    this.#appender = new Appender({ connection, reader: this.#reader, limits, observer });
  }

  async append(stream: StreamName, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<AppendResult> {
    if (this.#closing !== undefined) return closed;
    const appending = this.#appender.append(stream, expected, events);
    const settled = appending.catch(() => undefined).finally(() => this.#appends.delete(settled));
    this.#appends.add(settled);
    const result = await appending;
    if (result.kind === "store-unavailable") await nextTurn();
    return result;
  }

  readStream(stream: StreamName, options: ReadStreamOptions): Promise<ReadStreamResult> {
    return this.#asked(() => this.#reader.readStream(stream, options));
  }

  readAll(options: ReadAllOptions): Promise<ReadAllResult> {
    return this.#asked(() => this.#reader.readAll(options));
  }

  lastPosition(): ReturnType<EventStore["lastPosition"]> {
    return this.#asked(async () => {
      const end = await this.#reader.end();
      return { kind: "position", position: end === undefined ? undefined : positionOf(end) };
    });
  }

  comparePositions(a: Position, b: Position): number | undefined {
    const [left, right] = [parsePlace(a), parsePlace(b)];
    return left === undefined || right === undefined ? undefined : comparePlaces(left, right);
  }

  subscribe(options: SubscribeOptions): Subscription {
    const subscription = subscribeTo({ connection: this.#connection, reader: this.#reader, limits: this.#limits }, options);
    this.#subscriptions.add(subscription);
    const forget = (): boolean => this.#subscriptions.delete(subscription);
    subscription.ended.then(forget, forget);
    if (this.#closing !== undefined) void subscription.close();
    return subscription;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** Appends under way have a limit of their own, and so has giving up the connection. */
  async #close(): Promise<void> {
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close()));
    await Promise.all(this.#appends);
    await this.#connection.release();
  }

  /**
   * What fails at once fails, in gRPC, without a turn of the event loop: a caller who asks again and again would keep the connection from coming back. So
   * that answer, and an append's, waits for a turn.
   */
  async #asked<Answer>(ask: () => Promise<Answer>): Promise<Answer | StoreUnavailable> {
    if (this.#closing !== undefined) return closed;
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      await nextTurn();
      return unavailable(error);
    }
  }
}

const closed: StoreUnavailable = { kind: "store-unavailable", reason: "the store is closed" };
