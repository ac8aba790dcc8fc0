import { canonicalJson, isJsonObject, parseJson } from "../../src/kernel/json.js";
import type { Fact } from "../../src/domain/record.js";
import { at, given, nthId } from "../support/given.js";
import { CLOUD_OUTAGE, ENDED, LECCO, OPENED, PROTOCOLLO_DOWN, REPORTED, RESOLVED, VALMADRERA, JOINED } from "../support/lecco.js";

const about = { category: "incident" as const, subjectId: CLOUD_OUTAGE };

/** The payload of a fact with some fields changed, as a sender would write it. */
function payload(fact: Fact, change: object) {
  const value = parseJson(canonicalJson({ ...fact.data, ...change }));
  if (!isJsonObject(value)) throw new TypeError("a payload is an object");
  return value;
}
function corrected(fact: Fact, index: number, occurredAt: string) {
  const command = { type: "CorrectRecord" as const, data: { ...about, eventId: nthId(index), data: payload(fact, { occurredAt: at(occurredAt) }), reason: "The supplier's log shows it." } };
  return command;
}

describe("correcting a record", () => {
  it("holds the whole payload before and after, and says why", () => {
    given(REPORTED, OPENED).when(corrected(OPENED, 1, "2019-09-25T05:50:00Z")).then({
      type: "RecordCorrected",
      data: { eventId: nthId(1), factVersion: 1, before: OPENED, after: { ...OPENED, data: { ...OPENED.data, occurredAt: at("2019-09-25T05:50:00Z") } }, reason: "The supplier's log shows it." },
    });
  });
  it("must leave a history that the rules would have accepted", () => {
    given(REPORTED, OPENED, ENDED).when(corrected(OPENED, 1, "2019-09-25T11:00:00Z")).thenRefused("HISTORY_REFUSED", /DisruptionEnded.*end before its start/);
    given(REPORTED, OPENED, ENDED).when(corrected(ENDED, 2, "2019-09-25T06:00:00Z")).thenRefused("HISTORY_REFUSED");
  });
  it("is measured against the latest correction", () => {
    const after = { type: "DisruptionEnded" as const, data: { ...ENDED.data, occurredAt: at("2019-09-25T11:30:00Z") } };
    const correction = { type: "RecordCorrected" as const, data: { eventId: nthId(2), factVersion: 1, before: ENDED, after, reason: "Later than first said." } };
    given(REPORTED, OPENED, ENDED, correction).when(corrected(ENDED, 2, "2019-09-25T11:30:00Z")).thenRefused("NOTHING_TO_CHANGE");
    given(REPORTED, OPENED, ENDED, correction).when(corrected(OPENED, 1, "2019-09-25T11:00:00Z")).then({
      type: "RecordCorrected",
      data: { eventId: nthId(1), factVersion: 1, before: OPENED, after: { ...OPENED, data: { ...OPENED.data, occurredAt: at("2019-09-25T11:00:00Z") } }, reason: "The supplier's log shows it." },
    });
  });
  it("cannot change which thing the record is about, its shape, or an unknown record", () => {
    const change = (change: object) => ({ type: "CorrectRecord" as const, data: { ...about, eventId: nthId(1), data: payload(OPENED, change), reason: "A slip." } });
    given(REPORTED, OPENED).when(change({ disruptionId: "other" })).thenRefused("INVALID_INPUT", /withdraw the record/);
    given(REPORTED, OPENED).when(change({ degree: "catastrophic" })).thenRefused("INVALID_INPUT", /degree/);
    given(REPORTED).when(change({ degree: "partial" })).thenRefused("NOT_FOUND");
  });
  it("keeps to the rule about the future", () => {
    given(REPORTED, OPENED).when(corrected(OPENED, 1, "2030-01-01T00:00:00Z")).thenRefused("TIME_IN_FUTURE");
  });
  it("works in every stream", () => {
    const command = { type: "CorrectRecord" as const, data: { category: "body" as const, subjectId: LECCO, eventId: nthId(0), data: payload(JOINED, { name: "Città di Lecco" }), reason: "Its name." } };
    const after = { ...JOINED, data: { ...JOINED.data, name: "Città di Lecco" } };
    given(JOINED).when(command).then({ type: "RecordCorrected", data: { eventId: nthId(0), factVersion: 1, before: JOINED, after, reason: "Its name." } });
    const another = { ...command, data: { ...command.data, data: payload(JOINED, { bodyId: VALMADRERA }) } };
    given(JOINED).when(another).thenRefused("INVALID_INPUT");
  });
});

describe("withdrawing a record", () => {
  const withdraw = (index: number) => ({ type: "WithdrawRecord" as const, data: { ...about, eventId: nthId(index), reason: "Filed by mistake." } });
  const withdrawn = (index: number, fact: Fact) => ({ type: "RecordWithdrawn" as const, data: { eventId: nthId(index), factVersion: 1, fact, reason: "Filed by mistake." } });

  it("names the record and what it said", () => {
    given(REPORTED, OPENED).when(withdraw(1)).then(withdrawn(1, OPENED));
  });
  it("is refused while later records rest on it", () => {
    given(REPORTED, OPENED, ENDED).when(withdraw(1)).thenRefused("HISTORY_REFUSED", /DisruptionEnded/);
    given(REPORTED, OPENED, ENDED, RESOLVED).when(withdraw(2)).thenRefused("HISTORY_REFUSED", /IncidentResolved/);
  });
  it("is final", () => {
    given(REPORTED, OPENED, withdrawn(1, OPENED)).when(withdraw(1)).thenRefused("ALREADY_WITHDRAWN");
    given(REPORTED, OPENED, withdrawn(1, OPENED)).when(corrected(OPENED, 1, "2019-09-25T05:50:00Z")).thenRefused("ALREADY_WITHDRAWN");
    given(REPORTED, OPENED, withdrawn(1, OPENED)).when({ type: "OpenDisruption", data: OPENED.data }).thenRefused("ID_ALREADY_USED");
    given(REPORTED, withdrawn(0, REPORTED)).when({ type: "ReportIncident", data: { incidentId: CLOUD_OUTAGE, occurredAt: at("2019-09-25T06:10:00Z"), title: "Again" } }).thenRefused("ID_ALREADY_USED");
  });
  it("undoes what the record did", () => {
    const ending = { incidentId: CLOUD_OUTAGE, disruptionId: PROTOCOLLO_DOWN, occurredAt: at("2019-09-25T12:00:00Z") };
    given(REPORTED, OPENED, ENDED, withdrawn(2, ENDED)).when({ type: "EndDisruption", data: ending }).then({ type: "DisruptionEnded", data: ending });
  });
});
