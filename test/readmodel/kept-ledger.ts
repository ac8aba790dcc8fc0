import { join } from "node:path";
import type { EventStore } from "../../src/eventstore/port.js";
import { openSqliteEventStore } from "../../src/eventstore/sqlite.js";
import type { EventId, Instant, Position, StreamName } from "../../src/kernel/brand.js";
import { EVERYTHING, type KnownAt } from "../../src/readmodel/knowledge.js";
import type { KnownLedger } from "../../src/readmodel/known-ledger.js";
import { openReadModel, type RunningOptions } from "../../src/readmodel/open.js";
import type { ReadModel, ReadModelNotice, RunningReadModel } from "../../src/readmodel/port.js";
import { at } from "../support/given.js";
import { inTempFolder } from "../support/temp-folder.js";
import { LEDGER, toAppend, type History } from "./histories.js";

/** Far more than a read model takes for the few events of a spec. */
export const PATIENCE_MS = 15_000;
/** When specs ask: long after everything was recorded. */
export const ASKED = at("2022-01-01T00:00:00Z");

/** A data folder with an open event store, and read models beside it. */
export interface KeptLedger {
  readonly folder: string;
  readonly file: string;
  readonly store: EventStore;
  /** Appends events as they are. */
  append(history: History): Promise<void>;
  /** Appends one event that the domain need not know. */
  appendRaw(stream: StreamName, event: { readonly id: EventId; readonly type: string; readonly data: string; readonly metadata: string }): Promise<Position>;
  /** Opens the read models; closed with the ledger. */
  open(options?: Partial<RunningOptions>): Promise<RunningReadModel>;
  /** Opens them, and waits until they have taken everything. */
  caughtUp(options?: Partial<RunningOptions>): Promise<RunningReadModel>;
  /** What was told since the beginning, by all that were opened. */
  readonly notices: readonly ReadModelNotice[];
  /** Fulfilled when a notice of that kind has been told. */
  told(kind: ReadModelNotice["kind"]): Promise<void>;
}

/** Runs `work` on a ledger of its own, and frees everything afterwards. */
export async function onLedger<T>(work: (ledger: KeptLedger) => Promise<T>): Promise<T> {
  return inTempFolder(async (folder) => {
    const store = openSqliteEventStore({ folder });
    const opened: ReadModel[] = [];
    const notices: ReadModelNotice[] = [];
    const listening = new Set<() => void>();
    const notify = (notice: ReadModelNotice): void => {
      notices.push(notice);
      for (const look of [...listening]) look();
    };
    const told = (kind: ReadModelNotice["kind"]): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!notices.some((notice) => notice.kind === kind)) return;
          listening.delete(look);
          resolve();
        };
        listening.add(look);
        look();
      });
    const file = join(folder, "readmodels.sqlite");
    const open = async (options: Partial<RunningOptions> = {}): Promise<RunningReadModel> => {
      const readModel = await openReadModel({ store, ledgerId: LEDGER, file, notify, ...options });
      opened.push(readModel);
      return readModel;
    };
    const caughtUp = async (options?: Partial<RunningOptions>): Promise<RunningReadModel> => {
      const readModel = await open(options);
      await readModel.waitUntilCaughtUp(PATIENCE_MS);
      return readModel;
    };
    const appendRaw: KeptLedger["appendRaw"] = async (stream, event) => {
      const result = await store.append(stream, { kind: "any" }, [event]);
      if (result.kind !== "appended") throw new Error(JSON.stringify(result));
      return result.position;
    };
    try {
      return await work({ folder, file, store, append: (history) => appendAll(store, history), appendRaw, open, caughtUp, notices, told });
    } finally {
      for (const readModel of opened) await closed(readModel);
      await store.close();
    }
  });
}

/** Closing is not what is tested: a spec may have closed it already. */
async function closed(readModel: ReadModel): Promise<void> {
  await readModel.close().catch(() => undefined);
}

async function appendAll(store: EventStore, history: History): Promise<void> {
  const results = await Promise.all(
    history.map((recorded) => store.append(recorded.stream, recorded.revision === 0 ? { kind: "no-stream" } : { kind: "exact", revision: recorded.revision - 1 }, [toAppend(recorded)])),
  );
  results.forEach((result, index) => {
    if (result.kind !== "appended" || result.position !== history[index]?.position) throw new Error(`not appended where the history says: ${JSON.stringify(result)}`);
  });
}

export async function knownAt(readModel: ReadModel, asked: KnownAt = { kind: "now" }, now: Instant = ASKED): Promise<KnownLedger> {
  return readModel.at(await readModel.resolve(asked, now), EVERYTHING);
}
