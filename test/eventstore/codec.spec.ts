import { expect } from "chai";
import fc from "fast-check";
import { decodeMetadata, encodeMetadata } from "../../src/eventstore/codec.js";
import { actorId, commandId, importId, instant } from "../../src/kernel/brand.js";
import type { EventMetadata } from "../../src/kernel/event.js";
import { canonicalJson, isJsonObject, parseJson } from "../../src/kernel/json.js";

const FULL: EventMetadata = {
  schemaVersion: 2,
  actor: { id: actorId("lead-body"), verified: false },
  commandId: commandId("c-1"),
  commandDigest: "ab".repeat(32),
  correlationId: "request-1",
  causationId: "c-1",
  recordedAt: instant(1_571_648_400_000),
  sourceRecordedAt: instant(1_569_400_000_000),
  importId: importId("jenkins-2026"),
};

const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,20}$/);
const ms = fc.integer({ min: -8.64e15, max: 8.64e15 });
const metadata: fc.Arbitrary<EventMetadata> = fc.record(
  {
    schemaVersion: fc.integer({ min: 1, max: 99 }),
    actor: fc.record({ id: id.map(actorId), verified: fc.boolean() }),
    commandId: id.map(commandId),
    commandDigest: fc.string(),
    correlationId: fc.string(),
    causationId: fc.string(),
    recordedAt: ms.map(instant),
    sourceRecordedAt: ms.map(instant),
    importId: id.map(importId),
  },
  { requiredKeys: ["schemaVersion", "actor", "commandId", "commandDigest", "correlationId", "causationId", "recordedAt"], noNullPrototype: true },
);

describe("metadata of stored events", () => {
  it("are canonical JSON, with the store's own names for correlation and causation and no other name with a dollar", () => {
    expect(encodeMetadata(FULL)).to.equal(
      `{"$causationId":"c-1","$correlationId":"request-1","actor":{"id":"lead-body","verified":false},"commandDigest":"${"ab".repeat(32)}","commandId":"c-1",` +
        `"importId":"jenkins-2026","recordedAt":1571648400000,"schemaVersion":2,"sourceRecordedAt":1569400000000}`,
    );
  });

  it("come back as they were", () => {
    fc.assert(
      fc.property(metadata, (meta) => {
        expect(decodeMetadata(encodeMetadata(meta))).to.deep.equal({ kind: "understood", metadata: meta });
      }),
    );
  });

  it("may hold more than this release knows", () => {
    const more = canonicalJson({ ...stored(), signature: "x", $store: { own: true } });
    expect(decodeMetadata(more)).to.deep.equal({ kind: "understood", metadata: FULL });
  });

  it("of which anything needed is missing or malformed are not understood, with the reason", () => {
    const wrong: readonly (readonly [string, unknown])[] = [
      ["schemaVersion", 0],
      ["schemaVersion", 1.5],
      ["schemaVersion", "1"],
      ["actor", null],
      ["actor", "lead-body"],
      ["actor", { id: "lead-body" }],
      ["actor", { id: "no spaces", verified: true }],
      ["commandId", ""],
      ["commandDigest", 5],
      ["recordedAt", "2019-10-21"],
      ["recordedAt", 1.5],
      ["recordedAt", 8.64e15 + 1],
      ["sourceRecordedAt", null],
      ["importId", "a b"],
      ["$correlationId", null],
      ["$causationId", 1],
    ];
    for (const [name, value] of wrong) {
      const decoded = decodeMetadata(canonicalJson({ ...stored(), [name]: value }));
      expect(decoded.kind, `${name}: ${JSON.stringify(value)}`).to.equal("not-understood");
      expect(decoded).to.have.property("detail").that.is.not.empty;
    }
    for (const name of ["schemaVersion", "actor", "commandId", "commandDigest", "recordedAt", "$correlationId", "$causationId"]) {
      expect(decodeMetadata(canonicalJson({ ...stored(), [name]: undefined })).kind, name).to.equal("not-understood");
    }
  });

  it("never throw, whatever others have written into our streams", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.constantFrom("", "null", "[]", "{", '{"__proto__":{"schemaVersion":1}}')), (text) => {
        expect(decodeMetadata(text).kind).to.equal("not-understood");
      }),
    );
  });
});

function stored(): { readonly [name: string]: unknown } {
  const value = parseJson(encodeMetadata(FULL));
  return isJsonObject(value) ? value : expect.fail();
}
