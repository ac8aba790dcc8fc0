import { instant, type Instant } from "../kernel/brand.js";

/** How what is answered from stands to the store. */
export interface Freshness {
  /** `store-away`: the store does not answer, and nobody here knows what is recorded elsewhere meanwhile. */
  readonly state: "up-to-date" | "catching-up" | "store-away";
  /** When everything in the store had last been taken, as far as this process knows; undefined: not since it began. */
  readonly confirmedAt: Instant | undefined;
  /** Milliseconds since then, or since the process began; 0 while up to date. What was recorded later may be missing from answers. */
  readonly staleMs: number;
  /** Why the store does not answer, where it is away. */
  readonly reason: string | undefined;
}

/** Keeps in mind what a subscription tells of its store. */
export class FreshnessWatch {
  readonly #clock: () => number;
  readonly #beganAt: number;
  #confirmedAt: number | undefined;
  #isUpToDate = false;
  #lost: { readonly reason: string; readonly at: number } | undefined;

  /** `clock`: epoch milliseconds. */
  constructor(clock: () => number = Date.now) {
    this.#clock = clock;
    this.#beganAt = clock();
  }

  /** Everything in the store has been taken. Returns for how many milliseconds it had been away, if it had. */
  confirm(): number | undefined {
    const awayMs = this.hear();
    this.#isUpToDate = true;
    this.#confirmedAt = this.#clock();
    return awayMs;
  }
  /** The store has sent something, which is to be taken. Returns for how many milliseconds it had been away, if it had. */
  hear(): number | undefined {
    const lost = this.#lost;
    this.#lost = undefined;
    this.#isUpToDate = false;
    return lost === undefined ? undefined : Math.max(0, this.#clock() - lost.at);
  }
  /** The store does not answer. True where it did before. */
  lose(reason: string): boolean {
    const isNew = this.#lost === undefined;
    this.#lost = { reason, at: this.#lost?.at ?? this.#clock() };
    this.#isUpToDate = false;
    return isNew;
  }

  now(): Freshness {
    const confirmedAt = this.#confirmedAt === undefined ? undefined : instant(this.#confirmedAt);
    if (this.#isUpToDate) return { state: "up-to-date", confirmedAt, staleMs: 0, reason: undefined };
    const staleMs = Math.max(0, this.#clock() - (this.#confirmedAt ?? this.#beganAt));
    return { state: this.#lost === undefined ? "catching-up" : "store-away", confirmedAt, staleMs, reason: this.#lost?.reason };
  }
}
