import { expect } from "chai";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openForReading, openForWriting } from "../../src/eventstore/sqlite-schema.js";
import { EVENTS_FILE, openReadOnlyEventStore, openSqliteEventStore } from "../../src/eventstore/sqlite.js";
import { streamName } from "../../src/kernel/brand.js";
import { LedgerError, type ErrorCode } from "../../src/kernel/errors.js";
import { openDatabase } from "../../src/sqlite/driver.js";
import { allPages, appended, event, events, exactly, ids, NO_STREAM, wholeStream } from "../contract/rig.js";
import { temporaryFolder } from "./folder.js";
import { asUnprivileged, makeReadOnly, makeWritable } from "./unprivileged.js";

const STREAM = streamName("il.lecco.incident-cloud-2019-09-25");

/** Both ways of opening are refused with that code; the sentence is given back. */
function refused(path: string, code: ErrorCode): string {
  return [refusal(() => openSqliteEventStore({ folder: path }), code), refusal(() => openReadOnlyEventStore(path), code)].join("\n");
}
function refusal(open: () => unknown, code: ErrorCode): string {
  try {
    open();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    expect(error.code, error.message).to.equal(code);
    return error.message;
  }
  return expect.fail("it was not refused");
}

async function fill(path: string, count = 200): Promise<void> {
  const store = openSqliteEventStore({ folder: path });
  await appended(store, STREAM, NO_STREAM, events(count));
  await store.close();
}

describe("embedded store: a data folder that is not what it should be", () => {
  const data = temporaryFolder();
  const file = (): string => join(data(), EVENTS_FILE);
  /** Refused, and not a byte of it touched. */
  const refusedUntouched = (code: ErrorCode): string => {
    const before = readFileSync(file());
    const message = refused(data(), code);
    expect(readFileSync(file()).equals(before)).to.be.true;
    return message;
  };

  it("a file that is no database", () => {
    writeFileSync(file(), "Egregio Presidente, ".repeat(500));
    expect(refusedUntouched("DATA_FOLDER_CORRUPT")).to.include(file()).and.to.include("nothing was changed");
  });

  it("a database of another program", () => {
    const other = openDatabase(file());
    other.exec("CREATE TABLE invoices (id INTEGER)");
    other.close();
    expect(refusedUntouched("DATA_FOLDER_CORRUPT")).to.include("another program");
  });

  it("a ledger of a newer release", async () => {
    await fill(data());
    const newer = openDatabase(file());
    newer.exec("PRAGMA user_version = 99");
    newer.close();
    expect(refusedUntouched("DATA_FOLDER_UNUSABLE")).to.include("newer release").and.to.include("99");
  });

  it("a ledger without its tables", async () => {
    await fill(data());
    const robbed = openDatabase(file());
    robbed.exec("DROP TABLE events");
    robbed.close();
    expect(refusedUntouched("DATA_FOLDER_CORRUPT")).to.include("events");
  });

  it("a damaged beginning", async () => {
    await fill(data());
    writeFileSync(file(), readFileSync(file()).fill(0xff, 0, 100));
    refusedUntouched("DATA_FOLDER_CORRUPT");
  });

  it("a file cut short", async () => {
    await fill(data());
    truncateSync(file(), 5000);
    refusedUntouched("DATA_FOLDER_CORRUPT");
  });

  it("damage in the middle: what cannot be read is said, by reading and by the check, and the process goes on", async () => {
    await fill(data(), 2000);
    const bytes = readFileSync(file());
    writeFileSync(file(), bytes.fill(0xff, 40 * 4096, bytes.length - 10 * 4096));
    const store = openSqliteEventStore({ folder: data() });
    const page = await store.readAll({ direction: "forwards", limit: 10_000 });
    expect(page.kind === "store-unavailable" ? page.reason : page.kind).to.include("damaged");
    expect(store.integrity()).to.not.deep.equal([]);
    expect((await store.readAll({ direction: "forwards", limit: 1 })).kind).to.equal("events");
    await store.close();
  });

  it("a folder that is a file, and for reading one that is not there", () => {
    const path = join(data(), "a-file");
    writeFileSync(path, "");
    expect(refused(path, "DATA_FOLDER_UNUSABLE")).to.include(path);
    const missing = join(data(), "missing");
    expect(refusal(() => openReadOnlyEventStore(missing), "DATA_FOLDER_UNUSABLE")).to.include("there is no ledger");
    expect(readdirSync(data())).to.not.include("missing");
  });

  it("a folder that is not there is made for writing", async () => {
    await fill(join(data(), "new", "data"));
    expect(readdirSync(join(data(), "new", "data"))).to.include(EVENTS_FILE);
  });

  it("a refused folder is not left locked", () => {
    writeFileSync(file(), "Egregio Presidente, ".repeat(500));
    refused(data(), "DATA_FOLDER_CORRUPT");
    rmSync(file());
    void openSqliteEventStore({ folder: data() }).close();
  });
});

