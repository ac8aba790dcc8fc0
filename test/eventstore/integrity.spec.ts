import { expect } from "chai";
import { join } from "node:path";
import { EVENTS_FILE, openReadOnlyEventStore, openSqliteEventStore } from "../../src/eventstore/sqlite.js";
import { streamName } from "../../src/kernel/brand.js";
import { openDatabase } from "../../src/sqlite/driver.js";
import { appended, events, exactly, NO_STREAM } from "../contract/rig.js";
import { temporaryFolder } from "./folder.js";

const [CLOUD, POSTA] = [streamName("il.lecco.incident-cloud"), streamName("il.lecco.incident-posta")];

describe("integrity of the embedded store", () => {
  const folder = temporaryFolder();
  /** Two streams in turns, tampered with by `sql`, checked. */
  const problemsAfter = async (sql: string): Promise<readonly string[]> => {
    const store = openSqliteEventStore({ folder: folder() });
    await appended(store, CLOUD, NO_STREAM, events(3));
    await appended(store, POSTA, NO_STREAM, events(2));
    await appended(store, CLOUD, exactly(2), events(2));
    await store.close();
    return tamper(sql);
  };
  const tamper = async (sql: string): Promise<readonly string[]> => {
    const tampering = openDatabase(join(folder(), EVENTS_FILE));
    tampering.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
    tampering.close();
    const reader = openReadOnlyEventStore(folder());
    const problems = reader.integrity();
    await reader.close();
    return problems;
  };

  it("has no problem where nobody tampered", async () => {
    expect(await problemsAfter("SELECT 1")).to.deep.equal([]);
  });

  it("tells an event taken from the middle", async () => {
    expect(await problemsAfter("DELETE FROM events WHERE position = 2")).to.deep.equal([
      "positions have holes: 6 events between positions 1 and 7",
      "revisions of il.lecco.incident-cloud have holes: 4 events from 0 to 4",
    ]);
  });

  it("tells an event taken from the beginning", async () => {
    expect(await problemsAfter("DELETE FROM events WHERE position = 1")).to.deep.equal([
      "positions have holes: 6 events between positions 2 and 7",
      "revisions of il.lecco.incident-cloud have holes: 4 events from 1 to 4",
    ]);
  });

  it("tells a revision that was moved", async () => {
    expect(await problemsAfter("UPDATE events SET revision = 9 WHERE position = 7")).to.deep.equal(["revisions of il.lecco.incident-cloud have holes: 5 events from 0 to 9"]);
  });

  it("tells streams and types that belong to nothing", async () => {
    expect(await problemsAfter("UPDATE events SET type_id = 77 WHERE position = 4; INSERT INTO streams (name) VALUES ('il.lecco.incident-empty')")).to.deep.equal([
      "the event at position 4 names a stream or type that is not there",
      "the stream il.lecco.incident-empty has no events",
    ]);
    expect(await tamper("DELETE FROM streams WHERE name = 'il.lecco.incident-posta'")).to.include("the event at position 5 names a stream or type that is not there");
  });
});
