import { expect } from "chai";
import { each, list, openApi, pick, type Api } from "./api.js";
import { send, tellStory } from "./commands.js";

/** 30 days of 24 hours. */
const SEPTEMBER_HOURS = 720;

describe("figures over GraphQL", () => {
  let api: Api;
  before(async () => {
    api = await openApi();
    await tellStory(api);
  });
  after(() => api.close());
  const TOTAL = "total { agreed { max { hours { exact } } } downtime { min { hours { exact } } max { hours { exact } } } availability { percent { min max } } lostWorkstationHours { min { exact } max { exact } } }";

  it("the impact on a body: worked out by hand", async () => {
    // Protocollo down for 3.5 h. Posta, half, from 08:10 (or 08:20) to 12:10: after 11:40 it is alone, and 0.5 h × ½ more; before, the outage counts.
    const report = pick(await api.tell(`{ impactReport(bodyId: "lecco", period: { month: "2019-09" }) { ${TOTAL} costs { currency cost { max { amountCents } } } disruptions { disruptionId degrees: phases { degree } } provisional } }`), "impactReport");
    expect(pick(report, "total")).to.deep.equal({
      agreed: { max: { hours: { exact: String(SEPTEMBER_HOURS) } } }, downtime: { min: { hours: { exact: "15/4" } }, max: { hours: { exact: "15/4" } } },
      availability: { percent: { min: "99.4791", max: "99.4791" } }, lostWorkstationHours: { min: { exact: "1875/2" }, max: { exact: "1875/2" } },
    });
    // 937.5 h × € 90.72 ÷ 8,760 h = € 9.7089…
    expect(pick(report, "costs")).to.deep.equal([{ currency: "EUR", cost: { max: { amountCents: 971 } } }]);
    expect(each(list(report, "disruptions"), "disruptionId")).to.have.members(["protocollo-giu", "posta-lenta"]);
    expect(pick(report, "provisional")).to.deep.equal([]);
  });

  it("a period in every form is the same month, and cut in another zone it is another", async () => {
    const owed = async (period: string): Promise<unknown> => pick(await api.tell(`{ impactReport(bodyId: "lecco", period: ${period}) { total { agreed { max { hours { exact } } } } } }`), "impactReport", "total", "agreed", "max", "hours", "exact");
    expect(await owed('{ from: "2019-09-01T00:00:00+02:00", to: "2019-10-01T00:00:00+02:00" }')).to.equal("720");
    expect(await owed('{ day: "2019-09-25" }')).to.equal("24");
    expect(await owed('{ day: "2019-03-31" }'), "an hour is skipped").to.equal("23");
    expect(await owed('{ day: "2019-03-31", zone: "UTC" }')).to.equal("24");
    expect(await owed('{ quarter: "2019-Q3" }')).to.equal(String(92 * 24));
    // A year not over yet is owed up to now.
    expect(await owed("{ year: 2018 }")).to.equal("8760");
  });

  const NO_PERIODS = ['{ month: "2019-13" }', '{ quarter: "2019-Q5" }', "{ year: 12 }", '{ month: "2019-09", year: 2019 }', '{ from: "2019-09-01T00:00:00Z" }', "{}", '{ from: "2019-09-02T00:00:00Z", to: "2019-09-01T00:00:00Z" }'];
  for (const period of NO_PERIODS) {
    it(`no period: ${period}`, async () => {
      const { extensions, message } = await api.refuse(`{ impactReport(bodyId: "lecco", period: ${period}) { period { start } } }`);
      expect(extensions, message).to.include({ code: "INVALID_PERIOD" });
      expect(extensions.field).to.match(/^period/);
    });
  }

  it("of all bodies, page by page", async () => {
    const names: unknown[] = [];
    for (let after = "", more = true; more; ) {
      const page = pick(await api.tell(`{ impactReports(period: { month: "2019-09" }, first: 1${after === "" ? "" : `, after: "${after}"`}) { nodes { body { name } ${TOTAL} } pageInfo { hasNextPage endCursor } } }`), "impactReports");
      names.push(...each(list(page, "nodes"), "body", "name"));
      after = String(pick(page, "pageInfo", "endCursor"));
      more = pick(page, "pageInfo", "hasNextPage") === true;
    }
    expect(names).to.deep.equal(["Comune di Lecco", "Comune di Valmadrera"]);
  });

  it("of a service, with the parts that add up to the whole", async () => {
    const report = pick(await api.tell(`{ serviceAvailability(serviceId: "protocollo", period: { month: "2019-09" }) {
      any { availability { percent { min max } } } all { availability { percent { min } } } mean { downtime { max { hours { exact } } } explanation { exact unfavourable { start end sentence } } }
      bodies { body { id } } disruptions { disruptionId } } }`), "serviceAvailability");
    expect(pick(report, "any")).to.deep.equal({ availability: { percent: { min: "99.5138", max: "99.5138" } } });
    expect(each(list(report, "bodies"), "body", "id")).to.have.members(["lecco", "valmadrera"]);
    const parts = list(report, "mean", "explanation", "unfavourable");
    const lengthsMs = parts.map((part) => Date.parse(String(pick(part, "end"))) - Date.parse(String(pick(part, "start"))));
    expect(lengthsMs.reduce((sum, each) => sum + each, 0)).to.equal(SEPTEMBER_HOURS * 3_600_000);
    expect(each(parts, "sentence")[1]).to.match(/3 h 30 min/);
  });

  it("what is not known is refused by name", async () => {
    expect((await api.refuse('{ impactReport(bodyId: "nessuno", period: { year: 2019 }) { zone } }')).extensions).to.include({ code: "NOT_FOUND", field: "bodyId" });
    expect((await api.refuse('{ serviceAvailability(serviceId: "nessuno", period: { year: 2019 }) { zone } }')).extensions).to.include({ code: "NOT_FOUND", field: "serviceId" });
  });
});

