import { expect } from "chai";
import { mkdirSync } from "node:fs";
import { suiteFolder, written } from "./files.js";
import { PATIENCE_MS, refused, run, runs, values } from "./program.js";

const SEPTEMBER = ["--contract", "spc-cloud-lotto-1", "--period", "2019-09"];
const BAD_REGIME = "id: comune-1\ntitle: { it: Uno, en: One }\nbinds: { it: Tutti, en: All }\nawareness: { it: Sapere, en: Knowing }\nsource: Regolamento\nzone: Europe/Lecco\nstages: []\n";
const OWN_REGIME = "id: comune-1\ntitle: { it: Regola del comune, en: Rule of the town }\nbinds: { it: Tutti, en: All }\nawareness: { it: Sapere, en: Knowing }\nsource: Regolamento comunale\nzone: Europe/Rome\nstages:\n  - { id: avviso, title: { it: Avviso, en: Notice }, within: P5D }\n";

describe("service levels and obligations on the command line", function () {
  this.timeout(PATIENCE_MS);
  const folder = suiteFolder();
  const data = folder("lecco");
  before(async () => {
    expect(await run(["demo", "--no-serve", "--data", data])).to.include({ code: 0 });
    expect(await run(["copy", "--data", data, "--to", folder("moved")])).to.include({ code: 0 });
    mkdirSync(`${data}/regimes`);
    written(`${data}/regimes/comune.yaml`, OWN_REGIME);
  });
  const ran = runs(() => ({
    page: run(["assess", ...SEPTEMBER, "--data", data]), first: run(["assess", ...SEPTEMBER, "--number", "1", "--json", "--data", data]),
    moved: run(["assess", ...SEPTEMBER, "--number", "1", "--json", "--data", folder("moved")], { env: { TZ: "Pacific/Apia" } }),
    csv: run(["assess", ...SEPTEMBER, "--csv", "--verdict", "breached", "--data", data]), day: run(["assess", "--contract", "spc-cloud-lotto-1", "--period", "2019-09-25", "--data", data]),
    third: run(["assess", ...SEPTEMBER, "--number", "3", "--data", data]), nobody: run(["assess", "--contract", "altro", "--period", "2019-09", "--data", data]),
    explained: run(["explain", ...SEPTEMBER, "--indicator", "disponibilita", "--service", "protocollo", "--data", data]), cases: run(["explain", ...SEPTEMBER, "--indicator", "ripristino", "--json", "--data", data]),
    parts: run(["explain", ...SEPTEMBER, "--indicator", "disponibilita", "--service", "protocollo", "--csv", "--data", data]), table: run(["explain", ...SEPTEMBER, "--indicator", "ripristino", "--csv", "--data", data]),
    unknown: run(["explain", ...SEPTEMBER, "--indicator", "uptime", "--data", data]), computed: run(["events", "--type", "AssessmentComputed", "--json", "--data", data]),
    board: run(["obligations", "--data", data]), incident: run(["obligations", "--incident", "cloud-2019-09-25", "--json", "--data", data]), regimes: run(["regimes", "list", "--json", "--data", data]),
    ofOne: run(["explain", ...SEPTEMBER, "--indicator", "disponibilita", "--service", "protocollo", "--body", "lecco", "--data", data]),
    noneMet: run(["assess", ...SEPTEMBER, "--verdict", "not-assessable", "--data", data]), noneMissed: run(["obligations", "--state", "missed", "--data", data]),
    nobodyThere: run(["obligations", "--body", "lecko", "--data", data]),
    before: run(["assess", ...SEPTEMBER, "--as-of", "2019-10-15T00:00:00+02:00", "--json", "--data", data]),
    bad: run(["regimes", "check", written(folder("bad.yaml"), BAD_REGIME)]),
  }));

  it("assess prints each level beside its threshold, the arithmetic, and what is left of the cap, marked as illustrative", async () => {
    const { code, out, err } = await ran("page");
    expect([code, err]).to.deep.equal([0, ""]);
    expect(out).to.match(/^Livelli di servizio · Service levels {3}SPC Cloud lotto 1, settembre 2019/).and.match(/illustrative:\s+inventate,\s+di\s+nessun\s+contratto/)
      .and.match(/Protocollo informatico +99,25 % +≥ 99,9 % +non rispettato +€ 420,00/).and.match(/Siti web +99,89 % – 99,91 % +≥ 99,9 % +indeterminato +€ 0,00–60,00/)
      .and.match(/7 passi iniziati da 0,1; 7 × 5 ‰ × 12\.000,00\s+EUR = 420,00 EUR/).and.match(/Tetto sull'intero contratto: € 48\.000,00, usati € 2\.052,00, restano € 45\.948,00/);
  });

  it("a frozen computation is the same to the byte after the ledger has moved, in another zone of the process, and is the one that was recorded", async () => {
    const [[first], [moved]] = [values(await ran("first")), values(await ran("moved"))];
    expect(moved).to.deep.equal({ ...first, knowledge: moved?.["knowledge"] });
    const [computed] = values(await ran("computed"));
    expect(computed).to.have.nested.property("data.digest", first?.["digest"]);
    expect(first).to.have.property("penaltyCents").that.deep.equals({ min: 211200, max: 217200 });
  });

  it("as of a time before the penalty was determined, nothing of the cap is used", async () => {
    const [level] = values(await ran("before"));
    expect(level).to.have.property("cap").that.deep.equals({ capCents: 4_800_000, usedCents: 0, leftCents: 4_800_000 });
  });

  it("as CSV it has a record a level, and nothing that a spreadsheet would run", async () => {
    const { out } = await ran("csv");
    const lines = out.split("\r\n");
    expect(lines[0]).to.match(/^contract,period,level,indicator,body,service,verdict/);
    expect(lines.slice(1, -1)).to.have.length(6);
    expect(lines[1], "numbers to calculate with, and what they are exactly").to.match(/,breached,98\.605299,98\.605299,99\.900000,2581200000,36000000\.000000,78000,/).and.match(/,70700\/717,70700\/717,999\/10,36000000$/);
    expect(lines.at(-1)).to.equal("");
  });

  it("explain says which seconds counted and which did not, and why; or case by case", async () => {
    const { out } = await ran("explained");
    expect(out).to.match(/In tutto: [\d h.]+ .*di tempo di servizio, .*di fermo/);
    expect(out).to.match(/esclusione linea-di-terzi accolta per 2019-09: non contata/).and.match(/interruzione per il disservizio protocollo-fermo\s+\(incidente\s+cloud-2019-09-25\), peso 1/);
    const [level] = values(await ran("cases"));
    expect(level).to.have.nested.property("measured.cases[0].state", "breached");
    expect(level).to.have.nested.property("measured.cases[0].incidentId", "cloud-2019-09-25");
  });

  it("explain as CSV has a record a part, whose lengths add up to the month, and a record a case", async () => {
    const records = async (name: "parts" | "table") => (await ran(name)).out.split("\r\n").slice(0, -1).map((line) => line.split(","));
    const [header = [], ...parts] = await records("parts");
    expect(header.slice(0, 8)).to.deep.equal(["level", "service", "evaluation", "incident", "disruption", "from", "to", "kind"]);
    const length = (evaluation: string): number => parts.filter(([, , of]) => of === evaluation).reduce((sum, [, , , , , from = "", to = ""]) => sum + Date.parse(to) - Date.parse(from), 0);
    expect(length("both") + length("favourable")).to.equal(30 * 86_400_000);
    expect((await records("table"))[1]).to.include.members(["ripristino", "cloud-2019-09-25", "breached"]);
  });

  it("says what is wrong with a question, and exits with its code", async () => {
    refused(await ran("day"), 2, "INVALID_PERIOD", /is a day; service levels are assessed over a month/);
    refused(await ran("third"), 1, "NOT_FOUND", /no computation 3 for 2019-09; there are 2/);
    refused(await ran("nobody"), 1, "NOT_FOUND", /no contract "altro"/);
    refused(await ran("ofOne"), 1, "NOT_FOUND", /disponibilita is one figure over all bodies of a service; leave out the body/);
    refused(await ran("unknown"), 1, "NOT_FOUND", /the indicators of that period are disponibilita, presa-in-carico, ripristino/);
  });

  it("obligations prints what is decided, and what nobody has decided, a user's own regime among it; not what no law asked yet", async () => {
    const { out, err } = await ran("board");
    expect(err).to.equal("");
    expect(out).to.match(/Non si applica\n {2}cloud-2019-09-25, gdpr-33, Comune di Lecco/).and.match(/cloud-2019-09-25, gdpr-33: 33 enti/).and.match(/cloud-2019-09-25, comune-1: 34 enti/);
    expect(out).to.not.match(/nis2-25|l90-2024/);
    expect(values(await ran("incident")).filter((each) => each["decision"] === "does-not-apply")).to.have.length(1);
    expect(values(await ran("regimes")).map((each) => each["id"])).to.deep.equal(["comune-1", "gdpr-33", "l90-2024", "nis2-25"]);
  });

  it("what a filter leaves out is not said to be missing; nothing is due of a body that nobody knows is no answer", async () => {
    expect((await ran("noneMet")).out).to.match(/Nessun livello di servizio ha l'esito chiesto\./).and.not.match(/nessuna condizione in vigore/);
    expect((await ran("noneMissed")).out).to.match(/Nessuna scadenza fra gli obblighi chiesti\./).and.not.match(/nessun regime/);
    refused(await ran("nobodyThere"), 1, "NOT_FOUND", /no body "lecko"/);
  });

  it("regimes check names the line and the field; a server with such a file does not start, and says which", async () => {
    const { code, out } = await ran("bad");
    expect(code).to.equal(1);
    expect(out).to.match(/bad\.yaml: 2 problems/).and.match(/line 6, zone: "Europe\/Lecco" is not an IANA time zone/).and.match(/line 7, stages: /);
    const served = folder("served");
    mkdirSync(`${served}/regimes`, { recursive: true });
    written(`${served}/regimes/bad.yaml`, BAD_REGIME);
    refused(await run(["serve", "--port", "0", "--data", served]), 2, "INVALID_CONFIGURATION", /regimes\/bad\.yaml cannot be used: line 6, zone/);
  });
});
