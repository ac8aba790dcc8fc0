import { StoreFailure } from "./failure.js";

/** The end of the time that something has. Lighter than an AbortSignal, of which an append would need several. */
export class TimeLimit {
  readonly #timer: NodeJS.Timeout;
  readonly #listeners = new Set<() => void>();
  #isOver = false;

  constructor(ms: number) {
    this.#timer = setTimeout(() => this.#end(), ms);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Calls `listener` when the time is over, or now if it is. Returns how to call that off. */
  whenOver(listener: () => void): () => void {
    if (this.#isOver) listener();
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What `promise` comes to within the time. What it comes to later is not waited for: then rejects with StoreFailure. */
  race<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const callOff = this.whenOver(() => reject(notInTime()));
      promise.then(
        (value) => {
          callOff();
          resolve(value);
        },
        (error: unknown) => {
          callOff();
          reject(error instanceof Error ? error : new StoreFailure(String(error)));
        },
      );
    });
  }

  /** Throws StoreFailure when the time is over. */
  check(): void {
    if (this.#isOver) throw notInTime();
  }

  /** It will not end any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #end(): void {
    this.#isOver = true;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }
}

export function notInTime(): StoreFailure {
  return new StoreFailure("no answer in time", { isTimeout: true });
}
