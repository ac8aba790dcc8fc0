import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ledgerId } from "../src/kernel/brand.js";
import { openDatabase } from "../src/sqlite/driver.js";
import { openSqliteEventStore } from "../src/eventstore/sqlite.js";
import type { BenchEvent } from "./recording.js";

export const BENCH_LEDGER = ledgerId("bench");
const PER_COMMIT = 2000;

/** A data folder with an invented history, made once and kept. Returns the number of events. */
export async function prepareLedger(folder: string, events: Iterable<BenchEvent>): Promise<number> {
  if (!existsSync(folder)) {
    const making = `${folder}.making`;
    rmSync(making, { recursive: true, force: true });
    mkdirSync(making, { recursive: true });
    await write(making, events);
    renameSync(making, folder);
  }
  const database = openDatabase(join(folder, "events.sqlite"), { readOnly: true });
  const count = Number(database.prepare("SELECT count(*) AS events FROM events").get()?.["events"] ?? 0);
  database.close();
  return count;
}

async function write(folder: string, events: Iterable<BenchEvent>): Promise<void> {
  const store = openSqliteEventStore({ folder });
  let pending: Promise<{ readonly kind: string }>[] = [];
  const settle = async (): Promise<void> => {
    const failed = (await Promise.all(pending)).find(({ kind }) => kind !== "appended");
    if (failed !== undefined) throw new Error(`the history could not be written: ${JSON.stringify(failed)}`);
    pending = [];
  };
  for (const { stream, revision, append } of events) {
    pending.push(store.append(stream, revision === 0 ? { kind: "no-stream" } : { kind: "exact", revision: revision - 1 }, [append]));
    if (pending.length >= PER_COMMIT) await settle();
  }
  await settle();
  await store.close();
}
