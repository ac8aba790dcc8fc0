import { expect } from "chai";
import { at } from "../support/given.js";
import { file, holding, openTestLedger, take, type TestLedger } from "./ledger.js";

const LECCO = { id: "lecco", title: "Lecco (rete-1)" };
const COLICO = { id: "colico", title: "Colico (rete-2)" };
const PROTOCOLLO = { id: "p1", title: "Protocollo" };
const POSTA = { id: "p2", title: "Posta" };
const update = (created: string, status: string, text: string, locations: readonly object[] = []) => ({ created, modified: created, when: created, status, text, affected_locations: locations });
const NETWORK = {
  id: "AbC123", number: "1", begin: "2019-09-25T06:10:00+00:00", created: "2019-09-25T06:30:00+00:00", end: "2019-09-25T09:40:00+00:00", modified: "2019-09-26T08:00:00+00:00",
  external_desc: "Network outage\nin two places", status_impact: "SERVICE_OUTAGE", severity: "high", affected_products: [PROTOCOLLO, POSTA],
  currently_affected_locations: [], previously_affected_locations: [COLICO],
  updates: [
    update("2019-09-26T08:00:00+00:00", "AVAILABLE", "Report"),
    update("2019-09-25T10:00:00+00:00", "AVAILABLE", "Solved"),
    update("2019-09-25T06:30:00+00:00", "SERVICE_OUTAGE", "We look into it", [LECCO]),
  ],
};
const SLOW = {
  ...NETWORK, id: "Slow", begin: "2019-09-20T06:00:00+00:00", created: "2019-09-20T06:00:00+00:00", end: null, status_impact: "SERVICE_INFORMATION", severity: "low", external_desc: "Slow",
  affected_products: [POSTA], previously_affected_locations: [], updates: [],
};
const ID = "google-cloud.incidents.AbC123";

describe("Google Cloud's incidents.json", () => {
  let into: TestLedger;
  beforeEach(async () => {
    into = await openTestLedger();
  });
  afterEach(() => into.close());
  const takeAll = (...incidents: readonly unknown[]) => take(into, file("incidents.json", JSON.stringify(incidents)));

  it("makes products services, locations bodies that have them all, and hits the locations that any update or list names", async () => {
    const report = await takeAll(NETWORK, SLOW);
    expect(report.problems).to.deep.equal([]);
    expect(report.created).to.deep.equal({ contracts: 1, bodies: 2, services: 2, adoptions: 4, incidents: 2, disruptions: 3, maintenance: 0 });
    const facts = await holding(into, "incident", ID);
    expect(facts.map(({ type }) => type)).to.deep.equal(["IncidentReported", "SeverityAssigned", "DisruptionOpened", "DisruptionOpened", "MembersInformed", "DisruptionEnded", "DisruptionEnded", "MembersInformed", "IncidentResolved", "MembersInformed"]);
    expect(facts[0]?.data).to.deep.include({ title: "Network outage in two places", occurredAt: at("2019-09-25T06:10:00Z"), description: { text: "Network outage\nin two places", language: "en", audience: { kind: "everyone" } } });
    expect(facts[2]?.data).to.deep.include({ serviceId: "google-cloud.p1", degree: "outage", scope: { kind: "bodies", bodyIds: ["google-cloud.colico", "google-cloud.lecco"] }, occurredAt: at("2019-09-25T06:10:00Z") });
    expect(facts[5]?.data).to.deep.include({ occurredAt: at("2019-09-25T09:40:00Z") });
    const slow = await holding(into, "incident", "google-cloud.incidents.Slow");
    expect(slow.map(({ type }) => type), "goes on").to.deep.equal(["IncidentReported", "SeverityAssigned", "DisruptionOpened"]);
    expect(slow[2]?.data, "names no location").to.deep.include({ scope: { kind: "all" }, degree: "degraded" });
  });

  it("keeps when the source recorded each thing, in that order", async () => {
    await takeAll(NETWORK);
    const events = await into.target.history("incident", ID);
    const [created, solved, reported] = ["2019-09-25T06:30:00Z", "2019-09-25T10:00:00Z", "2019-09-26T08:00:00Z"].map(at);
    expect(events.map(({ event, meta }) => [event.type, meta.sourceRecordedAt])).to.deep.equal([
      ["IncidentReported", created], ["SeverityAssigned", created], ["DisruptionOpened", created], ["DisruptionOpened", created], ["MembersInformed", created],
      ["DisruptionEnded", solved], ["DisruptionEnded", solved], ["MembersInformed", solved], ["IncidentResolved", solved], ["MembersInformed", reported],
    ]);
  });

  it("brings a later download of the file in: what is new, and what was changed", async () => {
    await takeAll(SLOW);
    const report = await takeAll(NETWORK, { ...SLOW, end: "2019-09-21T06:00:00+00:00", status_impact: "SERVICE_DISRUPTION", modified: "2019-09-22T00:00:00+00:00" });
    expect(report.problems).to.deep.equal([]);
    expect(report.created).to.include({ incidents: 1, services: 1 });
    const slow = await holding(into, "incident", "google-cloud.incidents.Slow");
    expect(slow.map(({ type }) => type)).to.deep.equal(["IncidentReported", "SeverityAssigned", "DisruptionOpened", "DisruptionEnded", "IncidentResolved"]);
    expect(slow[2]?.data).to.include({ degree: "partial" });
    expect((await takeAll(NETWORK, { ...SLOW, end: "2019-09-21T06:00:00+00:00", status_impact: "SERVICE_DISRUPTION", modified: "2019-09-22T00:00:00+00:00" })).accepted).to.equal(0);
  });

  it("reports what is wrong with its path and takes the rest", async () => {
    const report = await takeAll(
      NETWORK, NETWORK, { id: "no times" }, { ...NETWORK, id: "b", begin: "soon" }, { ...NETWORK, id: "c", end: "2019-09-25T06:00:00+00:00" }, { ...NETWORK, id: "d", status_impact: "SERVICE_PARTY" },
      { ...NETWORK, id: "e", updates: [update("2019-09-25T06:30:00+00:00", "AVAILABLE", " ")] }, 7,
    );
    expect(report.problems.map(({ place, code }) => [place.kind === "path" ? place.path : "", code])).to.have.deep.members([
      ["[1]", "ID_ALREADY_USED"], ["[2]", "INVALID_INPUT"], ["[3]", "INVALID_TIME"], ["[4].end", "END_BEFORE_START"], ["[5].status_impact", "INVALID_INPUT"], ["[6].updates[0]", "INVALID_INPUT"], ["[7]", "INVALID_INPUT"],
    ]);
    expect(report.created.incidents, "AbC123, and c and e without what was wrong in them").to.equal(3);
  });
});
