import { expect } from "chai";
import { parse } from "csv-parse/sync";
import pc from "picocolors";
import { incidentId } from "../../src/kernel/brand.js";
import { qualityJson } from "../../src/cli/json/quality.js";
import { qualityText } from "../../src/cli/pages.js";
import { casesCsv, figuresCsv } from "../../src/cli/render/quality-csv.js";
import { qualityIndicators } from "../../src/reports/quality/indicators.js";
import type { QualityIndicators } from "../../src/reports/quality/report.js";
import type { Language } from "../../src/reports/words/languages.js";
import type { ReportQueries } from "../../src/reports/queries.js";
import { ROME } from "../../src/time/zone.js";
import { everyone } from "../support/lecco.js";
import { decidedCase } from "../reports/report-case.js";
import { period, rome, STORIES, told } from "../reports/quality/incidents.js";
import { suiteFolder } from "./files.js";
import { PATIENCE_MS, refused, run, runs, values } from "./program.js";

const RECORDED = "2020-03-01T09:00:00Z";

/** The posta of the reports' own specs, and an incident whose title a spreadsheet would run. */
async function ledgerOfThePosta(): Promise<ReportQueries> {
  const ledger = await decidedCase();
  for (const [name, story] of Object.entries(STORIES)) await ledger.record({ at: RECORDED }, ...told(name, story));
  const trap = { incidentId: incidentId("foglio"), occurredAt: rome("2019-10-05 10:00 … 2019-10-05 10:20") };
  await ledger.record({ at: RECORDED }, { type: "ReportIncident", data: { ...trap, title: "=HYPERLINK(\"http://127.0.0.1\";\"clic\")", detectedAt: rome("2019-10-05 10:30"), description: everyone("Prova") } });
  return ledger.known(RECORDED);
}

