import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECTIONS } from "../../projections/index.js";
import type { Configuration } from "../config.js";
import type { EventStore } from "../eventstore/port.js";
import { LedgerError } from "../kernel/errors.js";
import { openReadModelForReading } from "../readmodel/open-for-reading.js";
import { openReadModel } from "../readmodel/open.js";
import type { ReadModel, ReadModelNotice, ReadModelOptions } from "../readmodel/port.js";
import { READ_MODELS_FILE } from "./open-ledger.js";
import { openOwnedStore, openStoreForReading, type OwnedStore, type StorePlace } from "./open-store.js";

/** A ledger to ask questions of, whoever else has it open. */
export interface ReadableLedger {
  readonly store: EventStore;
  /** Has taken all that was in the store when it was opened. */
  readonly readModel: ReadModel;
  close(): Promise<void>;
}

export interface ReadingOptions {
  readonly configuration: Pick<Configuration, "dataFolder" | "eventStoreUrl" | "ledgerId">;
  readonly notify: (notice: ReadModelNotice) => void;
  /** Told when the answer takes longer than usual, and why. */
  readonly note: (text: string) => void;
}

/** How long a verb waits for the read models that a running server keeps. */
const SERVER_PATIENCE_MS = 2_000;
/** How long catching up may take: as long as it needs. */
const UNBOUNDED_MS = 2_147_483_647;

/**
 * Opens a ledger for questions, also beside a running server and in a folder that nobody may write to. Read models that are up to date are read
 * as they are; else they are brought up to date if no server owns the folder, else they are folded aside, in a temporary file.
 * Rejects with LedgerError DATA_FOLDER_UNUSABLE or DATA_FOLDER_CORRUPT.
 */
export async function openForReading(options: ReadingOptions): Promise<ReadableLedger> {
  const store = await openStoreForReading(options.configuration);
  try {
    return (await currentReadModel(store, options, 0)) ?? (await caughtUp(store, options)) ?? (await foldedAside(store, options));
  } catch (error) {
    await store.close();
    throw error;
  }
}

function readModelOptions(store: EventStore, { configuration, notify }: ReadingOptions): ReadModelOptions {
  return { store, ledgerId: configuration.ledgerId, file: join(configuration.dataFolder, READ_MODELS_FILE), notify };
}

/** The read models as they lie in the folder, if they are this release's and have taken everything within `patienceMs`. */
async function currentReadModel(store: EventStore, options: ReadingOptions, patienceMs: number): Promise<ReadableLedger | undefined> {
  const readModel = await ifRetryable(() => openReadModelForReading(readModelOptions(store, options)));
  if (readModel === undefined) return undefined;
  const isThisRelease = readModel.status().every(({ name, version, ordinal }) => ordinal === readModel.eventCount && versionOf(name) === version);
  const isCurrent = isThisRelease && (await ifRetryable(() => readModel.waitUntilCaughtUp(patienceMs).then(() => true)));
  if (isCurrent === true) return readable(store, readModel);
  await readModel.close();
  return undefined;
}

function versionOf(name: string): number | undefined {
  return PROJECTIONS.find((projection) => projection.name === name)?.version;
}

/** Owns the folder for a moment and brings its read models up to date; undefined if another process owns it, or nobody may write there. */
async function caughtUp(store: EventStore, options: ReadingOptions): Promise<ReadableLedger | undefined> {
  const owned = await ownFolder(options.configuration);
  if (owned === undefined) return currentReadModel(store, options, SERVER_PATIENCE_MS);
  try {
    const running = await openReadModel(readModelOptions(owned.store, options));
    try {
      options.note("bringing the read models up to date…");
      await running.waitUntilCaughtUp(UNBOUNDED_MS);
    } finally {
      await running.close();
    }
  } finally {
    await owned.close();
  }
  return currentReadModel(store, options, SERVER_PATIENCE_MS);
}

async function ownFolder(place: StorePlace): Promise<OwnedStore | undefined> {
  try {
    return await openOwnedStore(place);
  } catch (error) {
    if (error instanceof LedgerError && (error.code === "DATA_FOLDER_LOCKED" || error.code === "DATA_FOLDER_UNUSABLE")) return undefined;
    throw error;
  }
}

async function foldedAside(store: EventStore, options: ReadingOptions): Promise<ReadableLedger> {
  options.note("the read models of this folder are not up to date; reading all events instead, into a temporary file…");
  const folder = await mkdtemp(join(tmpdir(), "incident-ledger-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const running = await openReadModel({ ...readModelOptions(store, options), file: join(folder, READ_MODELS_FILE) });
    await running.waitUntilCaughtUp(UNBOUNDED_MS);
    return readable(store, running, remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

function readable(store: EventStore, readModel: ReadModel, afterwards: () => Promise<void> = () => Promise.resolve()): ReadableLedger {
  const close = async (): Promise<void> => {
    await readModel.close();
    await store.close();
    await afterwards();
  };
  return { store, readModel, close };
}

/** Undefined where the read models are not there yet, or not that far. */
async function ifRetryable<T>(work: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LedgerError && (error.code === "READ_MODEL_BUILDING" || error.code === "READ_MODEL_BEHIND")) return undefined;
    throw error;
  }
}
