import { expect } from "chai";
import { each, list, openApi, pick, type Api, type Variables } from "./api.js";
import { send, tellStory } from "./commands.js";

/** Twelve small incidents in July 2019, a day apart, besides the one of the story; each on one of the two services. */
const COUNT = 12;
const day = (n: number): string => String(n + 1).padStart(2, "0");
async function tellMany(api: Api): Promise<void> {
  await tellStory(api);
  for (let n = 0; n < COUNT; n += 1) {
    const incidentId = `guasto-${n}`;
    await send(api, "reportIncident", { incidentId, title: `Guasto ${n} ${n % 2 === 0 ? "alla linea" : "al server"}`, occurredAt: `2019-07-${day(n)}T10:00:00Z` });
    await send(api, "assignSeverity", { incidentId, severity: n % 2 === 0 ? "LOW" : "MEDIUM", occurredAt: `2019-07-${day(n)}T10:00:00Z` });
    await send(api, "openDisruption", { incidentId, disruptionId: "fermo", serviceId: n % 2 === 0 ? "protocollo" : "posta", degree: "DEGRADED", occurredAt: `2019-07-${day(n)}T10:00:00Z` });
    if (n === COUNT - 1) break;
    await send(api, "endDisruption", { incidentId, disruptionId: "fermo", occurredAt: `2019-07-${day(n)}T11:00:00Z` });
    await send(api, "resolveIncident", { incidentId, occurredAt: `2019-07-${day(n)}T11:00:00Z` });
  }
}

describe("lists", () => {
  let api: Api;
  before(async () => {
    api = await openApi();
    await tellMany(api);
  });
  after(() => api.close());
  const ids = async (variables: Variables): Promise<readonly unknown[]> =>
    each(list(await api.tell("query ($filter: IncidentFilter, $order: IncidentOrder! = { by: STARTED }) { incidents(filter: $filter, order: $order, first: 100) { nodes { id } } }", variables), "incidents", "nodes"), "id");
  const guasti = (wanted: (n: number) => boolean): string[] => Array.from({ length: COUNT }, (_, n) => n).filter(wanted).map((n) => `guasto-${n}`).reverse();

  it("of incidents, by each filter and by several", async () => {
    expect(await ids({ filter: { period: { month: "2019-09" } } }), "one goes on since July").to.deep.equal(["cloud", "guasto-11"]);
    expect(await ids({ filter: { statuses: ["OPEN"] } })).to.deep.equal(["guasto-11"]);
    expect(await ids({ filter: { statuses: ["OPEN", "RESOLVED"] } })).to.have.length(COUNT + 1);
    expect(await ids({ filter: { severities: ["MEDIUM"] } })).to.deep.equal(guasti((n) => n % 2 === 1));
    expect(await ids({ filter: { serviceId: "protocollo" } })).to.deep.equal(["cloud", ...guasti((n) => n % 2 === 0)]);
    expect(await ids({ filter: { bodyId: "valmadrera" } }), "it has no posta").to.deep.equal(["cloud", ...guasti((n) => n % 2 === 0)]);
    expect(await ids({ filter: { contractId: "spc-cloud" } })).to.include("cloud");
    expect(await ids({ filter: { text: "LINEA guasto" } })).to.deep.equal(guasti((n) => n % 2 === 0));
    expect(await ids({ filter: { text: "linea", period: { day: "2019-07-03" }, serviceId: "protocollo" } })).to.deep.equal(["guasto-2"]);
    expect(await ids({ filter: { text: "100%_" } }), "signs of SQL are words like others").to.deep.equal([]);
    expect(await ids({ filter: { bodyId: "nessuno" } })).to.deep.equal([]);
  });

  it("of incidents, in either order and direction", async () => {
    const started = ["cloud", ...guasti(() => true)];
    expect(await ids({})).to.deep.equal(started);
    expect(await ids({ order: { by: "STARTED", direction: "ASCENDING" } })).to.deep.equal([...started].reverse());
    const recorded = [...guasti(() => true), "cloud"];
    expect(await ids({ order: { by: "RECORDED" } })).to.deep.equal(recorded);
    expect(await ids({ order: { by: "RECORDED", direction: "ASCENDING" } })).to.deep.equal([...recorded].reverse());
  });

  it("page by page are the whole, and no page is longer than the cap", async () => {
    const seen: unknown[] = [];
    let pages = 0;
    for (let after: unknown, more = true; more; pages += 1) {
      const page = pick(await api.tell("query ($after: String) { incidents(first: 5, after: $after) { edges { cursor node { id } } pageInfo { hasNextPage endCursor hasPreviousPage } } }", { after: after ?? null }), "incidents");
      seen.push(...each(list(page, "edges"), "node", "id"));
      expect(pick(page, "pageInfo", "hasPreviousPage")).to.equal(pages > 0);
      after = pick(page, "pageInfo", "endCursor");
      more = pick(page, "pageInfo", "hasNextPage") === true;
    }
    expect(pages).to.equal(3);
    expect(seen).to.deep.equal(await ids({}));
    expect((await api.refuse("{ incidents(first: -1) { nodes { id } } }")).extensions).to.include({ code: "INVALID_INPUT", field: "first" });
    expect((await api.refuse('{ incidents(after: "AAAA") { nodes { id } } }')).extensions).to.include({ code: "INVALID_INPUT", field: "after" });
    const cursor = pick(await api.tell("{ incidents(first: 1) { pageInfo { endCursor } } }"), "incidents", "pageInfo", "endCursor");
    expect((await api.refuse("query ($after: String) { incidents(order: { by: RECORDED }, after: $after) { nodes { id } } }", { after: cursor })).extensions, "a cursor of another order").to.include({ code: "INVALID_INPUT", field: "after" });
  });

  it("of bodies, services and contracts, by name or id", async () => {
    const names = async (field: string, what: string, args = ""): Promise<readonly unknown[]> => each(list(await api.tell(`{ ${field}${args} { nodes { ${what} } } }`), field, "nodes"), what);
    expect(await names("bodies", "name")).to.deep.equal(["Comune di Lecco", "Comune di Valmadrera"]);
    expect(await names("bodies", "id", "(order: { by: ID, direction: DESCENDING })")).to.deep.equal(["valmadrera", "lecco"]);
    expect(await names("services", "id")).to.deep.equal(["posta", "protocollo"]);
    expect(await names("contracts", "title")).to.deep.equal(["SPC Cloud lotto 1"]);
    expect(await names("bodies", "id", '(knownAt: { position: "5" })')).to.deep.equal(["lecco"]);
  });
});

