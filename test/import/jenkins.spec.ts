import { expect } from "chai";
import { bodyId, incidentId, instant, serviceId, zoneId } from "../../src/kernel/brand.js";
import { earliestOf, latestOf, type When } from "../../src/time/when.js";
import { PAGE_CAP, type KnownLedger } from "../../src/readmodel/known-ledger.js";
import { impactReport } from "../../src/reports/impact.js";
import type { Figures } from "../../src/reports/figures.js";
import { timeline } from "../../src/reports/timeline.js";
import type { IncidentRow } from "../../projections/rows.js";
import { fileSource, takeBack, type ImportReport } from "../../src/import/index.js";
import { idPart } from "../../src/import/names.js";
import { ACTOR, eventsOf, openTestLedger, take, type TestLedger } from "./ledger.js";
import { asOf, exclusionsOf, hitsOn, versionsOf, type IssueState, type Version } from "./naive-jenkins.js";
import { months, seeded, walk, type Month } from "./naive-seconds.js";
import { withSharedFile } from "./shared-data.js";

const BODY = bodyId("jenkins");
const UTC = zoneId("UTC");
const incidentOf = (key: string) => incidentId(`jenkins-history.${idPart(key.replace("content/issues/", "").replace(/\.md$/, ""))}`);
const serviceOf = (name: string) => serviceId(`jenkins.${idPart(name.trim())}`);

