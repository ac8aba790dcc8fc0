import { expect } from "chai";
import type { EventStore } from "../../src/eventstore/port.js";
import { position } from "../../src/kernel/brand.js";
import { allPages, ANY, appended, event, events, exactly, ids, NO_STREAM, rejection, type Rig } from "./rig.js";

export function describeReading(rig: () => Rig): void {
  /** 30 events on three streams in turns, of three types. */
  const fill = async ({ store, stream }: Rig): Promise<string[]> => {
    const order: string[] = [];
    for (let n = 0; n < 30; n++) {
      const added = event(`n${n}`, ["DisruptionOpened", "DisruptionEnded", "ResponseRecorded"][n % 5 === 0 ? 0 : n % 2 === 0 ? 1 : 2]);
      await appended(store, stream(`s${n % 3}`), ANY, [added]);
      order.push(added.id);
    }
    return order;
  };

  describe("a stream", () => {
    const revisions = async (store: EventStore, options: Parameters<EventStore["readStream"]>[1]): Promise<{ readonly revisions: number[]; readonly isEnd: boolean }> => {
      const page = await store.readStream(rig().stream("a"), options);
      if (page.kind !== "events") expect.fail(page.kind);
      return { revisions: page.events.map(({ revision }) => revision), isEnd: page.isEnd };
    };

    it("is read in pages, forwards and backwards, from any revision", async () => {
      const { store, stream } = rig();
      await appended(store, stream("a"), NO_STREAM, events(10));
      expect(await revisions(store, { direction: "forwards", limit: 4 })).to.deep.equal({ revisions: [0, 1, 2, 3], isEnd: false });
      expect(await revisions(store, { direction: "forwards", from: 4, limit: 4 })).to.deep.equal({ revisions: [4, 5, 6, 7], isEnd: false });
      expect(await revisions(store, { direction: "forwards", from: 8, limit: 4 })).to.deep.equal({ revisions: [8, 9], isEnd: true });
      expect(await revisions(store, { direction: "forwards", from: 6, limit: 4 })).to.deep.equal({ revisions: [6, 7, 8, 9], isEnd: true });
      expect(await revisions(store, { direction: "forwards", from: 10, limit: 4 })).to.deep.equal({ revisions: [], isEnd: true });
      expect(await revisions(store, { direction: "backwards", limit: 4 })).to.deep.equal({ revisions: [9, 8, 7, 6], isEnd: false });
      expect(await revisions(store, { direction: "backwards", from: 5, limit: 4 })).to.deep.equal({ revisions: [5, 4, 3, 2], isEnd: false });
      expect(await revisions(store, { direction: "backwards", from: 1, limit: 4 })).to.deep.equal({ revisions: [1, 0], isEnd: true });
    });

    it("gives each event with everything it was appended with", async () => {
      const { store, stream } = rig();
      const added = event("posta", "DisruptionOpened");
      const place = await appended(store, stream("a"), NO_STREAM, [added]);
      expect(await store.readStream(stream("a"), { direction: "forwards", limit: 1 })).to.deep.equal({ kind: "events", events: [{ ...added, stream: stream("a"), ...place }], isEnd: true });
    });

    it("that nobody has written to is not found", async () => {
      const { store, stream } = rig();
      await appended(store, stream("a"), NO_STREAM, events(1));
      for (const direction of ["forwards", "backwards"] as const) expect(await store.readStream(stream("ab"), { direction, limit: 10 })).to.deep.equal({ kind: "stream-not-found" });
    });

    it("is read in pages of 1 to 10,000: anything else is the caller's mistake", async () => {
      const { store, stream } = rig();
      for (const limit of [0, -1, 1.5, Number.NaN, 10_001]) {
        expect(await rejection(store.readStream(stream("a"), { direction: "forwards", limit }))).to.be.instanceOf(RangeError);
        expect(await rejection(store.readAll({ direction: "forwards", limit }))).to.be.instanceOf(RangeError);
      }
    });
  });

  describe("the whole store", () => {
    it("is read in commit order and backwards, whatever the size of the pages", async () => {
      const order = await fill(rig());
      const { store, prefix } = rig();
      for (const limit of [1, 2, 7, 30, 31, 1000]) {
        const filter = { streamPrefix: prefix };
        expect(ids((await allPages(store, { direction: "forwards", limit, filter })).found)).to.deep.equal(order);
        expect(ids((await allPages(store, { direction: "backwards", limit, filter })).found)).to.deep.equal([...order].reverse());
      }
    });

    it("is read from any position, which is not part of the page", async () => {
      const order = await fill(rig());
      const { store, prefix } = rig();
      const filter = { streamPrefix: prefix };
      const { found } = await allPages(store, { direction: "forwards", limit: 100, filter });
      for (const [index, { position: from }] of found.entries()) {
        expect(ids((await allPages(store, { direction: "forwards", from, limit: 4, filter })).found)).to.deep.equal(order.slice(index + 1));
        expect(ids((await allPages(store, { direction: "backwards", from, limit: 4, filter })).found)).to.deep.equal(order.slice(0, index).reverse());
      }
    });

    it("goes on from where the last page ended when more has come", async () => {
      await fill(rig());
      const { store, stream, prefix } = rig();
      const { next } = await allPages(store, { direction: "forwards", limit: 9, filter: { streamPrefix: prefix } });
      const later = events(2, "later");
      await appended(store, stream("s1"), exactly(9), later);
      const { found } = await allPages(store, { direction: "forwards", limit: 9, filter: { streamPrefix: prefix }, ...(next !== undefined && { from: next }) });
      expect(ids(found)).to.deep.equal(ids(later));
    });

    it("also holds what has no filter", async () => {
      const order = await fill(rig());
      const { store, prefix } = rig();
      const { found } = await allPages(store, { direction: "forwards", limit: 1000 });
      expect(ids(found.filter(({ stream }) => stream.startsWith(prefix)))).to.deep.equal(order);
    });
  });

  describe("filters", () => {
    it("by the beginning of the stream's name", async () => {
      const { store, prefix, stream } = rig();
      await fill(rig());
      await appended(store, stream("s10"), NO_STREAM, [event("s10 begins like s1")]);
      const { found } = await allPages(store, { direction: "forwards", limit: 5, filter: { streamPrefix: `${prefix}incident-s1` } });
      expect(new Set(found.map((one) => one.stream))).to.deep.equal(new Set([stream("s1"), stream("s10")]));
      expect(found).to.have.length(11);
    });

    it("a prefix is no pattern, and upper case is not lower case", async () => {
      const { store, prefix } = rig();
      await fill(rig());
      for (const streamPrefix of [`${prefix}incident-_`, `${prefix}incident-%`, `${prefix}incident-*`, `${prefix}INCIDENT`]) {
        expect((await allPages(store, { direction: "forwards", limit: 5, filter: { streamPrefix } })).found).to.deep.equal([]);
      }
    });

    it("by types, and by both", async () => {
      const { store, prefix } = rig();
      await fill(rig());
      const types = async (filter: { streamPrefix: string; eventTypes: readonly string[] }): Promise<string[]> =>
        (await allPages(store, { direction: "forwards", limit: 4, filter })).found.map(({ type }) => type);
      expect(await types({ streamPrefix: prefix, eventTypes: ["DisruptionOpened"] })).to.deep.equal(Array.from({ length: 6 }, () => "DisruptionOpened"));
      expect(await types({ streamPrefix: prefix, eventTypes: ["DisruptionOpened", "DisruptionEnded"] })).to.have.length(18);
      expect(await types({ streamPrefix: `${prefix}incident-s0`, eventTypes: ["DisruptionOpened"] })).to.have.length(2);
      expect(await types({ streamPrefix: prefix, eventTypes: [] })).to.deep.equal([]);
      expect(await types({ streamPrefix: prefix, eventTypes: ["disruptionOpened"] })).to.deep.equal([]);
    });

    it("that let nothing pass still come to the end, with a place to go on from", async () => {
      const { store, stream } = rig();
      await fill(rig());
      const filter = { streamPrefix: "il.elsewhere." };
      const { found, next } = await allPages(store, { direction: "forwards", limit: 5, filter });
      expect(found).to.deep.equal([]);
      const later = events(1, "later");
      await appended(store, stream("s0"), exactly(9), later);
      if (next === undefined) expect.fail("no place to go on from");
      expect(ids((await allPages(store, { direction: "forwards", limit: 5, from: next })).found)).to.include.members(ids(later));
    });
  });

  describe("positions", () => {
    it("grow with the commit order, and the last is the store's", async () => {
      const { store, prefix } = rig();
      await fill(rig());
      const { found } = await allPages(store, { direction: "forwards", limit: 100, filter: { streamPrefix: prefix } });
      for (const [index, { position: at }] of found.entries()) {
        expect(store.comparePositions(at, at)).to.equal(0);
        const before = found[index - 1];
        if (before === undefined) continue;
        expect(store.comparePositions(before.position, at)).to.be.below(0);
        expect(store.comparePositions(at, before.position)).to.be.above(0);
      }
      expect(await store.lastPosition()).to.deep.equal({ kind: "position", position: found.at(-1)?.position });
    });

    it("of another kind are not compared, and nothing is read from them", async () => {
      const { store, stream } = rig();
      const { position: known } = await appended(store, stream("a"), NO_STREAM, events(1));
      for (const text of ["", "x", "-1", "1.5", " 1", "1e3", "protocollo", "99999999999999999999999999"]) {
        const unknown = position(text);
        expect(store.comparePositions(unknown, known), text).to.equal(undefined);
        expect(store.comparePositions(known, unknown), text).to.equal(undefined);
        expect(await rejection(store.readAll({ direction: "forwards", from: unknown, limit: 1 })), text).to.include({ code: "UNKNOWN_POSITION" });
        expect(await rejection(store.readAll({ direction: "backwards", from: unknown, limit: 1 })), text).to.include({ code: "UNKNOWN_POSITION" });
        expect(await rejection(store.subscribe({ from: unknown, onEvents: () => undefined }).ended), text).to.include({ code: "UNKNOWN_POSITION" });
      }
    });
  });
}
