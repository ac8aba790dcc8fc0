import { disruptionId, entryId, eventId, exclusionId, findingId, incidentId, objectionId } from "../../src/kernel/brand.js";
import type { AssessmentCommand, AssessmentEvent, Miss } from "../../src/domain/assessment/events.js";
import { ROME } from "../../src/time/zone.js";
import { at, given, nthId } from "../support/given.js";
import { everyone, PROTOCOLLO, SPC_CLOUD } from "../support/lecco.js";

const of = { contractId: SPC_CLOUD, period: "2019-09", occurredAt: at("2019-10-03T09:00:00Z") };
const cents = { min: 36_00, max: 36_00 };
const MISSED: readonly Miss[] = [
  { level: "disponibilita/lecco/protocollo", indicatorId: "disponibilita", verdict: "breached", penaltyCents: cents },
  { level: "disponibilita/lecco/posta", indicatorId: "disponibilita", verdict: "undetermined", penaltyCents: { min: 0, max: 36_00 } },
];
const data = (number: number, missed = MISSED) => ({
  ...of, number, span: { start: at("2019-08-31T22:00:00Z"), end: at("2019-09-30T22:00:00Z") }, zone: ROME, lastEventId: eventId("01900000-0000-7000-8000-000000000001"), digest: "a".repeat(64),
  frozen: { zoneData: "2025b", holidayData: "date-holidays 3.37.0", months: [], calendars: [], windows: [] }, verdicts: { met: 0, breached: 1, undetermined: 1, notAssessable: 0 },
  currency: "EUR", penaltyCents: { min: 36_00, max: 72_00 }, missed: [...missed],
});
const computed = (number: number): AssessmentEvent => ({ type: "AssessmentComputed", data: data(number) });
const compute = (number: number): AssessmentCommand => ({ type: "ComputeAssessment", data: data(number) });
const RILIEVO = { ...of, findingId: findingId("r1"), number: 1, level: "disponibilita/lecco/protocollo" };
const FOUND: AssessmentEvent = { type: "FindingRecorded", data: RILIEVO };
const CONTESTAZIONE = { ...of, objectionId: objectionId("c1"), findingIds: [findingId("r1")], channel: "certified-email" as const, text: everyone("Si contesta") };
const OBJECTED: AssessmentEvent = { type: "ObjectionRaised", data: CONTESTAZIONE };
const FORZA_MAGGIORE = { ...of, exclusionId: exclusionId("e1"), objectionId: objectionId("c1"), serviceIds: [PROTOCOLLO], spans: [{ start: at("2019-09-25T06:00:00Z"), end: at("2019-09-25T07:00:00Z") }], text: everyone("Allagamento") };