describe("the page of quality indicators", () => {
  let known: ReportQueries;
  before(async () => (known = await ledgerOfThePosta()));
  const ask = (text: string): QualityIndicators => qualityIndicators(known, { period: period(text) });
  const unnamed = { body: (id: string) => id, service: (id: string) => id, contract: (id: string) => id, disrupted: () => undefined };
  const page = (text: string, { language = "it", explain = false, width = 120 }: { readonly language?: Language; readonly explain?: boolean; readonly width?: number } = {}): readonly string[] =>
    qualityText(ask(text), known, { style: { speaking: { language, zone: ROME, names: unnamed }, width, paint: pc.createColors(false) }, explain }).split("\n");
  /** A line by its first words, its columns apart. */
  const row = (lines: readonly string[], name: string): readonly string[] => (lines.find((line) => line.startsWith(name)) ?? expect.fail(`no line ${name}`)).trim().split(/ {2,}/);

  it("sets every figure beside the month before, and says how much it changed", () => {
    const lines = page("2019-09");
    expect(lines.slice(0, 2)).to.deep.equal(["Indicatori di qualità · Quality indicators   settembre 2019", "accanto al periodo prima: agosto 2019"]);
    expect(row(lines, "critica")).to.deep.equal(["critica", "1", "0", "+1", "2", "0", "+2"]);
    expect(row(lines, "bassa")).to.deep.equal(["bassa", "0", "1", "−1", "0", "1", "−1"]);
    expect(row(lines, "Totale")).to.deep.equal(["Totale", "2", "1", "+1", "3", "1", "+2"]);
    expect(row(lines, "rilevazione")).to.deep.equal(["rilevazione", "10 min", "−50 min", "10 min", "−50 min", "1", "0", "1"]);
    expect(row(lines, "ripristino")).to.deep.equal(["ripristino", "2 h", "−2 h", "3 h 30 min", "−30 min", "2", "0", "0"]);
    expect(row(lines, "Miglioramenti promessi")).to.deep.equal(["Miglioramenti promessi", "1", "0", "1", "0", "50,00 %", "–", "n. c."]);
    expect(row(lines, "Relazioni entro 30")).to.deep.equal(["Relazioni entro 30 giorni", "1", "1", "0", "0", "50,00 %", "100,00 %", "−50,00"]);
    expect(lines.filter((line) => line.startsWith("Mese per mese"))).to.deep.equal([]);
  });

  it("shows what recurred, after what, and what had been promised", () => {
    const lines = page("2019-09");
    const from = lines.findIndex((line) => line.startsWith("Ricorrenze entro sei mesi"));
    expect(lines.slice(from + 1, from + 10)).to.deep.equal([
      "  1 incidente ha la stessa causa di uno dei sei mesi precedenti (periodo prima: 1).",
      "  ◆ 25/09/2019 08:10 Incidente cloud-settembre (cloud-settembre): rete, lato fornitore",
      "    dopo 20/08/2019 09:00 Incidente posta-agosto (posta-agosto)",
      "      «Seconda linea», promesso 02/09/2019 09:00, senza data: non fatto",
      "      «Seconda linea», promesso 22/08/2019 09:00, entro il 15/09/2019 23:59: fatto 15/09/2019 23:59, nei termini",
      "      «Seconda linea», promesso 22/08/2019 09:00, entro il 20/09/2019 23:59: non fatto",
      "    dopo 25/03/2019 08:10 Incidente rete-marzo-0810 (rete-marzo-0810)",
      "      «Seconda linea», promesso 01/04/2019 09:00, senza data: non fatto",
      "      «Seconda linea», promesso 01/04/2019 09:00, entro il 30/06/2019 23:59: fatto 02/07/2019 10:00, in ritardo",
    ]);
    expect(lines).to.include("  Senza una data promessa: 1 miglioramento.");
    expect(lines).to.include("  Di 1 incidente non si conosce la causa: se ricorra non si può dire.");
  });

  it("shows a quarter month by month, in English too, and the incidents behind every figure when asked", () => {
    const lines = page("2019-Q3", { language: "en", explain: true });
    expect(row(lines, "July 2019")).to.deep.equal(["July 2019", "0", "0", "·", "·", "·", "·", "·"]);
    expect(row(lines, "September 2019")).to.deep.equal(["September 2019", "2", "3", "1", "·", "·", "·", "1"]);
    expect(lines).to.include("    2019-09-10 10:00 Incidente posta-settembre (posta-settembre): 30 min, from its report (2019-09-10 10:30) –");
    expect(lines.join(" ").replace(/ +/g, " ")).to.include("(cloud-settembre): 3 h 30 min, from the report to the supplier (2019-09-25 08:40) – 2019-09-25 12:10")
      .and.include("(posta-settembre): missing: the incident is over and nobody recorded it").and.include("(posta-settembre): resolved 2019-09-10 11:10, report 2019-10-11 00:00, late");
  });

  it("leaves figures open where times are, and fits a narrow terminal", () => {
    expect(row(page("2019-10"), "rilevazione")).to.deep.equal(["rilevazione", "10 min–30 min", "= … +20 min", "10 min–30 min", "= … +20 min", "1", "0", "0"]);
    for (const line of page("2019-Q3", { explain: true, width: 60 })) expect(line.length, line).to.be.at.most(70);
  });

  it("as CSV has a record a figure in the words of the schema, and a record an incident when asked", () => {
    const figures = parse(figuresCsv(ask("2019-09")));
    const width = figures[0]?.length;
    expect(figures.every((record) => record.length === width)).to.equal(true);
    expect(figures).to.deep.include(["2019-09", "incidents", "critical", "count", "count", "1", "1", "0", "0", "1", "1"])
      .and.deep.include(["2019-09", "time-to-restore", "all", "percentile-90", "ms", "12600000", "12600000", "14400000", "14400000", "-1800000", "-1800000"])
      .and.deep.include(["2019-09", "improvements", "all", "share", "share", "0.500000", "0.500000", "", "", "", ""]);
    const cases = parse(casesCsv(ask("2019-Q4")));
    expect(cases).to.deep.include(["2019-Q4", "incidents", "foglio", "'=HYPERLINK(\"http://127.0.0.1\";\"clic\")", "not-assigned", "counted", "occurred", "2019-10-05T10:00:00+02:00", "2019-10-05T10:20:00+02:00", "", "", "", ""]);
    expect(cases).to.deep.include(["2019-Q4", "time-to-detect", "foglio", "'=HYPERLINK(\"http://127.0.0.1\";\"clic\")", "", "counted", "occurred", "2019-10-05T10:00:00+02:00", "2019-10-05T10:20:00+02:00", "2019-10-05T10:30:00+02:00", "2019-10-05T10:30:00+02:00", "600000", "1800000"]);
    expect(parse(figuresCsv(ask("2019-Q3"))).filter(([month, what, severity]) => month === "2019-08" && what === "disruptions" && severity === "low")).to.deep.equal([["2019-08", "disruptions", "low", "count", "count", "1", "1", "", "", "", ""]]);
  });

  it("as JSON has exact figures, and the cases only when asked", () => {
    const json = qualityJson(ask("2019-09"), false);
    expect(json).to.have.nested.property("times.restore.meanMs.change.min.exact", "-7200000");
    expect(json).to.have.nested.property("recurrences.cases[0].earlier[0].incidentId", "posta-agosto");
    expect(json).to.not.have.nested.property("times.restore.cases");
    expect(qualityJson(ask("2019-09"), true)).to.have.nested.property("times.restore.cases[1].elapsedMs.max", 12_600_000);
    expect(json).to.have.property("serviceLevels", null);
  });
});

