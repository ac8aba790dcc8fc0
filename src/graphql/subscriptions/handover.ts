/**
 * Hands values from one that makes them to one that takes them, one at a time: `offer` is fulfilled when its value was taken, so that a slow taker
 * holds back the maker and nothing piles up. `return` ends it at once, also while a `next` is waiting, which a generator would not.
 */
export class Handover<T> implements AsyncIterableIterator<T, undefined> {
  readonly #onEnd: () => Promise<void>;
  #offered: { readonly value: T; readonly taken: () => void } | undefined;
  #waiting: { readonly give: (result: IteratorResult<T, undefined>) => void; readonly fail: (error: Error) => void } | undefined;
  #failure: Error | undefined;
  #ended = false;
  #closing: Promise<void> | undefined;

  /** `onEnd` frees the source; called once. */
  constructor(onEnd: () => Promise<void>) {
    this.#onEnd = onEnd;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Fulfilled when the value was taken, or when there is no one to take it any more. To be called one after another. */
  offer(value: T): Promise<void> {
    if (this.#ended) return Promise.resolve();
    const waiting = this.#waiting;
    if (waiting !== undefined) {
      this.#waiting = undefined;
      waiting.give({ value, done: false });
      return Promise.resolve();
    }
    return new Promise((taken) => {
      this.#offered = { value, taken };
    });
  }

  /** Ends it with an error, which the taker gets after what was offered before. */
  fail(error: Error): void {
    if (this.#ended) return;
    this.#failure = error;
    if (this.#waiting !== undefined) this.#failWaiting(this.#waiting, error);
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const offered = this.#offered;
    if (offered !== undefined) {
      this.#offered = undefined;
      offered.taken();
      return Promise.resolve({ value: offered.value, done: false });
    }
    if (this.#failure !== undefined) return this.#end().then(() => Promise.reject(this.#takeFailure()));
    if (this.#ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((give, fail) => {
      this.#waiting = { give, fail };
    });
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    await this.#end();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #failWaiting(waiting: { readonly fail: (error: Error) => void }, error: Error): void {
    this.#waiting = undefined;
    this.#failure = undefined;
    waiting.fail(error);
    void this.#end();
  }

  #takeFailure(): Error {
    const failure = this.#failure ?? new Error("ended");
    this.#failure = undefined;
    return failure;
  }

  #end(): Promise<void> {
    this.#ended = true;
    this.#waiting?.give({ value: undefined, done: true });
    this.#waiting = undefined;
    this.#offered?.taken();
    this.#offered = undefined;
    this.#closing ??= this.#onEnd();
    return this.#closing;
  }
}
