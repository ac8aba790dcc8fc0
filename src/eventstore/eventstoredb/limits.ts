/** How long things may take, in milliseconds, and how large they may be. */
export interface Limits {
  /** One attempt to append; past it another connection is taken. */
  readonly attemptMs: number;
  /** All attempts of an append together: then the caller is told that the store is unavailable. */
  readonly appendMs: number;
  /** Between two messages of a read. */
  readonly readMs: number;
  /** For what a caller asks while the store is known to be away: they are told at once. */
  readonly awayMs: number;
  /** First and longest wait before something is tried again; it doubles in between. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** First and longest quiet of a subscription after which it asks whether it has missed something. */
  readonly firstQuietMs: number;
  readonly longestQuietMs: number;
  /** How long events may be missing from a subscription before it is made anew. */
  readonly missingMs: number;
  /** Giving up a connection. */
  readonly closeMs: number;
  /** Data and metadata of one event together, in UTF-8. */
  readonly eventSizeLimitBytes: number;
}

export const LIMITS: Limits = {
  attemptMs: 2_500,
  appendMs: 10_000,
  readMs: 5_000,
  awayMs: 500,
  firstDelayMs: 50,
  longestDelayMs: 5_000,
  firstQuietMs: 250,
  longestQuietMs: 4_000,
  missingMs: 10_000,
  closeMs: 1_000,
  eventSizeLimitBytes: 1024 * 1024,
};

/** Waits that grow from one try to the next, until something succeeds. */
export class Delays {
  readonly #limits: Pick<Limits, "firstDelayMs" | "longestDelayMs">;
  #nextMs: number;

  constructor(limits: Pick<Limits, "firstDelayMs" | "longestDelayMs">) {
    this.#limits = limits;
    this.#nextMs = limits.firstDelayMs;
  }

  next(): number {
    const delayMs = this.#nextMs;
    this.#nextMs = Math.min(delayMs * 2, this.#limits.longestDelayMs);
    return delayMs;
  }
  reset(): void {
    this.#nextMs = this.#limits.firstDelayMs;
  }
}
