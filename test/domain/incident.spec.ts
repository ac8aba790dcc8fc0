import { disruptionId, entryId, instant } from "../../src/kernel/brand.js";
import { at, given, NOW } from "../support/given.js";
import { CALL_SUPPLIER, CLOSED, CLOUD_OUTAGE, COLICO, ENDED, everyone, LECCO, OPENED, PROTOCOLLO, PROTOCOLLO_DOWN, REPORTED, RESOLVED } from "../support/lecco.js";

const reporting = { incidentId: CLOUD_OUTAGE, occurredAt: at("2019-09-25T06:10:00Z"), title: "Outage of the rented cloud" };
const opening = { incidentId: CLOUD_OUTAGE, disruptionId: disruptionId("posta-slow"), serviceId: PROTOCOLLO, scope: { kind: "all" as const }, degree: "partial" as const, occurredAt: at("2019-09-25T07:00:00Z") };
const target = { incidentId: CLOUD_OUTAGE, disruptionId: PROTOCOLLO_DOWN };

describe("an incident", () => {
  it("is reported once", () => {
    given().when({ type: "ReportIncident", data: reporting }).then(REPORTED);
    given(REPORTED).when({ type: "ReportIncident", data: reporting }).thenRefused("ID_ALREADY_USED");
  });
  it("takes nothing before it is reported", () => {
    given().when({ type: "OpenDisruption", data: opening }).thenRefused("NOT_FOUND", /ReportIncident/);
  });
  it("may be backdated, and lie up to five minutes ahead of the recorded time, no further", () => {
    const ahead = (ms: number) => ({ ...reporting, occurredAt: instant(NOW + ms) });
    given().when({ type: "ReportIncident", data: { ...reporting, occurredAt: at("2001-01-01T00:00:00Z") } }).then({ type: "IncidentReported", data: { ...reporting, occurredAt: at("2001-01-01T00:00:00Z") } });
    given().when({ type: "ReportIncident", data: ahead(300_000) }).then({ type: "IncidentReported", data: ahead(300_000) });
    given().when({ type: "ReportIncident", data: ahead(300_001) }).thenRefused("TIME_IN_FUTURE");
    given().when({ type: "ReportIncident", data: { ...reporting, detectedAt: instant(NOW + 300_001) } }).thenRefused("TIME_IN_FUTURE", /detectedAt/);
  });
  it("a band counts as future by its latest time", () => {
    const band = { earliest: at("2019-09-25T06:00:00Z"), latest: instant(NOW + 400_000) };
    given().when({ type: "ReportIncident", data: { ...reporting, occurredAt: band } }).thenRefused("TIME_IN_FUTURE");
  });
  it("is acknowledged once, and not before it happened", () => {
    given(REPORTED).when({ type: "AcknowledgeIncident", data: { incidentId: CLOUD_OUTAGE, occurredAt: at("2019-09-25T06:09:59Z") } }).thenRefused("OUT_OF_ORDER");
    const acknowledged = { type: "IncidentAcknowledged" as const, data: { incidentId: CLOUD_OUTAGE, occurredAt: at("2019-09-25T06:30:00Z") } };
    given(REPORTED, acknowledged).when({ type: "AcknowledgeIncident", data: acknowledged.data }).thenRefused("WRONG_STATE");
  });
});

