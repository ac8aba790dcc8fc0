import { expect } from "chai";
import { at } from "../support/given.js";
import { file, holding, openTestLedger, take, type TestLedger } from "./ledger.js";

const PAGE = { id: "lecco", name: "Stato dei servizi", url: "https://status.example" };
const component = (name: string, new_status: string) => ({ code: name.toLowerCase(), name, old_status: "operational", new_status });
const update = (id: string, created_at: string, body: string, affected_components: readonly object[] | null = null) => ({ id, status: body === "Solved" ? "resolved" : "investigating", body, created_at, display_at: created_at, affected_components });
const OUTAGE = {
  id: "inc1", name: "Outage of the rented cloud", status: "resolved", impact: "critical", created_at: "2019-09-25T06:15:00.000Z", started_at: "2019-09-25T06:10:00.000Z", updated_at: "2019-09-25T12:00:00.000Z", resolved_at: "2019-09-25T10:00:00.000Z",
  components: [{ id: "protocollo", name: "Protocollo" }],
  incident_updates: [
    update("u3", "2019-09-25T10:00:00.000Z", "Solved", [component("Protocollo", "operational")]),
    update("u2", "2019-09-25T08:00:00.000Z", "Better", [component("Protocollo", "degraded_performance"), component("Posta", "operational")]),
    update("u1", "2019-09-25T06:15:00.000Z", "Down", [component("Protocollo", "major_outage"), component("Posta", "partial_outage")]),
  ],
};
const ID = "statuspage.incidents.inc1";
const times = { changes: at("2019-09-25T08:00:00Z"), start: at("2019-09-25T06:15:00Z"), end: at("2019-09-25T10:00:00Z") };

