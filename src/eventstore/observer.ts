import type { AppendResult, EventStore } from "./port.js";

/** What became of an append, for those who count: as its result, but `repeated` where it had been stored before. */
export type AppendOutcome = AppendResult["kind"] | "repeated";

/** Who is told how a store is used; all is told after the fact, and must not throw. */
export interface StoreObserver {
  /** A caller had the answer to an append. */
  appended(outcome: AppendOutcome, durationMs: number): void;
  /** An attempt to append had no answer; it is made again, with the same ids at the same place. */
  appendRetried(): void;
  /** A connection that had got stuck was given up for a new one. */
  reconnected(): void;
}

export const UNOBSERVED: StoreObserver = { appended: () => undefined, appendRetried: () => undefined, reconnected: () => undefined };

/** The store, with its appends told to `observer`. */
export function observed(store: EventStore, observer: StoreObserver): EventStore {
  return {
    append: async (stream, expected, events) => {
      const beganMs = performance.now();
      const result = await store.append(stream, expected, events);
      observer.appended(result.kind === "appended" && result.repeated ? "repeated" : result.kind, performance.now() - beganMs);
      return result;
    },
    readStream: (stream, options) => store.readStream(stream, options),
    readAll: (options) => store.readAll(options),
    subscribe: (options) => store.subscribe(options),
    lastPosition: () => store.lastPosition(),
    comparePositions: (a, b) => store.comparePositions(a, b),
    close: () => store.close(),
  };
}
