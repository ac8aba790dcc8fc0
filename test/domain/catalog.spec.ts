import { expect } from "chai";
import { canonicalJson } from "../../src/kernel/json.js";
import { decodeEvent, EVENT_CATEGORY, versionOf } from "../../src/domain/catalog.js";
import { EVERY_FACT } from "../projections/every-fact.js";
import { nthId } from "../support/given.js";
import { CLOUD_OUTAGE } from "../support/lecco.js";

describe("the catalogue of events", () => {
  it("gives every event back as it was written", () => {
    const facts = Object.values(EVERY_FACT);
    expect([...facts.map(({ type }) => type), "RecordCorrected", "RecordWithdrawn"].sort()).to.deep.equal(Object.keys(EVENT_CATEGORY).sort());
    for (const event of facts) expect(decodeEvent(event.type, versionOf(event.type), canonicalJson(event.data)), event.type).to.deep.equal({ kind: "understood", event });
  });

  it("reads responses as they were written in version 1, whose text was bare", () => {
    const { data } = EVERY_FACT.ResponseRecorded;
    expect(versionOf("ResponseRecorded")).to.equal(2);
    const old = { incidentId: CLOUD_OUTAGE, entryId: data.entryId, occurredAt: data.occurredAt, text: "Chiamato il fornitore" };
    const decoded = decodeEvent("ResponseRecorded", 1, canonicalJson(old));
    expect(decoded).to.have.nested.property("event.data.text").that.deep.includes({ text: "Chiamato il fornitore" });
  });

  it("says what it does not understand, and why, without throwing", () => {
    const reasonOf = (type: string, version: number, data: string) => {
      const decoded = decodeEvent(type, version, data);
      return decoded.kind === "understood" ? "understood" : `${decoded.reason}: ${decoded.detail}`;
    };
    expect(reasonOf("InvoicePaid", 1, "{}")).to.match(/^unknown-type: .*InvoicePaid/);
    expect(reasonOf("__proto__", 1, "{}")).to.match(/^unknown-type/);
    expect(reasonOf("BodyJoined", 2, "{}")).to.match(/^newer-version: .*version 2/);
    for (const data of ["", "not JSON", "null", "[]", "{}", '{"bodyId":"a b"}', '{"__proto__":{}}']) expect(reasonOf("BodyJoined", 1, data), data).to.match(/^malformed: ./);
  });

  it("looks at the version of the fact inside an amendment, too", () => {
    const reasonOf = (factVersion: number, type: string) => {
      const decoded = decodeEvent("RecordWithdrawn", 1, canonicalJson({ eventId: nthId(1), factVersion, fact: { type, data: EVERY_FACT.ResponseRecorded.data }, reason: "Doppione" }));
      return decoded.kind === "understood" ? "understood" : decoded.reason;
    };
    expect([reasonOf(2, "ResponseRecorded"), reasonOf(3, "ResponseRecorded"), reasonOf(1, "InvoicePaid"), reasonOf(0, "ResponseRecorded")]).to.deep.equal(["understood", "newer-version", "unknown-type", "malformed"]);
  });
});
