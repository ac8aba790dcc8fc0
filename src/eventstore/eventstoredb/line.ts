import type { StoreAddress } from "./address.js";
import { answerInError, callAnswer, callMessages, type AppendAnswer, type ExactAppend } from "./append-message.js";
import { BatchStream } from "./batch-stream.js";
import { failureOf } from "./failure.js";
import { MessageSource } from "./message-source.js";
import type { streams } from "./protocol.js";
import type { TimeLimit } from "./time-limit.js";
import { Wire } from "./wire.js";

export interface ReadingOptions {
  /** Messages that may wait here until they are taken. */
  readonly most: number;
  /** Whether only the leader will do, for what must not lag behind. */
  readonly requiresLeader: boolean;
  /** For the call to begin. */
  readonly limit: TimeLimit;
}

/** One client of a store, with the one stream on which it appends. */
export class Line {
  readonly #wire: Wire;
  #batch: Promise<BatchStream> | undefined;
  /** The same once it has begun: most appends find it so, and need not ask or wait before they are sent. */
  #begun: BatchStream | undefined;
  #isShut = false;
  readonly #madeAtMs = performance.now();

  constructor(address: StoreAddress) {
    this.#wire = Wire.to(address);
  }

  /** Milliseconds since it was made. */
  get ageMs(): number {
    return performance.now() - this.#madeAtMs;
  }

  /** Rejects with StoreFailure, also when the time is over: then nobody knows whether the server has taken it. */
  async append(append: ExactAppend, limit: TimeLimit): Promise<AppendAnswer> {
    try {
      if (this.#begun !== undefined) return await this.#begun.append(append, limit);
      if (!(await limit.race(this.#wire.takesBatches()))) return await this.#appendAlone(append, limit);
      const batch = await limit.race(this.#openBatch());
      return await batch.append(append, limit);
    } catch (error) {
      const answer = answerInError(error);
      if (answer !== undefined) return answer;
      throw failureOf(error);
    }
  }

  /** Rejects with StoreFailure. */
  async read(request: streams.ReadReq, { most, requiresLeader, limit }: ReadingOptions): Promise<MessageSource> {
    const opening = this.#wire.openRead(request, requiresLeader).then((call) => new MessageSource(call, most));
    try {
      return await limit.race(opening);
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
      if (this.#batch !== opened) return;
      this.#batch = undefined;
      this.#begun = undefined;
    };
    const opened = this.#wire.openBatch().then((call) => {
      // A server that was stuck may let it begin long after this client was given up.
      if (this.#isShut) setImmediate(() => call.cancel());
      this.#begun = new BatchStream(call, forget);
      return this.#begun;
    });
    opened.catch(forget);
    this.#batch = opened;
    return opened;
  }

  #appendAlone(append: ExactAppend, limit: TimeLimit): Promise<AppendAnswer> {
    const response = this.#wire.openAppend((call) => {
      limit.whenOver(() => call.cancel());
      for (const message of callMessages(append)) call.write(message);
      call.end();
    });
    return limit.race(response.then(callAnswer));
  }
}
