import { expect } from "chai";
import { communications } from "../../projections/communications.js";
import { evidence } from "../../projections/evidence.js";
import type { Fact } from "../../src/domain/record.js";
import { at } from "../support/given.js";
import { CALL_SUPPLIER, CLOUD_OUTAGE, everyone, REPORTED } from "../support/lecco.js";
import { EVERY_FACT } from "./every-fact.js";
import { origin, rowsOf } from "./folding.js";

const SEVEN = at("2019-09-25T07:00:00Z");
const BAND = { earliest: SEVEN, latest: at("2019-09-25T08:00:00Z") };
const { SupplierNotified: NOTIFIED, SupplierStatementReceived: STATEMENT, MembersInformed: INFORMED, EvidenceAttached: ATTACHED, ResponseRecorded: RESPONSE } = EVERY_FACT;

describe("communications", () => {
  const said = { incidentId: CLOUD_OUTAGE, entryId: CALL_SUPPLIER, occurred: SEVEN, text: undefined, channel: undefined, claimedStart: undefined, claimedEnd: undefined };

  it("are what was said to and by the supplier and to the members, a row each", () => {
    expect(rowsOf(communications, REPORTED, NOTIFIED, STATEMENT, INFORMED, RESPONSE)).to.deep.equal([
      { ...said, ...origin(2), kind: "supplier-notified", channel: "phone" },
      { ...said, ...origin(3), kind: "supplier-statement", text: everyone("Chiamato il fornitore."), claimedStart: SEVEN },
      { ...said, ...origin(4), kind: "members-informed", channel: "email", text: everyone("Chiamato il fornitore.") },
    ]);
  });
  it("follow corrections, keep their own recording, and are gone when withdrawn", () => {
    const corrected: Fact = { type: "SupplierStatementReceived", data: { ...STATEMENT.data, occurredAt: BAND, text: everyone("Guasto alla rete."), claimedEnd: BAND } };
    const row = { ...said, ...origin(1), kind: "supplier-statement", occurred: BAND, text: everyone("Guasto alla rete."), claimedStart: SEVEN, claimedEnd: BAND };
    expect(rowsOf(communications, STATEMENT, { correct: 1, as: corrected })).to.deep.equal([row]);
    expect(rowsOf(communications, STATEMENT, { correct: 1, as: corrected }, { withdraw: 1 })).to.deep.equal([]);
    expect(rowsOf(communications, NOTIFIED, { correct: 1, as: { type: "SupplierNotified", data: { ...NOTIFIED.data, channel: "meeting" } } })).to.deep.equal([{ ...said, ...origin(1), kind: "supplier-notified", channel: "meeting" }]);
    expect(rowsOf(communications, INFORMED, NOTIFIED, { withdraw: 1 }).map(({ kind }) => kind)).to.deep.equal(["supplier-notified"]);
  });
});

describe("evidence", () => {
  const row = { ...origin(1), incidentId: CLOUD_OUTAGE, entryId: "log", occurred: SEVEN, sha256: "a".repeat(64), fileName: "log.txt", mediaType: "text/plain", sizeBytes: 120, text: undefined };

  it("is a row a file", () => {
    expect(rowsOf(evidence, ATTACHED, RESPONSE)).to.deep.equal([row]);
  });
  it("follows corrections and is gone when withdrawn", () => {
    const corrected: Fact = { type: "EvidenceAttached", data: { ...ATTACHED.data, fileName: "registro.txt", mediaType: "text/csv", occurredAt: BAND, text: everyone("Del fornitore.") } };
    expect(rowsOf(evidence, ATTACHED, { correct: 1, as: corrected })).to.deep.equal([{ ...row, fileName: "registro.txt", mediaType: "text/csv", occurred: BAND, text: everyone("Del fornitore.") }]);
    expect(rowsOf(evidence, ATTACHED, { withdraw: 1 })).to.deep.equal([]);
  });
});
