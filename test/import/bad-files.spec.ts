import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { LedgerError, type ErrorCode } from "../../src/kernel/errors.js";
import { fileSource, type ImportOptions, type ImportSource } from "../../src/import/index.js";
import { eventsOf, file, openTestLedger, take, type TestLedger } from "./ledger.js";

const HEADER = "incident,title,service,bodies,degree,start,end";
const row = (name: string, title = "Guasto"): string => `${name},${title},protocollo,lecco,outage,2019-09-25T08:00:00Z,2019-09-25T09:00:00Z`;
const CSV = [HEADER, row("a"), row("b")].join("\n");

describe("files that are not what they should be", () => {
  let into: TestLedger;
  beforeEach(async () => {
    into = await openTestLedger();
  });
  afterEach(() => into.close());

  async function refused(source: ImportSource, code: ErrorCode, message: RegExp, options: Partial<ImportOptions> = {}): Promise<void> {
    const thrown: unknown = await take(into, source, options).then(() => undefined, (error: unknown) => error);
    expect(thrown).to.be.instanceOf(LedgerError);
    expect(thrown).to.include({ code });
    expect(thrown instanceof Error ? thrown.message : "").to.match(message);
    const all = await into.store.readAll({ direction: "forwards", limit: 1 });
    expect(all.kind === "events" ? all.events : undefined, "nothing was stored").to.deep.equal([]);
  }

  it("are named for what they are", async () => {
    const cases: readonly (readonly [source: ImportSource, message: RegExp])[] = [
      [file("empty.csv", ""), /is empty/],
      [file("blank.csv", "\n \r\n"), /blank lines/],
      [file("page.json", "<!doctype html><title>503</title>"), /begins with "<!doctype/],
      [file("sheet.csv", Buffer.from("504b030414000600", "hex")), /Excel/],
      [file("scan.csv", "%PDF-1.7"), /PDF/],
      [file("data.csv", Buffer.from([1, 2, 0, 3])), /binary/],
      [file("utf16.csv", Buffer.from(`\uFEFF${CSV}`, "utf16le")), /UTF-16/],
      [file("incidents.json", CSV), /promises \.json, but it holds CSV of disruptions/],
      [file("disservizi.csv", '{"type":"JoinBody","data":{}}'), /promises \.csv, but it holds NDJSON of commands/],
      [file("disservizi.csv", "incidente;titolo;servizio\n1;2;3"), /begins with "incidente/],
      [file("other.json", '{"hello": "world"}'), /begins with/],
      [file("other.jsonl", '{"hello": "world"}\n'), /begins with/],
      [file("numbers.json", "[1, 2, 3]"), /begins with/],
    ];
    for (const [source, message] of cases) await refused(source, "UNKNOWN_FORMAT", message);
    await refused(file("x.txt", CSV), "UNKNOWN_FORMAT", /was named as cState history, but it holds CSV/, { format: "cstate" });
  });

  it("are refused when a document is cut off or too large, and when the options make no sense", async () => {
    await refused(file("incidents.json", '[{"id":"a","external_desc":"cut'), "INVALID_INPUT", /no whole JSON document/);
    await refused(file("incidents.json", '{"page":{"id":"p","name":"P"},"incidents":7}'), "INVALID_INPUT", /not a list/);
    await refused(file("incidents.json", `[{"external_desc":"${"x".repeat(200_000)}"}]`), "REQUEST_TOO_LARGE", /100000 bytes/, { limits: { maxDocumentBytes: 100_000 } });
    await refused(file("a.csv", CSV), "UNKNOWN_ZONE", /Lecco/, { zone: "Europe/Lecco" });
    await refused(file("a.csv", CSV), "INVALID_ID", /import id/, { importId: "two words" });
    await refused(file("a.csv", CSV), "INVALID_TIME", /2000-02-30/, { effectiveFrom: "2000-02-30" });
    for (const [path, code] of [["/no/such/file.csv", "INVALID_INPUT"], [import.meta.dirname, "INVALID_INPUT"]] as const) {
      const thrown: unknown = await fileSource(path).then(() => undefined, (error: unknown) => error);
      expect(thrown, path).to.include({ code });
    }
  });

  it("are unpacked when they are gzip; cut off, what was read before goes in and the rest is a problem", async () => {
    expect(await take(into, file("a.csv.gz", gzipSync(CSV)))).to.include({ importId: "csv.a", problemCount: 0, items: 2 });
    const lines = Array.from({ length: 20_000 }, (_, n) => JSON.stringify({ type: "JoinBody", data: { bodyId: `ente-${n}`, name: `Ente ${n}`, kind: "other", effectiveFrom: n } }));
    const whole = gzipSync(lines.join("\n"));
    const report = await take(into, file("bodies.ndjson.gz", whole.subarray(0, whole.byteLength / 2)), { dryRun: true });
    expect(report.accepted).to.be.within(1000, 19_999);
    expect(report.problems.at(-1)?.message).to.match(/could not be read any further: the gzip file is damaged or cut off/);
    await take(into, file("half.csv.gz", gzipSync(CSV).subarray(0, 20))).then(() => expect.fail("a header cut off"), (error: unknown) => expect(error).to.include({ code: "INVALID_INPUT" }));
  });

  it("may not unpack into more than the limit", async () => {
    const bomb = gzipSync(`${CSV}\n${"x".repeat(3_000_000)}`);
    await refused(file("bomb.csv.gz", bomb), "REQUEST_TOO_LARGE", /unpacked/, { limits: { maxFileBytes: 1_000_000 } });
  });

  it("lose a line that is too long, holding no more of it than the limit", async () => {
    const before = process.memoryUsage().rss;
    const source: ImportSource = {
      fileName: "long.csv",
      open: async function* () {
        yield Buffer.from(`${HEADER}\n${row("a")}\nx,`);
        const piece = Buffer.alloc(1024 * 1024, 0x79);
        for (let mebibytes = 0; mebibytes < 100; mebibytes += 1) yield await Promise.resolve(piece);
        yield Buffer.from(`\n${row("b")}\n`);
      },
    };
    const report = await take(into, source);
    expect(report.problems.map(({ code, place }) => [code, place])).to.deep.equal([["REQUEST_TOO_LARGE", { kind: "line", line: 3 }]]);
    expect(report.created.incidents).to.equal(2);
    expect(process.memoryUsage().rss - before).to.be.below(60 * 1024 * 1024);
  });

  it("lose only the lines that are not UTF-8, or are read in the encoding named", async () => {
    const latin = Buffer.concat([Buffer.from(`${HEADER}\n${row("a")}\n`), Buffer.from(row("b", "Unità"), "latin1"), Buffer.from(`\n${row("c", "Unità")}\n`)]);
    const report = await take(into, file("latin.csv", latin));
    expect(report.problems.map(({ message, place }) => [place, /not UTF-8/.test(message)])).to.deep.equal([[{ kind: "line", line: 3 }, true]]);
    expect(report.created.incidents).to.equal(2);
    const whole = await take(into, file("latin.csv", Buffer.from(`${HEADER}\n${row("d", "Unità")}`, "latin1")), { encoding: "windows-1252", importId: "latin-1" });
    const events = await eventsOf(into, whole.importId);
    expect(events.find(({ event }) => event.type === "IncidentReported")?.event.data).to.include({ title: "Unità" });
  });

  it("are read the same in pieces of any size, with any line ending", async () => {
    const text = ["\uFEFF" + HEADER, row("a", '"Fermo, 🔥 e עברית"'), "", row("b")].join("\r\n");
    for (const pieceBytes of [1, 2, 3, 7, 1000]) {
      const report = await take(into, file("pieces.csv", text, pieceBytes), { importId: `pieces-${pieceBytes}` });
      expect(report, `${pieceBytes}`).to.include({ items: 2, problemCount: 0 });
      const reported = (await eventsOf(into, report.importId)).find(({ event }) => event.type === "IncidentReported");
      expect(reported?.event.data).to.include({ title: "Fermo, 🔥 e עברית" });
    }
  });

  it("stop nothing by many problems: all are counted, the first are listed", async () => {
    const text = [HEADER, ...Array.from({ length: 500 }, () => "x,,,,,,")].join("\n");
    const report = await take(into, file("wrong.csv", text), { limits: { maxNotes: 10 } });
    expect(report.problemCount).to.equal(500);
    expect(report.problems).to.have.length(10);
  });
});
