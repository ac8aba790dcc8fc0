import { expect } from "chai";
import { join } from "node:path";
import type { AppendResult } from "../../src/eventstore/port.js";
import { openForWriting } from "../../src/eventstore/sqlite-schema.js";
import { SqliteWriter } from "../../src/eventstore/sqlite-writer.js";
import { EVENTS_FILE } from "../../src/eventstore/sqlite.js";
import { streamName } from "../../src/kernel/brand.js";
import type { Database } from "../../src/sqlite/driver.js";
import { integerOf } from "../../src/sqlite/row.js";
import { positionAt } from "../../src/eventstore/sqlite-position.js";
import { event, events, exactly, NO_STREAM } from "../contract/rig.js";
import { temporaryFolder } from "./folder.js";

const STREAM = streamName("il.lecco.incident-cloud-2019-09-25");

describe("group commit", () => {
  const folder = temporaryFolder();
  let commits = 0;
  let database: Database | undefined;
  const open = (): SqliteWriter => {
    commits = 0;
    database = openForWriting(join(folder(), EVENTS_FILE));
    return new SqliteWriter(database, () => (commits += 1));
  };
  const stored = (): number => integerOf(database?.prepare("SELECT count(*) AS n FROM events").get() ?? {}, "n");
  afterEach(() => database?.close());

  it("appends that arrive together share one commit, and answer in their order", async () => {
    const writer = open();
    const results = await Promise.all(Array.from({ length: 256 }, (_, n) => writer.append(streamName(`il.lecco.incident-${n}`), NO_STREAM, [event("x")])));
    expect(results.map((result) => (result.kind === "appended" ? result.position : result.kind))).to.deep.equal(results.map((_, n) => String(n + 1)));
    expect(commits).to.equal(1);
  });

  it("a conflict in the middle of a group fails that append alone; what follows builds on what went before", async () => {
    const writer = open();
    const first = events(2);
    const requests = [
      writer.append(STREAM, NO_STREAM, first),
      writer.append(STREAM, NO_STREAM, [event("too late")]),
      writer.append(STREAM, exactly(1), [event("next")]),
      writer.append(STREAM, exactly(1), [event("too late as well")]),
      writer.append(STREAM, NO_STREAM, first),
    ];
    const expected: AppendResult[] = [
      { kind: "appended", revision: 1, position: positionAt(2), repeated: false },
      { kind: "wrong-expected-revision", actual: 1 },
      { kind: "appended", revision: 2, position: positionAt(3), repeated: false },
      { kind: "wrong-expected-revision", actual: 2 },
      { kind: "appended", revision: 1, position: positionAt(2), repeated: true },
    ];
    expect(await Promise.all(requests)).to.deep.equal(expected);
    expect(commits).to.equal(1);
    expect(stored()).to.equal(3);
  });

  it("what fails in the middle of a group takes the whole group back, and the next one goes on", async () => {
    const writer = open();
    database?.exec(`CREATE TRIGGER fault BEFORE INSERT ON events WHEN NEW.type_id = 2 BEGIN SELECT RAISE(ABORT, 'a fault of the disk'); END`);
    const [other, faulty] = [streamName("il.lecco.incident-other"), event("faulty", "CauseAttributed")];
    const group = await Promise.all([writer.append(STREAM, NO_STREAM, events(2)), writer.append(other, NO_STREAM, [faulty]), writer.append(STREAM, exactly(1), events(1))]);
    expect(group.map((result) => (result.kind === "store-unavailable" ? result.reason : result.kind))).to.deep.equal(Array.from({ length: 3 }, () => "a fault of the disk"));
    expect(stored()).to.equal(0);
    database?.exec("DROP TRIGGER fault");
    const again = await Promise.all([writer.append(STREAM, NO_STREAM, events(2)), writer.append(other, NO_STREAM, [faulty])]);
    expect(again.map((result) => (result.kind === "appended" ? result.position : result.kind))).to.deep.equal(["2", "3"]);
    expect(stored()).to.equal(3);
  });

  it("a long queue is taken in several commits, so that others get their turn", async () => {
    const writer = open();
    const appends = Array.from({ length: 30 }, (_, n) => writer.append(streamName(`il.lecco.incident-${n}`), NO_STREAM, events(100)));
    await appends[0];
    expect(commits).to.equal(1);
    expect(stored()).to.equal(1000);
    await Promise.all(appends);
    expect(commits).to.equal(3);
    expect(stored()).to.equal(3000);
  });

  it("finishing commits all that waits, at once", async () => {
    const writer = open();
    const appends = Array.from({ length: 30 }, (_, n) => writer.append(streamName(`il.lecco.incident-${n}`), NO_STREAM, events(100)));
    writer.finish();
    expect(stored()).to.equal(3000);
    expect((await Promise.all(appends)).every(({ kind }) => kind === "appended")).to.be.true;
  });
});
