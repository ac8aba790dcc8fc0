import { at, given } from "../support/given.js";
import { CALL_SUPPLIER, CLOSED, CLOUD_OUTAGE, ENDED, everyone, OPENED, REPORTED, RESOLVED } from "../support/lecco.js";

const base = (time: string) => ({ incidentId: CLOUD_OUTAGE, occurredAt: at(time) });
const REOPENED = { type: "IncidentReopened" as const, data: { ...base("2019-09-25T11:00:00Z"), reason: "Di nuovo fermo" } };

describe("milestones of an incident", () => {
  it("resolving needs every disruption ended, by then", () => {
    given(REPORTED, OPENED).when({ type: "ResolveIncident", data: base("2019-09-25T10:00:00Z") }).thenRefused("DISRUPTIONS_OPEN", /protocollo-down/);
    given(REPORTED, OPENED, ENDED).when({ type: "ResolveIncident", data: base("2019-09-25T09:39:59Z") }).thenRefused("DISRUPTIONS_OPEN", /protocollo-down/, "occurredAt");
    given(REPORTED, OPENED, ENDED).when({ type: "ResolveIncident", data: base("2019-09-25T09:40:00Z") }).then({ type: "IncidentResolved", data: base("2019-09-25T09:40:00Z") });
  });

  it("where bands leave it open, an end counts as in time", () => {
    const ended = { ...ENDED, data: { ...ENDED.data, occurredAt: { earliest: at("2019-09-25T09:00:00Z"), latest: at("2019-09-25T10:00:00Z") } } };
    given(REPORTED, OPENED, ended).when({ type: "ResolveIncident", data: base("2019-09-25T09:00:00Z") }).then({ type: "IncidentResolved", data: base("2019-09-25T09:00:00Z") });
    given(REPORTED, OPENED, ended).when({ type: "ResolveIncident", data: base("2019-09-25T08:59:59Z") }).thenRefused("DISRUPTIONS_OPEN");
  });

  it("follow each other in time: reported, resolved, reopened, resolved again, closed", () => {
    given(REPORTED).when({ type: "ResolveIncident", data: base("2019-09-25T06:09:59Z") }).thenRefused("END_BEFORE_START", /before it happened/, "occurredAt");
    given(REPORTED, RESOLVED).when({ type: "ReopenIncident", data: { ...base("2019-09-25T09:59:59Z"), reason: "Troppo presto" } }).thenRefused("END_BEFORE_START", /before it was resolved/);
    given(REPORTED, RESOLVED).when({ type: "ReopenIncident", data: REOPENED.data }).then(REOPENED);
    given(REPORTED, RESOLVED, REOPENED).when({ type: "ResolveIncident", data: base("2019-09-25T10:30:00Z") }).thenRefused("END_BEFORE_START");
    given(REPORTED, RESOLVED).when({ type: "CloseIncident", data: base("2019-09-25T09:00:00Z") }).thenRefused("END_BEFORE_START");
    given(REPORTED, RESOLVED).when({ type: "CloseIncident", data: CLOSED.data }).then(CLOSED);
  });

  it("each needs the one before it", () => {
    given(REPORTED).when({ type: "CloseIncident", data: CLOSED.data }).thenRefused("WRONG_STATE", /only a resolved incident/);
    given(REPORTED).when({ type: "ReopenIncident", data: REOPENED.data }).thenRefused("WRONG_STATE");
    given(REPORTED, RESOLVED).when({ type: "ResolveIncident", data: base("2019-09-26T10:00:00Z") }).thenRefused("WRONG_STATE", /already/);
    given(REPORTED, RESOLVED, CLOSED).when({ type: "ReopenIncident", data: { ...base("2019-10-01T10:00:00Z"), reason: "Ancora" } }).then({ type: "IncidentReopened", data: { ...base("2019-10-01T10:00:00Z"), reason: "Ancora" } });
  });

  it("a closed one takes the supplier's statement, and nothing that changes its course", () => {
    const statement = { ...base("2019-10-02T10:00:00Z"), entryId: CALL_SUPPLIER, text: everyone("Fermo di tre ore"), claimedStart: at("2019-09-25T06:10:00Z"), claimedEnd: at("2019-09-25T09:10:00Z") };
    given(REPORTED, RESOLVED, CLOSED).when({ type: "RecordSupplierStatement", data: statement }).then({ type: "SupplierStatementReceived", data: statement });
    given(REPORTED, RESOLVED, CLOSED).when({ type: "AssignSeverity", data: { ...base("2019-10-02T10:00:00Z"), severity: "high" } }).thenRefused("WRONG_STATE");
    given(REPORTED).when({ type: "RecordSupplierStatement", data: { ...statement, claimedEnd: at("2019-09-25T06:00:00Z") } }).thenRefused("END_BEFORE_START", /claims/, "claimedEnd");
  });
});
