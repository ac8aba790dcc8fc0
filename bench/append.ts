import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EventToAppend, ExpectedRevision } from "../src/eventstore/port.js";
import { openForWriting } from "../src/eventstore/sqlite-schema.js";
import { EVENTS_FILE, openSqliteEventStore, type SqliteEventStore } from "../src/eventstore/sqlite.js";
import { streamName, type StreamName } from "../src/kernel/brand.js";
import { canonicalJson } from "../src/kernel/json.js";
import { newEventId } from "../src/kernel/uuid.js";
import type { Database } from "../src/sqlite/driver.js";
import { compare, type Measured } from "./harness.js";

const APPENDERS = 256;
/** Data and metadata of one event together come to about 400 bytes. */
const DATA = canonicalJson({ incidentId: "cloud-2019-09-25", entryId: "entry", at: 1_569_400_000_000, text: { language: "it", audience: "everyone", text: "Avviata la verifica con il fornitore. " } });
const METADATA = canonicalJson({ schemaVersion: 1, actor: { id: "lead-body", verified: false }, commandId: "command", commandDigest: "ab".repeat(32), recordedAt: 1_569_400_000_000 });

/** An append of one event, and where the raw inserts put it. */
interface Append {
  readonly stream: StreamName;
  readonly revision: number;
  readonly event: EventToAppend;
}

/** `perStream` appends to each of `streams` new streams, in turns. */
function appends(streams: number, perStream: number): readonly Append[] {
  const round = newEventId();
  const names = Array.from({ length: streams }, (_, n) => streamName(`il.bench.incident-${round}-${n}`));
  return Array.from({ length: perStream }, (_, revision) => names.map((stream) => ({ stream, revision, event: { id: newEventId(), type: "ResponseRecorded", data: DATA, metadata: METADATA } }))).flat();
}

function expectation(revision: number): ExpectedRevision {
  return revision === 0 ? { kind: "no-stream" } : { kind: "exact", revision: revision - 1 };
}
async function appendOne(store: SqliteEventStore, { stream, revision, event }: Append): Promise<void> {
  const result = await store.append(stream, expectation(revision), [event]);
  if (result.kind !== "appended" || result.repeated) throw new Error(JSON.stringify(result));
}

/** The same rows by prepared statements on the same schema with the same settings, nothing checked and nothing looked up. */
class RawInserts {
  readonly #database: Database;
  readonly #streams = new Map<string, number>();
  readonly #statements;
  #position = 0;

  constructor(database: Database) {
    this.#database = database;
    database.exec("INSERT INTO types (id, name) VALUES (1, 'ResponseRecorded')");
    this.#statements = {
      begin: database.prepare("BEGIN IMMEDIATE"),
      commit: database.prepare("COMMIT"),
      stream: database.prepare("INSERT INTO streams (id, name) VALUES (?, ?)"),
      event: database.prepare("INSERT INTO events (position, stream_id, revision, type_id, event_id, data, metadata) VALUES (?, ?, ?, 1, ?, ?, ?)"),
    };
  }

  insert(all: readonly Append[], perCommit: number): void {
    for (let from = 0; from < all.length; from += perCommit) {
      this.#statements.begin.run();
      for (const append of all.slice(from, from + perCommit)) this.#one(append);
      this.#statements.commit.run();
    }
  }
  close(): void {
    this.#database.close();
  }

  #one({ stream, revision, event }: Append): void {
    let id = this.#streams.get(stream);
    if (id === undefined) {
      id = this.#streams.size + 1;
      this.#streams.set(stream, id);
      this.#statements.stream.run(id, stream);
    }
    this.#position += 1;
    this.#statements.event.run(this.#position, id, revision, event.id, event.data, event.metadata);
  }
}

async function ratePerSecond(events: number, work: () => Promise<void> | void): Promise<number> {
  const begun = process.hrtime.bigint();
  await work();
  return (events * 1e9) / Number(process.hrtime.bigint() - begun);
}

async function withBoth(measure: (store: SqliteEventStore, raw: RawInserts) => Promise<Measured>): Promise<Measured> {
  const [folder, rawFolder] = [mkdtempSync(join(tmpdir(), "bench-append-")), mkdtempSync(join(tmpdir(), "bench-raw-"))];
  const [store, raw] = [openSqliteEventStore({ folder }), new RawInserts(openForWriting(join(rawFolder, EVENTS_FILE)))];
  try {
    return await measure(store, raw);
  } finally {
    await store.close();
    raw.close();
    for (const made of [folder, rawFolder]) rmSync(made, { recursive: true, force: true });
  }
}

/** One append after another, each awaited, through the port. Many short runs: the disk is shared with whatever else this machine does. */
export function appendsOneAfterAnother(runs: number): Promise<Measured> {
  const make = (): readonly Append[] => appends(20, 20);
  return withBoth((store, raw) =>
    compare({
      what: "appends one after another, awaited, through the port",
      against: "the same inserts by raw prepared statements, one a commit",
      unit: "events/s",
      goal: { atLeast: 0.8 },
      runs: runs * 5,
      ours: () => {
        const all = make();
        return ratePerSecond(all.length, async () => {
          for (const append of all) await appendOne(store, append);
        });
      },
      baseline: () => {
        const all = make();
        return ratePerSecond(all.length, () => raw.insert(all, 1));
      },
    }),
  );
}

/** 256 appenders at once, each awaiting its own appends on a stream of its own. */
export function concurrentAppends(runs: number): Promise<Measured> {
  const make = (): readonly Append[] => appends(APPENDERS, 80);
  return withBoth((store, raw) =>
    compare({
      what: `${APPENDERS} concurrent appenders through the port`,
      against: "raw inserts of 100 a commit",
      unit: "events/s",
      goal: { atLeast: 0.5 },
      runs,
      ours: () => {
        const all = make();
        const own = Array.from({ length: APPENDERS }, (_, appender) => all.filter((_append, index) => index % APPENDERS === appender));
        return ratePerSecond(all.length, async () => {
          await Promise.all(
            own.map(async (mine) => {
              for (const append of mine) await appendOne(store, append);
            }),
          );
        });
      },
      baseline: () => {
        const all = make();
        return ratePerSecond(all.length, () => raw.insert(all, 100));
      },
    }),
  );
}
