import type { EventStore } from "../eventstore/port.js";
import type { Position } from "../kernel/brand.js";
import { LedgerError, type Refusal } from "../kernel/errors.js";

interface Waiter {
  readonly position: Position;
  readonly taken: () => void;
}

/** Who waits for the read models to have taken a position. */
export class Waiting {
  readonly #store: EventStore;
  readonly #waiters = new Set<Waiter>();
  #reached: Position | undefined;

  constructor(store: EventStore, reached: Position | undefined) {
    this.#store = store;
    this.#reached = reached;
  }

  /** The last position that was taken, or passed over because its event is another ledger's. */
  get reached(): Position | undefined {
    return this.#reached;
  }

  /** Everything up to `position` has been taken. */
  advance(position: Position): void {
    if (this.#reached !== undefined && (this.#store.comparePositions(position, this.#reached) ?? 1) <= 0) return;
    this.#reached = position;
    for (const waiter of this.#waiters) if (this.#has(waiter.position)) waiter.taken();
  }

  /** Rejects with READ_MODEL_BEHIND after `timeoutMs`, or with UNKNOWN_POSITION. */
  until(position: Position, timeoutMs: number): Promise<void> {
    if (this.#store.comparePositions(position, position) === undefined) return Promise.reject(new LedgerError(unknownPosition(position)));
    if (this.#has(position)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        position,
        taken: () => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        reject(new LedgerError(behind(position, this.#reached)));
      }, timeoutMs);
      this.#waiters.add(waiter);
    });
  }

  #has(position: Position): boolean {
    return this.#reached !== undefined && (this.#store.comparePositions(this.#reached, position) ?? -1) >= 0;
  }
}

export function unknownPosition(position: Position): Refusal {
  return { code: "UNKNOWN_POSITION", params: { position }, message: `${JSON.stringify(position)} is not a position of this ledger's store; use one that an earlier answer gave` };
}

export function behind(position: Position, reached: Position | undefined): Refusal {
  return {
    code: "READ_MODEL_BEHIND",
    params: { position, reached: reached ?? null },
    message: `the read models of this process have not taken the position ${position} yet (they are at ${reached ?? "the start"}); ask again in a moment`,
  };
}
