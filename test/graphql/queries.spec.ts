import { expect } from "chai";
import { each, list, openApi, pick, text, type Api } from "./api.js";
import { send } from "./commands.js";
import { EVERY_COMMAND } from "./every-command.js";

describe("queries of one thing", () => {
  let api: Api;
  before(async () => {
    api = await openApi();
    for (const [field, input] of EVERY_COMMAND) await send(api, field, input);
  });
  after(() => api.close());

  it("a body, with its names, memberships, workstations and what it has adopted", async () => {
    expect(await api.tell(`{ body(id: "valmadrera") {
      id name kind names { name effectiveFrom } memberships { start end } workstations { workstations } workstationsAt adoptions { service { name } spans { start end } } incidents(period: { month: "2019-09" }) { id }
    } }`)).to.deep.equal({ body: {
      id: "valmadrera", name: "Città di Valmadrera", kind: "MUNICIPALITY",
      names: [{ name: "Comune di Valmadrera", effectiveFrom: "2008-12-31T23:00:00Z" }, { name: "Città di Valmadrera", effectiveFrom: "2019-05-31T22:00:00Z" }],
      memberships: [{ start: "2008-12-31T23:00:00Z", end: "2019-12-31T23:00:00Z" }], workstations: [], workstationsAt: null,
      adoptions: [{ service: { name: "Protocollo informatico" }, spans: [{ start: "2017-12-31T23:00:00Z", end: null }] }],
      incidents: [{ id: "cloud" }],
    } });
  });

  it("a service and its contract, with what was agreed and when it was maintained", async () => {
    expect(await api.tell(`{ service(id: "posta") { name contract { title supplier amount { amountCents } agreements { kind money { amountCents } } services { id } maintenance { id cancelledAt { earliest } } } adoptions { body { name } spans { end } } maintenance(period: { year: 2019 }) { id } } }`)).to.deep.equal({ service: {
      name: "Posta elettronica",
      contract: {
        title: "SPC Cloud lotto 1", supplier: "Telecom Italia", amount: null,
        agreements: [{ kind: "WORKSTATION_COST", money: { amountCents: 9072 } }, { kind: "AMOUNT", money: { amountCents: 40_000_000 } }, { kind: "FEE", money: { amountCents: 125_000 } }],
        services: [{ id: "posta" }, { id: "protocollo" }], maintenance: [{ id: "patch-1", cancelledAt: { earliest: "2019-10-15T07:00:00Z" } }],
      },
      adoptions: [{ body: { name: "Comune di Lecco" }, spans: [{ end: "2019-12-31T23:00:00Z" }] }],
      maintenance: [{ id: "patch-1" }],
    } });
  });

  it("an incident, with all that belongs to it", async () => {
    const incident = pick(await api.tell(`{ incident(id: "cloud") {
      title status severity startedAt endedAt occurredAt { earliest exact } description { text language audience { kind } } cause { category party text { text } }
      clocks { supplierNotifiedAt { earliest } acknowledgedAt { earliest } restoredAt { earliest } pauses { clock reason } }
      disruptions { id degree start { earliest latest exact } end { earliest } scope { kind bodyIds } affectedBodies { id } phases { degree at { earliest } } }
      affectedBodies { id } responses { text { text } disruptionIds } communications { kind channel text { text } } evidence { fileName sha256 sizeBytes } improvements { text { text } completedAt { earliest } } reports { title }
    } }`), "incident");
    expect(incident).to.deep.include({
      title: "Il cloud non risponde", status: "CLOSED", severity: "CRITICAL", startedAt: "2019-09-25T06:10:00Z",
      occurredAt: { earliest: "2019-09-25T06:10:00Z", exact: true }, description: { text: "Nessun servizio raggiungibile", language: "it", audience: { kind: "EVERYONE" } },
      cause: { category: "NETWORK", party: "SUPPLIER", text: { text: "Un apparato di rete" } },
    });
    const disruptions = list(incident, "disruptions");
    expect(each(disruptions, "id")).to.deep.equal(["protocollo-giu", "posta-lenta", "protocollo-lento"]);
    expect(disruptions[1]).to.deep.include({ degree: "PARTIAL", start: { earliest: "2019-09-25T06:10:00Z", latest: "2019-09-25T06:20:00Z", exact: false }, affectedBodies: [{ id: "lecco" }] });
    expect(pick(disruptions[2], "phases")).to.have.length(3);
    expect(pick(disruptions[2], "scope")).to.deep.equal({ kind: "BODIES", bodyIds: ["valmadrera"] });
    expect(pick(incident, "affectedBodies")).to.deep.equal([{ id: "valmadrera" }, { id: "lecco" }]);
    expect(pick(incident, "clocks", "pauses")).to.deep.equal([{ clock: "RESTORE", reason: "In attesa di un accesso" }]);
    expect(each(list(incident, "communications"), "kind")).to.deep.equal(["SUPPLIER_NOTIFIED", "MEMBERS_INFORMED", "SUPPLIER_STATEMENT"]);
    expect(pick(incident, "improvements", 0, "completedAt", "earliest")).to.equal("2019-10-10T13:00:00Z");
    expect([pick(incident, "evidence", 0, "fileName"), pick(incident, "reports", 0, "title")]).to.deep.equal(["registro.txt", "Relazione all'Assemblea"]);
  });

  it("null for what the ledger does not know, a coded error for what is no id", async () => {
    expect(await api.tell('{ body(id: "nessuno") { id } service(id: "nessuno") { id } contract(id: "nessuno") { id } incident(id: "nessuno") { id } }')).to.deep.equal({ body: null, service: null, contract: null, incident: null });
    for (const field of ["body", "service", "contract", "incident"]) {
      expect((await api.refuse(`{ ${field}(id: "non è un id") { id } }`)).extensions, field).to.include({ code: "INVALID_ID", field: "id" });
    }
  });

  it("the ledger: where it is, its store, its read models", async () => {
    const ledger = pick(await api.tell("{ ledger { id position eventCount store { name available } readModels { name version lagEvents } skippedEvents { type } } }"), "ledger");
    expect(ledger).to.deep.include({ id: "lecco", position: String(EVERY_COMMAND.length), eventCount: EVERY_COMMAND.length, store: { name: "SQLite", available: true }, skippedEvents: [] });
    expect(each(list(ledger, "readModels"), "lagEvents").every((lag) => lag === 0)).to.equal(true);
  });

  it("the raw events, forwards and backwards, by category, thing, type and import", async () => {
    const events = async (args: string): Promise<readonly unknown[]> => list(await api.tell(`{ events${args} { nodes { type position } } }`), "events", "nodes");
    expect(each(await events("(first: 3)"), "position")).to.deep.equal(["1", "2", "3"]);
    expect(each(await events("(first: 2, direction: BACKWARDS)"), "type")).to.deep.equal(["BodyLeft", "ServiceDropped"]);
    expect(each(await events('(filter: { category: BODY, subjectId: "valmadrera" })'), "type")).to.deep.equal(["BodyJoined", "BodyRenamed", "BodyLeft"]);
    expect(each(await events('(filter: { types: ["DisruptionOpened", "DisruptionEnded"] })'), "type")).to.have.length(6);
    expect(await events('(filter: { importId: "csv.niente" })')).to.deep.equal([]);
    const [first] = list(await api.tell("{ events(first: 1) { nodes { stream category subjectId revision actor { id verified } commandId data understood schemaVersion } } }"), "events", "nodes");
    expect(first).to.deep.include({ stream: "il.lecco.contract-spc-cloud", category: "CONTRACT", subjectId: "spc-cloud", revision: 0, actor: { id: "lead-body", verified: false }, understood: true });
    expect(pick(first, "data", "title")).to.equal("SPC Cloud lotto 1");
    expect((await api.refuse('{ events(filter: { subjectId: "lecco" }) { nodes { type } } }')).extensions.code).to.equal("INVALID_INPUT");
  });
});

