import { expect } from "chai";
import { incidentClocks } from "../../projections/incident-clocks.js";
import { OPEN_ENDED } from "../../src/kernel/projection.js";
import { entryId } from "../../src/kernel/brand.js";
import type { Fact } from "../../src/domain/record.js";
import { at } from "../support/given.js";
import { CLOUD_OUTAGE, ENDED, OPENED, REPORTED, RESOLVED, SPC_CLOUD } from "../support/lecco.js";
import { nthEventId } from "../readmodel/histories.js";
import { rowsOf } from "./folding.js";

const SEVEN = at("2019-09-25T07:00:00Z");
const EIGHT = at("2019-09-25T08:00:00Z");
const NINE = at("2019-09-25T09:00:00Z");
const base = (occurredAt = SEVEN) => ({ incidentId: CLOUD_OUTAGE, occurredAt });
const ACKNOWLEDGED: Fact = { type: "IncidentAcknowledged", data: base() };
const REOPENED: Fact = { type: "IncidentReopened", data: { ...base(at("2019-09-26T10:00:00Z")), reason: "Di nuovo ferma" } };
const notified = (occurredAt = EIGHT): Fact => ({ type: "SupplierNotified", data: { ...base(occurredAt), entryId: entryId("telefonata"), channel: "phone" } });
const paused = (clock: "acknowledge" | "restore", occurredAt = SEVEN): Fact => ({ type: "ClockPaused", data: { ...base(occurredAt), clock, reason: "In attesa di accesso" } });
const resumed = (clock: "acknowledge" | "restore", occurredAt = EIGHT): Fact => ({ type: "ClockResumed", data: { ...base(occurredAt), clock } });

const ROW = {
  incidentId: CLOUD_OUTAGE, contractId: undefined, reported: REPORTED.data.occurredAt, notified: [], acknowledged: undefined, severities: [], pauses: [], course: [],
  started: REPORTED.data.occurredAt, ended: OPEN_ENDED, facts: undefined,
};

describe("what the clocks of an incident run by", () => {
  it("begins with its report: when it was reported, else when it happened; and is gone with it", () => {
    expect(rowsOf(incidentClocks, REPORTED)).to.deep.equal([ROW]);
    const reported: Fact = { type: "IncidentReported", data: { ...REPORTED.data, reportedAt: SEVEN, contractId: SPC_CLOUD } };
    expect(rowsOf(incidentClocks, reported)).to.deep.equal([{ ...ROW, reported: SEVEN, contractId: SPC_CLOUD, started: SEVEN }]);
    expect(rowsOf(incidentClocks, notified(), REPORTED, { withdraw: 2 })).to.deep.equal([]);
  });
  it("has every notification of the supplier and every severity in the order of time, as corrected and without what was withdrawn", () => {
    const severity = (level: "critical" | "low", occurredAt: typeof SEVEN): Fact => ({ type: "SeverityAssigned", data: { ...base(occurredAt), severity: level } });
    expect(rowsOf(incidentClocks, REPORTED, notified(NINE), notified(EIGHT))[0]).to.deep.include({ notified: [EIGHT, NINE] });
    expect(rowsOf(incidentClocks, REPORTED, notified(EIGHT), { correct: 2, as: notified(NINE) })[0]).to.deep.include({ notified: [NINE] });
    expect(rowsOf(incidentClocks, REPORTED, notified(EIGHT), notified(NINE), { withdraw: 2 })[0]).to.deep.include({ notified: [NINE] });
    expect(rowsOf(incidentClocks, REPORTED, severity("critical", NINE), severity("low", EIGHT))[0]?.severities).to.deep.equal([{ at: EIGHT, severity: "low" }, { at: NINE, severity: "critical" }]);
  });
  it("pairs each pause with the resumption of the same clock that was recorded after it", () => {
    const steps = [REPORTED, paused("restore"), paused("acknowledge"), resumed("restore"), paused("restore", NINE)] as const;
    expect(rowsOf(incidentClocks, ...steps)[0]?.pauses).to.deep.equal([
      { clock: "restore", start: SEVEN, end: EIGHT, eventId: nthEventId(2) }, { clock: "acknowledge", start: SEVEN, eventId: nthEventId(3) }, { clock: "restore", start: NINE, eventId: nthEventId(5) },
    ]);
    expect(rowsOf(incidentClocks, ...steps, { correct: 4, as: resumed("restore", NINE) })[0]?.pauses[0]).to.deep.include({ start: SEVEN, end: NINE });
    expect(rowsOf(incidentClocks, REPORTED, paused("restore"), resumed("restore"), { withdraw: 3 })[0]?.pauses).to.deep.equal([{ clock: "restore", start: SEVEN, eventId: nthEventId(2) }]);
  });
  it("goes on until the supplier took charge and the incident is resolved, and again when it is reopened", () => {
    const over = [REPORTED, OPENED, ACKNOWLEDGED, ENDED, RESOLVED] as const;
    expect(rowsOf(incidentClocks, ...over)[0]).to.deep.include({ acknowledged: SEVEN, course: [{ kind: "resolved", at: RESOLVED.data.occurredAt, eventId: nthEventId(5) }], ended: RESOLVED.data.occurredAt });
    expect(rowsOf(incidentClocks, REPORTED, OPENED, ENDED, RESOLVED)[0]?.ended, "nobody took charge").to.equal(OPEN_ENDED);
    expect(rowsOf(incidentClocks, ...over, REOPENED)[0]?.ended).to.equal(OPEN_ENDED);
    expect(rowsOf(incidentClocks, ...over, { withdraw: 3 })[0]?.ended).to.equal(OPEN_ENDED);
  });
  it("lasts until the start, where the supplier was notified after all was over", () => {
    const late = at("2019-09-30T10:00:00Z");
    expect(rowsOf(incidentClocks, REPORTED, ACKNOWLEDGED, RESOLVED, notified(late))[0]).to.deep.include({ started: REPORTED.data.occurredAt, ended: late + 1 });
  });
});