describe("an assessment", () => {
  it("is computed again and again, numbered one after another, and never corrected", () => {
    given().when(compute(1)).then(computed(1));
    given(computed(1)).when(compute(2)).then(computed(2));
    given(computed(1)).when(compute(1)).thenRefused("REVISION_CONFLICT", /number 2, not 1/, "number");
    given(computed(1)).when(compute(3)).thenRefused("REVISION_CONFLICT", /next computation of this assessment is number 2, not 3/, "number");
    given(computed(1)).when({ type: "CorrectRecord", data: { category: "assessment", subjectId: `${SPC_CLOUD}~2019-09`, eventId: nthId(0), data: {}, reason: "Cifre" } })
      .thenRefused("WRONG_STATE", /frozen; compute the assessment anew/);
  });
  it("gives the number of a withdrawn computation to no other, and those after it stand", () => {
    const withdrawn = (n: number) => ({ type: "RecordWithdrawn" as const, data: { eventId: nthId(n - 1), factVersion: 1, fact: computed(n), reason: "Errore" } });
    given(computed(1), withdrawn(1)).when(compute(1)).thenRefused("REVISION_CONFLICT", /number 2, not 1/, "number");
    given(computed(1), withdrawn(1)).when(compute(2)).then(computed(2));
    const withdraw = (n: number) => ({ type: "WithdrawRecord" as const, data: { category: "assessment" as const, subjectId: `${SPC_CLOUD}~2019-09`, eventId: nthId(n - 1), reason: "Errore" } });
    given(computed(1), computed(2)).when(withdraw(1)).then(withdrawn(1));
    given(computed(1), withdrawn(1)).when({ type: "RecordFinding", data: RILIEVO }).thenRefused("NOT_FOUND", /no computation 1/, "number");
    given(computed(1), computed(2), FOUND).when(withdraw(1)).thenRefused("HISTORY_REFUSED", /FindingRecorded/);
  });
  it("holds a level against the supplier once, and only one that was missed beyond doubt", () => {
    given(computed(1)).when({ type: "RecordFinding", data: RILIEVO }).then(FOUND);
    given().when({ type: "RecordFinding", data: RILIEVO }).thenRefused("NOT_FOUND", /compute it first/, "number");
    given(computed(1)).when({ type: "RecordFinding", data: { ...RILIEVO, number: 2 } }).thenRefused("NOT_FOUND", /no computation 2/, "number");
    given(computed(1)).when({ type: "RecordFinding", data: { ...RILIEVO, level: "disponibilita/colico/posta" } }).thenRefused("NOT_FOUND", /colico/, "level");
    given(computed(1)).when({ type: "RecordFinding", data: { ...RILIEVO, level: "disponibilita/lecco/posta" } }).thenRefused("NOT_DETERMINED", /narrow the times/, "level");
    given(computed(1), FOUND).when({ type: "RecordFinding", data: { ...RILIEVO, findingId: findingId("r2") } }).thenRefused("WRONG_STATE", /finding r1 is about/);
  });
  it("is objected to for findings that exist, and answered where it was objected to", () => {
    given(computed(1), FOUND).when({ type: "RaiseObjection", data: CONTESTAZIONE }).then(OBJECTED);
    given(computed(1)).when({ type: "RaiseObjection", data: CONTESTAZIONE }).thenRefused("NOT_FOUND", /no finding r1/, "findingIds");
    const answer = { ...of, entryId: entryId("risposta"), objectionId: objectionId("c1"), text: everyone("Non è così") };
    given(computed(1), FOUND, OBJECTED).when({ type: "RecordCounterArguments", data: answer }).then({ type: "CounterArgumentsReceived", data: answer });
    given(computed(1), FOUND).when({ type: "RecordCounterArguments", data: answer }).thenRefused("NOT_FOUND", /no objection c1/, "objectionId");
    given(computed(1), FOUND, OBJECTED).when({ type: "RecordCounterArguments", data: { ...answer, claims: [{ incidentId: incidentId("cloud"), disruptionId: disruptionId("d") }] } })
      .thenRefused("INVALID_INPUT", /neither a start nor an end/, "claims.0");
    const reversed = { incidentId: incidentId("cloud"), disruptionId: disruptionId("d"), claimedStart: at("2019-09-25T10:00:00Z"), claimedEnd: at("2019-09-25T09:59:59.999Z") };
    given(computed(1), FOUND, OBJECTED).when({ type: "RecordCounterArguments", data: { ...answer, claims: [reversed] } }).thenRefused("END_BEFORE_START", /before the start that it claims/, "claims.0.claimedEnd");
    given(computed(1), FOUND).when({ type: "RaiseObjection", data: { ...CONTESTAZIONE, answerDueAt: at("2019-10-03T08:59:59.999Z") } }).thenRefused("END_BEFORE_START", /before the objection is raised/, "answerDueAt");
  });
  it("grants or refuses an exclusion, each decided once", () => {
    given(computed(1), FOUND, OBJECTED).when({ type: "GrantExclusion", data: FORZA_MAGGIORE }).then({ type: "ExclusionGranted", data: FORZA_MAGGIORE });
    given(computed(1), FOUND, OBJECTED, { type: "ExclusionGranted", data: FORZA_MAGGIORE })
      .when({ type: "RefuseExclusion", data: { ...of, exclusionId: exclusionId("e1"), text: everyone("No") } }).thenRefused("ID_ALREADY_USED");
    given(computed(1)).when({ type: "GrantExclusion", data: FORZA_MAGGIORE }).thenRefused("NOT_FOUND", /no objection/);
    const [span] = FORZA_MAGGIORE.spans;
    if (span === undefined) throw new TypeError("it has a span");
    given(computed(1), FOUND, OBJECTED).when({ type: "GrantExclusion", data: { ...FORZA_MAGGIORE, spans: [{ start: span.end, end: span.start }] } }).thenRefused("END_BEFORE_START", undefined, "spans.0.end");
    const march = { start: at("2019-03-25T06:00:00Z"), end: at("2019-03-25T07:00:00Z") };
    given(computed(1), FOUND, OBJECTED).when({ type: "GrantExclusion", data: { ...FORZA_MAGGIORE, spans: [span, march] } }).thenRefused("INVALID_INPUT", /outside of 2019-09/, "spans.1");
    const across = { start: at("2019-09-30T21:00:00Z"), end: at("2019-09-30T23:00:00Z") };
    given(computed(1), FOUND, OBJECTED).when({ type: "GrantExclusion", data: { ...FORZA_MAGGIORE, spans: [across] } }).then({ type: "ExclusionGranted", data: { ...FORZA_MAGGIORE, spans: [across] } });
    given(computed(1), FOUND, OBJECTED).when({ type: "GrantExclusion", data: { ...FORZA_MAGGIORE, spans: [] } }).thenRefused("INVALID_INPUT", undefined, "spans");
  });
});
