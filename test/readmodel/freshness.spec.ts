import { expect } from "chai";
import { FreshnessWatch } from "../../src/readmodel/freshness.js";

describe("how fresh the read models are", () => {
  let now = 0;
  const watch = (): FreshnessWatch => {
    now = 1_000_000;
    return new FreshnessWatch(() => now);
  };

  it("not known before everything was taken for the first time: counted from when the process began", () => {
    const fresh = watch();
    now += 2_500;
    expect(fresh.now()).to.deep.equal({ state: "catching-up", confirmedAt: undefined, staleMs: 2_500, reason: undefined });
    fresh.lose("no route to host");
    expect(fresh.now()).to.deep.equal({ state: "store-away", confirmedAt: undefined, staleMs: 2_500, reason: "no route to host" });
  });

  it("up to date for as long as nothing else is heard, however long ago that was confirmed", () => {
    const fresh = watch();
    fresh.confirm();
    now += 60_000;
    expect(fresh.now()).to.deep.equal({ state: "up-to-date", confirmedAt: 1_000_000, staleMs: 0, reason: undefined });
  });

  it("stale since it was last confirmed, not since the outage was noticed", () => {
    const fresh = watch();
    fresh.confirm();
    now += 4_000;
    fresh.lose("it does not answer");
    now += 1_000;
    expect(fresh.now()).to.deep.equal({ state: "store-away", confirmedAt: 1_000_000, staleMs: 5_000, reason: "it does not answer" });
    fresh.hear();
    expect(fresh.now()).to.deep.equal({ state: "catching-up", confirmedAt: 1_000_000, staleMs: 5_000, reason: undefined });
    fresh.confirm();
    expect(fresh.now()).to.include({ state: "up-to-date", confirmedAt: 1_005_000, staleMs: 0 });
  });

  it("tells once when the store is lost, and for how long it was away when it is heard again", () => {
    const fresh = watch();
    expect([fresh.confirm(), fresh.lose("one reason"), fresh.lose("another")]).to.deep.equal([undefined, true, false]);
    now += 3_000;
    expect([fresh.hear(), fresh.confirm(), fresh.lose("again")]).to.deep.equal([3_000, undefined, true]);
    now += 500;
    expect(fresh.confirm()).to.equal(500);
  });

  it("never negative where the clock is set back", () => {
    const fresh = watch();
    fresh.confirm();
    now -= 10_000;
    fresh.hear();
    expect(fresh.now().staleMs).to.equal(0);
  });
});
