import { expect } from "chai";
import type { AppendResult } from "../../src/eventstore/port.js";
import { appended, event, events, exactly, ids, NO_STREAM, wholeStream, type Place, type Rig } from "./rig.js";

/** An append whose answer was lost is sent again: the same event ids with the same expectation. */
export function describeRepeating(rig: () => Rig): void {
  const repeated = (place: Place): AppendResult => ({ kind: "appended", ...place, repeated: true });

  describe("repeated appends", () => {
    it("succeed with the first result and store nothing twice", async () => {
      const { store, stream } = rig();
      const [first, second] = [events(2, "first"), events(3, "second")];
      const firstPlace = await appended(store, stream("a"), NO_STREAM, first);
      expect(await store.append(stream("a"), NO_STREAM, first)).to.deep.equal(repeated(firstPlace));
      const secondPlace = await appended(store, stream("a"), exactly(1), second);
      expect(await store.append(stream("a"), exactly(1), second)).to.deep.equal(repeated(secondPlace));
      expect(ids(await wholeStream(store, stream("a")))).to.deep.equal(ids([...first, ...second]));
    });

    it("also after later appends", async () => {
      const { store, stream } = rig();
      const [first, second] = [events(2, "first"), events(2, "second")];
      const firstPlace = await appended(store, stream("a"), NO_STREAM, first);
      const secondPlace = await appended(store, stream("a"), exactly(1), second);
      await appended(store, stream("a"), exactly(3), events(5, "later"));
      expect(await store.append(stream("a"), NO_STREAM, first)).to.deep.equal(repeated(firstPlace));
      expect(await store.append(stream("a"), exactly(1), second)).to.deep.equal(repeated(secondPlace));
      expect(await wholeStream(store, stream("a"))).to.have.length(9);
    });

    it("also when both are under way at once", async () => {
      const { store, stream } = rig();
      const added = events(2);
      const results = await Promise.all([store.append(stream("a"), NO_STREAM, added), store.append(stream("a"), NO_STREAM, added)]);
      const places = results.map((result) => (result.kind === "appended" ? { revision: result.revision, position: result.position } : expect.fail(result.kind)));
      expect(places[0]).to.deep.equal(places[1]);
      expect(await wholeStream(store, stream("a"))).to.have.length(2);
    });

    it("compare ids only: the first content stays", async () => {
      const { store, stream } = rig();
      const first = event("what was said");
      const place = await appended(store, stream("a"), NO_STREAM, [first]);
      expect(await store.append(stream("a"), NO_STREAM, [{ ...event("something else"), id: first.id }])).to.deep.equal(repeated(place));
      expect((await wholeStream(store, stream("a"))).map(({ data }) => data)).to.deep.equal([first.data]);
    });

    it("compare ids per stream: the same id in another stream is another event", async () => {
      const { store, stream } = rig();
      const added = [event("protocollo")];
      await appended(store, stream("a"), NO_STREAM, added);
      expect(await store.append(stream("b"), NO_STREAM, added)).to.include({ kind: "appended", repeated: false });
    });

    it("conflict when only some of the events are there", async () => {
      const { store, stream } = rig();
      const [a, b, c] = [event("a"), event("b"), event("c")];
      await appended(store, stream("a"), NO_STREAM, [a, b]);
      const conflict = { kind: "wrong-expected-revision", actual: 1 };
      expect(await store.append(stream("a"), NO_STREAM, [a, c])).to.deep.equal(conflict);
      expect(await store.append(stream("a"), NO_STREAM, [a, b, c])).to.deep.equal(conflict);
      expect(await store.append(stream("a"), exactly(0), [b, c])).to.deep.equal(conflict);
      expect(await store.append(stream("a"), NO_STREAM, [b, a])).to.deep.equal(conflict);
      expect(ids(await wholeStream(store, stream("a")))).to.deep.equal(ids([a, b]));
    });

    it("conflict when the same ids come with another expectation", async () => {
      const { store, stream } = rig();
      const [a, b, c] = [event("a"), event("b"), event("c")];
      await appended(store, stream("a"), NO_STREAM, [a]);
      await appended(store, stream("a"), exactly(0), [b]);
      await appended(store, stream("a"), exactly(1), [c]);
      const conflict = { kind: "wrong-expected-revision", actual: 2 };
      expect(await store.append(stream("a"), exactly(0), [a])).to.deep.equal(conflict);
      expect(await store.append(stream("a"), exactly(1), [b])).to.deep.equal(conflict);
      expect(await store.append(stream("a"), NO_STREAM, [c])).to.deep.equal(conflict);
    });

    it("are recognised after the store was closed and opened again", async () => {
      const { store, stream, reopen } = rig();
      const added = events(3);
      const place = await appended(store, stream("a"), NO_STREAM, added);
      expect(await (await reopen()).append(stream("a"), NO_STREAM, added)).to.deep.equal(repeated(place));
    });
  });
}
