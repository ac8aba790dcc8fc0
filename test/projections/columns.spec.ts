import { expect } from "chai";
import fc from "fast-check";
import { actor, anyText, integer, json, moment, optional, remembered, text, usually, when, word } from "../../projections/columns.js";
import { spansOf } from "../../projections/span.js";
import { actorId, bodyId, instant, isBodyId } from "../../src/kernel/brand.js";
import { OPEN_ENDED, type Column } from "../../src/kernel/projection.js";
import { LECCO } from "../support/lecco.js";

const time = fc.integer({ min: -8.64e15, max: 8.64e15 }).map(instant);

function expectBack<T>(column: Column<T>, value: T): void {
  const stored = column.write(value);
  expect(stored === null || typeof stored === "string" || typeof stored === "number").to.be.true;
  expect(column.read(stored)).to.deep.equal(value);
}

describe("what a column keeps", () => {
  it("comes back: times and bands, verified and unverified actors, texts, JSON, and what is missing", () => {
    fc.assert(fc.property(fc.record({ a: time, b: time, said: fc.string(), verified: fc.boolean(), value: fc.json() }), ({ a, b, said, verified, value }) => {
      expectBack(when, a);
      expectBack(when, { earliest: a, latest: b });
      expectBack(moment, a);
      expectBack(anyText, said);
      expectBack(optional(anyText), verified ? said : undefined);
      expectBack(actor, { id: actorId("ente-capofila"), verified });
      const parsed: unknown = JSON.parse(value);
      expectBack(json<unknown>(), parsed);
      expectBack(usually(0, (n) => n === 0, integer), verified ? 0 : 7);
    }));
  });
  it("open-ended comes back as such", () => {
    expectBack(moment, instant(OPEN_ENDED));
  });
  it("that is usual costs nothing", () => {
    expect(usually(0, (n) => n === 0, integer).write(0)).to.equal(null);
  });
  it("and is remembered is made of its text once, as long as not too many others come between", () => {
    let made = 0;
    const counted: Column<string> = { ...anyText, read: (stored) => `${anyText.read(stored)}${(made += 1)}` };
    const { read } = remembered(counted);
    expect([read("posta"), read("protocollo"), read("posta")]).to.deep.equal(["posta1", "protocollo2", "posta1"]);
    for (let n = 0; n < 600; n += 1) read(`other ${n}`);
    expect(read("posta")).to.equal("posta1");
    for (let n = 0; n < 2000; n += 1) read(`another ${n}`);
    expect(read("posta")).to.equal(`posta${made}`).and.not.equal("posta1");
    const long = "x".repeat(3000);
    expect(read(long)).not.to.equal(read(long));
  });
  it("that nothing can have written is refused", () => {
    const strange: readonly (() => unknown)[] = [
      () => text(isBodyId).read("not an id"), () => text(isBodyId).read(null), () => word(["open", "closed"]).read("ajar"), () => integer.read("7"), () => moment.read(null),
      () => when.read("1"), () => when.read("1/x"), () => when.read(1.5), () => actor.read("~"), () => actor.read(7), () => json().read(7), () => anyText.read(undefined),
    ];
    for (const read of strange) expect(read).to.throw(TypeError, "rebuilt");
    expect(text(isBodyId).read("lecco")).to.equal(bodyId(LECCO));
  });
});

describe("spans from beginnings and ends", () => {
  const mark = fc.record({ kind: fc.constantFrom("start" as const, "end" as const), at: fc.nat(100).map(instant) });

  it("alternate, and only the last may be open", () => {
    fc.assert(fc.property(fc.array(mark), (marks) => {
      const spans = spansOf(marks);
      expect(spans.slice(0, -1).every(({ end }) => end !== undefined)).to.be.true;
      const changes = marks.filter(({ kind }, n) => kind !== (marks[n - 1]?.kind ?? "end"));
      expect(spans.flatMap(({ start, end }) => (end === undefined ? [start] : [start, end]))).to.deep.equal(changes.map(({ at }) => at));
    }));
  });
});
