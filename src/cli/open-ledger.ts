import { join } from "node:path";
import type { Logger } from "pino";
import { createLedger } from "../app/ledger.js";
import type { Configuration } from "../config.js";
import type { StoreObserver } from "../eventstore/observer.js";
import type { EventStore } from "../eventstore/port.js";
import { createFileEvidence } from "../evidence/files.js";
import type { EvidenceStore } from "../evidence/port.js";
import { systemAlarm } from "../graphql/alarm.js";
import type { LedgerServices } from "../graphql/context.js";
import type { EventId, Instant } from "../kernel/brand.js";
import { newEventId } from "../kernel/uuid.js";
import { loadRegimes } from "./regimes/load.js";
import { openOwnedStore } from "./open-store.js";
import { openReadModel } from "../readmodel/open.js";
import type { ReadModelNotice } from "../readmodel/port.js";

export const READ_MODELS_FILE = "readmodels.sqlite";
export const EVIDENCE_FOLDER = "evidence";

/** All of a ledger, for the one process that writes its data folder; its events may be elsewhere. */
export interface OpenLedger extends LedgerServices {
  readonly store: EventStore;
  readonly evidence: EvidenceStore;
  readonly logger: Logger;
  /** Tells other processes on the same data folder where this one's server listens. */
  announce(url: string): void;
  /** In order: what is being read, then what is written to, then the lock. Idempotent. */
  close(): Promise<void>;
}

export interface OpenLedgerOptions {
  readonly configuration: Pick<Configuration, "dataFolder" | "eventStoreUrl" | "ledgerId" | "evidenceFolder" | "evidenceLimitBytes">;
  readonly logger: Logger;
  readonly clock: () => Instant;
  /** Default: time-ordered ids. */
  readonly newEventId?: () => EventId;
  readonly notify: (notice: ReadModelNotice) => void;
  /** Told how the store is used. Default: nobody. */
  readonly observer?: StoreObserver;
  /** Told each time that a command is decided again because another process was faster. */
  readonly onRetry?: () => void;
}

/** An upload that has stood still for so long in a folder that is shared has died, in milliseconds. */
const DEAD_UPLOAD_MS = 3_600_000;

export function createEvidence(configuration: Pick<Configuration, "dataFolder" | "evidenceFolder" | "evidenceLimitBytes">): EvidenceStore {
  return createFileEvidence({ folder: evidenceFolderOf(configuration), limitBytes: configuration.evidenceLimitBytes });
}

/** Where a ledger's evidence lies. */
export function evidenceFolderOf({ dataFolder, evidenceFolder }: Pick<Configuration, "dataFolder" | "evidenceFolder">): string {
  return evidenceFolder ?? join(dataFolder, EVIDENCE_FOLDER);
}

/**
 * Opens the ledger of a data folder, which is made where there is none, and begins to bring its read models up to date. Rejects with LedgerError
 * DATA_FOLDER_LOCKED, DATA_FOLDER_UNUSABLE, DATA_FOLDER_CORRUPT or STORE_UNAVAILABLE; then nothing is left open.
 */
export async function openLedger(options: OpenLedgerOptions): Promise<OpenLedger> {
  const { configuration, logger, clock, notify } = options;
  const { dataFolder, ledgerId } = configuration;
  const owned = await openOwnedStore(configuration, options.observer);
  const { store } = owned;
  try {
    const regimes = await loadRegimes(dataFolder);
    const evidence = createEvidence(configuration);
    await evidence.removeLeftovers(configuration.evidenceFolder === undefined ? 0 : DEAD_UPLOAD_MS);
    const readModel = await openReadModel({ store, ledgerId, file: join(dataFolder, READ_MODELS_FILE), notify });
    const ledger = createLedger({ store, ledgerId, clock, newEventId: options.newEventId ?? newEventId, evidence, ...(options.onRetry !== undefined && { onRetry: options.onRetry }) });
    const close = async (): Promise<void> => {
      await readModel.close();
      await owned.close();
    };
    return { store, readModel, evidence, ledger, ledgerId, storeName: owned.name, clock, alarm: systemAlarm(clock), regimes, logger, announce: (url) => owned.announce(url), close };
  } catch (error) {
    await owned.close();
    throw error;
  }
}
