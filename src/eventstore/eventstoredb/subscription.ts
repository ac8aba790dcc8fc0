import { setImmediate as nextTurn } from "node:timers/promises";
import type { StoredEvent, SubscribeOptions, Subscription } from "../port.js";
import type { Connection } from "./connection.js";
import { failureOf, StoreFailure } from "./failure.js";
import { Delays, type Limits } from "./limits.js";
import type { MessageSource } from "./message-source.js";
import { pause } from "./pause.js";
import { comparePlaces, later, parsePlace, positionOf, type Place } from "./place.js";
import { passes, subscribeRequest } from "./read-message.js";
import { requirePlace, unknownPosition, type Reader } from "./reader.js";

const DEFAULT_BATCH = 1000;
/** While it catches up, a batch waits so long for more, in milliseconds: what comes in one stretch is handed on together. */
const GATHERING_MS = 5;

export interface SubscriptionSource {
  readonly connection: Connection;
  readonly reader: Reader;
  readonly limits: Limits;
}

/** A subscription that survives what ends the server's: it goes on behind the last event that was handled. */
export function subscribeTo(source: SubscriptionSource, options: SubscribeOptions): Subscription {
  const closing = new AbortController();
  const ended = new Following(source, options, closing.signal).run();
  // The rejection is the subscriber's to see through `ended`; closing never throws.
  const settled = ended.catch(() => undefined);
  return {
    ended,
    close: async () => {
      closing.abort();
      await settled;
    },
  };
}

/** What a handler threw, so that it is not taken for an outage. */
class HandlerFailure extends Error {}

class Following {
  readonly #source: SubscriptionSource;
  readonly #options: SubscribeOptions;
  readonly #signal: AbortSignal;
  readonly #delays: Delays;
  /** Everything up to there has been handed on or left out by the filter. */
  #reached: Place | undefined;
  /** What is to be handed on next. */
  #batch: StoredEvent[] = [];
  /** Everything up to there has been taken from the server or left out by the filter. */
  #looked: Place | undefined;
  #isLive = false;
  #owesCaughtUp = false;
  /** Since when the server has not sent what it has, as `performance.now()` tells. */
  #missingSinceMs: number | undefined;

  constructor(source: SubscriptionSource, options: SubscribeOptions, signal: AbortSignal) {
    this.#source = source;
    this.#options = options;
    this.#signal = signal;
    this.#delays = new Delays(source.limits);
  }

