import { unlessAborted } from "./abort.js";
import type { StoreAddress } from "./address.js";
import { answerInError, callAnswer, callMessages, type AppendAnswer, type ExactAppend } from "./append-message.js";
import { BatchStream } from "./batch-stream.js";
import { failureOf } from "./failure.js";
import { MessageSource } from "./message-source.js";
import type { streams } from "./protocol.js";
import { Wire } from "./wire.js";

export interface ReadingOptions {
  /** Messages that may wait here until they are taken. */
  readonly most: number;
  /** Whether only the leader will do, for what must not lag behind. */
  readonly requiresLeader: boolean;
  /** Aborted, it ends the wait for the call to begin. */
  readonly signal: AbortSignal;
}

/** One client of a store, with the one stream on which it appends. */
export class Line {
  readonly #wire: Wire;
  #batch: Promise<BatchStream> | undefined;
  #isShut = false;

  constructor(address: StoreAddress) {
    this.#wire = Wire.to(address);
  }

  /** Rejects with StoreFailure, also when `signal` is aborted: then nobody knows whether the server has taken it. */
  async append(append: ExactAppend, signal: AbortSignal): Promise<AppendAnswer> {
    try {
      if (!(await unlessAborted(this.#wire.takesBatches(), signal))) return await this.#appendAlone(append, signal);
      const batch = await unlessAborted(this.#openBatch(), signal);
      return await batch.append(append, signal);
    } catch (error) {
      const answer = answerInError(error);
      if (answer !== undefined) return answer;
      throw failureOf(error);
    }
  }

  /** Rejects with StoreFailure. */
  async read(request: streams.ReadReq, { most, requiresLeader, signal }: ReadingOptions): Promise<MessageSource> {
    const opening = this.#wire.openRead(request, requiresLeader).then((call) => new MessageSource(call, most));
    try {
      return await unlessAborted(opening, signal);
    } catch (error) {
      // What begins after nobody wants it any more is ended at once.
      opening.then((source) => source.cancel(), () => undefined);
      throw failureOf(error);
    }
  }

  /** Takes no longer than `limitMs`. */
  shutDown(limitMs: number): Promise<void> {
    this.#isShut = true;
    return this.#wire.shutDown(limitMs);
  }

  #openBatch(): Promise<BatchStream> {
    if (this.#batch !== undefined) return this.#batch;
    const forget = (): void => {
      if (this.#batch === opened) this.#batch = undefined;
    };
    const opened = this.#wire.openBatch().then((call) => {
      // A server that was stuck may let it begin long after this client was given up.
      if (this.#isShut) setImmediate(() => call.cancel());
      return new BatchStream(call, forget);
    });
    opened.catch(forget);
    this.#batch = opened;
    return opened;
  }

  #appendAlone(append: ExactAppend, signal: AbortSignal): Promise<AppendAnswer> {
    const response = this.#wire.openAppend((call) => {
      signal.addEventListener("abort", () => call.cancel(), { once: true });
      for (const message of callMessages(append)) call.write(message);
      call.end();
    });
    return unlessAborted(response.then(callAnswer), signal);
  }
}
