import { randomUUID } from "node:crypto";
import { batchAnswer, batchMessages, type AppendAnswer, type ExactAppend } from "./append-message.js";
import { failureOf, StoreFailure } from "./failure.js";
import { streams } from "./protocol.js";
import { textOfUuid } from "./uuid.js";
import { notInTime, type TimeLimit } from "./time-limit.js";
import type { BatchCall } from "./wire.js";

interface Waiting {
  readonly answer: (answer: AppendAnswer) => void;
  readonly fail: (failure: StoreFailure) => void;
}

/** The stream on which a server takes appends in batches: answers are matched by id, and when it ends, all that wait are told. */
export class BatchStream {
  readonly #call: BatchCall;
  readonly #onEnd: () => void;
  readonly #waiting = new Map<string, Waiting>();
  #failure: StoreFailure | undefined;

  constructor(call: BatchCall, onEnd: () => void) {
    this.#call = call;
    this.#onEnd = onEnd;
    call.on("data", (response: unknown) => {
      if (response instanceof streams.BatchAppendResp) this.#answered(response);
    });
    call.on("error", (error: unknown) => this.#end(failureOf(error)));
    call.on("end", () => this.#end(new StoreFailure("it ended the stream of appends")));
    call.on("close", () => this.#end(new StoreFailure("the stream of appends was closed")));
  }

  /** Rejects with StoreFailure, also when the time is over: then nobody knows whether the server took it. */
  append(append: ExactAppend, limit: TimeLimit): Promise<AppendAnswer> {
    return new Promise((answer, fail) => {
      if (this.#failure !== undefined) {
        fail(this.#failure);
        return;
      }
      const id = randomUUID();
      this.#waiting.set(id, { answer, fail });
      limit.whenOver(() => {
        this.#waiting.delete(id);
        fail(notInTime());
      });
      for (const message of batchMessages(append, id)) this.#call.write(message);
    });
  }

  /** An answer that nobody waits for any more is none. */
  #answered(response: streams.BatchAppendResp): void {
    const id = textOfUuid(response.getCorrelationId());
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting === undefined) return;
    try {
      waiting.answer(batchAnswer(response));
    } catch (error) {
      waiting.fail(failureOf(error));
    }
  }

  #end(failure: StoreFailure): void {
    if (this.#failure !== undefined) return;
    this.#failure = failure;
    this.#onEnd();
    // A stream that the server has ended stays open on this side until it is told so.
    this.#call.end();
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { fail } of all) fail(failure);
  }
}
