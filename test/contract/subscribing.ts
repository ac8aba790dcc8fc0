import { expect } from "chai";
import type { EventStore } from "../../src/eventstore/port.js";
import type { StreamName } from "../../src/kernel/brand.js";
import { allPages, ANY, appended, event, events, exactly, gate, ids, Listener, NO_STREAM, rejection, type Rig } from "./rig.js";

export function describeSubscribing(rig: () => Rig): void {
  const own = (): { readonly filter: { readonly streamPrefix: string } } => ({ filter: { streamPrefix: rig().prefix } });
  /** One append after another: each is an event of its own commit. */
  const appendEach = async (store: EventStore, stream: StreamName, count: number): Promise<void> => {
    for (let n = 0; n < count; n++) await appended(store, stream, ANY, [event(`n${n}`)]);
  };

  describe("a subscription", () => {
    it("from the start catches up, says so, and goes on live", async () => {
      const { store, stream } = rig();
      const [before, after] = [events(25, "before"), events(3, "after")];
      await appended(store, stream("a"), NO_STREAM, before);
      const listener = new Listener(store, { ...own(), batchSize: 10 });
      await listener.until(({ caughtUp }) => caughtUp > 0);
      expect(ids(listener.received)).to.deep.equal(ids(before));
      expect(listener.batchSizes.every((size) => size <= 10)).to.be.true;
      await appended(store, stream("a"), exactly(24), after);
      await listener.untilCount(28);
      expect(ids(listener.received)).to.deep.equal(ids([...before, ...after]));
      await listener.subscription.close();
    });

    it("of an empty stretch has caught up at once", async () => {
      const { store } = rig();
      const listener = new Listener(store, own());
      await listener.until(({ caughtUp }) => caughtUp > 0);
      expect(listener.received).to.deep.equal([]);
      await listener.subscription.close();
    });

    it("from any position brings exactly what comes after it", async () => {
      const { store, stream } = rig();
      await appendEach(store, stream("a"), 12);
      const { found } = await allPages(store, { direction: "forwards", limit: 100, ...own() });
      for (const [index, { position: from }] of found.entries()) {
        const listener = new Listener(store, { ...own(), from, batchSize: 5 });
        await listener.until(({ caughtUp }) => caughtUp > 0);
        expect(ids(listener.received)).to.deep.equal(ids(found.slice(index + 1)));
        await listener.subscription.close();
      }
    });

    it("from the end brings only what comes from now on", async () => {
      const { store, stream } = rig();
      await appended(store, stream("a"), NO_STREAM, events(5));
      const listener = new Listener(store, { ...own(), from: "end" });
      await listener.until(({ caughtUp }) => caughtUp > 0);
      const after = events(2, "after");
      await appended(store, stream("a"), exactly(4), after);
      await listener.untilCount(2);
      expect(ids(listener.received)).to.deep.equal(ids(after));
      await listener.subscription.close();
    });

    it("misses and doubles nothing on its way through catch-up into live, while others append", async () => {
      const { store, stream } = rig();
      await appendEach(store, stream("old"), 100);
      const listeners = [1, 7, 1000].map((batchSize) => new Listener(store, { ...own(), batchSize }, () => Promise.resolve()));
      const appending = Promise.all(Array.from({ length: 8 }, (_, n) => appendEach(store, stream(`s${n}`), 40)));
      await Promise.all([appending, ...listeners.map((listener) => listener.untilCount(420))]);
      const { found } = await allPages(store, { direction: "forwards", limit: 1000, ...own() });
      for (const { received, subscription } of listeners) {
        expect(ids(received)).to.deep.equal(ids(found));
        await subscription.close();
      }
    });

    it("brings only what its filter lets pass, and says how far the rest has been passed over", async () => {
      const { store, stream } = rig();
      const listener = new Listener(store, { filter: { streamPrefix: `${rig().prefix}incident-mine`, eventTypes: ["DisruptionOpened"] } });
      await listener.until(({ caughtUp }) => caughtUp > 0);
      const mine = event("mine", "DisruptionOpened");
      await appended(store, stream("mine"), NO_STREAM, [mine, event("other type", "DisruptionEnded")]);
      const { position: last } = await appended(store, stream("other"), NO_STREAM, [event("other stream", "DisruptionOpened")]);
      await listener.until(({ passedOver }) => passedOver.some((at) => (store.comparePositions(at, last) ?? -1) >= 0));
      expect(ids(listener.received)).to.deep.equal([mine.id]);
      const resumed = new Listener(store, { ...own(), from: listener.passedOver.at(-1) ?? expect.fail() });
      await resumed.until(({ caughtUp }) => caughtUp > 0);
      expect(resumed.received).to.deep.equal([]);
      await Promise.all([listener.subscription.close(), resumed.subscription.close()]);
    });

    it("says so too where what passed and what did not were read together", async () => {
      const { store, stream } = rig();
      const mine = event("mine", "DisruptionOpened");
      const { position: last } = await appended(store, stream("a"), NO_STREAM, [mine, event("other type", "DisruptionEnded")]);
      const listener = new Listener(store, { filter: { streamPrefix: rig().prefix, eventTypes: ["DisruptionOpened"] } });
      await listener.until(({ passedOver }) => passedOver.some((at) => (store.comparePositions(at, last) ?? -1) >= 0));
      expect(ids(listener.received)).to.deep.equal([mine.id]);
      await listener.subscription.close();
    });
  });

  describe("a slow reader", () => {
    it("gets one batch at a time, and holds back the rest", async () => {
      const { store, stream } = rig();
      await appended(store, stream("a"), NO_STREAM, events(50));
      let running = 0;
      let [entered, release] = [gate(), gate()];
      const listener = new Listener(store, { ...own(), batchSize: 10 }, async () => {
        running += 1;
        expect(running).to.equal(1);
        entered.open();
        await release.opened;
        running -= 1;
      });
      for (let batch = 1; batch <= 5; batch++) {
        await entered.opened;
        // Everyone else goes on while this reader takes its time.
        await appended(store, stream("others"), ANY, events(3));
        expect(listener.received.length).to.equal((batch - 1) * 10);
        const held = release;
        [entered, release] = [gate(), gate()];
        held.open();
        await listener.untilCount(batch * 10);
      }
      await entered.opened;
      release.open();
      await listener.untilCount(65);
      await listener.subscription.close();
    });

    it("gets what came while it took a batch, though nothing comes afterwards", async () => {
      const { store, stream } = rig();
      const [entered, release] = [gate(), gate()];
      const listener = new Listener(store, own(), async () => {
        entered.open();
        await release.opened;
      });
      await appended(store, stream("a"), NO_STREAM, events(1));
      await entered.opened;
      await appended(store, stream("a"), exactly(0), events(2));
      release.open();
      await listener.untilCount(3);
      await listener.until(({ caughtUp }) => caughtUp > 0);
      await listener.subscription.close();
    });

    it("lets timers and other work run while it catches up", async () => {
      const { store, stream } = rig();
      await appended(store, stream("a"), NO_STREAM, events(500));
      let turns = 0;
      let counting = true;
      const count = (): void => {
        turns += 1;
        if (counting) setImmediate(count);
      };
      setImmediate(count);
      const listener = new Listener(store, { ...own(), batchSize: 10 });
      await listener.untilCount(500);
      counting = false;
      expect(turns).to.be.at.least(40);
      await listener.subscription.close();
    });
  });

  describe("the end of a subscription", () => {
    it("comes with what the handler threw, and harms nobody else", async () => {
      const { store, stream } = rig();
      const failure = new Error("no room for this row");
      const healthy = new Listener(store, own());
      const failing = store.subscribe({ ...own(), onEvents: () => Promise.reject(failure) });
      const ended = rejection(failing.ended);
      await appended(store, stream("a"), NO_STREAM, events(1));
      expect(await ended).to.equal(failure);
      await appended(store, stream("a"), exactly(0), events(1));
      await healthy.untilCount(2);
      await Promise.all([failing.close(), healthy.subscription.close()]);
    });

    it("waits for the handler that runs, and no other is called afterwards", async () => {
      const { store, stream } = rig();
      const [entered, release] = [gate(), gate()];
      const closing = new Listener(store, { ...own(), batchSize: 1 }, async () => {
        entered.open();
        await release.opened;
      });
      await appended(store, stream("a"), NO_STREAM, events(3));
      await entered.opened;
      let closed = false;
      const whenClosed = closing.subscription.close().then(() => {
        closed = true;
      });
      const other = new Listener(store, own());
      await other.untilCount(3);
      expect(closed).to.be.false;
      release.open();
      await whenClosed;
      await closing.subscription.ended;
      await appended(store, stream("a"), exactly(2), events(1));
      await other.untilCount(4);
      expect(closing.received).to.have.length(1);
      await Promise.all([closing.subscription.close(), other.subscription.close()]);
    });

    it("comes with the store's", async () => {
      const { store, stream } = rig();
      const listener = new Listener(store, own());
      await listener.until(({ caughtUp }) => caughtUp > 0);
      await appended(store, stream("a"), NO_STREAM, events(1));
      await store.close();
      await listener.subscription.ended;
      await store.subscribe({ onEvents: () => undefined }).ended;
    });
  });
}
