import { expect } from "chai";
import fc from "fast-check";
import type { KnownLedger } from "../../src/readmodel/known-ledger.js";
import { openDatabase } from "../../src/sqlite/driver.js";
import { answersOf, hours } from "./answers.js";
import { histories } from "./histories.js";
import { knownAt, onLedger } from "./kept-ledger.js";
import { WORLD } from "./move.js";

const [HISTORY = []] = fc.sample(histories({ maxMoves: 60 }), { numRuns: 1, seed: 20190925 });
const MONTH = hours(0, 720);

/** How SQLite goes about the statements that a query runs (https://www.sqlite.org/eqp.html), one line a step. */
async function plansOf(query: (known: KnownLedger) => unknown): Promise<readonly { readonly sql: string; readonly steps: readonly string[] }[]> {
  return onLedger(async (ledger) => {
    await ledger.append(HISTORY);
    const statements: string[] = [];
    const readModel = await ledger.caughtUp({ onStatement: (sql) => statements.push(sql) });
    const known = await knownAt(readModel);
    statements.length = 0;
    query(known);
    const database = openDatabase(ledger.file, { readOnly: true });
    try {
      const explained = (sql: string) => database.prepare(`EXPLAIN QUERY PLAN ${sql.replace(/:[a-z][a-z0-9_]*/gi, "NULL")}`).all();
      return [...new Set(statements)].map((sql) => ({ sql, steps: explained(sql).map(({ detail }) => String(detail)) }));
    } finally {
      database.close();
    }
  });
}

/** Through the eleven size classes, which are constants. */
const SIZES = "SCAN size";

/** The steps that go through a table or an index of a read model, without the number of its build. */
async function stepsOf(query: (known: KnownLedger) => unknown): Promise<readonly string[]> {
  const steps = (await plansOf(query)).flatMap((plan) => plan.steps).filter((step) => /_v\d+_\d+|^SCAN \w+$/.test(step) && step !== SIZES);
  return steps.map((step) => step.replace(/_v\d+_\d+__/, ".").replace(/_v\d+_\d+/, ""));
}
const BODIES = WORLD.bodies;
const [LECCO] = BODIES;
if (LECCO === undefined) throw new TypeError("the world has bodies");
const BY_START = { by: "started", direction: "descending" } as const;

