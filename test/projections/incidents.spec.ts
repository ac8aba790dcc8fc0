import { expect } from "chai";
import { incidents } from "../../projections/incidents.js";
import { OPEN_ENDED } from "../../src/kernel/projection.js";
import type { Fact } from "../../src/domain/record.js";
import { at } from "../support/given.js";
import { CLOSED, CLOUD_OUTAGE, everyone, REPORTED, RESOLVED, SPC_CLOUD } from "../support/lecco.js";
import { recordedAt, rowsOf } from "./folding.js";

const SEVEN = at("2019-09-25T07:00:00Z");
const EIGHT = at("2019-09-25T08:00:00Z");
const base = (occurredAt = SEVEN) => ({ incidentId: CLOUD_OUTAGE, occurredAt });
const severity = (level: "critical" | "high" | "low", when = SEVEN): Fact => ({ type: "SeverityAssigned", data: { ...base(when), severity: level } });
const ACKNOWLEDGED: Fact = { type: "IncidentAcknowledged", data: base() };
const REOPENED: Fact = { type: "IncidentReopened", data: { ...base(at("2019-09-26T10:00:00Z")), reason: "Di nuovo ferma" } };

const ROW = {
  incidentId: CLOUD_OUTAGE, title: "Outage of the rented cloud", status: "open", severity: undefined, contractId: undefined, description: undefined,
  occurredAt: REPORTED.data.occurredAt, detectedAt: undefined, reportedAt: undefined, acknowledgedAt: undefined, resolvedAt: undefined, closedAt: undefined, cause: undefined,
  started: REPORTED.data.occurredAt, ended: OPEN_ENDED, searchText: "outage of the rented cloud", recordedAt: recordedAt(1), facts: undefined,
};

