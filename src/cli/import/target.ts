import { existsSync } from "node:fs";
import { join } from "node:path";
import { createLedger } from "../../app/ledger.js";
import type { EventStore } from "../../eventstore/port.js";
import { EVENTS_FILE, openReadOnlyEventStore, openSqliteEventStore } from "../../eventstore/sqlite.js";
import type { LedgerId } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import { newEventId } from "../../kernel/uuid.js";
import { localTarget, type ImportTarget } from "../../import/index.js";
import { createEvidence } from "../open-ledger.js";
import { openServerStore } from "../open-store.js";
import type { Run } from "../verb.js";
import { remoteTarget } from "./remote-target.js";
import { serverAt } from "./server.js";

/** Where an import goes, to be closed after it. */
export interface OpenTarget {
  readonly target: ImportTarget;
  /** The server it goes through, if it does. */
  readonly url: string | undefined;
  close(): Promise<void>;
}

export interface TargetOptions {
  /** Through this server, whatever the data folder is. */
  readonly server: string | undefined;
  /** `look`: nothing will be stored, and the folder is only read. `make`: a ledger is made where there is none. `use`: it has to be there. */
  readonly access: "look" | "use" | "make";
}

/**
 * The ledger of the data folder: its files, or the server that owns them, found by the note beside the folder's lock. Rejects with LedgerError DATA_FOLDER_LOCKED (by a
 * process that serves nothing), DATA_FOLDER_UNUSABLE, DATA_FOLDER_CORRUPT, and as `serverAt` does.
 */
export async function openTarget(run: Pick<Run, "configuration" | "clock">, { server, access }: TargetOptions): Promise<OpenTarget> {
  const { ledgerId, dataFolder, eventStoreUrl } = run.configuration;
  if (server !== undefined) return through(server, ledgerId);
  // Any number of processes append to a server's store, and the folder's evidence is only added to.
  if (eventStoreUrl !== undefined) return ownFiles(await openServerStore(eventStoreUrl), run);
  const isThere = existsSync(join(dataFolder, EVENTS_FILE));
  if (access === "look" && !isThere) return NO_LEDGER_YET;
  if (access === "look" || !isThere && access === "use") return ownFiles(openReadOnlyEventStore(dataFolder), run);
  try {
    return ownFiles(openSqliteEventStore({ folder: dataFolder }), run);
  } catch (error) {
    const url = serverOfOwner(error);
    if (url === undefined) throw error;
    return await through(url, ledgerId);
  }
}

/** Where the owner of a locked folder serves it. The lock was held when this was said, so that the note beside it is not one of a process that is gone. */
function serverOfOwner(error: unknown): string | undefined {
  if (!(error instanceof LedgerError) || error.code !== "DATA_FOLDER_LOCKED") return undefined;
  const url = error.params["ownerUrl"];
  return typeof url === "string" ? url : undefined;
}

async function through(url: string, ledgerId: LedgerId): Promise<OpenTarget> {
  const server = await serverAt(url, ledgerId);
  const target = remoteTarget(server);
  return { target, url: server.url, close: () => target.close() };
}

/** The read models are left as they are: whoever reads them next brings them up to date. */
function ownFiles(store: EventStore, { configuration, clock }: Pick<Run, "configuration" | "clock">): OpenTarget {
  const ledger = createLedger({ store, ledgerId: configuration.ledgerId, clock, newEventId, evidence: createEvidence(configuration) });
  return { target: localTarget({ store, ledger }), url: undefined, close: () => store.close() };
}

const NO_LEDGER_YET: OpenTarget = {
  url: undefined,
  target: {
    submit: () => Promise.reject(new Error("nothing is stored where there is no ledger")),
    history: () => Promise.resolve([]),
    eventsOfImport: nothing,
  },
  close: () => Promise.resolve(),
};

async function* nothing(): AsyncGenerator<never> {
  // An empty ledger holds nothing of any import.
}