describe("statements that a list costs", () => {
  /** SQL statements of one question. */
  async function costOf(api: Api, query: string): Promise<number> {
    api.statements.length = 0;
    await api.tell(query);
    return api.statements.length;
  }
  /** Enough that every kind of thing is among them: statements are as many as kinds. */
  const FEW = 6;
  const QUESTIONS: Readonly<Record<string, (first: number) => string>> = {
    incidents: (first) => `{ incidents(first: ${first}) { nodes { id contract { title } disruptions { id service { name } affectedBodies { name workstationsAt } } affectedBodies { name } responses { id } communications { id } evidence { fileName } timeline { headline } knowledge { incomplete } } } }`,
    timeline: (first) => `{ timeline(period: { year: 2019 }, first: ${first * 5}) { nodes { headline incident { title } service { name } body { name } contract { title } } } }`,
    services: (first) => `{ services(first: ${first}) { nodes { contract { title } adoptions { body { name } } incidents(period: { year: 2019 }) { id } maintenance(period: { year: 2019 }) { id } } } }`,
    bodies: (first) => `{ bodies(first: ${first}) { nodes { names { name } workstations { workstations } adoptions { service { name } } } } }`,
    impactReports: (first) => `{ impactReports(first: ${first}, period: { year: 2019 }) { nodes { body { name } total { downtime { max { iso8601 } } } disruptions { disruptionId } responses { entry { headline } } costs { currency } } } }`,
  };

  for (const [name, question] of Object.entries(QUESTIONS)) {
    it(`are as many for a few ${name} as for all`, async () => {
      const api = await openApi();
      try {
        await tellMany(api);
        const few = await costOf(api, question(FEW));
        expect(few).to.be.within(1, 20);
        expect(await costOf(api, question(100)), api.statements.join("\n")).to.be.at.most(few);
      } finally {
        await api.close();
      }
    });
  }
});