withSharedFile("the history of status.jenkins.io", "jenkins-status/history.jsonl", (path) => {
  let into: TestLedger;
  let report: ImportReport;
  let versions: Version[];
  let final: IssueState[];
  before(async function () {
    this.timeout(120_000);
    into = await openTestLedger();
    report = await take(into, await fileSource(path), { importId: "jenkins-history", site: { id: "jenkins", name: "status.jenkins.io" } });
    versions = versionsOf(path);
    final = [...asOf(versions, Infinity).values()];
  });
  after(() => into.close());

  it("goes in whole: every version of every issue that has a start, nothing refused by the rules", () => {
    expect(report).to.include({ outcome: "imported", format: "cstate" });
    const unreadable = report.problems.filter(({ message }) => message.endsWith("the version of the issue was not taken"));
    expect(unreadable.map(({ place }) => (place.kind === "line" ? place.line : 0))).to.deep.equal([281, 344, 345]);
    expect(report.items, "753 lines, 24 renames of two lines each, three without a start").to.equal(753 - 24 - 3);
    expect(report.items).to.equal(versions.length);
    expect(report.problems.map(({ code }) => code)).to.not.include.members(["WRONG_STATE", "HISTORY_REFUSED"]);
    const services = new Set(versions.flatMap(({ state }) => state?.services ?? []));
    expect(report.created).to.include({ bodies: 1, contracts: 1, services: services.size, adoptions: services.size });
  });

  it("reports the anomalies that are known of it, each with its line", () => {
    const linesOf = (pattern: RegExp) => [...report.problems, ...report.mends].filter(({ message }) => pattern.test(message)).map(({ place }) => (place.kind === "line" ? place.line : 0));
    expect(linesOf(/lies before the start/)).to.include.members([70, 87, 189, 258, 310, 506, 724]);
    expect(linesOf(/resolved without an end/)).to.deep.equal([193]);
    expect(linesOf(/^date .* was read as/)).to.include.members([434, 438, 487, 497, 527, 611, 637]);
  });

  it("ends with exactly the incidents, disruptions and maintenance of the last versions", async () => {
    const known = await into.known();
    expect(statesIn(known)).to.deep.equal(expectedStates(final));
    const announced = [...known.maintenanceOfServices([...new Set(final.flatMap(({ services }) => services.map(serviceOf)))], { start: instant(0), end: instant(4e12) }).values()].flat();
    const windows = [...new Map(announced.map((row) => [row.maintenanceId, [row.started, row.ended, [...row.serviceIds].sort()]])).values()].map((each) => JSON.stringify(each)).sort();
    const wanted = final.flatMap(({ window, services }) => (window === undefined ? [] : [JSON.stringify([window.from * 1000, window.to * 1000, services.map(serviceOf).sort()])])).sort();
    expect(windows).to.deep.equal(wanted);
  });

  it("gives every service's agreed time and downtime, month by month, as a walk over every second does", async function () {
    this.timeout(120_000);
    const known = await into.known();
    const services = [...new Set(versions.flatMap(({ state }) => state?.services ?? []))];
    const horizon = into.now / 1000;
    let lost = 0;
    for (const month of months("2020-05", "2026-08")) {
      const impact = impactReport(known, BODY, { period: span(month), zone: UTC });
      expect(impact.services.map((each) => each.serviceId)).to.have.members(services.map(serviceOf));
      for (const name of services) {
        const figures = impact.services.find((each) => each.serviceId === serviceOf(name));
        const [min, max] = [0, 1].map((side) => walk(month, hitsOn(final, name, { side: side === 0 ? 0 : 1, horizon })));
        expect(read(figures), `${name} in ${month.name}`).to.deep.equal({ owed: [min?.owed, max?.owed], lostHalves: [min?.lostHalves, max?.lostHalves] });
        lost += max?.lostHalves ?? 0;
      }
      const [min, max] = [0, 1].map((side) => walk(month, hitsOn(final, undefined, { side: side === 0 ? 0 : 1, horizon })));
      expect(read(impact.total), `in total in ${month.name}`).to.deep.equal({ owed: [min?.owed, max?.owed], lostHalves: [min?.lostHalves, max?.lostHalves] });
    }
    expect(lost, "there is something to find").to.be.greaterThan(1_000_000);
  });

  it("answers for any earlier moment of the source with what its issues said then", async function () {
    this.timeout(120_000);
    const random = seeded(20191021);
    for (let sample = 0; sample < 40; sample += 1) {
      const at = (versions[Math.floor(random() * versions.length)]?.at ?? 0) + (sample % 3 === 0 ? 0 : Math.floor(random() * 86_400)) - (sample % 5 === 0 ? 1 : 0);
      const known = await into.known({ kind: "sourceRecordedAt", instant: instant(at * 1000) });
      const states = [...asOf(versions, at).values()];
      expect(statesIn(known), new Date(at * 1000).toISOString()).to.deep.equal(expectedStates(states));
      if (sample % 2 === 0) figuresAt(known, states, at);
    }
  });

  it("tells of every issue's incident all that was ever said, and what holds", async () => {
    const known = await into.known();
    let [starts, withdrawn] = [0, 0];
    const keys = new Set(versions.flatMap(({ key, state }) => (state?.kind === "incident" ? [key] : [])));
    for (const key of keys) {
      const entries = allOf((page) => timeline(known, { subject: { kind: "incident", incidentId: incidentOf(key) } }, page));
      expect(entries.map(({ started }) => started)).to.deep.equal(entries.map(({ started }) => started).sort((a, b) => a - b));
      const reported = entries.find(({ type }) => type === "IncidentReported");
      const said = versions.filter((version) => version.key === key && version.state !== undefined).map(({ state }) => state?.start ?? 0);
      const told = [...(reported?.corrections.map(({ before }) => before) ?? []), reported?.fact].map((fact) => (fact?.type === "IncidentReported" ? Number(fact.data.occurredAt) / 1000 : 0));
      expect(withoutRepeats(told), key).to.deep.equal(withoutRepeats(said));
      starts += withoutRepeats(said).length - 1;
      if (!final.some((state) => state.key === key)) {
        withdrawn += 1;
        expect(entries.every(({ state }) => state === "withdrawn"), `${key} was deleted`).to.equal(true);
      }
    }
    expect(starts, "starts that were changed afterwards").to.be.greaterThan(10);
    expect(withdrawn, "issues really deleted that had been taken").to.equal(3);
  });

  it("is repeated without a trace, and taken back whole", async function () {
    this.timeout(120_000);
    const other = await openTestLedger();
    const source = await fileSource(path);
    const strict = await take(other, source, { strict: true });
    expect(strict).to.include({ outcome: "refused", accepted: 0 });
    const dry = await take(other, source, { dryRun: true, importId: "jenkins-history", site: { id: "jenkins", name: "status.jenkins.io" } });
    expect({ ...dry, outcome: "imported" }, "the rehearsal foresees the import").to.deep.equal(report);
    const first = await take(other, source);
    expect(await take(other, source)).to.include({ accepted: 0, problemCount: first.problemCount });
    const events = await eventsOf(other, first.importId);
    const back = await takeBack(other.target, { importId: first.importId, actor: ACTOR, reason: "A trial." });
    expect(back).to.deep.include({ outcome: "taken-back", notWithdrawn: [] });
    expect(back.events).to.equal(events.length);
    const known = await other.known();
    expect(known.listIncidents({}, { by: "started", direction: "ascending" }, { first: 1 }).edges).to.deep.equal([]);
    expect(known.listServices({ by: "id", direction: "ascending" }, { first: 1 }).edges).to.deep.equal([]);
    await other.close();
  });
});

