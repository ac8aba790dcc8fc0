import { expect } from "chai";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readTerms, termsJsonSchema } from "../../src/cli/terms/read.js";
import { isJsonObject, parseJson } from "../../src/kernel/json.js";
import { suiteFolder, written } from "./files.js";
import { refused, run, values } from "./program.js";

const EXAMPLES = ["italian-public-contract", "hyperscaler-credits", "response-and-restoration"];
const pathOf = (name: string): string => fileURLToPath(new URL(`../../examples/terms/${name}.yaml`, import.meta.url));
const ITALIAN = readFileSync(pathOf("italian-public-contract"), "utf8");

/** What is said of the Italian example after a part of its text was replaced: line, field and sentence. */
function saidOf(part: string | RegExp, replaced: string): readonly string[] {
  const changed = ITALIAN.replace(part, replaced);
  expect(changed, "the part is in the example").not.to.equal(ITALIAN);
  const checked = readTerms(changed);
  return checked.kind === "right" ? [] : checked.problems.map(({ line, field, sentence }) => `${line ?? "?"} ${field}: ${sentence}`);
}

describe("documents of terms", () => {
  for (const name of EXAMPLES) {
    it(`the example ${name} is right, and says that it is illustrative`, () => {
      const checked = readTerms(readFileSync(pathOf(name), "utf8"));
      expect(checked.kind, JSON.stringify(checked)).to.equal("right");
      expect(checked.kind === "right" && checked.terms.illustrative).to.equal(true);
    });
  }

  const WRONG: readonly (readonly [what: string, part: string | RegExp, replaced: string, said: RegExp])[] = [
    ["a threshold above 100 %", 'threshold: "99.5"', 'threshold: "100.1"', /^43 indicators\.0\.threshold: it is above 100 %$/],
    ["a figure that is no text", 'threshold: "99.5"', "threshold: 99.5", /^43 indicators\.0\.threshold: 99\.5 is not a text; write it in quotes$/],
    ["negative money", /penalty: \{ kind: per-step.*\}/, "penalty: { kind: per-case, amountCents: -1 }", /indicators\.0\.penalty\.amountCents: -1 is too small/],
    ["a penalty without a base", "of: period-fee, ", "", /indicators\.0\.penalty\.of: it is missing; write period-fee or contract-amount/],
    ["a penalty that is missing", /penalty: \{ kind: per-step.*\}/, "", /indicators\.0\.penalty: a missed indicator is to be a penalty, but none is given/],
    ["a penalty for a finding", "missed: penalty", "missed: finding", /only a finding, and yet a penalty is given/],
    ["a penalty that does not fit", "unit: percentage-points", "unit: hours", /a penalty by steps of hours does not fit an indicator of the kind availability/],
    ["a calendar without an hour", /mon: \[.*\]\n {6}tue: \[.*\]\n {6}wed: \[.*\]\n {6}thu: \[.*\]\n {6}fri: \[.*\]([^]*hours: )\[.*\]/, 'mon: []\n      tue: []\n      wed: []\n      thu: []\n      fri: []$1[]', /^17 calendars\.ufficio: it has no hour at all/],
    ["a calendar that is not there", "calendar: sempre\n    per", "calendar: notte\n    per", /indicators\.0\.calendar: there is no calendar "notte" in this document; there are sempre, ufficio/],
    ["hours that overlap", 'mon: ["08:00-18:00"]', 'mon: ["08:00-18:00", "17:00-19:00"]', /^19 calendars\.ufficio\.week\.mon: the hours overlap/],
    ["hours over midnight", 'mon: ["08:00-18:00"]', 'mon: ["18:00-08:00"]', /calendars\.ufficio\.week\.mon\.0: "18:00-08:00" is not hours of a day/],
    ["a zone that does not exist", "zone: Europe/Rome", "zone: Europe/Lecco", /zone: "Europe\/Lecco" is not an IANA time zone/],
    ["a date that does not exist", "effectiveFrom: 2019-01-01", "effectiveFrom: 2019-02-29", /effectiveFrom: "2019-02-29" is not a date/],
    ["a rule that is none", "rule: FREQ=MONTHLY;BYDAY=1SU", "rule: ogni domenica", /maintenance\.windows\.0\.rule: "ogni domenica" is no rule of recurrence \(FREQ is missing/],
    ["two indicators of one name", "id: ripristino", "id: disponibilita", /indicators\.1\.id: indicators 1 and 2 have the same id/],
    ["a field that is not known", "shareInTime:", "shareOnTime:", /indicators\.1\.shareOnTime: no such field is known here/],
    ["a document of another format", "format: 1", "format: 2", /format/],
    ["no YAML", "calendars:", "calendars: [", /it is no YAML/],
    ["a key twice", "zone: Europe/Rome", "zone: Europe/Rome\nzone: UTC", /it is no YAML: Map keys must be unique/],
  ];
  for (const [what, part, replaced, said] of WRONG) {
    it(`says of ${what} where and what it must be`, () => {
      expect(saidOf(part, replaced).some((sentence) => said.test(sentence)), saidOf(part, replaced).join("\n")).to.equal(true);
    });
  }

  it("tiers that overlap, and bombs of aliases, are refused", () => {
    const credits = readFileSync(pathOf("hyperscaler-credits"), "utf8");
    const overlapping = readTerms(credits.replace('below: "99"', 'below: "99.95"'));
    expect(overlapping.kind === "wrong" && overlapping.problems.map(({ sentence }) => sentence).join()).to.contain("the tiers overlap");
    const falling = readTerms(credits.replace(/(below: "99", rate: )"25"/, '$1"9"'));
    expect(falling.kind === "wrong" && falling.problems.map(({ sentence }) => sentence).join()).to.contain("a lower tier costs less");
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]", ...["b", "c", "d", "e"].map((name, index) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${"abcd"[index] ?? ""}`).join(", ")}]`)].join("\n");
    const checked = readTerms(bomb);
    expect(checked.kind === "wrong" && checked.problems[0]?.sentence).to.contain("too often");
  });

  it("all wrong things of one document are told at once, in the order of its lines", () => {
    const wrong = ITALIAN.replace("currency: EUR", "currency: euro").replace("zone: Europe/Rome", "zone: Roma").replace('rate: "1"', 'rate: "-1"');
    const checked = readTerms(wrong);
    expect(checked.kind === "wrong" && checked.problems.map(({ field }) => field)).to.deep.equal(["zone", "currency", "indicators.0.penalty.rate"]);
  });

  it("have a JSON Schema in which every field is described", () => {
    const silent: string[] = [];
    /** Walks whatever the schema holds; discriminators explain themselves. */
    const look = (value: unknown, path: string): void => {
      if (Array.isArray(value)) value.forEach((each, index) => look(each, `${path}/${index}`));
      if (!isJsonObject(value)) return;
      const properties = value["properties"];
      for (const [name, property] of isJsonObject(properties) ? Object.entries(properties) : []) {
        if (isJsonObject(property) && property["description"] === undefined && property["const"] === undefined) silent.push(`${path}.${name}`);
      }
      for (const [name, inner] of Object.entries(value)) look(inner, `${path}/${name}`);
    };
    look(termsJsonSchema(), "");
    expect(silent).to.deep.equal([]);
  });
});

