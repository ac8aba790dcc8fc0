import { expect } from "chai";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readTerms } from "../../src/cli/terms/read.js";
import { readDocuments } from "../../src/cli/terms/yaml.js";
import { isJsonObject } from "../../src/kernel/json.js";
import { openSloRules } from "../domain/terms/openslo-rules.js";
import { suiteFolder, written } from "./files.js";
import { PATIENCE_MS, refused, run, values } from "./program.js";

const EXAMPLES = ["italian-public-contract", "hyperscaler-credits", "response-and-restoration"];
const pathOf = (name: string): string => fileURLToPath(new URL(`../../examples/terms/${name}.yaml`, import.meta.url));
const BASIC = ["--contract", "spc-cloud", "--from", "2019-01-01"];

describe("terms to-openslo and from-openslo", function () {
  this.timeout(PATIENCE_MS);
  const folder = suiteFolder();

  for (const name of EXAMPLES) {
    it(`${name}: what goes into a pipe is OpenSLO only, and beside the terms it becomes them again`, async () => {
      const there = await run(["terms", "to-openslo", pathOf(name)]);
      expect(there.code, there.err).to.equal(0);
      expect(there.err).to.match(/^OpenSLO cannot carry \(\d+ entries\):\n {2}effectiveFrom: /).and.match(/\nOnly the ledger reads this in it, other tools pass it over \(\d+ entr(y|ies)\):\n/);
      const read = readDocuments(there.out);
      const documents = read.kind === "right" ? read.documents.map(({ value }) => value) : expect.fail(there.out);
      for (const document of documents) expect(openSloRules.safeParse(document).error?.issues ?? []).to.deep.equal([]);

      const back = await run(["terms", "from-openslo", written(folder(`${name}.yaml`), there.out), ...BASIC, "--rest", pathOf(name)]);
      expect([back.code, back.err], back.err).to.deep.equal([0, ""]);
      expect(readTerms(back.out)).to.deep.equal(readTerms(readFileSync(pathOf(name), "utf8")));
    });
  }

  it("without the terms beside it says on standard error what was assumed, and marks it in the document, which is right", async () => {
    const there = await run(["terms", "to-openslo", pathOf("italian-public-contract")]);
    const file = written(folder("slos.yaml"), there.out);
    const { code, out, err } = await run(["terms", "from-openslo", file, ...BASIC, "--currency", "EUR", "--cap", "8"]);
    expect(code).to.equal(0);
    expect(readTerms(out).kind, out).to.equal("right");
    expect(out).to.match(/^ {2}# Assumed: OpenSLO has no service hours; around the clock\..*\n {2}ufficio:$/m).and.match(/^cap:\n {2}percent: "8"$/m);
    expect(err).to.match(/^Assumed, since nobody says it; check each \(9 entries\):$/m).and.match(/^ {2}calendars\.ufficio: OpenSLO has no service hours/m).and.not.match(/cap:/);
    const dates = await run(["terms", "from-openslo", file, ...BASIC, "--currency", "EUR", "--json"]);
    const [value] = values(dates);
    expect([dates.err, value?.["kind"], isJsonObject(value?.["terms"]) && value["terms"]["effectiveFrom"], value?.["lost"]]).to.deep.equal(["", "terms", "2019-01-01", []]);
    expect(value?.["assumed"]).to.deep.include({ field: "cap", sentence: "OpenSLO knows no money; a tenth of the contract amount" });
  });

  it("tells what OpenSLO cannot carry to programs too", async () => {
    const ran = await run(["terms", "to-openslo", pathOf("hyperscaler-credits"), "--json"]);
    const [value] = values(ran);
    expect([ran.code, ran.err, value?.["kind"]]).to.deep.equal([0, "", "openslo"]);
    expect(value?.["documents"]).to.have.length(2);
    expect(value?.["lost"]).to.deep.include({ field: "zone", sentence: "OpenSLO's schema takes zones with an area only; UTC is written as Etc/UTC, which is the same", comesBack: true });
  });

  const WRONG = `apiVersion: openslo/v1
kind: SLO
metadata:
  name: posta-uptime
spec:
  service: posta
  indicatorRef: posta-ok
  timeWindow:
    - duration: 28d
      isRolling: true
  budgetingMethod: Occurrences
  objectives:
    - target: 1.2
---
- apiVersion: openslo/v2
  kind: AlertPolicy
  metadata: { name: night }
  spec: {}
`;
  it("says of a file that is wrong where, on standard error, and gives nothing to the pipe", async () => {
    const file = written(folder("wrong.yaml"), WRONG);
    const { code, out, err } = await run(["terms", "from-openslo", file, ...BASIC]);
    expect([code, out]).to.deep.equal([1, ""]);
    expect(err.replaceAll(/\n {4}/g, " ")).to.equal(`✗ ${file}: 4 problems
  --currency: OpenSLO knows no money; give the ISO 4217 code of the contract's currency, such as EUR
  line 10, SLO posta-uptime, spec.timeWindow.0.isRolling: a rolling window (28d) is no period that could be assessed and closed; agree on a month, quarter or year, and write it with a calendar
  line 13, SLO posta-uptime, spec.objectives.0.target: 1.2 is not a target of OpenSLO, which is from 0 up to 1 but not 1 itself, such as 0.995 for 99.5 %
  line 15, AlertPolicy night, apiVersion: "openslo/v2" is not one of its values; write openslo/v1
`);
    const json = await run(["terms", "from-openslo", file, ...BASIC, "--json"]);
    expect([json.code, json.err, values(json)[0]?.["problems"]]).to.deep.include.members([1, ""]);
    expect(values(json)[0]?.["problems"]).to.have.length(4).and.to.deep.include({ field: "currency", line: null, sentence: "OpenSLO knows no money; give the ISO 4217 code of the contract's currency, such as EUR" });
  });

  it("refuses terms that are wrong, also those for the rest, text that is no YAML, and bombs of aliases", async () => {
    const bad = written(folder("bad.yaml"), readFileSync(pathOf("italian-public-contract"), "utf8").replace("zone: Europe/Rome", "zone: Roma"));
    const slos = written(folder("none.yaml"), "# nothing\n");
    const [there, rest, empty, noYaml, bomb] = await Promise.all([
      run(["terms", "to-openslo", bad]),
      run(["terms", "from-openslo", slos, ...BASIC, "--rest", bad]),
      run(["terms", "from-openslo", slos, ...BASIC, "--currency", "EUR"]),
      run(["terms", "from-openslo", written(folder("no.yaml"), "kind: SLO\n---\nkind: [\n"), ...BASIC]),
      run(["terms", "from-openslo", written(folder("bomb.yaml"), ["a: &a [x, x, x, x, x, x, x, x, x, x]", ...["b", "c", "d", "e"].map((key, index) => `${key}: &${key} [${Array.from({ length: 10 }, () => `*${"abcd"[index] ?? ""}`).join(", ")}]`)].join("\n")), ...BASIC]),
    ]);
    for (const each of [there, rest, empty, noYaml, bomb]) expect([each.code, each.out], each.err).to.deep.equal([1, ""]);
    expect(there.err).to.match(/line 8, zone: "Roma" is not an IANA time zone/);
    expect(rest.err).to.match(/bad\.yaml: 1 problem\n {2}line 8, zone/);
    expect(empty.err).to.match(/the document: there is no SLO among these documents/);
    expect(noYaml.err).to.match(/line [34], the document: it is no YAML/);
    expect(bomb.err).to.match(/it refers to parts of itself too often/);
  });

  it("refuses a use without contract, date or file, and a zone that does not exist", async () => {
    const file = written(folder("empty.yaml"), "");
    const [noContract, noDate, noFile, zone] = await Promise.all([
      run(["terms", "from-openslo", file, "--from", "2020-01-01"]),
      run(["terms", "from-openslo", file, "--contract", "spc-cloud"]),
      run(["terms", "from-openslo", folder("missing.yaml"), ...BASIC]),
      run(["terms", "from-openslo", file, ...BASIC, "--zone", "Europe/Lecco"]),
    ]);
    expect([noContract.code, noDate.code]).to.deep.equal([2, 2]);
    expect(noContract.err).to.match(/required option '--contract <id>' not specified/);
    expect(noDate.err).to.match(/required option '--from <date>' not specified/);
    refused(noFile, 2, "INVALID_INPUT", /missing\.yaml cannot be read/);
    expect([zone.code, zone.out]).to.deep.equal([2, ""]);
    expect(zone.err).to.match(/Europe\/Lecco/);
  });
});
