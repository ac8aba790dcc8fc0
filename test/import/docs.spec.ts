import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { OPTIONAL_COLUMNS, REQUIRED_COLUMNS } from "../../src/import/formats/csv-records.js";
import { parseMapping } from "../../src/import/index.js";
import { file, openTestLedger, take, type TestLedger } from "./ledger.js";

const DOCS = readFileSync(join(import.meta.dirname, "../../docs/imports.md"), "utf8");
const examples = (language: string): string[] => [...DOCS.matchAll(/```(\w+)\n([\s\S]*?)```/g)].filter(([, name]) => name === language).map(([, , text = ""]) => text);

describe("docs/imports.md", () => {
  let into: TestLedger;
  beforeEach(async () => {
    into = await openTestLedger();
  });
  afterEach(() => into.close());

  it("shows a CSV and a command that can be imported as they are", async () => {
    const [command = ""] = examples("json");
    expect(await take(into, file("comandi.ndjson", command))).to.include({ items: 1, accepted: 1, problemCount: 0 });
    const [csv = ""] = examples("csv");
    expect(await take(into, file("disservizi.csv", csv))).to.deep.include({ problems: [], mends: [], items: 1 });
  });
  it("shows a mapping of components", () => {
    const [, mapping = ""] = examples("json");
    expect(parseMapping(mapping)).to.deep.equal({ components: { Protocollo: { service: "protocollo", bodies: ["lecco", "valmadrera"] } }, bodies: { lecco: "Comune di Lecco" } });
    expect(() => parseMapping('{"components": {"Posta": {"body": "lecco"}}}')).to.throw(/no such field/).with.property("code", "INVALID_INPUT");
  });
  it("names every column", () => {
    for (const column of [...REQUIRED_COLUMNS, ...OPTIONAL_COLUMNS]) expect(DOCS).to.include(`\`${column}\``);
  });
});