describe("the head of an incident", () => {
  it("is there when it is reported, with all that the report says", () => {
    expect(rowsOf(incidents, REPORTED)).to.deep.equal([ROW]);
    const band = { earliest: SEVEN, latest: EIGHT };
    const full: Fact = { type: "IncidentReported", data: { ...REPORTED.data, occurredAt: band, description: everyone("La POSTA è ferma"), detectedAt: SEVEN, reportedAt: band, contractId: SPC_CLOUD } };
    expect(rowsOf(incidents, full)).to.deep.equal([
      { ...ROW, occurredAt: band, description: everyone("La POSTA è ferma"), detectedAt: SEVEN, reportedAt: band, contractId: SPC_CLOUD, started: SEVEN, searchText: "outage of the rented cloud\nla posta è ferma" },
    ]);
  });
  it("has the severity assigned last in the order of time; of two at once the one recorded last", () => {
    expect(rowsOf(incidents, REPORTED, severity("critical", EIGHT), severity("low", SEVEN))[0]?.severity).to.equal("critical");
    expect(rowsOf(incidents, REPORTED, severity("critical"), severity("low"))[0]?.severity).to.equal("low");
    expect(rowsOf(incidents, REPORTED, severity("critical", EIGHT), severity("low"), { correct: 2, as: severity("high", at("2019-09-25T06:30:00Z")) })[0]?.severity).to.equal("low");
    expect(rowsOf(incidents, REPORTED, severity("critical"), { withdraw: 2 })).to.deep.equal([ROW]);
  });
  it("has its acknowledgement", () => {
    expect(rowsOf(incidents, REPORTED, ACKNOWLEDGED)).to.deep.equal([{ ...ROW, acknowledgedAt: SEVEN }]);
    expect(rowsOf(incidents, REPORTED, ACKNOWLEDGED, { correct: 2, as: { type: "IncidentAcknowledged", data: base(EIGHT) } })).to.deep.equal([{ ...ROW, acknowledgedAt: EIGHT }]);
    expect(rowsOf(incidents, REPORTED, ACKNOWLEDGED, { withdraw: 2 })).to.deep.equal([ROW]);
  });
  it("has the cause attributed last in the order of time, and can be searched by it", () => {
    const cause = (text: string, occurredAt = SEVEN): Fact => ({ type: "CauseAttributed", data: { ...base(occurredAt), category: "power", party: "supplier", text: everyone(text) } });
    const power = { category: "power", party: "supplier", occurredAt: EIGHT, text: everyone("Gruppo di continuità") };
    const row = { ...ROW, cause: power, searchText: "outage of the rented cloud\ngruppo di continuità" };
    expect(rowsOf(incidents, REPORTED, cause("Gruppo di continuità", EIGHT), cause("Ignota"))).to.deep.equal([row]);
    const bare: Fact = { type: "CauseAttributed", data: { ...base(EIGHT), category: "unknown", party: "unknown" } };
    expect(rowsOf(incidents, REPORTED, cause("Gruppo di continuità", EIGHT), { correct: 2, as: bare })).to.deep.equal([{ ...ROW, cause: { category: "unknown", party: "unknown", occurredAt: EIGHT } }]);
    expect(rowsOf(incidents, REPORTED, cause("Gruppo di continuità"), { withdraw: 2 })).to.deep.equal([ROW]);
  });
  it("ends when it is resolved, and goes on when it is reopened", () => {
    const resolved = { ...ROW, status: "resolved", resolvedAt: RESOLVED.data.occurredAt, ended: RESOLVED.data.occurredAt };
    expect(rowsOf(incidents, REPORTED, RESOLVED)).to.deep.equal([resolved]);
    expect(rowsOf(incidents, REPORTED, RESOLVED, CLOSED)).to.deep.equal([{ ...resolved, status: "closed", closedAt: CLOSED.data.occurredAt }]);
    expect(rowsOf(incidents, REPORTED, RESOLVED, CLOSED, REOPENED)).to.deep.equal([ROW]);
    const again: Fact = { type: "IncidentResolved", data: base(at("2019-09-26T12:00:00Z")) };
    expect(rowsOf(incidents, REPORTED, RESOLVED, REOPENED, again)).to.deep.equal([{ ...ROW, status: "resolved", resolvedAt: again.data.occurredAt, ended: again.data.occurredAt }]);
  });
  it("resolved within a band ends at its latest", () => {
    const within: Fact = { type: "IncidentResolved", data: { incidentId: CLOUD_OUTAGE, occurredAt: { earliest: SEVEN, latest: EIGHT } } };
    expect(rowsOf(incidents, REPORTED, within)[0]).to.deep.include({ resolvedAt: { earliest: SEVEN, latest: EIGHT }, ended: EIGHT });
  });
  it("follows corrections and withdrawals of its milestones", () => {
    const earlier: Fact = { type: "IncidentResolved", data: base(EIGHT) };
    const resolved = { ...ROW, status: "resolved", resolvedAt: RESOLVED.data.occurredAt, ended: RESOLVED.data.occurredAt };
    expect(rowsOf(incidents, REPORTED, RESOLVED, { correct: 2, as: earlier })).to.deep.equal([{ ...resolved, resolvedAt: EIGHT, ended: EIGHT }]);
    expect(rowsOf(incidents, REPORTED, RESOLVED, { withdraw: 2 })).to.deep.equal([ROW]);
    expect(rowsOf(incidents, REPORTED, RESOLVED, CLOSED, { withdraw: 3 })).to.deep.equal([resolved]);
    expect(rowsOf(incidents, REPORTED, RESOLVED, CLOSED, REOPENED, { withdraw: 4 })).to.deep.equal([{ ...resolved, status: "closed", closedAt: CLOSED.data.occurredAt }]);
  });
  it("keeps the time of its first report when the report is corrected, and is gone when it is withdrawn", () => {
    const corrected: Fact = { type: "IncidentReported", data: { ...REPORTED.data, title: "Cloud ferma", occurredAt: EIGHT } };
    expect(rowsOf(incidents, REPORTED, { correct: 1, as: corrected })).to.deep.equal([{ ...ROW, title: "Cloud ferma", searchText: "cloud ferma", occurredAt: EIGHT, started: EIGHT }]);
    expect(rowsOf(incidents, REPORTED, { withdraw: 1 })).to.deep.equal([]);
  });
});
