import { expect } from "chai";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockOwner } from "../../src/eventstore/lock.js";
import type { StoredEvent } from "../../src/eventstore/port.js";
import { EVENTS_FILE, openReadOnlyEventStore, openSqliteEventStore } from "../../src/eventstore/sqlite.js";
import { streamName } from "../../src/kernel/brand.js";
import { LedgerError } from "../../src/kernel/errors.js";
import { isJsonObject, parseJson } from "../../src/kernel/json.js";
import { allPages, appended, event, events, exactly, ids, Listener, NO_STREAM } from "../contract/rig.js";
import { WritingProcess } from "./child.js";
import { temporaryFolder } from "./folder.js";

const STREAM = streamName("il.lecco.incident-cloud-2019-09-25");

describe("embedded store: kill -9 in the middle of appends", () => {
  const folder = temporaryFolder();

  it("leaves every acknowledged event, every append whole or absent, and a ledger that goes on; three times over", async () => {
    let acknowledgedBefore = 0;
    for (const acknowledged of [1, 150, 400]) {
      const writer = new WritingProcess("append", folder());
      await writer.until("appended", acknowledged);
      await writer.kill();
      const store = openSqliteEventStore({ folder: folder() });
      const { found } = await allPages(store, { direction: "forwards", limit: 1000 });
      const lines = writer.said.filter(({ kind }) => kind === "appended");
      expect(lines.length).to.be.at.least(acknowledged);
      expect(acknowledgedEvents(lines).filter((place) => !placesOf(found).has(place))).to.deep.equal([]);
      expect(brokenAppends(found)).to.deep.equal([]);
      expect(found.length).to.be.at.least(acknowledgedBefore + lines.length);
      expect(store.integrity()).to.deep.equal([]);
      acknowledgedBefore = found.length;
      await store.close();
    }
  });
});

/** `stream revision id` of every event that was acknowledged. */
function acknowledgedEvents(lines: WritingProcess["said"]): string[] {
  return lines.flatMap(({ stream, revision, ids: appendedIds }) => {
    if (typeof stream !== "string" || typeof revision !== "number" || !Array.isArray(appendedIds)) return expect.fail();
    return appendedIds.map((id, index) => `${stream} ${revision - appendedIds.length + 1 + index} ${String(id)}`);
  });
}
function placesOf(found: readonly StoredEvent[]): ReadonlySet<string> {
  return new Set(found.map(({ stream, revision, id }) => `${stream} ${revision} ${id}`));
}
/** Events whose append is not there whole: each holds the ids of all that it was appended with. */
function brokenAppends(found: readonly StoredEvent[]): readonly StoredEvent[] {
  const there = new Set(ids(found));
  return found.filter(({ data }) => {
    const value = parseJson(data);
    return !isJsonObject(value) || !Array.isArray(value["ids"]) || !value["ids"].every((id) => there.has(String(id)));
  });
}

describe("embedded store: one process owns the data folder", () => {
  const folder = temporaryFolder();
  const refusal = (): LedgerError => {
    try {
      openSqliteEventStore({ folder: folder() });
    } catch (error) {
      if (error instanceof LedgerError) return error;
    }
    return expect.fail("it was not refused");
  };

  it("a second one is refused, with the owner's pid and url, until the owner is done", async () => {
    const owner = new WritingProcess("hold", folder());
    await owner.until("open");
    const refused = refusal();
    expect(refused).to.include({ code: "DATA_FOLDER_LOCKED" });
    expect(refused.params).to.deep.equal({ folder: folder(), ownerPid: owner.pid, ownerUrl: "http://127.0.0.1:4000" });
    expect(refused.message).to.include(`process ${owner.pid}`).and.to.include("http://127.0.0.1:4000");
    await owner.finish();
    expect(existsSync(join(folder(), "lock.json"))).to.be.false;
    await openSqliteEventStore({ folder: folder() }).close();
  });

  it("a killed owner's folder is free at once, though its note still lies there", async () => {
    const owner = new WritingProcess("hold", folder());
    await owner.until("open");
    await owner.kill();
    expect(lockOwner(folder())?.pid).to.equal(owner.pid);
    const store = openSqliteEventStore({ folder: folder() });
    expect(lockOwner(folder())).to.deep.equal({ pid: process.pid });
    await store.close();
  });

  it("this process refuses the other, and itself", async () => {
    const store = openSqliteEventStore({ folder: folder() });
    expect(refusal().params).to.deep.equal({ folder: folder(), ownerPid: process.pid });
    const other = new WritingProcess("hold", folder());
    expect(await other.until("refused")).to.deep.include({ code: "DATA_FOLDER_LOCKED", params: { folder: folder(), ownerPid: process.pid } });
    await other.finish();
    await appended(store, STREAM, NO_STREAM, events(1));
    await store.close();
  });

  it("a note that cannot be read does not hide that the folder is in use", async () => {
    const store = openSqliteEventStore({ folder: folder() });
    writeFileSync(join(folder(), "lock.json"), '{"pid":');
    expect(refusal().message).to.include("another process");
    await store.close();
  });
});