  /** Fulfilled when `signal` is aborted. Rejects with LedgerError UNKNOWN_POSITION, what a handler threw. */
  async run(): Promise<void> {
    const { from } = this.#options;
    let isPlaced = from !== "end";
    if (from !== undefined && from !== "end") this.#reached = requirePlace(from);
    while (!isAborted(this.#signal)) {
      try {
        if (!isPlaced) this.#reached = await this.#unlessClosed(this.#source.reader.end());
        isPlaced = true;
        await this.#follow();
      } catch (error) {
        if (error instanceof HandlerFailure) throw error.cause;
        await this.#interrupted(failureOf(error));
      }
    }
  }

  async #interrupted(failure: StoreFailure): Promise<void> {
    if (this.#signal.aborted) return;
    if (failure.isUnknownPosition && this.#reached !== undefined) throw unknownPosition(positionOf(this.#reached));
    this.#options.onInterrupted?.(failure.message);
    await pause(this.#delays.next(), { signal: this.#signal });
  }

  /** One subscription of the server's, until it ends or is closed. Rejects with StoreFailure, HandlerFailure. */
  async #follow(): Promise<void> {
    this.#batch = [];
    this.#looked = this.#reached;
    this.#isLive = false;
    this.#missingSinceMs = undefined;
    const { connection } = this.#source;
    const opening = connection.read(subscribeRequest(this.#reached, this.#options.filter), { most: this.#batchSize, requiresLeader: false });
    const messages = await this.#unlessClosed(opening).catch((error: unknown) => {
      // What begins after the subscription was closed is ended at once.
      opening.then((late) => late.cancel(), () => undefined);
      throw error;
    });
    try {
      await this.#takeAll(messages);
    } catch (error) {
      if (error instanceof StoreFailure) connection.noteFailure(messages, error);
      throw error;
    } finally {
      messages.cancel();
    }
  }

  async #takeAll(messages: MessageSource): Promise<void> {
    const { firstQuietMs, longestQuietMs } = this.#source.limits;
    let quietMs = firstQuietMs;
    while (!isAborted(this.#signal)) {
      this.#take(messages);
      const mayGrow = this.#batch.length > 0 && this.#batch.length < this.#batchSize && !this.#isLive && !messages.isOver;
      if (mayGrow && (await messages.arrives(GATHERING_MS, this.#signal))) continue;
      if (await this.#handOn()) {
        quietMs = firstQuietMs;
        await nextTurn();
      }
      if (messages.isOver) throw new StoreFailure("it ended the subscription");
      if (await messages.arrives(0)) continue;
      await this.#sayCaughtUp();
      if ((await messages.arrives(quietMs, this.#signal)) || isAborted(this.#signal)) continue;
      await this.#lookAhead(messages);
      quietMs = Math.min(quietMs * 2, longestQuietMs);
    }
  }

  /** Takes what has come, in its order, until a batch is full. */
  #take(messages: MessageSource): void {
    for (const message of messages.take(this.#batchSize - this.#batch.length)) {
      this.#source.connection.noteAnswer();
      if (message.kind === "caught-up") [this.#isLive, this.#owesCaughtUp] = [true, true];
      if (message.kind !== "event" && message.kind !== "checkpoint") continue;
      // What was sent before is not handed on again.
      if (!isBehind(this.#looked, message.place)) continue;
      this.#looked = message.place;
      if (message.kind === "event" && passes(this.#options.filter, message.event)) this.#batch.push(message.event);
    }
  }

  /** Hands on the batch, and says what the filter has left out behind it. False where there was neither. */
  async #handOn(): Promise<boolean> {
    const [batch, looked] = [this.#batch, this.#looked];
    if (looked === undefined || !isBehind(this.#reached, looked)) return false;
    this.#batch = [];
    const last = batch.at(-1);
    if (last !== undefined) {
      await handled(() => this.#options.onEvents(batch));
      this.#reached = parsePlace(last.position);
    }
    this.#delays.reset();
    this.#missingSinceMs = undefined;
    this.#owesCaughtUp ||= this.#isLive;
    await this.#passOver(looked);
    return true;
  }

  async #passOver(place: Place): Promise<void> {
    this.#source.connection.saw(place);
    if (!isBehind(this.#reached, place) || this.#signal.aborted) return;
    this.#reached = place;
    await handled(() => this.#options.onPassedOver?.(positionOf(place)));
  }

  async #sayCaughtUp(): Promise<void> {
    if (!this.#owesCaughtUp || this.#signal.aborted) return;
    this.#owesCaughtUp = false;
    await handled(() => this.#options.onCaughtUp?.());
  }

  /**
   * Asks the store itself, where the subscription has been quiet. What the filter leaves out makes the server say how far it is only after many events; that
   * it has caught up, only newer servers say; and that it has stopped sending, none.
   */
  async #lookAhead(messages: MessageSource): Promise<void> {
    const { reader, limits } = this.#source;
    const { filter } = this.#options;
    const end = await this.#unlessClosed(reader.end());
    if (end !== undefined && isBehind(this.#reached, end)) {
      const page = await this.#unlessClosed(reader.readAll({ direction: "forwards", limit: 1, ...(this.#reached !== undefined && { from: positionOf(this.#reached) }), ...(filter !== undefined && { filter }) }));
      if (await messages.arrives(0)) return;
      if (page.events.length > 0) {
        this.#missingSinceMs ??= performance.now();
        if (performance.now() - this.#missingSinceMs > limits.missingMs) throw new StoreFailure("it does not send what it has", { isTimeout: true });
        return;
      }
      const next = page.next === undefined ? undefined : parsePlace(page.next);
      this.#looked = later(this.#looked, next);
      if (next !== undefined) await this.#passOver(next);
      if (!page.isEnd) return;
    }
    this.#delays.reset();
    [this.#isLive, this.#owesCaughtUp] = [true, true];
    await this.#sayCaughtUp();
  }

  /** Closing does not wait for a store that takes its time: then rejects. */
  #unlessClosed<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => reject(new StoreFailure("the subscription is closed"));
      promise.then(resolve, reject).finally(() => this.#signal.removeEventListener("abort", giveUp));
      if (this.#signal.aborted) giveUp();
      else this.#signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  get #batchSize(): number {
    return this.#options.batchSize ?? DEFAULT_BATCH;
  }
}

async function handled(work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new HandlerFailure("a handler threw", { cause: error });
  }
}

function isBehind(reached: Place | undefined, place: Place): boolean {
  return reached === undefined || comparePlaces(reached, place) < 0;
}

/** A call, so that the compiler does not take the signal for unchanged across an await. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