describe("timelines over GraphQL", () => {
  let api: Api;
  before(async () => {
    api = await openApi();
    for (const [field, input] of EVERY_COMMAND) await send(api, field, input);
  });
  after(() => api.close());
  const kinds = async (args: string): Promise<readonly unknown[]> => each(list(await api.tell(`{ timeline${args} { nodes { kind } } }`), "timeline", "nodes"), "kind");

  it("of an incident, a body, a service, a contract, a period, and of the whole ledger", async () => {
    expect(await kinds('(subject: { incidentId: "cloud" }, first: 100)')).to.have.length(30).and.to.include("ReportFiled");
    expect(await kinds('(subject: { bodyId: "valmadrera" }, first: 100)')).to.include.members(["BodyJoined", "ServiceAdopted", "DisruptionOpened", "ResponseRecorded"]).and.not.to.include("ContractAwarded");
    expect(await kinds('(subject: { serviceId: "posta" }, period: { day: "2019-09-25" }, first: 100)')).to.include("DisruptionOpened").and.not.to.include("ServiceCatalogued");
    expect(await kinds('(subject: { contractId: "spc-cloud" }, first: 100)')).to.include.members(["ContractAwarded", "FeeAgreed", "MaintenanceAnnounced"]);
    expect(await kinds('(period: { quarter: "2019-Q4" }, first: 100)')).to.deep.equal(["ImprovementCompleted", "MaintenanceCancelled", "ReportFiled", "IncidentClosed", "MaintenanceAnnounced"]);
    expect(await kinds("(first: 100)")).to.have.length(EVERY_COMMAND.length);
  });

  it("page by page they are the whole, in both languages", async () => {
    const seen: unknown[] = [];
    for (let after = "", more = true; more; ) {
      const page = pick(await api.tell(`{ timeline(first: 7${after === "" ? "" : `, after: "${after}"`}) { nodes { id } pageInfo { hasNextPage endCursor } } }`), "timeline");
      seen.push(...each(list(page, "nodes"), "id"));
      after = text(page, "pageInfo", "endCursor");
      more = pick(page, "pageInfo", "hasNextPage") === true;
    }
    expect(seen).to.deep.equal(each(list(await api.tell("{ timeline(first: 100) { nodes { id } } }"), "timeline", "nodes"), "id"));
    const opened = list(await api.tell('{ timeline(subject: { serviceId: "posta" }, period: { day: "2019-09-25" }, first: 100) { nodes { kind it: headline en: headline(language: EN) } } }'), "timeline", "nodes").find((node) => pick(node, "kind") === "DisruptionOpened");
    expect(opened).to.deep.include({ it: "Posta elettronica: interruzione parziale per Comune di Lecco", en: "Posta elettronica: partial outage for Comune di Lecco" });
  });

  it("refuse more than one subject, a cursor that is none, and a thing that is not there", async () => {
    expect((await api.refuse('{ timeline(subject: { bodyId: "lecco", serviceId: "posta" }) { nodes { id } } }')).extensions.code).to.equal("INVALID_INPUT");
    expect((await api.refuse('{ timeline(after: "niente") { nodes { id } } }')).extensions).to.include({ code: "INVALID_INPUT" });
    expect((await api.refuse('{ timeline(subject: { incidentId: "nessuno" }) { nodes { id } } }')).extensions).to.include({ code: "NOT_FOUND", field: "incidentId" });
  });
});
