import { expect } from "chai";
import { openEventStoreDb } from "../../../src/eventstore/eventstoredb.js";
import type { EventStore } from "../../../src/eventstore/port.js";
import { streamName } from "../../../src/kernel/brand.js";
import { allPages, ANY, appended, event, events, exactly, gate, ids, Listener, NO_STREAM, wholeStream } from "../../contract/rig.js";
import { FaultyServer } from "../../support/eventstoredb/faulty-server.js";

const PREFIX = "il.lecco.";
const OWN = { filter: { streamPrefix: PREFIX } };
const PROTOCOLLO = streamName(`${PREFIX}incident-protocollo`);
const ELSEWHERE = streamName("il.como.incident-posta");
const LIMITS = { attemptMs: 250, appendMs: 2000, readMs: 400, awayMs: 60, firstDelayMs: 10, longestDelayMs: 100, firstQuietMs: 40, longestQuietMs: 150, missingMs: 300, closeMs: 200 };
const HOUR_MS = 3_600_000;

/** Runs `work` on servers of its own and stores on them, and ends all of them. */
async function on(options: readonly Parameters<typeof FaultyServer.start>[0][], work: (all: readonly { readonly server: FaultyServer; readonly store: EventStore }[]) => Promise<void>, query = ""): Promise<void> {
  const servers = await Promise.all(options.map((each) => FaultyServer.start(each)));
  const all = servers.map((server) => ({ server, store: openEventStoreDb({ url: `${server.url}${query}`, limits: LIMITS }) }));
  try {
    await work(all);
  } finally {
    await Promise.all(all.map(({ store }) => store.close()));
    await Promise.all(servers.map((server) => server.stop()));
  }
}
async function onOne(work: (server: FaultyServer, store: EventStore) => Promise<void>, options: Parameters<typeof FaultyServer.start>[0] = {}, query = ""): Promise<void> {
  await on([options], ([only]) => (only === undefined ? expect.fail() : work(only.server, only.store)), query);
}

