import { expect } from "chai";
import { allPages, appended, event, events, exactly, ids, NO_STREAM, wholeStream, type Rig } from "./rig.js";

export function describeLasting(rig: () => Rig): void {
  describe("closing and opening again", () => {
    it("keeps every event at its revision and position, and goes on from there", async () => {
      const { store, stream, prefix, reopen } = rig();
      for (let n = 0; n < 10; n++) await appended(store, stream(`s${n % 2}`), n < 2 ? NO_STREAM : exactly(Math.floor(n / 2) - 1), [event(`n${n}`)]);
      const before = await allPages(store, { direction: "forwards", limit: 100, filter: { streamPrefix: prefix } });
      const again = await reopen();
      const after = await allPages(again, { direction: "forwards", limit: 100, filter: { streamPrefix: prefix } });
      expect(after.found).to.deep.equal(before.found);
      expect(await again.append(stream("s0"), NO_STREAM, [event("x")])).to.deep.equal({ kind: "wrong-expected-revision", actual: 4 });
      const place = await appended(again, stream("s0"), exactly(4), [event("next")]);
      expect(place.revision).to.equal(5);
      expect(again.comparePositions(place.position, before.found.at(-1)?.position ?? expect.fail())).to.be.above(0);
    });

    it("finishes the appends under way: each is answered, and stored whole", async () => {
      const { store, stream, reopen } = rig();
      const added = Array.from({ length: 60 }, () => events(2));
      const results = added.map((two, n) => store.append(stream(`s${n}`), NO_STREAM, two));
      await store.close();
      expect((await Promise.all(results)).map(({ kind }) => kind)).to.deep.equal(added.map(() => "appended"));
      const again = await reopen();
      for (const [n, two] of added.entries()) expect(ids(await wholeStream(again, stream(`s${n}`)))).to.deep.equal(ids(two));
    });

    it("may be asked for twice; afterwards everything is unavailable", async () => {
      const { store, stream } = rig();
      await appended(store, stream("a"), NO_STREAM, events(1));
      await Promise.all([store.close(), store.close()]);
      await store.close();
      const kinds = await Promise.all([
        store.append(stream("a"), exactly(0), events(1)),
        store.readStream(stream("a"), { direction: "forwards", limit: 1 }),
        store.readAll({ direction: "forwards", limit: 1 }),
        store.lastPosition(),
      ]);
      expect(kinds.map(({ kind }) => kind)).to.deep.equal(Array.from({ length: 4 }, () => "store-unavailable"));
    });
  });
}
