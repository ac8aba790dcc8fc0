import { expect } from "chai";
import { at } from "../support/given.js";
import { file, holding, openTestLedger, take, type TestLedger } from "./ledger.js";

const HEADER = "incident,title,service,bodies,degree,start,end";
const OUTAGE = "cloud-2019-09-25,Outage of the rented cloud,protocollo,lecco|valmadrera,outage,2019-09-25T08:10:00+02:00,2019-09-25T11:40:00+02:00";
const MAIL = "cloud-2019-09-25,,posta,*,partial,2019-09-25T08:00:00+02:00,2019-09-25T12:00:00+02:00";
const STREAM = "csv.disservizi.cloud-2019-09-25";

describe("CSV of disruptions", () => {
  let into: TestLedger;
  beforeEach(async () => {
    into = await openTestLedger();
  });
  afterEach(() => into.close());

  it("makes one incident of the rows that name it, wherever they stand, and one disruption of each row", async () => {
    const other = "guasto-2,Guasto,protocollo,lecco,degraded,2019-10-01T08:00:00+02:00,";
    const report = await take(into, file("disservizi.csv", [HEADER, OUTAGE, other, MAIL].join("\n")));
    expect(report).to.include({ importId: "csv.disservizi", format: "csv", outcome: "imported", items: 2, problemCount: 0, mendCount: 0 });
    expect(report.created).to.deep.equal({ contracts: 1, bodies: 2, services: 2, adoptions: 2, incidents: 2, disruptions: 3, maintenance: 0 });
    const incidentId = STREAM;
    const [reported, ...rest] = await holding(into, "incident", STREAM);
    expect(reported).to.deep.equal({ type: "IncidentReported", data: { incidentId, title: "Outage of the rented cloud", occurredAt: at("2019-09-25T08:00:00+02:00") } });
    const bodies = { kind: "bodies", bodyIds: ["lecco", "valmadrera"] };
    expect(rest).to.deep.equal([
      { type: "DisruptionOpened", data: { incidentId, disruptionId: "protocollo.lecco.valmadrera", serviceId: "protocollo", scope: bodies, degree: "outage", occurredAt: at("2019-09-25T06:10:00Z") } },
      { type: "DisruptionEnded", data: { incidentId, disruptionId: "protocollo.lecco.valmadrera", occurredAt: at("2019-09-25T09:40:00Z") } },
      { type: "DisruptionOpened", data: { incidentId, disruptionId: "posta", serviceId: "posta", scope: { kind: "all" }, degree: "partial", occurredAt: at("2019-09-25T06:00:00Z") } },
      { type: "DisruptionEnded", data: { incidentId, disruptionId: "posta", occurredAt: at("2019-09-25T10:00:00Z") } },
      { type: "IncidentResolved", data: { incidentId, occurredAt: at("2019-09-25T10:00:00Z") } },
    ]);
    expect((await holding(into, "incident", "csv.disservizi.guasto-2")).map(({ type }) => type), "goes on, so it is not resolved").to.deep.equal(["IncidentReported", "DisruptionOpened"]);
  });

  it("reads semicolons, quotes over lines, CR LF, a byte order mark, bands and every optional column", async () => {
    const header = "\uFEFFIncident;Title;Service;Bodies;Degree;Start;End;Contract;Severity;Detected;Reported;Resolved;Text;Recorded";
    const row = 'g-7;"Guasto; \"\"grave\"\"";protocollo;*;partial;2019-09-25T08:00:00Z/2019-09-25T08:30:00Z;2019-09-25T10:00:00Z;spc-cloud-lotto-1;high;2019-09-25T08:45:00Z;2019-09-25T09:00:00Z;2019-09-25T12:00:00Z;"prima riga\r\nseconda riga";2019-09-26T07:00:00Z';
    const report = await take(into, file("guasti.csv", `${header}\r\n\r\n${row}\r\n`), { importId: "guasti-2019" });
    expect(report.problems).to.deep.equal([]);
    const [reported, severity, opened, , resolved] = await holding(into, "incident", "guasti-2019.g-7");
    const band = { earliest: at("2019-09-25T08:00:00Z"), latest: at("2019-09-25T08:30:00Z") };
    const times = { detectedAt: at("2019-09-25T08:45:00Z"), reportedAt: at("2019-09-25T09:00:00Z") };
    expect(reported?.data).to.deep.equal({ incidentId: "guasti-2019.g-7", title: 'Guasto; "grave"', occurredAt: band, contractId: "spc-cloud-lotto-1", ...times });
    expect(severity?.data).to.include({ severity: "high" });
    expect(opened?.data).to.deep.include({ occurredAt: band, ...times, text: { text: "prima riga\nseconda riga", language: "it", audience: { kind: "everyone" } } });
    expect(resolved?.data).to.include({ occurredAt: at("2019-09-25T12:00:00Z") });
    const events = await into.target.history("incident", "guasti-2019.g-7");
    expect(events.map(({ meta }) => meta.sourceRecordedAt)).to.deep.equal(events.map(() => at("2019-09-26T07:00:00Z")));
    expect((await holding(into, "service", "protocollo"))[0]?.data).to.deep.include({ contractId: "spc-cloud-lotto-1" });
  });

  it("reads local times in the zone named, through a gap and on both sides of a fold", async () => {
    const rows = ["gap,Gap,protocollo,*,outage,2019-03-31T02:30:00,2019-03-31T04:00:00", "fold,Fold,protocollo,*,outage,2019-10-27T02:30:00,2019-10-27T02:30:00"];
    const text = [HEADER, ...rows].join("\n");
    const unzoned = await take(into, file("local.csv", text));
    expect(unzoned.problems.map(({ code, place }) => [code, place])).to.deep.equal([["TIME_WITHOUT_ZONE", { kind: "line", line: 2 }], ["TIME_WITHOUT_ZONE", { kind: "line", line: 3 }]]);
    expect((await take(into, file("local.csv", text), { zone: "Europe/Rome" })).problems).to.deep.equal([]);
    const span = async (name: string): Promise<unknown[]> => (await holding(into, "incident", `csv.local.${name}`)).slice(1, 3).map(({ data }) => ("occurredAt" in data ? data.occurredAt : undefined));
    expect(await span("gap"), "the next valid instant").to.deep.equal([at("2019-03-31T01:00:00Z"), at("2019-03-31T02:00:00Z")]);
    expect(await span("fold"), "the first for a start, the second for an end").to.deep.equal([at("2019-10-27T00:30:00Z"), at("2019-10-27T01:30:00Z")]);
  });

  it("reports what is wrong with its line and takes the rest", async () => {
    const wrong: readonly (readonly [row: string, code: string, message: RegExp])[] = [
      ["x,Title,protocollo,lecco,broken,2019-09-25T08:00:00Z,", "INVALID_INPUT", /"broken" is not outage/],
      ["x,Title,protocollo,lecco,outage,2019-02-29T08:00:00Z,", "INVALID_TIME", /day that does not exist/],
      ["x,Title,protocollo,lecco,outage,2019-09-25T08:00:00Z,2019-09-25T07:59:59Z", "END_BEFORE_START", /before the start/],
      ["x,Title,,lecco,outage,2019-09-25T08:00:00Z,", "INVALID_INPUT", /service: it is empty/],
      ["x,Title,protocollo,|,outage,2019-09-25T08:00:00Z,", "INVALID_INPUT", /name the bodies/],
      ["x,Title,protocollo,lecco,outage,2019-09-25T08:00:00Z,,surplus", "INVALID_INPUT", /8 fields under 7/],
      ["x,Title,protocollo,lecco,outage,yesterday,", "INVALID_TIME", /yesterday/],
      ['x,"never closed,protocollo,lecco,outage,2019-09-25T08:00:00Z,', "INVALID_INPUT", /never closed/],
      ["x,Future,protocollo,lecco,outage,2027-01-01T00:00:00Z,", "TIME_IN_FUTURE", /five minutes/],
    ];
    const report = await take(into, file("wrong.csv", [HEADER, ...wrong.map(([row]) => row), OUTAGE].join("\n")));
    expect(report.problems.map(({ code }) => code)).to.have.members(wrong.map(([, code]) => code));
    wrong.forEach(([, code, message], index) => {
      const found = report.problems.find(({ place }) => place.kind === "line" && place.line === index + 2);
      expect(found, `line ${index + 2}`).to.include({ code });
      expect(found?.message).to.match(message);
    });
    expect(report.created.incidents, "the good line").to.equal(1);
  });

  it("takes a row that stands twice once, and says so", async () => {
    const report = await take(into, file("twice.csv", [HEADER, OUTAGE, OUTAGE].join("\n")));
    expect(report.created.disruptions).to.equal(1);
    expect(report.problems).to.have.length(1);
    expect(report.problems[0]).to.deep.include({ place: { kind: "line", line: 3 }, code: "ID_ALREADY_USED" });
  });

  it("leaves alone what exists, and says when a body and a service that were there are strangers to each other", async () => {
    await take(into, file("first.csv", [HEADER, "a,A,protocollo,lecco,outage,2019-09-25T08:00:00Z,2019-09-25T09:00:00Z", "b,B,posta,valmadrera,outage,2019-09-25T08:00:00Z,2019-09-25T09:00:00Z"].join("\n")));
    const report = await take(into, file("second.csv", [HEADER, "c,C,protocollo,lecco|valmadrera|colico,outage,2019-09-25T08:00:00Z,2019-09-25T09:00:00Z"].join("\n")));
    expect(report.created).to.include({ bodies: 1, services: 0, contracts: 0, adoptions: 1, incidents: 1 });
    expect(report.problems.map(({ message }) => message)).to.have.length(1);
    expect(report.problems[0]?.message).to.match(/valmadrera has not adopted protocollo/);
  });

  it("takes emoji, right-to-left names and words of its own for degrees", async () => {
    const row = "🔥,נפילה של הענן,دفتر البروتوكول,בית,fermo,2019-09-25T08:00:00Z,2019-09-25T09:00:00Z";
    const report = await take(into, file("altrove.csv", [HEADER, row].join("\n")), { degrees: { fermo: "outage" } });
    expect(report.problems).to.deep.equal([]);
    expect(report.created).to.include({ incidents: 1, services: 1, bodies: 1, adoptions: 1 });
    const events = [];
    for await (const { event } of into.target.eventsOfImport(report.importId)) events.push(event);
    expect(events.find(({ type }) => type === "IncidentReported")?.data).to.include({ title: "נפילה של הענן" });
    expect(events.find(({ type }) => type === "ServiceCatalogued")?.data).to.include({ name: "دفتر البروتوكول" });
  });
});