describe("a disruption", () => {
  it("may overlap another of the same service in the same incident", () => {
    given(REPORTED, OPENED).when({ type: "OpenDisruption", data: opening }).then({ type: "DisruptionOpened", data: opening });
  });
  it("uses its id once, also after a withdrawal", () => {
    const again = { ...opening, disruptionId: PROTOCOLLO_DOWN };
    given(REPORTED, OPENED).when({ type: "OpenDisruption", data: again }).thenRefused("ID_ALREADY_USED");
    const withdrawn = given(REPORTED, OPENED);
    withdrawn.when({ type: "OpenDisruption", data: again }).thenRefused("ID_ALREADY_USED");
  });
  it("does not end before its start, nor twice, and may end at its very start", () => {
    given(REPORTED, OPENED).when({ type: "EndDisruption", data: { ...target, occurredAt: at("2019-09-25T06:09:59.999Z") } }).thenRefused("END_BEFORE_START");
    given(REPORTED, OPENED).when({ type: "EndDisruption", data: { ...target, occurredAt: at("2019-09-25T06:10:00Z") } }).then({ type: "DisruptionEnded", data: { ...target, occurredAt: at("2019-09-25T06:10:00Z") } });
    given(REPORTED, OPENED, ENDED).when({ type: "EndDisruption", data: { ...target, occurredAt: at("2019-09-25T12:00:00Z") } }).thenRefused("WRONG_STATE");
  });
  it("changes scope and degree within its span, also recorded after its end", () => {
    const rescoped = { ...target, scope: { kind: "bodies" as const, bodyIds: [LECCO, COLICO] }, occurredAt: at("2019-09-25T08:00:00Z") };
    given(REPORTED, OPENED, ENDED).when({ type: "RescopeDisruption", data: rescoped }).then({ type: "DisruptionRescoped", data: rescoped });
    given(REPORTED, OPENED, ENDED).when({ type: "ChangeDisruptionDegree", data: { ...target, degree: "partial", occurredAt: at("2019-09-25T09:40:00.001Z") } }).thenRefused("OUT_OF_ORDER", /after its end/);
    given(REPORTED, OPENED).when({ type: "ChangeDisruptionDegree", data: { ...target, degree: "partial", occurredAt: at("2019-09-25T06:00:00Z") } }).thenRefused("OUT_OF_ORDER", /before its start/);
  });
  it("leaves no doubt about the order of its changes", () => {
    const change = { type: "DisruptionDegreeChanged" as const, data: { ...target, degree: "partial" as const, occurredAt: { earliest: at("2019-09-25T07:00:00Z"), latest: at("2019-09-25T09:00:00Z") } } };
    given(REPORTED, OPENED, change).when({ type: "ChangeDisruptionDegree", data: { ...target, degree: "degraded", occurredAt: at("2019-09-25T08:00:00Z") } }).thenRefused("OUT_OF_ORDER", /band/);
  });
  it("ends only if it exists", () => {
    given(REPORTED).when({ type: "EndDisruption", data: { ...target, occurredAt: at("2019-09-25T12:00:00Z") } }).thenRefused("NOT_FOUND");
  });
});

describe("the life of an incident", () => {
  const when = at("2019-10-01T08:00:00Z");
  it("is resolved when every disruption has ended", () => {
    given(REPORTED, OPENED).when({ type: "ResolveIncident", data: { incidentId: CLOUD_OUTAGE, occurredAt: when } }).thenRefused("DISRUPTIONS_OPEN", /protocollo-down/);
    given(REPORTED, OPENED, ENDED).when({ type: "ResolveIncident", data: { incidentId: CLOUD_OUTAGE, occurredAt: when } }).then({ type: "IncidentResolved", data: { incidentId: CLOUD_OUTAGE, occurredAt: when } });
  });
  it("takes no further disruption once resolved, until it is reopened", () => {
    given(REPORTED, OPENED, ENDED, RESOLVED).when({ type: "OpenDisruption", data: opening }).thenRefused("WRONG_STATE", /reopen/);
    const reopened = { type: "IncidentReopened" as const, data: { incidentId: CLOUD_OUTAGE, occurredAt: when, reason: "It failed again." } };
    given(REPORTED, OPENED, ENDED, RESOLVED, reopened).when({ type: "OpenDisruption", data: opening }).then({ type: "DisruptionOpened", data: opening });
  });
  it("closes after it is resolved, not before", () => {
    given(REPORTED).when({ type: "CloseIncident", data: { incidentId: CLOUD_OUTAGE, occurredAt: when } }).thenRefused("WRONG_STATE");
    given(REPORTED, RESOLVED).when({ type: "CloseIncident", data: { incidentId: CLOUD_OUTAGE, occurredAt: when } }).then({ type: "IncidentClosed", data: { incidentId: CLOUD_OUTAGE, occurredAt: when } });
    given(REPORTED, RESOLVED).when({ type: "CloseIncident", data: { incidentId: CLOUD_OUTAGE, occurredAt: at("2019-09-25T09:59:59Z") } }).thenRefused("END_BEFORE_START");
  });
  it("closed, takes evidence, statements and reports; anything else needs reopening", () => {
    const closed = given(REPORTED, OPENED, ENDED, RESOLVED, CLOSED);
    const statement = { incidentId: CLOUD_OUTAGE, entryId: entryId("supplier-report"), occurredAt: when, text: everyone("The supplier's report.") };
    closed.when({ type: "RecordSupplierStatement", data: statement }).then({ type: "SupplierStatementReceived", data: statement });
    closed.when({ type: "RecordResponse", data: { incidentId: CLOUD_OUTAGE, entryId: CALL_SUPPLIER, occurredAt: when, text: everyone("Called the supplier.") } }).thenRefused("WRONG_STATE", /reopen/);
    closed.when({ type: "AssignSeverity", data: { incidentId: CLOUD_OUTAGE, occurredAt: when, severity: "high" } }).thenRefused("WRONG_STATE");
    closed.when({ type: "ReopenIncident", data: { incidentId: CLOUD_OUTAGE, occurredAt: when, reason: "It failed again." } }).then({ type: "IncidentReopened", data: { incidentId: CLOUD_OUTAGE, occurredAt: when, reason: "It failed again." } });
  });
});

