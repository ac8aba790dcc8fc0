import { expect } from "chai";
import fc from "fast-check";
import { MAX_APPEND_EVENTS } from "../../src/eventstore/port.js";
import { canonicalJson } from "../../src/kernel/json.js";
import { ANY, appended, event, events, exactly, EXISTS, ids, NO_STREAM, rejection, wholeStream, type Rig } from "./rig.js";

export function describeAppending(rig: () => Rig): void {
  describe("expectations", () => {
    it("no stream: the first append makes the stream, a second one conflicts", async () => {
      const { store, stream } = rig();
      const first = event("protocollo is down");
      const { revision } = await appended(store, stream("a"), NO_STREAM, [first]);
      expect(revision).to.equal(0);
      expect(await store.append(stream("a"), NO_STREAM, [event("again")])).to.deep.equal({ kind: "wrong-expected-revision", actual: 0 });
      expect(ids(await wholeStream(store, stream("a")))).to.deep.equal([first.id]);
    });

    it("exact: only at that revision", async () => {
      const { store, stream } = rig();
      await appended(store, stream("a"), NO_STREAM, events(3));
      expect(await store.append(stream("a"), exactly(1), [event("late")])).to.deep.equal({ kind: "wrong-expected-revision", actual: 2 });
      expect(await store.append(stream("a"), exactly(3), [event("early")])).to.deep.equal({ kind: "wrong-expected-revision", actual: 2 });
      expect((await appended(store, stream("a"), exactly(2), [event("in time")])).revision).to.equal(3);
      expect(await store.append(stream("b"), exactly(0), [event("nowhere")])).to.deep.equal({ kind: "wrong-expected-revision", actual: "no-stream" });
    });

    it("stream exists: at any revision, but not without a stream", async () => {
      const { store, stream } = rig();
      expect(await store.append(stream("a"), EXISTS, [event("nowhere")])).to.deep.equal({ kind: "wrong-expected-revision", actual: "no-stream" });
      await appended(store, stream("a"), NO_STREAM, events(2));
      expect((await appended(store, stream("a"), EXISTS, [event("more")])).revision).to.equal(2);
    });

    it("any: always", async () => {
      const { store, stream } = rig();
      expect((await appended(store, stream("a"), ANY, [event("first")])).revision).to.equal(0);
      expect((await appended(store, stream("a"), ANY, events(2))).revision).to.equal(2);
    });

    it("of several writers with the same expectation exactly one wins, round after round", async () => {
      const { store, stream } = rig();
      for (let round = 0; round < 20; round++) {
        const racers = Array.from({ length: 8 }, (_, racer) => event(`racer ${racer}`));
        const results = await Promise.all(racers.map((racer) => store.append(stream("race"), round === 0 ? NO_STREAM : exactly(round - 1), [racer])));
        expect(results.filter(({ kind }) => kind === "appended")).to.have.length(1);
        expect(results.filter(({ kind }) => kind === "wrong-expected-revision")).to.have.length(7);
        const winner = racers[results.findIndex(({ kind }) => kind === "appended")];
        expect((await wholeStream(store, stream("race"))).at(-1)?.id).to.equal(winner?.id);
      }
    });

    it("concurrent appends to many streams all succeed, each stream in its order", async () => {
      const { store, stream } = rig();
      await Promise.all(
        Array.from({ length: 40 }, async (_, n) => {
          for (let revision = -1; revision < 4; revision++) await appended(store, stream(`s${n}`), revision < 0 ? NO_STREAM : exactly(revision), [event(`${n}/${revision + 1}`)]);
        }),
      );
      for (let n = 0; n < 40; n++) {
        const notes = (await wholeStream(store, stream(`s${n}`))).map(({ data }) => data);
        expect(notes).to.deep.equal([0, 1, 2, 3, 4].map((revision) => canonicalJson({ note: `${n}/${revision}` })));
      }
    });
  });

  describe("whole or not at all", () => {
    it("stores several events one after another, and answers with the place of the last", async () => {
      const { store, stream } = rig();
      const added = events(1000);
      const place = await appended(store, stream("a"), NO_STREAM, added);
      const stored = await wholeStream(store, stream("a"));
      expect(ids(stored)).to.deep.equal(ids(added));
      expect(stored.map(({ revision }) => revision)).to.deep.equal(added.map((_, index) => index));
      expect(stored.at(-1)).to.include({ ...place, stream: stream("a") });
    });

    it("stores none of several on a conflict", async () => {
      const { store, stream } = rig();
      await appended(store, stream("a"), NO_STREAM, events(2));
      expect((await store.append(stream("a"), exactly(0), events(5))).kind).to.equal("wrong-expected-revision");
      expect(await wholeStream(store, stream("a"))).to.have.length(2);
    });

    it("refuses an event over the limit by its id, and all that came with it", async () => {
      const { stream, reopenWith } = rig();
      const store = await reopenWith({ eventSizeLimitBytes: 10_000 });
      // 4 bytes a letter: the limit is in bytes, not in characters.
      const large = { ...event("large"), data: canonicalJson({ note: "🏛".repeat(3000) }) };
      const sizeBytes = Buffer.byteLength(large.data) + Buffer.byteLength(large.metadata);
      const result = await store.append(stream("a"), NO_STREAM, [event("small"), large, event("small too")]);
      expect(result).to.deep.equal({ kind: "event-too-large", eventId: large.id, sizeBytes, limitBytes: 10_000 });
      expect(await store.readStream(stream("a"), { direction: "forwards", limit: 10 })).to.deep.equal({ kind: "stream-not-found" });
    });

    it("takes an event of exactly the limit", async () => {
      const { stream, reopenWith } = rig();
      const store = await reopenWith({ eventSizeLimitBytes: 10_000 });
      const base = event("");
      const filler = "x".repeat(10_000 - Buffer.byteLength(base.data) - Buffer.byteLength(base.metadata));
      await appended(store, stream("a"), NO_STREAM, [{ ...base, data: canonicalJson({ note: filler }) }]);
      expect((await store.append(stream("a"), exactly(0), [{ ...event("b"), data: canonicalJson({ note: `${filler}x` }) }])).kind).to.equal("event-too-large");
    });

    it("takes 1 to 10,000 events: anything else is the caller's mistake", async () => {
      const { store, stream } = rig();
      expect(await rejection(store.append(stream("a"), ANY, []))).to.be.instanceOf(RangeError);
      expect(await rejection(store.append(stream("a"), ANY, Array.from({ length: MAX_APPEND_EVENTS + 1 }, () => event("x"))))).to.be.instanceOf(RangeError);
      expect(await wholeStream(store, stream("a"))).to.deep.equal([]);
    });
  });

  describe("payloads", () => {
    it("keeps data and metadata to the byte", async () => {
      const { store, stream } = rig();
      const texts = ["Lecco 🏛️ 👨‍👩‍👧", "תקלה במערכת ‎עברית‎", "عطل في الخدمة", "e\u0301 vs é", "\u2028\u2029\u0000\u001f", "\ud800 alone", "\ufeff", "ﷺ 𝕃𝕖𝕔𝕔𝕠", ""];
      const added = texts.map((note) => ({ ...event(note), metadata: canonicalJson({ note }) }));
      await appended(store, stream("a"), NO_STREAM, added);
      const stored = await wholeStream(store, stream("a"));
      for (const [index, { data, metadata }] of stored.entries()) {
        expect(Buffer.from(data).equals(Buffer.from(added[index]?.data ?? "")), texts[index]).to.be.true;
        expect(Buffer.from(metadata).equals(Buffer.from(added[index]?.metadata ?? "")), texts[index]).to.be.true;
      }
    });

    it("keeps whatever JSON can hold", async () => {
      const { store, stream } = rig();
      let n = 0;
      await fc.assert(
        fc.asyncProperty(fc.jsonValue(), async (value) => {
          const added = { ...event("x"), data: canonicalJson(value), metadata: canonicalJson({ value }) };
          n += 1;
          await appended(store, stream(`v${n}`), NO_STREAM, [added]);
          const [stored] = await wholeStream(store, stream(`v${n}`));
          expect(stored).to.include({ data: added.data, metadata: added.metadata, type: added.type, id: added.id });
        }),
        { numRuns: 50 },
      );
    });
  });
}