const span = ({ from, to }: Month) => ({ start: instant(from * 1000), end: instant(to * 1000) });

/** Figures in the units of the walk. */
function read(figures: Pick<Figures<unknown>, "agreedMs" | "downtimeMs"> | undefined) {
  if (figures === undefined) return undefined;
  const halves = ({ numerator, denominator }: { numerator: bigint; denominator: bigint }): number => Number(numerator * 2n) / Number(denominator * 1000n);
  return { owed: [figures.agreedMs.min / 1000, figures.agreedMs.max / 1000], lostHalves: [halves(figures.downtimeMs.min), halves(figures.downtimeMs.max)] };
}

/** The month in which `at` lies, up to then, with what was known then: maintenance announced beforehand is not owed. */
function figuresAt(known: KnownLedger, states: readonly IssueState[], at: number): void {
  const name = new Date(at * 1000).toISOString().slice(0, 7);
  const [month] = months(name, name);
  if (month === undefined || known.bodies([BODY]).size === 0) return;
  const impact = impactReport(known, BODY, { period: span(month), zone: UTC });
  const covered = { from: month.from, to: Math.min(month.to, at) };
  for (const service of new Set(states.flatMap(({ services }) => services))) {
    const figures = impact.services.find((each) => each.serviceId === serviceOf(service));
    const [min, max] = [0, 1].map((side) => walk(covered, hitsOn(states, service, { side: side === 0 ? 0 : 1, horizon: at }), exclusionsOf(states, service)));
    expect(read(figures), `${service} as of ${new Date(at * 1000).toISOString()}`).to.deep.equal({ owed: [min?.owed, max?.owed], lostHalves: [min?.lostHalves, max?.lostHalves] });
  }
}

/** Every incident with its disruptions, in words that can be compared. */
function statesIn(known: KnownLedger): string[] {
  const incidents = allOf((page) => known.listIncidents({}, { by: "started", direction: "ascending" }, page));
  const disruptions = known.disruptionsOfIncidents(incidents.map((row) => row.incidentId));
  return incidents.map((row: IncidentRow) => {
    const hits = (disruptions.get(row.incidentId) ?? []).map((each) => `${each.serviceId} ${each.phases.map(({ degree }) => degree).join()} ${secondsOf(each.start)} ${each.end === undefined ? "open" : secondsOf(each.end)}`);
    return [row.incidentId, row.title, secondsOf(row.occurredAt), row.resolvedAt === undefined ? row.status : `${row.status} ${secondsOf(row.resolvedAt)}`, ...hits.sort()].join(" | ");
  }).sort();
}
function expectedStates(states: readonly IssueState[]): string[] {
  return states.filter(({ kind }) => kind === "incident").map(({ key, title, start, degree, services, end }) => {
    const ended = end === undefined ? undefined : `${end[0]}..${end[1]}`;
    const hits = degree === "none" ? [] : services.map((name) => `${serviceOf(name)} ${degree} ${start}..${start} ${ended ?? "open"}`);
    return [incidentOf(key), title, `${start}..${start}`, ended === undefined ? "open" : `resolved ${ended}`, ...hits.sort()].join(" | ");
  }).sort();
}
function secondsOf(when: When): string {
  return `${earliestOf(when) / 1000}..${latestOf(when) / 1000}`;
}
function withoutRepeats(values: readonly number[]): number[] {
  return values.filter((value, index) => index === 0 || value !== values[index - 1]);
}

/** Every row of a query by pages. */
function allOf<Row>(query: (page: { first: number; after?: string }) => { edges: readonly { row: Row }[]; hasNextPage: boolean; endCursor: string | undefined }): Row[] {
  const rows: Row[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const page = query({ first: PAGE_CAP, ...(after !== undefined && { after }) });
    rows.push(...page.edges.map(({ row }) => row));
    [after, more] = [page.endCursor, page.hasNextPage];
  }
  return rows;
}
