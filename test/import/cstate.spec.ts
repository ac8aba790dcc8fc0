import { expect } from "chai";
import fc from "fast-check";
import { at } from "../support/given.js";
import { looseTime } from "../../src/import/formats/loose-time.js";
import { file, holding, openTestLedger, take, type TestLedger } from "./ledger.js";

interface Front {
  readonly path?: string;
  readonly op?: "created" | "edited" | "deleted";
  readonly title?: string;
  readonly date?: string;
  readonly resolved?: string;
  readonly resolvedWhen?: string | null;
  readonly severity?: string;
  readonly affected?: readonly string[];
}
const PATH = "content/issues/2019-09-25-cloud.md";
const ID = "cstate.history.2019-09-25-cloud";
const CLOUD: Front = { path: PATH, op: "created", title: "Outage of the rented cloud", date: "2019-09-25T06:10:00-00:00", resolved: "false", resolvedWhen: null, severity: "down", affected: ["protocollo", "posta"] };

/** A history: each version is committed an hour after the one before, the first on 2019-09-25 at 07:00 UTC; versions given as a list share a commit. */
type Commits = readonly (Front | readonly Front[])[];
function history(...commits: Commits): string {
  return commits.flatMap((commit, index) => [commit].flat().map((front) => {
    const committed_at = new Date(at("2019-09-25T07:00:00Z") + index * 3_600_000).toISOString();
    const { path = PATH, op = "edited", ...rest } = front;
    return JSON.stringify({ path, op, commit: `commit-${index}`, committed_at, ...(op === "deleted" ? {} : { ...CLOUD, ...rest, op, path }) });
  })).join("\n");
}