describe("traps of EventStoreDB's client that the adapter stays out of", () => {
  it("the appends that wait for an answer are each store's own: what breaks one server's stream does not touch another's", () =>
    on([{}, {}], async ([lecco, como]) => {
      if (lecco === undefined || como === undefined) return expect.fail();
      for (const { store } of [lecco, como]) await appended(store, PROTOCOLLO, NO_STREAM, events(1));
      const held = como.server.answerNextAppendAfter(100);
      const [there, here] = [como.store.append(PROTOCOLLO, exactly(0), events(1)), lecco.store.append(PROTOCOLLO, exactly(0), events(1))];
      await lecco.server.breakAppends();
      await held;
      // A stream that was broken makes its own appends be repeated; the other's first attempt is answered.
      expect(await here).to.include({ kind: "appended", revision: 1 });
      expect(await there).to.include({ kind: "appended", revision: 1, repeated: false });
    }));

  for (const text of ["true", "false"]) {
    it(`throwOnAppendFailure=${text} in the connection string changes no answer: revisions are the real ones`, () =>
      onOne(async (_, store) => {
        expect((await appended(store, PROTOCOLLO, NO_STREAM, events(3))).revision).to.equal(2);
        expect((await appended(store, PROTOCOLLO, exactly(2), events(2))).revision).to.equal(4);
        expect(await store.append(PROTOCOLLO, exactly(2), events(1))).to.deep.equal({ kind: "wrong-expected-revision", actual: 4 });
      }, {}, `&throwOnAppendFailure=${text}`));
  }

  for (const clockAheadMs of [-2 * HOUR_MS, 2 * HOUR_MS]) {
    it(`the deadline of an append is a time of day: a server whose clock is ${clockAheadMs / HOUR_MS} h off takes it all the same`, () =>
      onOne(async (_, store) => {
        expect((await appended(store, PROTOCOLLO, NO_STREAM, events(2))).revision).to.equal(1);
      }, { clockAheadMs }));
  }

  it("a checkpoint that arrives while events wait for a slow reader is not told before they are handled", () =>
    onOne(async (server, store) => {
      const [entered, release] = [gate(), gate()];
      const told: string[] = [];
      await appended(store, PROTOCOLLO, NO_STREAM, events(2));
      const subscription = store.subscribe({
        ...OWN, batchSize: 1,
        onEvents: async ([only]) => {
          entered.open();
          await release.opened;
          told.push(`event ${only?.revision ?? "?"}`);
        },
        onPassedOver: () => void told.push("passed over"),
      });
      await entered.opened;
      // Far more than the server passes over between two checkpoints.
      await appended(store, ELSEWHERE, NO_STREAM, events(300));
      await appended(store, PROTOCOLLO, exactly(1), events(1));
      await appended(store, ELSEWHERE, exactly(299), events(300));
      expect(await server.sentUntilHeldBack()).to.equal(3);
      expect(told).to.deep.equal([]);
      release.open();
      while (!told.includes("passed over")) await new Promise<void>((resolve) => setImmediate(resolve));
      while (!told.includes("event 2")) await new Promise<void>((resolve) => setImmediate(resolve));
      expect(told.filter((each) => each !== "passed over")).to.deep.equal(["event 0", "event 1", "event 2"]);
      expect(told.indexOf("passed over"), "no earlier than behind the second event").to.be.above(1);
      await subscription.close();
    }));

  it("a handler of a checkpoint that fails ends the subscription with its error, instead of stalling it", () =>
    onOne(async (_, store) => {
      await appended(store, ELSEWHERE, NO_STREAM, events(100));
      const failing = store.subscribe({ ...OWN, onEvents: () => undefined, onPassedOver: () => { throw new Error("no room for the checkpoint"); } });
      const error: unknown = await failing.ended.then(() => undefined, (reason: unknown) => reason);
      expect(error).to.be.an("error").with.property("message", "no room for the checkpoint");
    }));

  it("an append to any revision whose answer is lost is stored once, though the server promises that only for an exact one", () =>
    onOne(async (server, store) => {
      await appended(store, PROTOCOLLO, NO_STREAM, events(1));
      const added = events(2);
      const back = server.dieAtNextAppend("after");
      const result = await store.append(PROTOCOLLO, ANY, added);
      await back;
      expect(result).to.include({ kind: "appended", revision: 2 });
      expect(ids((await wholeStream(store, PROTOCOLLO)).slice(1))).to.deep.equal(ids(added));
    }));

  it("the filter runs on the server: nothing of others is sent", () =>
    onOne(async (server, store) => {
      await appended(store, ELSEWHERE, NO_STREAM, events(500));
      await appended(store, PROTOCOLLO, NO_STREAM, events(3));
      const listener = new Listener(store, OWN);
      await listener.until(({ caughtUp, received }) => caughtUp > 0 && received.length === 3);
      expect(server.sent).to.equal(3);
      await listener.subscription.close();
    }));

  it("reads are pages, never without an end, and what is not wanted any more is ended on the server too", () =>
    onOne(async (server, store) => {
      await appended(store, PROTOCOLLO, NO_STREAM, [...events(400), event("closed", "IncidentClosed")]);
      await allPages(store, { direction: "forwards", limit: 50, filter: { streamPrefix: PREFIX, eventTypes: ["IncidentReported"] } });
      await store.readStream(PROTOCOLLO, { direction: "backwards", limit: 1 });
      const listener = new Listener(store, OWN);
      await listener.untilCount(401);
      await listener.subscription.close();
      await server.untilNothingOpen();
      expect(server.largestRead).to.be.within(1, 10_001);
    }));

  it("both halves of a position are kept, as whole numbers of any size", () =>
    onOne(async (_, store) => {
      const { position } = await appended(store, PROTOCOLLO, NO_STREAM, events(1));
      const [, commit, prepare] = /^C:(\d+)\/P:(\d+)$/.exec(position) ?? [];
      expect(BigInt(commit ?? "0") - BigInt(prepare ?? "0")).to.equal(8n);
      const added = await appended(store, PROTOCOLLO, exactly(0), events(1));
      const page = await store.readAll({ direction: "forwards", limit: 10, from: position });
      expect(page.kind === "events" && page.events.map((each) => each.position)).to.deep.equal([added.position]);
    }));
});
