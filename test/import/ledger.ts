import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 } from "uuid";
import { actorId, eventId, ledgerId, type Instant } from "../../src/kernel/brand.js";
import type { Recorded } from "../../src/kernel/event.js";
import { createLedger, type Ledger } from "../../src/app/ledger.js";
import { standingRecords } from "../../src/domain/standing.js";
import type { Fact, LedgerEvent } from "../../src/domain/record.js";
import { openSqliteEventStore, type SqliteEventStore } from "../../src/eventstore/sqlite.js";
import { importFile, localTarget, type ImportOptions, type ImportReport, type ImportSource, type ImportTarget } from "../../src/import/index.js";
import { EVERYTHING, type KnownAt } from "../../src/readmodel/knowledge.js";
import type { KnownLedger } from "../../src/readmodel/known-ledger.js";
import { openReadModel } from "../../src/readmodel/open.js";
import type { RunningReadModel } from "../../src/readmodel/port.js";
import { at } from "../support/given.js";

export const ACTOR = { id: actorId("lead-body"), verified: false };
export const LEDGER = ledgerId("lecco");

/** A real ledger in a folder of its own. */
export interface TestLedger {
  readonly store: SqliteEventStore;
  readonly ledger: Ledger;
  readonly target: ImportTarget;
  now: Instant;
  /** The read models over it, caught up; queries at what is asked. */
  known(knownAt?: KnownAt): Promise<KnownLedger>;
  close(): Promise<void>;
}
export async function openTestLedger(now = at("2026-09-01T12:00:00Z")): Promise<TestLedger> {
  const folder = await mkdtemp(join(tmpdir(), "import-"));
  const store = openSqliteEventStore({ folder });
  const state = { now };
  const ledger = createLedger({ store, ledgerId: LEDGER, clock: () => state.now, newEventId: () => eventId(v7()), evidence: { sizeOf: () => Promise.resolve(undefined) } });
  let reading: Promise<RunningReadModel> | undefined;
  return {
    store,
    ledger,
    known: async (knownAt = { kind: "now" }) => {
      reading ??= openReadModel({ store, ledgerId: LEDGER, file: join(folder, "readmodels.sqlite"), notify: () => undefined });
      const readModel = await reading;
      await readModel.waitUntilCaughtUp(60_000);
      return readModel.at(await readModel.resolve(knownAt, state.now), EVERYTHING);
    },
    target: localTarget({ store, ledger }),
    get now() {
      return state.now;
    },
    set now(to) {
      state.now = to;
    },
    close: async () => {
      await (await reading)?.close();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A file of a spec, as text or bytes, given out in pieces of `pieceBytes`. */
export function file(fileName: string, content: string | Uint8Array, pieceBytes = 16 * 1024): ImportSource {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return {
    fileName,
    sizeBytes: bytes.byteLength,
    open: async function* () {
      for (let from = 0; from < bytes.byteLength; from += pieceBytes) yield await Promise.resolve(bytes.subarray(from, from + pieceBytes));
    },
  };
}

export function take(into: TestLedger, source: ImportSource, options: Partial<ImportOptions> = {}): Promise<ImportReport> {
  return importFile(source, into.target, { actor: ACTOR, clock: () => into.now, ...options });
}

/** Facts that hold on a stream, in stream order. */
export async function holding(into: TestLedger, category: "body" | "service" | "contract" | "incident", id: string): Promise<Fact[]> {
  return standingRecords(await into.target.history(category, id)).filter(({ withdrawn }) => !withdrawn).map(({ fact }) => fact);
}

/** All events that carry an import's id. */
export async function eventsOf(into: TestLedger, importId: ImportReport["importId"]): Promise<Recorded<LedgerEvent>[]> {
  const events: Recorded<LedgerEvent>[] = [];
  for await (const event of into.target.eventsOfImport(importId)) events.push(event);
  return events;
}
