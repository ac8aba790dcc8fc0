import { expect } from "chai";
import { existsSync, mkdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { eventsIn, HEADINGS, suiteFolder, written } from "./files.js";
import { PATIENCE_MS, refused, run, runs } from "./program.js";

const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489", "hex");
const ROW = "guasto,Guasto della posta,posta,lecco,outage,2019-09-25T08:10:00+02:00,2019-09-25T11:40:00+02:00";
const CSV = `${HEADINGS}\n${ROW}\n`;
const PAGE = { page: { id: "p", name: "Portale" }, incidents: [{ id: "i1", name: "Down", impact: "major", created_at: "2019-09-25T06:10:00Z", started_at: "2019-09-25T06:10:00Z", resolved_at: "2019-09-25T09:40:00Z", status: "resolved", components: [{ id: "c1", name: "Protocollo" }], incident_updates: [] }] };

describe("import: a file that is not what it should be", function () {
  this.timeout(PATIENCE_MS);
  const folder = suiteFolder();
  const data = folder("data");
  // One process at a time owns a folder: each has one of its own.
  const take = (name: string, content: string | Uint8Array, ...flags: readonly string[]) => run(["import", written(folder(name), content), "--data", folder(`${name}-data`), ...flags]);
  const ran = runs(() => {
    mkdirSync(folder("a-folder.csv"));
    return {
      missing: run(["import", folder("disservizi.csv"), "--data", data]),
      folder: run(["import", folder("a-folder.csv"), "--data", data]),
      device: run(["import", "/dev/zero", "--data", data]),
      empty: take("empty.csv", ""),
      blank: take("blank.csv", "\n \r\n\n"),
      picture: take("picture.csv", PNG),
      utf16: take("utf16.csv", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(CSV, "utf16le")])),
      latin: take("latin.csv", Buffer.from(CSV.replace("Guasto della", "Perché"), "latin1")),
      cutJson: take("cut.json", JSON.stringify(PAGE).slice(0, -40)),
      jsonAsCsv: take("page.csv", JSON.stringify(PAGE)),
      otherFormat: take("other.csv", CSV, "--format", "cstate"),
      prose: take("prose.csv", "Egregio Presidente,\ncon la presente si comunica\n"),
      cutGzip: take("cut.csv.gz", gzipSync(CSV.repeat(50)).subarray(0, 20)),
      noMapping: take("page1.json", JSON.stringify(PAGE), "--mapping", folder("mapping.json")),
      badMapping: take("page2.json", JSON.stringify(PAGE), "--mapping", written(folder("bad-mapping.json"), '{"components":{"Protocollo":{"servizio":"x"}}}')),
      badId: take("id.csv", CSV, "--import-id", "due parole"),
      badZone: take("zone.csv", CSV, "--zone", "Europe/Lecco"),
      badDate: take("date.csv", CSV, "--effective-from", "2019-02-29"),
    };
  });

  it("is said to be missing, or no file at all", async () => {
    refused(await ran("missing"), 2, "INVALID_INPUT", /disservizi\.csv/);
    refused(await ran("folder"), 2, "INVALID_INPUT", /is not a file/);
    refused(await ran("device"), 2, "INVALID_INPUT", /is not a file/);
  });

  it("is named for what it is, whatever its name says", async () => {
    refused(await ran("empty"), 2, "UNKNOWN_FORMAT", /the file is empty/);
    refused(await ran("blank"), 2, "UNKNOWN_FORMAT", /blank lines/);
    refused(await ran("picture"), 2, "UNKNOWN_FORMAT", /it is a picture/);
    refused(await ran("utf16"), 2, "UNKNOWN_FORMAT", /UTF-16 text; save it as UTF-8/);
    refused(await ran("jsonAsCsv"), 2, "UNKNOWN_FORMAT", /promises \.csv, but it holds Statuspage/);
    refused(await ran("otherFormat"), 2, "UNKNOWN_FORMAT", /named as cState history, but it holds CSV/);
    refused(await ran("prose"), 2, "UNKNOWN_FORMAT", /Egregio/);
  });

  it("is refused where it is cut off or damaged", async () => {
    refused(await ran("cutJson"), 2, "INVALID_INPUT", /no whole JSON document/);
    refused(await ran("cutGzip"), 2, "INVALID_INPUT", /gzip/);
  });

  it("has a line in another encoding reported, with what to do", async () => {
    const { code, out } = await ran("latin");
    expect(code).to.equal(1);
    expect(out).to.match(/2 problems;[^]*line 2[^]*INVALID_INPUT[^]*windows-1252/);
  });

  it("goes with a mapping, an id, a zone and a date that can be used", async () => {
    refused(await ran("noMapping"), 2, "INVALID_INPUT", /mapping\.json cannot be read/);
    refused(await ran("badMapping"), 2, "INVALID_INPUT", /servizio/);
    refused(await ran("badId"), 2, "INVALID_ID", /due parole/);
    refused(await ran("badZone"), 2, "UNKNOWN_ZONE", /Europe\/Lecco/);
    refused(await ran("badDate"), 2, "INVALID_TIME", /2019-02-29/);
  });

  it("has left nothing in the ledger", async () => {
    await ran("missing");
    expect(existsSync(data), "a file that is not there makes no ledger").to.equal(false);
    for (const [name, file] of [["empty", "empty.csv"], ["picture", "picture.csv"], ["cutJson", "cut.json"], ["badDate", "date.csv"]] as const) {
      await ran(name);
      expect(await eventsIn(folder(`${file}-data`)), name).to.deep.equal([]);
    }
  });
});