describe("terms check", () => {
  const folder = suiteFolder();

  it("tells people and programs, and ends with 1 where something is wrong", async () => {
    const file = written(folder("wrong.yaml"), ITALIAN.replace("zone: Europe/Rome", "zone: Roma"));
    const [right, wrong, json, schema] = await Promise.all([run(["terms", "check", pathOf("italian-public-contract")]), run(["terms", "check", file]), run(["terms", "check", file, "--json"]), run(["terms", "schema"])]);
    expect([right.code, right.err]).to.deep.equal([0, ""]);
    expect(right.out).to.contain("✓").and.contain("(illustrative)").and.contain("disponibilita");
    expect([wrong.code, wrong.err]).to.deep.equal([1, ""]);
    expect(wrong.out).to.match(/1 problem\n {2}line 8, zone: "Roma" is not an IANA time zone/);
    expect(values(json)[0]).to.have.property("problems").that.has.length(1);
    expect(parseJson(schema.out)).to.have.property("$schema", "https://json-schema.org/draft/2020-12/schema");
  }).timeout(30_000);

  it("refuses a file that is not there, one that is too large, and no file at all", async () => {
    refused(await run(["terms", "check", folder("none.yaml")]), 2, "INVALID_INPUT", /none\.yaml cannot be read/);
    refused(await run(["terms", "check", written(folder("large.yaml"), "#".repeat(1024 * 1024 + 1))]), 2, "REQUEST_TOO_LARGE", /1048576 at most/);
    expect((await run(["terms", "check"])).code).to.equal(2);
  }).timeout(30_000);
});