describe("the verb indicators", function () {
  this.timeout(PATIENCE_MS);
  const folder = suiteFolder();
  const data = folder("data");
  before(async () => {
    expect(await run(["demo", "--no-serve", "--data", data])).to.include({ code: 0 });
  });
  const ran = runs(() => ({
    page: run(["indicators", "--period", "2019-09", "--data", data]),
    lastMonth: run(["indicators", "--data", data, "--json"]),
    csv: run(["indicators", "--period", "2019-Q3", "--csv", "--data", data]),
    early: run(["indicators", "--period", "2019-09", "--as-of", "2019-09-25T09:00", "--json", "--data", data]),
    badPeriod: run(["indicators", "--period", "2019-13", "--data", data]),
    tooEarly: run(["indicators", "--period", "2019-09", "--as-of", "2019-08-01T00:00", "--data", data]),
    both: run(["indicators", "--csv", "--json", "--data", data]),
  }));

  it("prints a page, and the last month that is over where no period is named", async () => {
    const { code, out, err } = await ran("page");
    expect([code, err]).to.deep.equal([0, ""]);
    expect(out).to.match(/^Indicatori di qualità · Quality indicators {3}settembre 2019/).and.match(/\nripristino +24 h 20 min /).and.match(/◇ illustrativo/);
    const now = new Date();
    const [{ period: last } = {}] = values(await ran("lastMonth"));
    expect(last).to.have.property("label", new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 15)).toISOString().slice(0, 7));
  });

  it("writes CSV that ends every line as CSV does, and says what was open as of then", async () => {
    const { code, out } = await ran("csv");
    expect([code, out.endsWith("\r\n"), out.replace(/\r\n/g, "").includes("\n")]).to.deep.equal([0, true, false]);
    expect(parse(out)).to.deep.include(["2019-Q3", "incidents", "all", "count", "count", "1", "1", "0", "0", "1", "1"]);
    const [early] = values(await ran("early"));
    expect(early).to.have.deep.property("provisional", ["period-not-over", "incident-open"]);
    expect(early).to.have.nested.property("times.restore.open.value", 1);
  });

  it("refuses a period that cannot be read, one that had not begun, and two forms at once", async () => {
    refused(await ran("badPeriod"), 2, "INVALID_PERIOD", /"2019-13" is not a period; write a month \(2019-09\)/);
    refused(await ran("tooEarly"), 2, "INVALID_PERIOD", /the period 2019-09 begins at 2019-08-31T22:00:00.000Z, after 2019-07-31T22:00:00.000Z, as of which it is asked/);
    expect(await ran("both")).to.include({ code: 2, out: "" }).and.to.have.property("err").that.includes("'--csv' cannot be used with option '--json'");
  });
});