describe("the way to the rows", () => {
  it("of disruptions in a period: their service and size, then their start", async () => {
    expect(await stepsOf((known) => known.disruptionsOfServices(WORLD.services, MONTH))).to.deep.equal([
      "SEARCH row USING INDEX disruptions.span_service_id (service_id=? AND span_class=? AND started>? AND started<?)",
      "SEARCH row USING INDEX disruptions.known_service_id (service_id=? AND known_class=? AND known_from>? AND known_from<?)",
    ]);
  });
  it("of what a body has, and of its maintenance: an index each", async () => {
    expect(await stepsOf((known) => known.adoptionsOfBodies(BODIES))).to.deep.equal(["SEARCH row USING INDEX adoptions.by_body_id (body_id=?)"]);
    expect(await stepsOf((known) => known.workstationsOfBodies(BODIES))).to.deep.equal(["SEARCH row USING INDEX workstations.by_body_id (body_id=?)"]);
    expect(await stepsOf((known) => known.maintenanceOfServices(WORLD.services, MONTH))).to.deep.equal([
      "SEARCH row USING INDEX maintained_services.span_service_id (service_id=? AND span_class=? AND started>? AND started<?)",
      "SEARCH row USING INDEX maintained_services.known_service_id (service_id=? AND known_class=? AND known_from>? AND known_from<?)",
      "SEARCH row USING INDEX maintenance.key (key=? AND known_from<?)",
    ]);
  });
  it("of the clocks that may run at a time: the size of their life, then its start; of those of incidents: the incident", async () => {
    expect(await stepsOf((known) => known.clocksWithin(MONTH))).to.deep.equal([
      "SEARCH row USING INDEX incident_clocks.span (span_class=? AND started>? AND started<?)",
      "SEARCH row USING INDEX incident_clocks.known (known_class=? AND known_from>? AND known_from<?)",
    ]);
    expect(await stepsOf((known) => known.clocksOfIncidents(WORLD.incidents))).to.deep.equal(["SEARCH row USING INDEX incident_clocks.key (key=? AND known_from<?)"]);
  });
  it("of the terms, penalties and assessments of contracts: the contract", async () => {
    const byContract = (name: string): readonly string[] => [`SEARCH row USING INDEX ${name}.by_contract_id (contract_id=?)`];
    expect(await stepsOf((known) => known.termsOfContracts(WORLD.contracts))).to.deep.equal(byContract("terms"));
    expect(await stepsOf((known) => known.penaltiesOfContracts(WORLD.contracts))).to.deep.equal(byContract("penalties"));
    expect(await stepsOf((known) => known.assessmentsOfContracts(WORLD.contracts))).to.deep.equal(byContract("assessments"));
    expect(await stepsOf((known) => known.exclusionsOfContracts(WORLD.contracts))).to.deep.equal(byContract("exclusions"));
  });
  it("of obligations: the incident or the regime; of all of them, which are few: one index from end to end", async () => {
    expect(await stepsOf((known) => known.obligationsOfIncidents(WORLD.incidents))).to.deep.equal(["SEARCH row USING INDEX obligations.by_incident_id (incident_id=?)"]);
    expect(await stepsOf((known) => known.allObligations())).to.deep.equal(["SCAN row USING INDEX obligations.by_regime_id"]);
  });
  it("of the timeline of an incident: the incident", async () => {
    expect(await stepsOf((known) => known.timelineOfIncidents(WORLD.incidents, MONTH))).to.deep.equal(["SEARCH row USING INDEX timeline.by_incident_id (incident_id=?)"]);
  });
  it("of what went on, began or was due in a period, whatever it is of: the size, then the time", async () => {
    const ways = (name: string): readonly string[] => [
      `SEARCH row USING INDEX ${name}.span (span_class=? AND started>? AND started<?)`, `SEARCH row USING INDEX ${name}.known (known_class=? AND known_from>? AND known_from<?)`,
    ];
    expect(await stepsOf((known) => known.incidentsDuring(MONTH))).to.deep.equal(ways("incidents"));
    expect(await stepsOf((known) => known.disruptionsBegunIn(MONTH))).to.deep.equal(ways("disruptions"));
    expect(await stepsOf((known) => known.improvementsDueIn(MONTH))).to.deep.equal(ways("improvements"));
  });
  it("of the milestones and the improvements of incidents: the incident", async () => {
    expect(await stepsOf((known) => known.entriesOfIncidents(WORLD.incidents, ["SeverityAssigned", "IncidentResolved"]))).to.include("SEARCH row USING INDEX timeline.by_incident_id (incident_id=?)").and.have.length(1);
    expect(await stepsOf((known) => known.improvementsOfIncidents(WORLD.incidents))).to.deep.equal(["SEARCH row USING INDEX improvements.by_incident_id (incident_id=?)"]);
  });
  it("of the timeline of a body in a period: the body and the size, then the time", async () => {
    expect(await stepsOf((known) => known.timelineOfBodies(BODIES, MONTH))).to.deep.equal([
      "SEARCH row USING INDEX timeline.span_body_id (body_id=? AND span_class=? AND started>? AND started<?)",
      "SEARCH row USING INDEX timeline.known_body_id (body_id=? AND known_class=? AND known_from>? AND known_from<?)",
    ]);
  });
  it("of the timeline of a period: the order in which they are shown", async () => {
    expect(await stepsOf((known) => known.listTimeline(MONTH, { first: 20 }))).to.deep.equal([
      "SEARCH row USING INDEX timeline.order_started_ended (started>? AND started<?)",
      "SEARCH row USING INDEX timeline.span (span_class=? AND started>? AND started<?)",
      "SEARCH row USING INDEX timeline.known (known_class=? AND known_from>? AND known_from<?)",
    ]);
  });
  it("of a page of incidents: the order in which they are shown, from where the page before ended", async () => {
    const superseded = "SEARCH row USING INDEX incidents.known (known_class=? AND known_from>? AND known_from<?)";
    expect(await stepsOf((known) => known.listIncidents({}, BY_START, { first: 20 }))).to.deep.equal(["SCAN row USING INDEX incidents.order_started", superseded]);
    expect(await stepsOf((known) => known.listIncidents({}, { ...BY_START, by: "recorded" }, { first: 20 }))).to.deep.equal(["SCAN row USING INDEX incidents.order", superseded]);
    const pages = (known: KnownLedger): unknown => {
      const after = known.listIncidents({}, BY_START, { first: 1 }).endCursor;
      return after === undefined ? expect.fail("there are two incidents") : known.listIncidents({}, BY_START, { first: 1, after });
    };
    expect((await stepsOf(pages)).slice(2)).to.deep.equal(["SEARCH incidents USING INDEX incidents.key (key=?)", "SEARCH row USING INDEX incidents.order_started ((started,first_known)<(?,?))", superseded]);
  });
  it("of those that hit a body: the incident's own disruptions, and the body's own adoption", async () => {
    const steps = await stepsOf((known) => known.listIncidents({ span: MONTH, bodyId: LECCO }, BY_START, { first: 20 }));
    const within = steps.filter((step) => !step.includes(" row "));
    expect(new Set(within.map((step) => step.replace(" EXISTS", "")))).to.deep.equal(
      new Set(["SEARCH hit USING INDEX disruptions.by_incident_id (incident_id=?)", "SEARCH adopted USING INDEX adoptions.key (key=? AND known_from<?)"]),
    );
  });
  it("of any query but the short lists by name never goes through a whole table", async () => {
    const plans = await plansOf((known) => answersOf(known, HISTORY.map(({ id }) => id)));
    expect(plans.length).to.be.above(30);
    const through = plans.filter(({ steps }) => steps.some((step) => /^SCAN \w+$/.test(step) && step !== SIZES));
    expect(through.length).to.be.above(0);
    for (const { sql } of through) expect(sql).to.match(/FROM (bodies|services|contracts)_v\d+_\d+ AS row\s+WHERE/);
  });
});
