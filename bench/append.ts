import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openForWriting } from "../src/eventstore/sqlite-schema.js";
import { EVENTS_FILE, openSqliteEventStore, type SqliteEventStore } from "../src/eventstore/sqlite.js";
import type { Database } from "../src/sqlite/driver.js";
import { allAtOnce, appendsByStream, expectation, type Append } from "./append-work.js";
import { compare, type Measured } from "./harness.js";

const APPENDERS = 256;
const PER_APPENDER = 80;

/** `perStream` appends to each of `streams` new streams, in turns. */
function inTurns(streams: number, perStream: number): readonly Append[] {
  const byStream = appendsByStream(streams, perStream);
  return Array.from({ length: perStream }, (_, revision) => byStream.flatMap((own) => own.slice(revision, revision + 1))).flat();
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
  const make = (): readonly Append[] => inTurns(20, 20);
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
  return withBoth((store, raw) =>
    compare({
      what: `${APPENDERS} concurrent appenders through the port`,
      against: "raw inserts of 100 a commit",
      unit: "events/s",
      goal: { atLeast: 0.5 },
      runs,
      ours: () => {
        const byAppender = appendsByStream(APPENDERS, PER_APPENDER);
        return ratePerSecond(APPENDERS * PER_APPENDER, () => allAtOnce(byAppender, (append) => appendOne(store, append)));
      },
      baseline: () => {
        const all = inTurns(APPENDERS, PER_APPENDER);
        return ratePerSecond(all.length, () => raw.insert(all, 100));
      },
    }),
  );
}