describe("cState history", () => {
  let into: TestLedger;
  beforeEach(async () => {
    into = await openTestLedger();
  });
  afterEach(() => into.close());
  const takeHistory = (...commits: Commits) => take(into, file("history.jsonl", history(...commits)));
  const types = async (id = ID): Promise<string[]> => (await holding(into, "incident", id)).map(({ type, data }) => ("disruptionId" in data ? `${type} ${data.disruptionId}` : type));

  it("is one body that has every service, with one disruption for each affected service", async () => {
    const report = await takeHistory(CLOUD);
    expect(report.created).to.deep.equal({ contracts: 1, bodies: 1, services: 2, adoptions: 2, incidents: 1, disruptions: 2, maintenance: 0 });
    expect(await holding(into, "body", "cstate")).to.deep.equal([
      { type: "BodyJoined", data: { bodyId: "cstate", name: "cState site", kind: "other", effectiveFrom: at("2000-01-01T00:00:00Z") } },
      { type: "WorkstationsDeclared", data: { bodyId: "cstate", workstations: 1, effectiveFrom: at("2000-01-01T00:00:00Z") } },
    ]);
    expect(await types()).to.deep.equal(["IncidentReported", "DisruptionOpened protocollo", "DisruptionOpened posta"]);
    const events = await into.target.history("incident", ID);
    expect(events.map(({ meta }) => meta.sourceRecordedAt)).to.deep.equal(events.map(() => at("2019-09-25T07:00:00Z")));
  });

  it("ends and resolves with the version that says so, and takes the end back with the version that does not", async () => {
    const end = { resolved: "true", resolvedWhen: "2019-09-25T09:40:00-00:00" };
    await takeHistory(CLOUD, end);
    expect(await types()).to.include.members(["DisruptionEnded protocollo", "DisruptionEnded posta", "IncidentResolved"]);
    await takeHistory(CLOUD, end, { resolved: "false" });
    expect(await types()).to.deep.equal(["IncidentReported", "DisruptionOpened protocollo", "DisruptionOpened posta"]);
    const last = (await into.target.history("incident", ID)).at(-1);
    expect(last?.event.type).to.equal("RecordWithdrawn");
    expect(last?.meta.sourceRecordedAt).to.equal(at("2019-09-25T09:00:00Z"));
    await takeHistory(CLOUD, end, { resolved: "false" }, { resolved: "true", resolvedWhen: "2019-09-25T11:00:00Z" });
    const held = await holding(into, "incident", ID);
    expect(held.filter(({ type }) => type === "DisruptionEnded").map(({ data }) => ("occurredAt" in data ? data.occurredAt : 0))).to.deep.equal([at("2019-09-25T11:00:00Z"), at("2019-09-25T11:00:00Z")]);
  });

  it("corrects exactly what a later version changed, whichever way the times move", async () => {
    const resolved = { resolved: "true", resolvedWhen: "2019-09-25T09:40:00-00:00" };
    for (const [name, later] of [["later", { date: "2019-09-25T12:00:00Z", resolved: "true", resolvedWhen: "2019-09-25T13:00:00Z" }], ["earlier", { date: "2019-09-24T12:00:00Z", resolved: "true", resolvedWhen: "2019-09-24T13:00:00Z" }]] as const) {
      const report = await take(into, file("history.jsonl", history({ ...CLOUD, ...resolved }, later)), { importId: name });
      expect(report.problems, name).to.deep.equal([]);
      const events = await into.target.history("incident", `${name}.2019-09-25-cloud`);
      const corrected = events.flatMap(({ event }) => (event.type === "RecordCorrected" ? [event.data.after.type] : []));
      expect(corrected, name).to.have.members(["IncidentReported", "DisruptionOpened", "DisruptionOpened", "DisruptionEnded", "DisruptionEnded", "IncidentResolved"]);
    }
    const before = (await into.target.history("incident", "later.2019-09-25-cloud")).length;
    const report = await take(into, file("history.jsonl", history({ ...CLOUD, ...resolved }, { date: "2019-09-25T12:00:00Z", resolved: "true", resolvedWhen: "2019-09-25T13:00:00Z" }, { title: "Renamed", date: "2019-09-25T12:00:00Z", resolved: "true", resolvedWhen: "2019-09-25T13:00:00Z" })), { importId: "later" });
    expect(report.accepted, "the title only").to.equal(1);
    expect((await into.target.history("incident", "later.2019-09-25-cloud")).length).to.equal(before + 1);
  });

  it("opens and withdraws disruptions as the severity and the affected services change", async () => {
    await takeHistory({ ...CLOUD, severity: "notice" });
    expect(await types(), "a notice is a timeline entry only").to.deep.equal(["IncidentReported"]);
    await takeHistory({ ...CLOUD, severity: "notice" }, { severity: "disrupted" });
    expect((await holding(into, "incident", ID)).slice(1).map(({ data }) => ("degree" in data ? data.degree : ""))).to.deep.equal(["partial", "partial"]);
    await takeHistory({ ...CLOUD, severity: "notice" }, { severity: "disrupted" }, { severity: "down", affected: ["posta", "albo"] });
    expect(await types()).to.have.members(["IncidentReported", "DisruptionOpened posta", "DisruptionOpened albo"]);
    const degrees = (await holding(into, "incident", ID)).slice(1).map(({ data }) => ("degree" in data ? data.degree : ""));
    expect(degrees).to.deep.equal(["outage", "outage"]);
    await takeHistory({ ...CLOUD, severity: "notice" }, { severity: "disrupted" }, { severity: "down", affected: ["posta", "albo"] }, { severity: "notice" }, { severity: "down" });
    expect(await types(), "ids are used once, also after a withdrawal").to.deep.equal(["IncidentReported", "DisruptionOpened protocollo~2", "DisruptionOpened posta~2"]);
  });

  it("opens a disruption in an incident that is resolved by resolving it anew", async () => {
    const resolved = { resolved: "true", resolvedWhen: "2019-09-25T09:40:00-00:00" };
    const report = await takeHistory({ ...CLOUD, severity: "notice", ...resolved }, { severity: "down", ...resolved });
    expect(report.problems).to.deep.equal([]);
    expect(await types()).to.deep.equal(["IncidentReported", "DisruptionOpened protocollo", "DisruptionEnded protocollo", "DisruptionOpened posta", "DisruptionEnded posta", "IncidentResolved"]);
  });

  it("follows a rename in one commit, also beside other changes, and withdraws what is really deleted", async () => {
    const renamed = "content/issues/2019-09-24-cloud.md";
    const other: Front = { path: "content/issues/2019-09-25-network.md", op: "created", title: "Network down", date: "2019-09-25T07:00:00Z", affected: ["rete"] };
    const report = await takeHistory(CLOUD, [other, { path: renamed, op: "created", date: "2019-09-24T22:00:00Z" }, { op: "deleted" }], { path: renamed, date: "2019-09-24T22:00:00Z", resolved: "true", resolvedWhen: "2019-09-25T09:00:00Z" });
    expect(report.problems).to.deep.equal([]);
    expect(report.created.incidents).to.equal(2);
    expect((await holding(into, "incident", ID)).map(({ type }) => type)).to.include.members(["DisruptionEnded", "IncidentResolved"]);
    expect((await holding(into, "incident", ID))[0]?.data).to.include({ occurredAt: at("2019-09-24T22:00:00Z") });
    await take(into, file("history.jsonl", history(CLOUD, { resolved: "true", resolvedWhen: "2019-09-25T09:00:00Z" }, { op: "deleted" }, { op: "created" })), { importId: "gone" });
    expect(await holding(into, "incident", "gone.2019-09-25-cloud")).to.deep.equal([]);
    const again = await take(into, file("history.jsonl", history(CLOUD, { resolved: "true", resolvedWhen: "2019-09-25T09:00:00Z" }, { op: "deleted" }, { op: "created" })), { importId: "gone" });
    expect(again.accepted, "the deletion is not undone by repeating it").to.equal(0);
  });

  it("announces maintenance for its span, without an incident, once the end is known", async () => {
    const path = "content/issues/2019-10-01-maintenance.md";
    const maintenance: Front = { ...CLOUD, path, title: "Patching", date: "2019-10-01T20:00:00Z" };
    const end = { path, title: "Patching", date: "2019-10-01T20:00:00Z", resolvedWhen: "2019-10-01T22:00:00Z" };
    expect((await takeHistory(maintenance)).mends[0]?.message).to.match(/no end yet/);
    expect((await takeHistory(maintenance, end)).created).to.include({ maintenance: 1, incidents: 0, disruptions: 0 });
    await takeHistory(maintenance, end, { ...end, resolvedWhen: "2019-10-01T23:30:00Z", resolved: "true", affected: ["posta"] });
    const announced = (await holding(into, "contract", "cstate"))[1];
    expect(announced).to.deep.include({ type: "MaintenanceAnnounced" });
    expect(announced?.data).to.deep.include({ window: { start: at("2019-10-01T20:00:00Z"), end: at("2019-10-01T23:30:00Z") }, serviceIds: ["cstate.posta"] });
    await takeHistory(maintenance, end, { ...end, resolvedWhen: "2019-10-01T23:30:00Z", resolved: "true", affected: ["posta"] }, { op: "deleted", path });
    expect((await holding(into, "contract", "cstate")).map(({ type }) => type)).to.deep.equal(["ContractAwarded"]);
  });

  it("turns an issue into maintenance and back", async () => {
    const as = (title: string): Front => ({ title, resolved: "true", resolvedWhen: "2019-09-25T09:40:00Z" });
    await takeHistory({ ...CLOUD, ...as("Outage") }, as("Maintenance after all"), as("Outage again"));
    expect(await holding(into, "incident", ID)).to.deep.equal([]);
    expect(await types(`${ID}~2`)).to.include.members(["IncidentReported", "DisruptionOpened posta", "IncidentResolved"]);
    expect((await holding(into, "contract", "cstate")).map(({ type }) => type)).to.deep.equal(["ContractAwarded"]);
  });

  it("mends what can be mended and says so", async () => {
    const report = await takeHistory({ ...CLOUD, date: "2019-09-25T8:10:00-00:00" }, { date: "2019-09-25 08:10", resolvedWhen: "2019-09-30T00:00:00Z" });
    expect(report.problems).to.deep.equal([]);
    expect(report.mends.map(({ place, message }) => [place.kind === "line" ? place.line : 0, message])).to.deep.equal([
      [1, "date 2019-09-25T8:10:00-00:00 was read as 2019-09-25T08:10:00.000Z"],
      [2, "resolvedWhen 2019-09-30T00:00:00Z of an issue that is not resolved is its plan; the end is taken when it is resolved"],
    ]);
    expect((await holding(into, "incident", ID))[0]?.data, "without a zone it is UTC").to.include({ occurredAt: at("2019-09-25T08:10:00Z") });
  });

  it("takes a band from start to commit for what is resolved without an end, or with one that cannot be", async () => {
    const band = { earliest: at("2019-09-25T06:10:00Z"), latest: at("2019-09-25T08:00:00Z") };
    for (const [name, resolvedWhen, code] of [["without", "", "INVALID_INPUT"], ["before", "2019-09-24T10:00:00Z", "END_BEFORE_START"], ["unreadable", "2019-09-25T28:00:00Z", "INVALID_TIME"]] as const) {
      const report = await take(into, file("history.jsonl", history(CLOUD, { resolved: "true", resolvedWhen })), { importId: name });
      expect(report.problems.map((problem) => [problem.code, problem.place]), name).to.deep.equal([[code, { kind: "line", line: 2 }]]);
      const ends = (await holding(into, "incident", `${name}.2019-09-25-cloud`)).filter(({ type }) => type === "DisruptionEnded" || type === "IncidentResolved");
      expect(ends.map(({ data }) => ("occurredAt" in data ? data.occurredAt : 0)), name).to.deep.equal([band, band, band]);
    }
  });

  it("reports what is wrong with its line and takes the rest", async () => {
    const text = [history(CLOUD), '{"path":', JSON.stringify({ path: "x.md", commit: "c", committed_at: "2019-09-26T00:00:00Z", op: "moved" }), history({ path: "y.md", op: "created", date: "2019-07-94T13:00:00Z" }), history({ path: "z.md", op: "created", severity: "awful" }), history({ path: "never-seen.md", op: "deleted" })].join("\n");
    const report = await take(into, file("history.jsonl", text));
    expect(report.problems.map(({ place, code }) => [place.kind === "line" ? place.line : 0, code])).to.deep.equal([[2, "INVALID_INPUT"], [3, "INVALID_INPUT"], [4, "INVALID_TIME"], [5, "INVALID_INPUT"], [6, "NOT_FOUND"]]);
    expect(report.created.incidents).to.equal(1);
  });

  it("lets the mapping be overridden", async () => {
    await take(into, file("history.jsonl", history({ ...CLOUD, severity: "notice" })), { degrees: { notice: "degraded" }, site: { id: "status.lecco.it", name: "Stato dei servizi" }, contract: "spc-cloud-lotto-1", effectiveFrom: "2018-01-01", zone: "Europe/Rome" });
    expect((await holding(into, "incident", ID))[1]?.data).to.include({ degree: "degraded", serviceId: "status.lecco.it.protocollo" });
    expect((await holding(into, "body", "status.lecco.it"))[0]?.data).to.include({ name: "Stato dei servizi", effectiveFrom: at("2017-12-31T23:00:00Z") });
    expect((await holding(into, "service", "status.lecco.it.posta"))[0]?.data).to.include({ contractId: "spc-cloud-lotto-1" });
  });
});

describe("times as people write them", () => {
  it("reads every strict RFC 3339 time as the platform does, without a mend", () => {
    fc.assert(fc.property(fc.date({ min: new Date("1900-01-01T00:00:00Z"), max: new Date("2199-12-31T00:00:00Z"), noInvalidDate: true }), (date) => {
      expect(looseTime(date.toISOString())).to.deep.equal({ instant: date.getTime(), mended: false });
    }));
  });
  it("never takes a day or an hour that does not exist", () => {
    for (const text of ["2019-02-29T00:00:00Z", "2019-13-01T00:00:00Z", "2019-01-01T24:00:00Z", "2019-01-01T011:60:00Z", "2019-01-01", "", "2023-04-12:11:20-00:00", "2019-01-01T00:00:00+25:00"]) {
      expect(looseTime(text), text).to.equal(undefined);
    }
  });
});
