import { failureOf, StoreFailure } from "./failure.js";
import { pause } from "./pause.js";
import { streams } from "./protocol.js";
import { readMessage, type ReadMessage } from "./read-message.js";
import type { ReadCall } from "./wire.js";

/** The messages of one call in their order. No more of them wait here than `most`, and a few that are under way: then the server is held back. */
export class MessageSource {
  readonly #call: ReadCall;
  readonly #most: number;
  #waiting: streams.ReadResp[] = [];
  #isOver = false;
  #failure: StoreFailure | undefined;
  #wake: () => void = () => undefined;

  constructor(call: ReadCall, most: number) {
    this.#call = call;
    this.#most = most;
    call.on("data", (response: unknown) => {
      if (!(response instanceof streams.ReadResp)) return;
      this.#waiting.push(response);
      if (this.#waiting.length >= this.#most) call.pause();
      this.#wake();
    });
    call.on("error", (error: unknown) => this.#end(failureOf(error)));
    call.on("end", () => this.#end());
    call.on("close", () => this.#end(new StoreFailure("it broke off an answer")));
  }

  /** Up to `count` messages that have come; none where more are to be waited for. Throws StoreFailure when the call failed. */
  take(count: number): readonly ReadMessage[] {
    if (this.#waiting.length === 0 && this.#failure !== undefined) throw this.#failure;
    const taken = this.#waiting.splice(0, count);
    if (this.#waiting.length < this.#most && this.#call.isPaused()) this.#call.resume();
    return taken.map(readMessage);
  }

  /** All messages have been taken, and none will come. */
  get isOver(): boolean {
    return this.#isOver && this.#failure === undefined && this.#waiting.length === 0;
  }

  /** Fulfilled when there is something to take or the call is over; false when neither came within `limitMs`. */
  async arrives(limitMs: number, signal?: AbortSignal): Promise<boolean> {
    const here = (): boolean => this.#waiting.length > 0 || this.#isOver;
    if (here() || limitMs <= 0 || signal?.aborted === true) return here();
    await pause(limitMs, { signal, onWake: (wake) => (this.#wake = wake) });
    this.#wake = () => undefined;
    return here();
  }

  /** Ends the call on the server too. */
  cancel(): void {
    this.#waiting = [];
    // Not within what HTTP/2 is receiving (see `Wire.shutDown`), nor within the turn that began the call, in which gRPC loses it.
    setImmediate(() => this.#call.cancel());
  }

  #end(failure?: StoreFailure): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#failure = failure;
    this.#wake();
  }
}
