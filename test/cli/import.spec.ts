import { expect } from "chai";
import { existsSync } from "node:fs";
import { withSharedFile } from "../import/shared-data.js";
import { contentOf, eventsIn, HEADINGS, suiteFolder, written } from "./files.js";
import { PATIENCE_MS, refused, run, values, type Ran } from "./program.js";

const ROWS = [
  "guasto-1,Guasto della posta 📮,posta,lecco|valmadrera,outage,2019-09-25T08:10:00+02:00,2019-09-25T11:40:00+02:00",
  "guasto-2,عطل البريد,posta,lecco,partial,2020-02-29T08:00:00+01:00,2020-02-29T09:00:00+01:00",
];
const WRONG = [
  "guasto-3,Senza zona,posta,lecco,outage,2019-03-31T02:30:00,2019-03-31T04:00:00",
  "guasto-4,Al contrario,posta,lecco,outage,2019-09-25T11:40:00+02:00,2019-09-25T08:10:00+02:00",
  "guasto-5,Senza grado,posta,lecco,broken,2019-09-25T08:10:00+02:00,",
];
const csv = (...rows: readonly string[]): string => `${[HEADINGS, ...rows].join("\n")}\n`;

describe("import: a CSV of disruptions", function () {
  this.timeout(PATIENCE_MS);
  const folder = suiteFolder();
  const data = folder("data");
  const good = (): string => written(folder("disservizi.csv"), csv(...ROWS));
  const mixed = (): string => written(folder("disservizi.csv"), csv(...ROWS, ...WRONG));
  const last = (ran: Ran) => values(ran).at(-1);

  it("on a dry run says what would happen, and makes not even the folder", async () => {
    const { code, out, err } = await run(["import", good(), "--data", data, "--dry-run"]);
    expect([code, err]).to.deep.equal([0, ""]);
    expect(out).to.match(/^csv\.disservizi {2}looked at only, nothing was stored/).and.to.match(/2 incidents read: 14 events would be recorded\n {2}would be new: 1 contract, 2 bodies, 1 service, 2 adoptions, 2 incidents, 2 disruptions/);
    expect(existsSync(data)).to.equal(false);
  });

  it("with --strict refuses the whole file for one problem, with nothing stored", async () => {
    const ran = await run(["import", mixed(), "--data", data, "--strict", "--json"]);
    expect([ran.code, ran.err]).to.deep.equal([1, ""]);
    expect(last(ran)).to.deep.include({ kind: "import", outcome: "refused", accepted: 0, problemCount: 3 });
    expect(await eventsIn(data)).to.deep.equal([]);
  });

  it("reports each line that is wrong with its place and reason, and takes the rest", async () => {
    const ran = await run(["import", mixed(), "--data", data, "--json", "--actor", "provincia-ced"]);
    expect([ran.code, ran.err]).to.deep.equal([1, ""]);
    const problems = values(ran).filter(({ kind }) => kind === "problem");
    expect(problems.map(({ place, code }) => [place, code])).to.deep.equal([["line 4", "TIME_WITHOUT_ZONE"], ["line 5", "END_BEFORE_START"], ["line 6", "INVALID_INPUT"]]);
    expect(last(ran)).to.deep.include({ kind: "import", importId: "csv.disservizi", outcome: "imported", server: null, accepted: 14, problemCount: 3 });
    expect(await contentOf(data)).to.have.length(14).and.to.satisfy((lines: string[]) => lines.every((line) => line.includes(" csv.disservizi provincia-ced ")));
  });

  it("repeated brings in nothing twice; with local times in a named zone it takes the line that had none, as that zone's clock was put forward", async () => {
    expect(last(await run(["import", good(), "--data", data, "--json"]))).to.deep.include({ accepted: 0, repeated: 2, problemCount: 0 });
    const ran = await run(["import", mixed(), "--data", data, "--zone", "Europe/Rome"]);
    expect(ran.code).to.equal(1);
    expect(ran.out).to.match(/3 incidents read: 4 events recorded; 2 there already/).and.to.match(/2 problems; what each names was not taken:\n {2}line 5 {2}END_BEFORE_START: /);
    const { out } = await run(["timeline", "--incident", "csv.disservizi.guasto-3", "--data", data, "--json"]);
    expect(out).to.include(String(Date.UTC(2019, 2, 31, 1)));
  });

  it("shows emoji and right-to-left text as they are, and nothing that a pipe would choke on", async () => {
    const timeline = await run(["timeline", "--data", data]);
    expect(timeline.code).to.equal(0);
    expect(timeline.out).to.include("Guasto della posta 📮").and.to.include("عطل البريد").and.not.to.match(/\u001b/);
    const coloured = await run(["timeline", "--data", data], { env: { FORCE_COLOR: "1" } });
    expect(coloured.out).to.match(/\u001b\[1m/);
    const plain = await run(["timeline", "--data", data], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } });
    expect(plain.out.split("\n").slice(2), "but for the time of the question").to.deep.equal(timeline.out.split("\n").slice(2));
  });

  it("is taken back whole, with a reason that stays, and then its id is used up", async () => {
    const taking = await run(["import", "--take-back", "csv.disservizi", "--reason", "file sbagliato", "--data", data, "--json"]);
    expect([taking.code, taking.err]).to.deep.equal([0, ""]);
    expect(values(taking)).to.have.length(1);
    expect(last(taking)).to.deep.include({ kind: "take-back", outcome: "taken-back", events: 18, withdrawn: 18, notWithdrawn: [] });
    expect((await eventsIn(data)).filter(({ type, data: text }) => type === "RecordWithdrawn" && text.includes("file sbagliato"))).to.have.length(18);
    refused(await run(["import", good(), "--data", data]), 1, "IMPORT_REFUSED", /another import id/);
    const again = await run(["import", good(), "--data", data, "--import-id", "di-nuovo"]);
    expect([again.code, again.out]).to.deep.include(0).and.to.have.property("1").that.matches(/14 events recorded[^]*--take-back di-nuovo/);
    refused(await run(["import", "--take-back", "csv.altro", "--reason", "prova", "--data", data]), 1, "NOT_FOUND", /csv\.altro/);
    refused(await run(["import", "--take-back", "csv.altro", "--reason", "prova", "--data", folder("none")]), 3, "DATA_FOLDER_UNUSABLE", /there is no ledger/);
    expect(existsSync(folder("none"))).to.equal(false);
  });
});

