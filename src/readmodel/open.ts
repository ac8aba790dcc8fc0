import { PROJECTIONS, type SomeProjection } from "../../projections/index.js";
import type { EventFilter } from "../eventstore/port.js";
import { streamPrefix } from "../kernel/stream.js";
import { openDatabase, type Database } from "../sqlite/driver.js";
import { madeFrom, toRebuild } from "./belongs.js";
import { alignCatalogue } from "./catalogue.js";
import { isDamage, makeAnew, makeAnewNextTime, openForWriting, readProgress } from "./file.js";
import type { ReadModelNotice, ReadModelOptions, RunningReadModel } from "./port.js";
import { notUnderstoodCount } from "./not-understood.js";
import { Reader } from "./reader.js";
import { Reading } from "./read-model.js";
import { Runner, type RunnerOptions } from "./runner.js";
import { inTransaction } from "./transaction.js";

export interface RunningOptions extends ReadModelOptions {
  /** Default: every read model of this release. */
  readonly projections?: readonly SomeProjection[];
}

/**
 * Opens the read models for the one process that keeps them up to date, and begins to do so. The file is made anew where there is none, where it is
 * damaged, and where the store is not the one it was made from. Rejects with LedgerError DATA_FOLDER_UNUSABLE or STORE_UNAVAILABLE.
 */
export async function openReadModel(options: RunningOptions): Promise<RunningReadModel> {
  const { ledgerId, file, notify } = options;
  const filter: EventFilter = { streamPrefix: streamPrefix(ledgerId) };
  try {
    return await openOn(await openOwn(options, filter), options, filter);
  } catch (error) {
    if (!isDamage(error)) throw error;
    notify(rebuildingAll("the file is damaged"));
    return openOn(makeAnew(file, ledgerId), options, filter);
  }
}

async function openOn(database: Database, options: RunningOptions, filter: EventFilter): Promise<RunningReadModel> {
  const { store, file, projections = PROJECTIONS } = options;
  try {
    const aligned = await inTransaction(database, () => alignCatalogue(database, readProgress(database).ordinal, projections));
    const missing = await toRebuild(database, aligned, { store, filter, projections });
    const reader = new Reader(openDatabase(file, { readOnly: true }), options.onStatement);
    return running(options, { database, store, filter, projections, notify: options.notify, onSwitched: () => reader.refresh() }, { reader, missing });
  } catch (error) {
    if (database.isOpen) database.close();
    throw error;
  }
}

async function openOwn({ store, ledgerId, file, notify }: ReadModelOptions, filter: EventFilter): Promise<Database> {
  const database = openForWriting(file, ledgerId);
  try {
    if (await madeFrom(database, store, filter)) return database;
  } catch (error) {
    database.close();
    throw error;
  }
  database.close();
  notify(rebuildingAll("the store is not the one that the file was made from"));
  return makeAnew(file, ledgerId);
}

const DAMAGED = "the file of the read models is damaged; it is built anew from the events when the ledger is opened next";

function rebuildingAll(why: string): ReadModelNotice {
  return { kind: "rebuilding", readModels: PROJECTIONS.map(({ name }) => name), why };
}

function running(options: ReadModelOptions, runnerOptions: RunnerOptions, { reader, missing }: { readonly reader: Reader; readonly missing: readonly SomeProjection[] }): RunningReadModel {
  const runner = new Runner(runnerOptions, missing);
  reader.onDamage = () => {
    makeAnewNextTime(runnerOptions.database);
    runnerOptions.notify({ kind: "stopped", reason: DAMAGED });
  };
  const { store, filter } = runnerOptions;
  const reading = new Reading({ ...options, reader, store, filter, progress: () => runner.progress, reached: () => runner.waiting.reached });
  return {
    resolve: (knownAt, now) => reading.resolve(knownAt, now),
    halfway: (earlier, later) => reading.halfway(earlier, later),
    at: (knowledge, viewer) => reading.at(knowledge, viewer),
    waitFor: (position, timeoutMs) => runner.waiting.until(position, timeoutMs),
    waitUntilCaughtUp: async (timeoutMs) => {
      const last = await reading.lastInStore();
      if (last !== undefined) await runner.waiting.until(last, timeoutMs);
    },
    status: () => runner.status(),
    get eventCount() {
      return runner.progress.ordinal;
    },
    get position() {
      return runner.progress.position;
    },
    eventIdAt: (place) => reading.eventIdAt(place),
    positionOf: (eventId) => reading.positionOf(eventId),
    notUnderstoodCount: () => notUnderstoodCount(reader),
    freshness: () => runner.freshness.now(),
    rebuild: (names) => runner.rebuild(names),
    onTaken: (listener) => runner.onTaken(listener),
    close: async () => {
      await runner.close();
      // The one that may write goes last: it then takes SQLite's log into the file and away.
      for (const each of [reader.database, runnerOptions.database]) if (each.isOpen) each.close();
    },
  };
}
