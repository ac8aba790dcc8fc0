import { createHash } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeMetadata } from "../../src/eventstore/codec.js";
import type { StoredEvent } from "../../src/eventstore/port.js";
import { openReadOnlyEventStore } from "../../src/eventstore/sqlite.js";
import { allPages } from "../contract/rig.js";

/** A folder for all tests of the surrounding `describe`, which every user may read; removed after them. */
export function suiteFolder(): (...path: readonly string[]) => string {
  const folder = mkdtempSync(join(tmpdir(), "incident-ledger-cli-"));
  chmodSync(folder, 0o755);
  after(() => rmSync(folder, { recursive: true, force: true }));
  return (...path) => join(folder, ...path);
}

/** Writes a file and gives its path back. */
export function written(path: string, content: string | Uint8Array): string {
  writeFileSync(path, content);
  return path;
}

export const HEADINGS = "incident,title,service,bodies,degree,start,end";

/** A CSV of that many incidents, a minute apart, on eight services. */
export function manyRows(count: number): string {
  const time = (minute: number): string => new Date(Date.UTC(2019, 0, 1) + minute * 60_000).toISOString();
  const rows = Array.from({ length: count }, (_, n) => `guasto-${n},Guasto ${n} della posta,servizio-${n % 8},lecco|valmadrera,outage,${time(n)},${time(n + 30)}`);
  return `${[HEADINGS, ...rows].join("\n")}\n`;
}

/** Every event of a data folder, in the order of recording. */
export async function eventsIn(folder: string): Promise<readonly StoredEvent[]> {
  const store = openReadOnlyEventStore(folder);
  try {
    return (await allPages(store, { direction: "forwards", limit: 10_000 })).found;
  } finally {
    await store.close();
  }
}

/** What an import left, without what differs from run to run: ids, recorded times, and the order of streams among each other. */
export async function contentOf(folder: string): Promise<readonly string[]> {
  const events = await eventsIn(folder);
  return events.map(({ stream, revision, type, data, metadata }) => {
    const decoded = decodeMetadata(metadata);
    const meta = decoded.kind === "understood" ? decoded.metadata : undefined;
    return [stream, revision, type, meta?.commandId, meta?.importId, meta?.actor.id, meta?.sourceRecordedAt, digest(data)].join(" ");
  }).sort();
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Fulfilled when at least so many events are in a folder that another process writes. */
export async function untilStored(folder: string, count: number): Promise<void> {
  const store = openReadOnlyEventStore(folder);
  let seen = 0;
  try {
    await new Promise<void>((resolve) => {
      store.subscribe({
        onEvents: (events) => {
          seen += events.length;
          if (seen >= count) resolve();
        },
      });
    });
  } finally {
    await store.close();
  }
}
