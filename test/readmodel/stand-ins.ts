import type { SomeProjection } from "../../projections/index.js";
import { PROJECTIONS, some } from "../../projections/index.js";
import type { LedgerEvent } from "../../src/domain/record.js";
import type { EventStore, StoredEvent } from "../../src/eventstore/port.js";
import type { Recorded } from "../../src/kernel/event.js";
import type { Projection } from "../../src/kernel/projection.js";
import { gate } from "../contract/rig.js";

/** A store that does as another, but for some of its methods. */
export function storeWith(store: EventStore, other: Partial<EventStore>): EventStore {
  return {
    append: (stream, expected, events) => store.append(stream, expected, events),
    readStream: (stream, options) => store.readStream(stream, options),
    readAll: (options) => store.readAll(options),
    subscribe: (options) => store.subscribe(options),
    lastPosition: () => store.lastPosition(),
    comparePositions: (a, b) => store.comparePositions(a, b),
    close: () => store.close(),
    ...other,
  };
}

/** Hands its events on in batches of at most so many. */
export function inBatchesOf(store: EventStore, batchSize: number): EventStore {
  return storeWith(store, { subscribe: (options) => store.subscribe({ ...options, batchSize }) });
}

/** Hands on each batch twice, and then the last so many events before it once more, as a store may after an outage. */
export function stammering(store: EventStore, batchSize: number, again: number): EventStore {
  const seen: StoredEvent[] = [];
  return storeWith(store, {
    subscribe: (options) =>
      store.subscribe({
        ...options,
        batchSize,
        onEvents: async (events) => {
          seen.push(...events);
          await options.onEvents(events);
          await options.onEvents(events);
          await options.onEvents(seen.slice(-again));
        },
      }),
  });
}

/** All read models, one of them doing something more with each event that it looks at: failing, taking its time, ending the process. */
export function disturbed(name: string, disturb: (recorded: Recorded<LedgerEvent>) => void): readonly SomeProjection[] {
  return changed(name, (projection) => ({
    ...projection,
    keys: (recorded) => {
      disturb(recorded);
      return projection.keys(recorded);
    },
  }));
}

interface Change {
  <Row>(projection: Projection<Row, LedgerEvent>): Projection<Row, LedgerEvent>;
}
/** All read models, one of them changed. */
export function changed(name: string, change: Change): readonly SomeProjection[] {
  return PROJECTIONS.map((each) => (each.name === name ? each.use((projection) => some(change(projection))) : each));
}

/** Holds back the pages that a rebuild reads until the gate is opened; says when the first is asked for. */
export function gated(store: EventStore): { readonly store: EventStore; readonly asked: Promise<void>; readonly open: () => void } {
  const [asked, opened] = [gate(), gate()];
  return {
    store: storeWith(store, {
      readAll: async (options) => {
        const ofRebuild = options.direction === "forwards" && options.limit > 1;
        if (ofRebuild) asked.open();
        if (ofRebuild) await opened.opened;
        return store.readAll(options);
      },
    }),
    asked: asked.opened,
    open: opened.open,
  };
}