describe("embedded store: reading beside a running writer", () => {
  const folder = temporaryFolder();

  it("gives what is stored, follows along, and appends nothing", async () => {
    const writer = openSqliteEventStore({ folder: folder() });
    const first = events(3, "first");
    const place = await appended(writer, STREAM, NO_STREAM, first);
    const reader = openReadOnlyEventStore(folder());
    expect(await reader.readStream(STREAM, { direction: "backwards", limit: 1 })).to.deep.include({ kind: "events", isEnd: false });
    expect(await reader.lastPosition()).to.deep.equal({ kind: "position", position: place.position });
    expect(await reader.append(STREAM, exactly(2), [event("no")])).to.deep.equal({ kind: "store-unavailable", reason: "the ledger is open for reading only" });
    const listener = new Listener(reader, {});
    await listener.until(({ caughtUp }) => caughtUp > 0);
    const second = events(2, "second");
    await appended(writer, STREAM, exactly(2), second);
    await listener.untilCount(5);
    expect(ids(listener.received)).to.deep.equal(ids([...first, ...second]));
    await reader.close();
    await listener.subscription.ended;
    await appended(writer, STREAM, exactly(4), events(1));
    await writer.close();
  });

  it("follows a writer in another process, and survives its death", async () => {
    const writer = new WritingProcess("append", folder());
    await writer.until("appended", 5);
    const reader = openReadOnlyEventStore(folder());
    const listener = new Listener(reader, { batchSize: 50 });
    await writer.until("appended", 200);
    await writer.kill();
    const { found } = await allPages(reader, { direction: "forwards", limit: 1000 });
    await listener.untilCount(found.length);
    expect(ids(listener.received)).to.deep.equal(ids(found));
    expect(brokenAppends(found)).to.deep.equal([]);
    await reader.close();
  });

  it("takes a backup that is a whole ledger of its own, while the writer goes on", async () => {
    const writer = new WritingProcess("append", folder());
    await writer.until("appended", 100);
    const reader = openReadOnlyEventStore(folder());
    const restored = join(folder(), "restored");
    const copy = join(folder(), "backup.sqlite");
    reader.backupTo(copy);
    await writer.until("appended", writer.said.length + 20);
    await writer.kill();
    const original = await allPages(reader, { direction: "forwards", limit: 1000 });
    await reader.close();
    mkdirSync(restored);
    renameSync(copy, join(restored, EVENTS_FILE));
    const store = openSqliteEventStore({ folder: restored });
    const { found } = await allPages(store, { direction: "forwards", limit: 1000 });
    expect(found.length).to.be.at.least(100);
    expect(found).to.deep.equal(original.found.slice(0, found.length));
    expect(brokenAppends(found)).to.deep.equal([]);
    expect(store.integrity()).to.deep.equal([]);
    await appended(store, STREAM, NO_STREAM, events(1));
    await store.close();
  });

  it("never writes a backup over a file that is there", async () => {
    const store = openSqliteEventStore({ folder: folder() });
    const file = join(folder(), "minutes.txt");
    writeFileSync(file, "verbale");
    expect(() => store.backupTo(file)).to.throw(LedgerError, "exists already");
    expect(() => store.backupTo(join(folder(), "nowhere", "backup.sqlite"))).to.throw(LedgerError).with.property("code", "DATA_FOLDER_UNUSABLE");
    await store.close();
  });
});
