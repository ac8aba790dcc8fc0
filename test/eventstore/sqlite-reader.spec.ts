import { expect } from "chai";
import { positionAt } from "../../src/eventstore/sqlite-position.js";
import { openSqliteEventStore, type SqliteEventStore } from "../../src/eventstore/sqlite.js";
import { streamName } from "../../src/kernel/brand.js";
import { ANY, appended, event, events, ids, Listener } from "../contract/rig.js";
import { temporaryFolder } from "./folder.js";

const [MINE, THEIRS] = [streamName("il.lecco.incident-cloud"), streamName("il.como.incident-cloud")];
const OWN = { streamPrefix: "il.lecco." };

describe("reading the embedded store", () => {
  const folder = temporaryFolder();
  const withStore = async (work: (store: SqliteEventStore) => Promise<void>): Promise<void> => {
    const store = openSqliteEventStore({ folder: folder() });
    await work(store);
    await store.close();
  };

  it("one page looks at 20,000 events at most: what another ledger wrote is passed over page by page", () =>
    withStore(async (store) => {
      const [first, last] = [event("first"), event("last")];
      await appended(store, MINE, ANY, [first]);
      for (let n = 0; n < 5; n++) await appended(store, THEIRS, ANY, events(10_000));
      await appended(store, MINE, ANY, [last]);
      const passed = await store.readAll({ direction: "forwards", from: positionAt(1), limit: 10, filter: OWN });
      expect(passed).to.deep.equal({ kind: "events", events: [], next: "20001", isEnd: false });
      const back = await store.readAll({ direction: "backwards", from: positionAt(50_002), limit: 10, filter: OWN });
      expect(back).to.deep.equal({ kind: "events", events: [], next: "30002", isEnd: false });
      const listener = new Listener(store, { filter: OWN });
      await listener.until(({ caughtUp }) => caughtUp > 0);
      expect(ids(listener.received)).to.deep.equal([first.id, last.id]);
      expect(listener.passedOver).to.deep.equal(["20000", "40000"]);
      await listener.subscription.close();
    }));

  it("from a position that the store has not reached nothing comes, forwards, until it has; backwards everything", () =>
    withStore(async (store) => {
      const added = events(3);
      await appended(store, MINE, ANY, added);
      const ahead = positionAt(5);
      expect(await store.readAll({ direction: "forwards", from: ahead, limit: 10 })).to.deep.equal({ kind: "events", events: [], next: ahead, isEnd: true });
      const listener = new Listener(store, { from: ahead });
      await listener.until(({ caughtUp }) => caughtUp > 0);
      const later = events(3);
      await appended(store, MINE, ANY, later);
      await listener.untilCount(1);
      expect(ids(listener.received)).to.deep.equal(ids(later.slice(2)));
      await listener.subscription.close();
      const back = await store.readAll({ direction: "backwards", from: positionAt(100), limit: 10 });
      expect(back.kind === "events" ? ids(back.events) : back.kind).to.deep.equal([...ids([...added, ...later])].reverse());
    }));

  it("an empty store has no end, and nothing in either direction", () =>
    withStore(async (store) => {
      expect(await store.lastPosition()).to.deep.equal({ kind: "position", position: undefined });
      for (const direction of ["forwards", "backwards"] as const) expect(await store.readAll({ direction, limit: 10 })).to.deep.equal({ kind: "events", events: [], next: undefined, isEnd: true });
    }));
});