describe("import: commands and a status page", function () {
  this.timeout(PATIENCE_MS);
  const folder = suiteFolder();
  const data = folder("data");

  it("takes commands, one a line", async () => {
    const lines = [
      { type: "JoinBody", data: { bodyId: "lecco", name: "Comune di Lecco", kind: "municipality", effectiveFrom: "2009-01-01T00:00:00+01:00" } },
      { type: "DeclareWorkstations", data: { bodyId: "lecco", workstations: -3, effectiveFrom: "2019-01-01T00:00:00+01:00" } },
      { type: "DeclareWorkstations", data: { bodyId: "lecco", workstations: 230, effectiveFrom: "2019-01-01T00:00:00+01:00" } },
    ];
    const ran = await run(["import", written(folder("enti.ndjson"), lines.map((line) => JSON.stringify(line)).join("\n")), "--data", data, "--json"]);
    expect(ran.code).to.equal(1);
    expect(values(ran).map(({ kind, place, code, accepted }) => [kind, place ?? accepted, code])).to.deep.equal([["problem", "line 2", "INVALID_INPUT"], ["import", 2, undefined]]);
  });

  it("splits a page's components over services and bodies with a mapping, and its words over degrees", async () => {
    const incident = { id: "i1", name: "Protocollo lento", impact: "minor", status: "resolved", created_at: "2019-09-25T06:10:00Z", started_at: "2019-09-25T06:10:00Z", resolved_at: "2019-09-25T09:40:00Z", components: [{ id: "c1", name: "Protocollo" }], incident_updates: [] };
    const page = written(folder("incidents.json"), JSON.stringify({ page: { id: "p", name: "Portale" }, incidents: [incident] }));
    const mapping = written(folder("mapping.json"), JSON.stringify({ components: { Protocollo: { service: "protocollo", bodies: ["lecco", "valmadrera"] } }, bodies: { lecco: "Comune di Lecco" } }));
    const ran = await run(["import", page, "--mapping", mapping, "--degree", "minor=outage", "--site", "portale", "--data", data]);
    expect([ran.code, ran.err]).to.deep.equal([0, ""]);
    const events = await eventsIn(data);
    expect(events.find(({ type }) => type === "DisruptionOpened")?.data).to.include('"degree":"outage"').and.to.include('protocollo');
    expect(events.filter(({ type }) => type === "ServiceAdopted")).to.have.length(2);
  });
});

withSharedFile("import: the history of status.jenkins.io", "jenkins-status/history.jsonl", (path) => {
  const folder = suiteFolder();

  it("goes in whole, and a second time not at all", async function () {
    this.timeout(PATIENCE_MS);
    const first = await run(["import", path, "--site", "jenkins", "--data", folder("data"), "--json"]);
    expect([first.code, first.err]).to.deep.equal([1, ""]);
    expect(values(first).at(-1)).to.deep.include({ format: "cstate", outcome: "imported", items: 753 - 24 - 3, created: { contracts: 1, bodies: 1, services: 99, adoptions: 99, incidents: 171, disruptions: 316, maintenance: 129 } });
    const lines = values(first).map(({ place }) => place);
    expect(lines).to.include.members([70, 87, 189, 258, 310, 506, 724, 281, 344, 345].map((line) => `line ${line}`));
    const second = await run(["import", path, "--site", "jenkins", "--data", folder("data")]);
    expect(second.out).to.match(/726 versions of issues read: 0 events recorded; 7\d\d there already/).and.to.match(/… and \d+ more; --json lists them all/);
  });
});

withSharedFile("import: the incidents of status.cloud.google.com", "gcp-incidents/incidents.json", (path) => {
  const folder = suiteFolder();

  it("goes in whole; what it hit is answered, and the folder is found whole", async function () {
    this.timeout(PATIENCE_MS);
    const { code, out, err } = await run(["import", path, "--data", folder("data")]);
    expect([code, err]).to.deep.equal([0, ""]);
    expect(out).to.match(/157 incidents read: 4444 events recorded\n {2}new: 1 contract, 36 bodies, 60 services, 2160 adoptions, 157 incidents, 455 disruptions/);
    const impact = await run(["impact", "--period", "2022-07", "--data", folder("data"), "--json"]);
    expect([impact.code, values(impact).length]).to.deep.equal([0, 36]);
    expect(await run(["check", "--data", folder("data")])).to.include({ code: 0, err: "" }).and.to.have.property("out").that.matches(/✓[^]*4444 events[^]*is whole\.\n$/);
  });
});
