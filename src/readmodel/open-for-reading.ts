import { setTimeout } from "node:timers/promises";
import { PROJECTIONS } from "../../projections/index.js";
import type { EventFilter } from "../eventstore/port.js";
import type { Position } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import { streamPrefix } from "../kernel/stream.js";
import { openForReading, readProgress, type Progress } from "./file.js";
import type { ReadModel, ReadModelOptions } from "./port.js";
import { Reader } from "./reader.js";
import { Reading } from "./read-model.js";
import { statusOf } from "./status.js";
import { behind, unknownPosition } from "./waiting.js";

/** How often a reader beside another process looks whether more was taken. */
const POLL_MS = 50;

/**
 * Opens the read models only for reading, also beside the process that keeps them up to date; `store` too may be open for reading only. Throws
 * LedgerError READ_MODEL_BUILDING where there are none yet.
 */
export function openReadModelForReading(options: ReadModelOptions): ReadModel {
  const { store, ledgerId, file } = options;
  const filter: EventFilter = { streamPrefix: streamPrefix(ledgerId) };
  const database = openForReading(file, ledgerId);
  const reader = new Reader(database, options.onStatement);
  // The other process may put rebuilt tables in place at any time.
  reader.follow();
  const progress = (): Progress => readProgress(database);
  const reading = new Reading({ ...options, reader, filter, progress, reached: () => progress().position });
  const waitFor = async (position: Position, timeoutMs: number): Promise<void> => {
    if (store.comparePositions(position, position) === undefined) throw new LedgerError(unknownPosition(position));
    const until = performance.now() + timeoutMs;
    for (;;) {
      const reached = progress().position;
      if (reached !== undefined && (store.comparePositions(reached, position) ?? -1) >= 0) return;
      if (performance.now() > until) throw new LedgerError(behind(position, reached));
      await setTimeout(POLL_MS);
    }
  };
  return {
    resolve: (knownAt, now) => reading.resolve(knownAt, now),
    halfway: (earlier, later) => reading.halfway(earlier, later),
    at: (knowledge, viewer) => reading.at(knowledge, viewer),
    waitFor,
    waitUntilCaughtUp: async (timeoutMs) => {
      const last = await reading.lastInStore();
      if (last !== undefined) await waitFor(last, timeoutMs);
    },
    status: () => {
      const taken = progress();
      return statusOf(database, { projections: PROJECTIONS, progress: taken, seen: taken.ordinal, building: new Map() });
    },
    get eventCount() {
      return progress().ordinal;
    },
    get position() {
      return progress().position;
    },
    eventIdAt: (place) => reading.eventIdAt(place),
    positionOf: (eventId) => reading.positionOf(eventId),
    close: () => {
      if (database.isOpen) database.close();
      return Promise.resolve();
    },
  };
}