describe("Statuspage v2 incidents.json", () => {
  let into: TestLedger;
  beforeEach(async () => {
    into = await openTestLedger();
  });
  afterEach(() => into.close());
  const takePage = (incidents: readonly unknown[], options: Parameters<typeof take>[2] = {}) => take(into, file("incidents.json", JSON.stringify({ page: PAGE, incidents })), options);

  it("follows the states of components from the update that sets them to the one that ends them", async () => {
    const report = await takePage([OUTAGE]);
    expect(report.problems).to.deep.equal([]);
    expect(report.created).to.deep.equal({ contracts: 1, bodies: 1, services: 2, adoptions: 2, incidents: 1, disruptions: 2, maintenance: 0 });
    const facts = await holding(into, "incident", ID);
    expect(facts.map(({ type, data }) => ["disruptionId" in data ? `${type} ${data.disruptionId}` : type, "occurredAt" in data ? data.occurredAt : 0])).to.deep.equal([
      ["IncidentReported", at("2019-09-25T06:10:00Z")],
      ["DisruptionOpened protocollo", times.start], ["DisruptionOpened posta", times.start], ["MembersInformed", times.start],
      ["DisruptionDegreeChanged protocollo", times.changes], ["DisruptionEnded posta", times.changes], ["MembersInformed", times.changes],
      ["DisruptionEnded protocollo", times.end], ["MembersInformed", times.end], ["IncidentResolved", times.end],
    ]);
    const events = await into.target.history("incident", ID);
    expect(events.map(({ meta }) => meta.sourceRecordedAt)).to.deep.equal([times.start, times.start, times.start, times.start, times.changes, times.changes, times.changes, times.end, times.end, times.end]);
    expect((await holding(into, "body", "lecco"))[0]?.data).to.include({ name: "Stato dei servizi" });
    expect((await takePage([OUTAGE])).accepted).to.equal(0);
  });

  it("maps the impact on all components where no update sets a state", async () => {
    for (const [impact, degree] of [["critical", "outage"], ["major", "partial"], ["minor", "degraded"]] as const) {
      await takePage([{ ...OUTAGE, id: impact, impact, incident_updates: [] }]);
      const [, opened, ended] = await holding(into, "incident", `statuspage.incidents.${impact}`);
      expect(opened?.data, impact).to.deep.include({ degree, serviceId: "lecco.protocollo", occurredAt: at("2019-09-25T06:10:00Z") });
      expect(ended?.data, impact).to.deep.include({ occurredAt: times.end });
    }
    await takePage([{ ...OUTAGE, id: "none", impact: "none", incident_updates: [] }]);
    expect((await holding(into, "incident", "statuspage.incidents.none")).map(({ type }) => type)).to.deep.equal(["IncidentReported", "IncidentResolved"]);
  });

  it("announces maintenance: of impact, scheduled, or of a component's state", async () => {
    const planned = { ...OUTAGE, id: "m1", impact: "maintenance", incident_updates: [], scheduled_for: "2019-10-01T20:00:00Z", scheduled_until: "2019-10-01T22:00:00Z", resolved_at: null, status: "scheduled" };
    const inOutage = { ...OUTAGE, incident_updates: [update("u2", "2019-09-25T08:00:00.000Z", "Solved", [component("Protocollo", "operational")]), update("u1", "2019-09-25T06:15:00.000Z", "Restarting", [component("Protocollo", "under_maintenance")])] };
    const report = await take(into, file("page.json", JSON.stringify({ page: PAGE, scheduled_maintenances: [planned], incidents: [inOutage] })));
    expect(report.problems).to.deep.equal([]);
    expect(report.created).to.include({ maintenance: 2, incidents: 1, disruptions: 0 });
    const windows = (await holding(into, "contract", "lecco")).flatMap(({ data }) => ("window" in data ? [data.window] : []));
    expect(windows).to.have.deep.members([{ start: at("2019-10-01T20:00:00Z"), end: at("2019-10-01T22:00:00Z") }, { start: times.start, end: times.changes }]);
  });

  it("splits components over services and bodies as a mapping says", async () => {
    const mapping = { components: { Protocollo: { service: "protocollo", bodies: ["lecco-comune", "valmadrera"] } }, bodies: { "lecco-comune": "Comune di Lecco" } };
    const report = await takePage([OUTAGE], { mapping });
    expect(report.created).to.include({ bodies: 3, services: 2, adoptions: 3 });
    const [, opened] = await holding(into, "incident", ID);
    expect(opened?.data).to.deep.include({ serviceId: "protocollo", scope: { kind: "bodies", bodyIds: ["lecco-comune", "valmadrera"] } });
    expect((await holding(into, "body", "lecco-comune"))[0]?.data).to.include({ name: "Comune di Lecco" });
  });

  it("ends with the resolution what no update ends, opens a second time what breaks again, and says what it cannot know", async () => {
    const again = {
      ...OUTAGE,
      incident_updates: [
        update("u4", "2019-09-25T09:00:00.000Z", "Down again", [component("Protocollo", "partial_outage"), component("Albo", "sleepy")]),
        update("u3", "2019-09-25T08:00:00.000Z", "Back", [component("Protocollo", "operational")]),
        update("u1", "2019-09-25T06:15:00.000Z", "Down", [component("Protocollo", "major_outage")]),
        { ...update("u0", "never", ""), id: "u0" },
      ],
    };
    const report = await takePage([again, { id: "x" }, OUTAGE, { ...OUTAGE, id: "nothing", components: [], incident_updates: null }]);
    expect(report.problems.map(({ place, code }) => [place.kind === "path" ? place.path : "", code])).to.have.deep.members([
      ["incidents[0].incident_updates[3].created_at", "INVALID_TIME"], ["incidents[0].incident_updates[0].affected_components[1].new_status", "INVALID_INPUT"],
      ["incidents[1]", "INVALID_INPUT"], ["incidents[2]", "ID_ALREADY_USED"], ["incidents[3].components", "INVALID_INPUT"],
    ]);
    expect(report.mends).to.have.length(1);
    const ends = (await holding(into, "incident", ID)).filter(({ type }) => type === "DisruptionEnded").map(({ data }) => ("disruptionId" in data && "occurredAt" in data ? [data.disruptionId, data.occurredAt] : []));
    expect(ends).to.deep.equal([["protocollo", times.changes], ["protocollo-2", times.end]]);
  });
});