// A superuser may write anywhere: there the tests give up that privilege while they try.
describe("embedded store: a data folder that may not be written to", () => {
  const data = temporaryFolder({ beforeRemoval: makeWritable });

  it("is refused for writing, and read all the same", async () => {
    await fill(data(), 5);
    makeReadOnly(data());
    const before = readdirSync(data());
    await asUnprivileged(async () => {
      expect(refusal(() => openSqliteEventStore({ folder: data() }), "DATA_FOLDER_UNUSABLE")).to.include(data());
      const reader = openReadOnlyEventStore(data());
      expect((await allPages(reader, { direction: "forwards", limit: 2 })).found).to.have.length(5);
      expect((await reader.append(STREAM, exactly(4), [event("no")])).kind).to.equal("store-unavailable");
      expect(reader.integrity()).to.deep.equal([]);
      await reader.close();
    });
    expect(readdirSync(data())).to.deep.equal(before);
  });

  it("is refused for reading while a killed writer's log lies beside the file: those events must not be overlooked", async () => {
    const live = join(data(), "live");
    const store = openSqliteEventStore({ folder: live });
    await appended(store, STREAM, NO_STREAM, events(5));
    for (const name of [EVENTS_FILE, `${EVENTS_FILE}-wal`]) copyFileSync(join(live, name), join(data(), name));
    await store.close();
    makeReadOnly(data());
    await asUnprivileged(() => {
      expect(refusal(() => openReadOnlyEventStore(data()), "DATA_FOLDER_UNUSABLE")).to.include("copy the whole folder");
    });
    makeWritable(data());
    const reader = openReadOnlyEventStore(data());
    expect((await allPages(reader, { direction: "forwards", limit: 10 })).found).to.have.length(5);
    await reader.close();
  });
});

// SQLite's own bound on the number of pages stands in for the disk: it fails with the same SQLITE_FULL, in the middle of a transaction.
describe("embedded store: a full disk", () => {
  const data = temporaryFolder();
  const large = (note: string): ReturnType<typeof event> => ({ ...event(note), data: JSON.stringify({ note, filler: "x".repeat(100_000) }) });

  it("is said, stores nothing of what it refused, and what still fits goes on", async () => {
    const store = openSqliteEventStore({ folder: data(), maxPages: 60 });
    const kept = events(3);
    await appended(store, STREAM, NO_STREAM, kept);
    const refusedAppend = await store.append(STREAM, exactly(2), [event("small"), large("a"), large("b"), large("c")]);
    expect(refusedAppend.kind === "store-unavailable" ? refusedAppend.reason : refusedAppend.kind).to.include("disk is full");
    expect(ids(await wholeStream(store, STREAM))).to.deep.equal(ids(kept));
    const more = event("still fits");
    const place = await appended(store, STREAM, exactly(2), [more]);
    expect(place.revision).to.equal(3);
    expect(ids((await allPages(store, { direction: "forwards", limit: 10 })).found)).to.deep.equal(ids([...kept, more]));
    expect(store.integrity()).to.deep.equal([]);
    await store.close();
  });

  it("answers a whole group alike, and new streams and types of it are forgotten too", async () => {
    const store = openSqliteEventStore({ folder: data(), maxPages: 60 });
    const streams = ["a", "b", "c", "d"].map((id) => streamName(`il.lecco.incident-${id}`));
    const results = await Promise.all(streams.map((stream) => store.append(stream, NO_STREAM, [{ ...large("x"), type: "CauseAttributed" }])));
    expect(results.map(({ kind }) => kind)).to.deep.equal(streams.map(() => "store-unavailable"));
    for (const stream of streams) {
      expect((await store.readStream(stream, { direction: "forwards", limit: 1 })).kind).to.equal("stream-not-found");
      expect((await appended(store, stream, NO_STREAM, [event("fits", "CauseAttributed")])).revision).to.equal(0);
    }
    expect(store.integrity()).to.deep.equal([]);
    await store.close();
  });

  it("with room again, the same append is taken", async () => {
    const added = [large("a"), large("b"), large("c")];
    const full = openSqliteEventStore({ folder: data(), maxPages: 60 });
    expect((await full.append(STREAM, NO_STREAM, added)).kind).to.equal("store-unavailable");
    await full.close();
    const roomy = openSqliteEventStore({ folder: data() });
    await appended(roomy, STREAM, NO_STREAM, added);
    await roomy.close();
  });

  it("at the start is said at the start", () => {
    expect(refusal(() => openSqliteEventStore({ folder: data(), maxPages: 2 }), "DATA_FOLDER_UNUSABLE")).to.include("no space left");
  });
});

describe("embedded store: durability", () => {
  const data = temporaryFolder();

  it("each commit waits for the disk: a write-ahead log with synchronous FULL", () => {
    const database = openForWriting(join(data(), EVENTS_FILE));
    expect({ ...database.prepare("PRAGMA journal_mode").get() }).to.deep.equal({ journal_mode: "wal" });
    expect({ ...database.prepare("PRAGMA synchronous").get() }).to.deep.equal({ synchronous: 2 });
    database.close();
  });

  it("reading leaves no trace in the file", async () => {
    mkdirSync(join(data(), "ledger"));
    await fill(join(data(), "ledger"));
    const file = join(data(), "ledger", EVENTS_FILE);
    const before = readFileSync(file);
    const database = openForReading(file);
    database.prepare("SELECT count(*) FROM events").get();
    database.close();
    expect(readFileSync(file).equals(before)).to.be.true;
  });
});