describe("clocks and improvements", () => {
  const pause = { incidentId: CLOUD_OUTAGE, clock: "restore" as const, occurredAt: at("2019-09-25T07:00:00Z"), reason: "Waiting for access to the building." };
  const paused = { type: "ClockPaused" as const, data: pause };
  it("a clock is paused once and resumed after its pause", () => {
    given(REPORTED).when({ type: "PauseClock", data: pause }).then(paused);
    given(REPORTED, paused).when({ type: "PauseClock", data: pause }).thenRefused("WRONG_STATE");
    given(REPORTED, paused).when({ type: "ResumeClock", data: { incidentId: CLOUD_OUTAGE, clock: "acknowledge", occurredAt: at("2019-09-25T08:00:00Z") } }).thenRefused("WRONG_STATE", /not paused/);
    given(REPORTED, paused).when({ type: "ResumeClock", data: { incidentId: CLOUD_OUTAGE, clock: "restore", occurredAt: at("2019-09-25T06:59:00Z") } }).thenRefused("END_BEFORE_START");
  });
  it("only a promised improvement is completed, once", () => {
    const promised = { type: "ImprovementPromised" as const, data: { incidentId: CLOUD_OUTAGE, entryId: entryId("second-line"), occurredAt: at("2019-10-01T08:00:00Z"), text: everyone("A second line."), dueAt: at("2020-06-30T00:00:00+02:00") } };
    const completing = { incidentId: CLOUD_OUTAGE, entryId: entryId("second-line"), occurredAt: at("2019-10-20T08:00:00Z") };
    given(REPORTED).when({ type: "CompleteImprovement", data: completing }).thenRefused("NOT_FOUND");
    given(REPORTED, promised).when({ type: "CompleteImprovement", data: completing }).then({ type: "ImprovementCompleted", data: completing });
    given(REPORTED, promised, { type: "ImprovementCompleted", data: completing }).when({ type: "CompleteImprovement", data: completing }).thenRefused("WRONG_STATE");
  });
  it("a response names disruptions that exist", () => {
    const data = { incidentId: CLOUD_OUTAGE, entryId: CALL_SUPPLIER, occurredAt: at("2019-09-25T06:20:00Z"), text: everyone("Called the supplier."), disruptionIds: [PROTOCOLLO_DOWN] };
    given(REPORTED).when({ type: "RecordResponse", data }).thenRefused("NOT_FOUND", /protocollo-down/);
    given(REPORTED, OPENED).when({ type: "RecordResponse", data }).then({ type: "ResponseRecorded", data });
  });
});