describe("known when", () => {
  let api: Api;
  before(async () => {
    api = await openApi();
    await tellStory(api);
  });
  after(() => api.close());
  const STATUS = (knownAt: string): string => `{ incident(id: "cloud", knownAt: ${knownAt}) { status knowledge { position } } }`;

  it("an answer at a position stays what it was, whatever is recorded later", async () => {
    const ask = `{ impactReport(bodyId: "lecco", period: { month: "2019-09" }, knownAt: { position: "21" }) { total { downtime { max { hours { exact } } } } knowledge { position } disruptions { disruptionId } } timeline(subject: { incidentId: "cloud" }, first: 100, knownAt: { position: "21" }) { nodes { headline state } } }`;
    const before = await api.tell(ask);
    await send(api, "recordResponse", { incidentId: "cloud", entryId: "dopo", text: { text: "Anche questo", language: "it" }, occurredAt: "2019-09-25T09:30:00Z" });
    const [ended] = list(await api.tell('{ events(filter: { types: ["DisruptionEnded"] }, first: 1) { nodes { id } } }'), "events", "nodes");
    await send(api, "correctRecord", { eventId: pick(ended, "id"), reason: "Il registro delle chiamate", fact: { disruptionEnded: { incidentId: "cloud", disruptionId: "protocollo-giu", occurredAt: "2019-09-25T12:20:00+02:00" } } });
    expect(await api.tell(ask)).to.deep.equal(before);
    const now = await api.tell('{ impactReport(bodyId: "lecco", period: { month: "2019-09" }) { total { downtime { max { hours { exact } } } } } }');
    expect(now).to.have.nested.property("impactReport.total.downtime.max.hours.exact", "25/6");
  });

  it("a position, an instant, and what no store ever gave", async () => {
    expect(await api.tell(STATUS('{ position: "11" }'))).to.deep.equal({ incident: { status: "OPEN", knowledge: { position: "11" } } });
    expect(await api.tell(STATUS('{ recordedAt: "2019-01-01T00:00:00Z" }'))).to.deep.equal({ incident: null });
    for (const knownAt of ['{ position: "9999" }', '{ position: "undici" }']) expect((await api.refuse(STATUS(knownAt))).extensions.code, knownAt).to.equal("UNKNOWN_POSITION");
    expect((await api.refuse(STATUS('{ position: "11", recordedAt: "2019-09-25T08:30:00Z" }'))).extensions.code).to.equal("INVALID_INPUT");
  });

  it("an event by its id, which outlasts a move to another store; and what is no event of this ledger", async () => {
    const event = String(pick(await api.tell('{ incident(id: "cloud", knownAt: { position: "11" }) { knowledge { event } } }'), "incident", "knowledge", "event"));
    expect(pick(await api.tell('{ events(first: 11) { nodes { id } } }'), "events", "nodes", 10, "id")).to.equal(event);
    expect(await api.tell(STATUS(`{ event: "${event}" }`))).to.deep.equal({ incident: { status: "OPEN", knowledge: { position: "11" } } });
    const past = (known: string): string => `{ impactReport(bodyId: "lecco", period: { month: "2019-09" }, knownAt: ${known}) { total { downtime { max { hours { exact } } } } disruptions { disruptionId } knowledge { event position provisional } } }`;
    expect(await api.tell(past(`{ event: "${event}" }`))).to.deep.equal(await api.tell(past('{ position: "11" }')));
    const { extensions } = await api.refuse(STATUS('{ event: "01930000-0000-7000-8000-000000000000" }'));
    expect(extensions).to.include({ code: "NOT_FOUND", field: "knownAt" });
    expect((await api.refuse(STATUS('{ event: "11" }'))).extensions).to.include({ code: "INVALID_ID", field: "knownAt.event" });
  });

  it("at least a position: it waits for one that will come, and refuses one that is none", async () => {
    expect(await api.tell('{ body(id: "lecco", atLeast: "21") { name } }')).to.deep.equal({ body: { name: "Comune di Lecco" } });
    expect((await api.refuse('{ body(id: "lecco", atLeast: "x") { name } }')).extensions.code).to.equal("UNKNOWN_POSITION");
  });
});
