import { expect } from "chai";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readTerms } from "../../../src/cli/terms/read.js";
import { readDocuments } from "../../../src/cli/terms/yaml.js";
import type { Given } from "../../../src/domain/terms/openslo/assemble.js";
import { fromOpenSlo, type FromOpenSlo } from "../../../src/domain/terms/openslo/read.js";
import { percentOfTarget, percentOfTargetPercent, targetOf } from "../../../src/domain/terms/openslo/share.js";
import { toOpenSlo } from "../../../src/domain/terms/openslo/write.js";
import type { Terms } from "../../../src/domain/terms/terms.js";
import { isJsonObject, parseJson, type JsonObject } from "../../../src/kernel/json.js";
import { anyPercent, anyTerms } from "./any-terms.js";
import { openSloRules } from "./openslo-rules.js";

const EXAMPLES = ["italian-public-contract", "hyperscaler-credits", "response-and-restoration"];
function example(name: string): Terms {
  const checked = readTerms(readFileSync(fileURLToPath(new URL(`../../../examples/terms/${name}.yaml`, import.meta.url)), "utf8"));
  return checked.kind === "right" ? checked.terms : expect.fail(name);
}

/** As a file brings them: through text, so that figures are those that were written. */
const throughText = (documents: readonly JsonObject[]): readonly unknown[] => documents.map((document) => parseJson(JSON.stringify(document)));
const giving = ({ contractId, effectiveFrom, currency }: Terms): Given => ({ contractId, effectiveFrom, currency });
function right(result: FromOpenSlo): Extract<FromOpenSlo, { kind: "right" }> {
  return result.kind === "right" ? result : expect.fail(JSON.stringify(result.problems));
}
/** A copy without the fields of some paths. */
function without(value: unknown, paths: readonly (readonly (string | number)[])[]): unknown {
  if (Array.isArray(value)) return value.map((each, index) => without(each, below(paths, index)));
  if (!isJsonObject(value)) return value;
  const gone = new Set(paths.filter(({ length }) => length === 1).map(([key]) => key));
  return Object.fromEntries(Object.entries(value).filter(([key]) => !gone.has(key)).map(([key, each]) => [key, without(each, below(paths, key))]));
}
function below(paths: readonly (readonly (string | number)[])[], key: string | number): readonly (readonly (string | number)[])[] {
  return paths.filter(([first]) => first === key).map(([, ...rest]) => rest).filter(({ length }) => length > 0);
}
function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (typeof inner === "object" && inner !== null ? Object.getOwnPropertyDescriptor(inner, key)?.value : undefined), value);
}

/** Laws of the way to OpenSLO and back. */
const LAWS: readonly (readonly [law: string, check: (terms: Terms) => void])[] = [
  ["every document is OpenSLO v1, and no two have the same kind and name", (terms) => {
    const { documents } = toOpenSlo(terms);
    for (const document of documents) expect(openSloRules.safeParse(document).error?.issues ?? [], JSON.stringify(document)).to.deep.equal([]);
    const names = documents.map((document) => [document["kind"], at(document, ["metadata", "name"])].join(" "));
    expect(new Set(names).size).to.equal(names.length);
  }],
  ["every SLO is of a Service that is there", (terms) => {
    const { documents } = toOpenSlo(terms);
    const services = documents.filter(({ kind }) => kind === "Service").map((document) => at(document, ["metadata", "name"]));
    for (const slo of documents.filter(({ kind }) => kind === "SLO")) expect(services).to.include(at(slo, ["spec", "service"]));
  }],
  ["read back beside the terms themselves, they are the same terms, with nothing lost and nothing assumed", (terms) => {
    const { documents } = toOpenSlo(terms);
    const back = right(fromOpenSlo(throughText(documents), { contractId: terms.contractId, effectiveFrom: terms.effectiveFrom, rest: terms }));
    expect(back.terms).to.deep.equal(terms);
    expect([back.lost, back.assumed]).to.deep.equal([[], []]);
  }],
  ["read back alone, they are the same but for what is told as lost", (terms) => {
    const { documents, lost } = toOpenSlo(terms);
    const back = right(fromOpenSlo(throughText(documents), giving(terms)));
    // A document needs service hours, also where no indicator has any.
    const paths = [...lost.filter(({ comesBack }) => !comesBack).map(({ path }) => path), ...(terms.indicators.every(({ kind }) => kind === "failures") ? [["calendars"]] : [])];
    expect(without(back.terms, paths)).to.deep.equal(without(terms, paths));
    expect(back.lost).to.deep.equal([]);
  }],
  ["what differs read back alone is told as assumed, but for what was given", (terms) => {
    const { documents, lost } = toOpenSlo(terms);
    const { terms: back, assumed } = right(fromOpenSlo(throughText(documents), giving(terms)));
    const told = assumed.map(({ path }) => path.join("."));
    for (const { path } of lost) {
      const field = path.join(".");
      const isSame = JSON.stringify(at(back, path)) === JSON.stringify(at(terms, path));
      // An unused calendar is in the way of nothing; a penalty goes with what missing is.
      const isGone = path[0] === "calendars" && at(back, path) === undefined;
      if (!isSame && !isGone) expect(told, field).to.include(path.at(-1) === "penalty" ? [...path.slice(0, -1), "missed"].join(".") : field);
    }
  }],
  ["what is told as lost is in the terms, each once", (terms) => {
    const { lost } = toOpenSlo(terms);
    for (const { path } of lost) expect(at(terms, path), path.join(".")).to.not.equal(undefined);
    expect(new Set(lost.map(({ path }) => path.join("."))).size).to.equal(lost.length);
  }],
];

describe("terms to OpenSLO and back", () => {
  for (const [law, check] of LAWS) {
    it(`${law} (examples)`, () => EXAMPLES.forEach((name) => check(example(name))));
    it(`${law} (random terms)`, () => fc.assert(fc.property(anyTerms, check), { numRuns: 200 }));
  }

  it("percentages are the same decimals again, also the smallest and all of it", () => {
    for (const [percent, target] of [["99.5", 0.995], ["100", 0.999999999], ["99.999999", 0.99999999], ["0.000001", 1e-8], ["0", 0], ["7", 0.07], ["50", 0.5]] as const) {
      expect(targetOf(percent), percent).to.equal(target);
      expect(percentOfTarget(target), percent).to.equal(percent);
    }
    fc.assert(fc.property(anyPercent, (percent) => {
      expect(percentOfTarget(Number(JSON.stringify(targetOf(percent))))).to.equal(percent);
      expect(percentOfTargetPercent(percent === "100" ? 99.9999999 : Number(percent))).to.equal(percent);
    }), { numRuns: 2000 });
  });

  it("the Italian example, field by field", () => {
    const { documents, lost } = toOpenSlo(example("italian-public-contract"));
    expect(documents.map((document) => [document["kind"], at(document, ["metadata", "name"])])).to.deep.equal([["Service", "spc-cloud"], ["SLO", "disponibilita"], ["SLO", "ripristino"]]);
    const spec = (index: number, ...path: readonly (string | number)[]): unknown => at(documents[index], ["spec", ...path]);
    expect(spec(1, "timeWindow", 0)).to.deep.equal({ duration: "1M", isRolling: false, calendar: { startTime: "2019-01-01 00:00:00", timeZone: "Europe/Rome" } });
    expect(spec(2, "timeWindow", 0, "duration")).to.equal("1Q");
    expect([spec(1, "objectives"), spec(2, "objectives")]).to.deep.equal([[{ target: 0.995 }], [{ target: 0.95 }]]);
    expect(spec(1, "indicator", "spec", "ratioMetric", "total", "metricSource")).to.deep.equal({
      type: "incident-ledger",
      spec: { count: "agreed-time", kind: "availability", indicator: "disponibilita", contract: "spc-cloud", services: "all", calendar: "sempre", per: "body-and-service", decimals: 2 },
    });
    expect(documents.every((document) => at(document, ["metadata", "labels", "illustrative"]) === "true")).to.equal(true);
    expect(lost.filter(({ comesBack }) => !comesBack).map(({ path }) => path.join("."))).to.deep.equal([
      "effectiveFrom", "currency", "holidays", "calendars.ufficio", "weights", "wholeService", "maintenance", "indicators.0.missed", "indicators.0.penalty", "cap", "apportionment",
    ]);
  });

  it("neither money nor rules of the contract ride in any document", () => {
    const text = JSON.stringify(toOpenSlo({ ...example("italian-public-contract"), currency: "CHF" }).documents);
    for (const word of ["CHF", "per-mille", "penalty", "holidays", "08:00", "weights", "maintenance", "lost-workstation-hours"]) expect(text).to.not.contain(word);
  });

  it("windows start with the period in which the terms begin", () => {
    const terms = example("italian-public-contract");
    const starts = (["month", "quarter", "year"] as const).map((period) => {
      const { documents } = toOpenSlo({ ...terms, effectiveFrom: "2019-12-06", indicators: terms.indicators.slice(0, 1).map((indicator) => ({ ...indicator, period })) });
      return at(documents[1], ["spec", "timeWindow", 0, "calendar", "startTime"]);
    });
    expect(starts).to.deep.equal(["2019-12-01 00:00:00", "2019-10-01 00:00:00", "2019-01-01 00:00:00"]);
  });

  it("availability of several services is an SLO for each, and one indicator again; one figure over them stays one", () => {
    const terms = example("hyperscaler-credits");
    const of = (per: "service" | "contract") => toOpenSlo(parsed({ ...terms, indicators: terms.indicators.map((each) => ({ ...each, per, services: ["posta", "protocollo"] })) })).documents.filter(({ kind }) => kind === "SLO");
    expect(of("service").map((slo) => [at(slo, ["metadata", "name"]), at(slo, ["spec", "service"])])).to.deep.equal([["monthly-uptime-posta", "posta"], ["monthly-uptime-protocollo", "protocollo"]]);
    expect(right(fromOpenSlo(of("service"), giving(terms))).terms.indicators.map(({ services }) => services)).to.deep.equal([["posta", "protocollo"]]);
    expect(of("contract").map((slo) => at(slo, ["spec", "service"]))).to.deep.equal(["spc-cloud"]);
  });

  it("what another tool changed in OpenSLO's own fields holds, beside all the rest of the terms", () => {
    const terms = example("italian-public-contract");
    const { documents } = toOpenSlo(terms);
    const changed = documents.map((document) => parseJson(JSON.stringify(document).replace('"target":0.995', '"target":0.999').replace('"1Q"', '"1Y"').replace("Disponibilità mensile per ente e servizio", "Disponibilità")));
    const back = right(fromOpenSlo(changed, { contractId: terms.contractId, effectiveFrom: "2020-01-01", rest: terms }));
    const [first, second] = terms.indicators;
    expect(back.terms).to.deep.equal({ ...terms, effectiveFrom: "2020-01-01", indicators: [{ ...first, threshold: "99.9", title: "Disponibilità" }, { ...second, period: "year" }] });
    // The description still speaks of a quarter.
    expect(back.lost.map(({ field }) => field)).to.deep.equal(["spec.description"]);
  });

  it("zeros at the end of a percentage are kept where the rest has them", () => {
    const terms = example("italian-public-contract");
    const written = parsed({ ...terms, indicators: terms.indicators.slice(0, 1).map((each) => ({ ...each, threshold: "99.50" })) });
    const back = (given: Given): unknown => at(right(fromOpenSlo(toOpenSlo(written).documents, given)).terms, ["indicators", 0, "threshold"]);
    expect([back(giving(terms)), back({ ...giving(terms), rest: written })]).to.deep.equal(["99.5", "99.50"]);
  });
});

function parsed(value: unknown): Terms {
  const checked = readTerms(JSON.stringify(value));
  return checked.kind === "right" ? checked.terms : expect.fail(JSON.stringify(checked.problems));
}

/** Another tool's SLO, as the specification's own examples write them. */
const FOREIGN = `
apiVersion: openslo/v1
kind: SLO
metadata:
  name: posta-uptime
  displayName: Uptime of the mail
spec:
  service: posta
  indicator:
    metadata:
      name: posta-ok
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: Prometheus, spec: { query: ok } } }
        total: { metricSource: { type: Prometheus, spec: { query: all } } }
  timeWindow:
    - duration: 1M
      calendar: { startTime: 2020-01-01 00:00:00, timeZone: Europe/Rome }
  budgetingMethod: Occurrences
  objectives:
    - target: 0.995
`;
const GIVEN: Given = { contractId: "spc-cloud", effectiveFrom: "2020-01-01", currency: "EUR" };

/** What comes of the other tool's SLO after parts of its text were replaced, and documents added. */
function readForeign(changes: readonly (readonly [part: string, replaced: string])[], given: Given = GIVEN, more = ""): FromOpenSlo {
  const text = changes.reduce((before, [part, replaced]) => {
    expect(before, "the part is in the text").to.contain(part);
    return before.replace(part, replaced);
  }, FOREIGN);
  const read = readDocuments(`${text}${more}`);
  return fromOpenSlo(read.kind === "right" ? read.documents.map(({ value }) => value) : expect.fail(text), given);
}
const said = (notes: readonly { readonly field: string; readonly sentence: string }[]): readonly string[] => notes.map(({ field, sentence }) => `${field}: ${sentence}`);
const problems = (result: FromOpenSlo): readonly string[] => (result.kind === "wrong" ? said(result.problems) : []);

describe("OpenSLO of other tools to terms", () => {
  it("a share of good events becomes availability of its service; what changes by that, and what is assumed, is told", () => {
    const { terms, lost, assumed } = right(readForeign([]));
    expect(terms.indicators).to.deep.equal([{ id: "posta-uptime", title: "Uptime of the mail", kind: "availability", period: "month", services: ["posta"], calendar: "always", per: "service", threshold: "99.5", decimals: 2, missed: "finding" }]);
    expect(terms).to.deep.include({ title: "Terms of spc-cloud", zone: "Europe/Rome", currency: "EUR", calendars: { always: { kind: "always" } }, cap: { percent: "10" } });
    expect(said(lost)).to.deep.equal([
      "spec.indicator.spec: the ledger measures by the disruptions and cases that are recorded in it; the query to Prometheus is left out",
      "spec.budgetingMethod: Occurrences are not counted; the indicator becomes availability, the share of time without downtime",
    ]);
    expect(assumed.map(({ path }) => path.join(".")).toSorted()).to.deep.equal([
      "apportionment", "calendars.always", "cap", "holidays", "indicators.0.calendar", "indicators.0.decimals", "indicators.0.missed", "indicators.0.per", "maintenance", "title", "weights", "wholeService",
    ]);
  });

  const BAD: readonly (readonly [what: string, changes: readonly (readonly [string, string])[], says: readonly string[]])[] = [
    ["another apiVersion", [["openslo/v1", "openslo/v1alpha"]], ['apiVersion: "openslo/v1alpha" is not one of its values; write openslo/v1']],
    ["a kind that is none", [["kind: SLO", "kind: Slo"]], ['kind: "Slo" is not one of its values; write AlertCondition, AlertNotificationTarget, AlertPolicy, DataSource, Service, SLI or SLO']],
    ["no name", [["name: posta-uptime", "title: posta"]], ["metadata.name: it is missing; give a text"]],
    ["a name that is none", [["name: posta-uptime", "name: Posta"]], ['metadata.name: "Posta" is not a name of an OpenSLO object (a to z, 0 to 9, hyphens and . | / \\, a letter or digit at both ends)']],
    ["no service", [["service: posta", "of: posta"]], ["spec.service: it is missing; give a text"]],
    ["a service that cannot be one of the ledger's", [["service: posta", "service: it/posta"]], ['spec.service: "it/posta" cannot be the id of a service (A-Z a-z 0-9 . _ ~ -); write the one of the ledger\'s catalogue']],
    ["a target above 1", [["target: 0.995", "target: 99.5"]], ["spec.objectives.0.target: 99.5 is not a target of OpenSLO, which is from 0 up to 1 but not 1 itself, such as 0.995 for 99.5 %"]],
    ["a target of 1", [["target: 0.995", "target: 1"]], ["spec.objectives.0.target: 1 is not a target of OpenSLO, which is from 0 up to 1 but not 1 itself, such as 0.995 for 99.5 %"]],
    ["a target per cent of 100", [["target: 0.995", "targetPercent: 100"]], ["spec.objectives.0.targetPercent: 100 is not a target of OpenSLO, which is from 0 up to 100 but not 100 itself, such as 99.5"]],
    ["a target as text", [["target: 0.995", 'target: "0.995"']], ['spec.objectives.0.target: "0.995" is not a number']],
    ["a target finer than terms", [["target: 0.995", "target: 0.9999999995"]], ["spec.objectives.0.target: 99.99999995 % has more places than terms take; write it with at most six"]],
    ["two targets", [["target: 0.995", "{ target: 0.995, targetPercent: 99.5 }"]], ["spec.objectives.0: it takes either target, such as 0.995, or targetPercent, such as 99.5"]],
    ["no target", [["target: 0.995", "displayName: Good"]], ["spec.objectives.0: it takes either target, such as 0.995, or targetPercent, such as 99.5"]],
    ["no objective", [["objectives:\n    - target: 0.995", "objectives: []"]], ["spec.objectives: the list has 0 entries; it takes at least 1"]],
    ["no window", [["timeWindow:", "window:"]], ["spec.timeWindow: it is missing, and without it nobody knows over which month, quarter or year to assess; give one calendar-aligned window"]],
    ["an empty list of windows", [["timeWindow:\n    - duration: 1M\n      calendar: { startTime: 2020-01-01 00:00:00, timeZone: Europe/Rome }", "timeWindow: []"]], ["spec.timeWindow: it takes exactly one window"]],
    ["a rolling window", [["duration: 1M\n      calendar: { startTime: 2020-01-01 00:00:00, timeZone: Europe/Rome }", "duration: 28d\n      isRolling: true"]], ["spec.timeWindow.0.isRolling: a rolling window (28d) is no period that could be assessed and closed; agree on a month, quarter or year, and write it with a calendar"]],
    ["a window without a calendar", [["calendar: { startTime: 2020-01-01 00:00:00, timeZone: Europe/Rome }", "isRolling: false"]], ["spec.timeWindow.0.calendar: it is missing; give the startTime and the timeZone in which periods are cut"]],
    ["a week", [["duration: 1M", "duration: 1w"]], ["spec.timeWindow.0.duration: 1w is no period of terms; agree on a month (1M), a quarter (1Q) or a year (1Y)"]],
    ["a duration that is none", [["duration: 1M", "duration: P1M"]], ['spec.timeWindow.0.duration: "P1M" is not a duration of OpenSLO, such as 1M, 1Q or 1Y']],
    ["a start with a zone in it", [["2020-01-01 00:00:00", "2020-01-01T00:00:00Z"]], ['spec.timeWindow.0.calendar.startTime: "2020-01-01T00:00:00Z" is not a date and time without a zone, such as 2020-01-01 00:00:00']],
    ["a zone that does not exist", [["Europe/Rome", "Europe/Lecco"]], ['spec.timeWindow.0.calendar.timeZone: "Europe/Lecco" is not an IANA time zone, such as Europe/Rome']],
    ["a budgeting method that is none", [["budgetingMethod: Occurrences", "budgetingMethod: Events"]], ['spec.budgetingMethod: "Events" is not one of its values; write Occurrences, Timeslices or RatioTimeslices']],
    ["neither indicator nor reference", [["indicator:", "metric:"]], ["spec: it takes either indicator or indicatorRef"]],
    ["a reference to an SLI that is not there", [["indicator:\n    metadata:", "indicatorRef: posta-ok\n  before:\n    metadata:"]], ['spec.indicatorRef: there is no SLI "posta-ok" among these documents; there is none at all']],
    ["good and bad at once", [["total: {", "bad: { metricSource: { type: Prometheus, spec: { query: no } } }\n        total: {"]], ["spec.indicator.spec.ratioMetric: beside total it takes either good or bad"]],
    ["no total", [["total: {", "sum: {"]], ["spec.indicator.spec.ratioMetric: it takes either total, with good or bad, or raw"]],
    ["several wrong things at once", [["target: 0.995", "target: 2"], ["duration: 1M", "duration: 4w"]], [
      "spec.timeWindow.0.duration: 4w is no period of terms; agree on a month (1M), a quarter (1Q) or a year (1Y)",
      "spec.objectives.0.target: 2 is not a target of OpenSLO, which is from 0 up to 1 but not 1 itself, such as 0.995 for 99.5 %",
    ]],
  ];
  for (const [what, changes, says] of BAD) {
    it(`is refused: ${what}`, () => expect(problems(readForeign(changes))).to.deep.equal(says));
  }

  it("is refused for what is not given, or wrongly", () => {
    const given = (change: Partial<Given>): readonly string[] => problems(readForeign([], { ...GIVEN, ...change }));
    expect(given({ currency: undefined })).to.deep.equal(["currency: OpenSLO knows no money; give the ISO 4217 code of the contract's currency, such as EUR"]);
    expect(given({ currency: "euro" })).to.deep.equal(['currency: "euro" is not an ISO 4217 currency code, such as EUR']);
    expect(given({ effectiveFrom: "2020-02-30" })).to.deep.equal(['effectiveFrom: "2020-02-30" is not a date of the calendar, such as 2019-12-06']);
    expect(given({ contractId: "spc cloud" })).to.deep.equal(['contractId: "spc cloud" is not a contract id (1 to 128 of A-Z a-z 0-9 . _ ~ -, beginning with a letter or digit)']);
    expect(given({ capPercent: "110" })).to.deep.equal(["cap.percent: it is above 100 %"]);
    expect(right(readForeign([], { ...GIVEN, capPercent: "20", title: "Posta" })).terms).to.deep.include({ cap: { percent: "20" }, title: "Posta" });
  });

  it("with two zones is refused until one is given, and then says which windows are cut elsewhere", () => {
    const other = `---${FOREIGN.replace("name: posta-uptime", "name: posta-new-york").replace("Europe/Rome", "America/New_York")}`;
    expect(problems(readForeign([], GIVEN, other))).to.deep.equal(["zone: the SLOs cut their periods in Europe/Rome and America/New_York, terms in one zone; give the one that is meant"]);
    const { terms, lost } = right(readForeign([], { ...GIVEN, zone: "Europe/Rome" }, other));
    expect(terms.zone).to.equal("Europe/Rome");
    expect(said(lost)).to.include("spec.timeWindow.0.calendar.timeZone: periods are cut in Europe/Rome, as given, not in America/New_York");
  });

  it("two documents of one name, and none that is an SLO, are refused", () => {
    expect(problems(readForeign([], GIVEN, `---${FOREIGN}`))[0]).to.equal("metadata.name: there are two documents SLO posta-uptime; give each a name of its own");
    expect(problems(fromOpenSlo([], GIVEN))).to.deep.equal([": there is no SLO among these documents, and without one there is nothing to agree on"]);
    expect(problems(fromOpenSlo(["SLO"], GIVEN))).to.deep.equal([': "SLO" is not an object']);
  });

  it("measured values and composite SLOs are left out and told; where nothing is left, that is a problem", () => {
    const threshold = FOREIGN.replace("name: posta-uptime", "name: latency").replace(/ratioMetric:[^]*total: .*\n/, "thresholdMetric: { metricSource: { metricSourceRef: prometheus, spec: { query: p95 } } }\n").replace("- target: 0.995", "- { op: lte, value: 0.3, target: 0.99 }");
    const composite = FOREIGN.replace("name: posta-uptime", "name: composite").replace("- target: 0.995", "- { target: 0.99, indicatorRef: a, compositeWeight: 1 }");
    const { terms, lost } = right(readForeign([], GIVEN, `---${threshold}---${composite}`));
    expect(terms.indicators.map(({ id }) => id)).to.deep.equal(["posta-uptime"]);
    expect(lost.filter(({ document, field }) => document !== 0 && field === "").map(({ document, sentence }) => [document, sentence])).to.deep.equal([
      [1, "an SLO on measured values (thresholdMetric) is left out; terms hold availability, times and numbers of failures"],
      [2, "an SLO whose objectives have indicators of their own (a composite one) is left out; in terms each indicator stands by itself"],
    ]);
    const read = readDocuments(threshold);
    expect(problems(fromOpenSlo(read.kind === "right" ? read.documents.map(({ value }) => value) : [], GIVEN))).to.deep.equal([
      ": there is no SLO among these documents that terms can hold",
      ": an SLO on measured values (thresholdMetric) is left out; terms hold availability, times and numbers of failures",
    ]);
  });

  it("all other kinds of documents, and what an SLO says beyond terms, are told as lost", () => {
    const kinds = ["AlertCondition", "AlertNotificationTarget", "AlertPolicy", "DataSource", "Service"].map((kind) => `---\napiVersion: openslo/v1\nkind: ${kind}\nmetadata: { name: other }\nspec: {}\n`).join("");
    const { lost } = right(readForeign([
      ["displayName: Uptime of the mail", "labels: { team: [a, b] }\n  annotations: { example.com/page: x }"],
      ["service: posta", "description: The mail\n  owner: someone\n  alertPolicies: [{ alertPolicyRef: other }]\n  service: posta"],
      ["2020-01-01 00:00:00", "2020-01-21 12:30:00"],
      ["budgetingMethod: Occurrences", "budgetingMethod: Timeslices"],
      ["- target: 0.995", "- { displayName: Good, target: 0.995, timeSliceTarget: 0.95, timeSliceWindow: 1m }"],
    ], GIVEN, kinds));
    expect(lost.map(({ document, field }) => `${document ?? "?"} ${field}`).toSorted()).to.deep.equal([
      "0 metadata", "0 spec.alertPolicies", "0 spec.budgetingMethod", "0 spec.description", "0 spec.indicator.spec", "0 spec.objectives.0.timeSliceTarget", "0 spec.objectives.0.timeSliceWindow",
      "0 spec.owner", "0 spec.timeWindow.0.calendar.startTime", "1 ", "2 ", "3 ", "4 ", "5 ",
    ]);
  });

  it("an SLI is found by its reference; several objectives become as many indicators", () => {
    const sli = "---\napiVersion: openslo/v1\nkind: SLI\nmetadata: { name: posta-ok }\nspec: { ratioMetric: { counter: false, rawType: success, raw: { metricSource: { metricSourceRef: prometheus, spec: { query: ok } } } } }\n";
    const { terms, lost } = right(readForeign([
      [FOREIGN.slice(FOREIGN.indexOf("  indicator:"), FOREIGN.indexOf("  timeWindow:")), "  indicatorRef: posta-ok\n"],
      ["- target: 0.995", "- target: 0.995\n    - { displayName: Better, targetPercent: 99.9 }"],
    ], GIVEN, `${sli}${sli.replace("posta-ok", "unused")}`));
    expect(terms.indicators.map(({ id, title, ...rest }) => [id, title, "threshold" in rest ? rest.threshold : ""])).to.deep.equal([["posta-uptime", "Uptime of the mail", "99.5"], ["posta-uptime-2", "Better", "99.9"]]);
    expect(lost.map(({ document, field }) => `${document ?? "?"} ${field}`)).to.include.members(["1 spec", "2 "]);
  });

  it("a name that terms do not take is changed, and that is told", () => {
    const { terms, lost } = right(readForeign([["name: posta-uptime", "name: 1/posta.uptime"]]));
    expect(terms.indicators.map(({ id }) => id)).to.deep.equal(["slo-1-posta-uptime"]);
    expect(said(lost)).to.include("metadata.name: names in terms are of a to z, 0 to 9 and hyphens and begin with a letter; it becomes slo-1-posta-uptime");
  });

  it("nine nines are read as all of it, and that is told", () => {
    const { terms, lost } = right(readForeign([["target: 0.995", "targetPercent: 99.9999999"]]));
    expect(at(terms, ["indicators", 0, "threshold"])).to.equal("100");
    expect(said(lost)).to.include("spec.objectives.0.targetPercent: 99.9999999 % is read as 100 %, for which the ledger writes it");
  });
});

describe("OpenSLO that the ledger wrote and somebody changed", () => {
  const changedTo = (name: string, part: string | RegExp, replaced: string): FromOpenSlo => {
    const terms = example(name);
    const text = JSON.stringify(toOpenSlo(terms).documents);
    const changed = text.replace(part, replaced);
    expect(changed).to.not.equal(text);
    const documents = parseJson(changed);
    return fromOpenSlo(Array.isArray(documents) ? documents : [], giving(terms));
  };

  it("is refused where the query for the ledger is broken, or says something else than the SLO", () => {
    const total = "spec.indicator.spec.ratioMetric.total.metricSource.spec";
    expect(problems(changedTo("hyperscaler-credits", '"decimals":3', '"decimals":9'))).to.deep.equal([`${total}.decimals: 9 is too large; the most is 6`]);
    expect(problems(changedTo("hyperscaler-credits", '"per":"service"', '"for":"service"'))).to.deep.equal([`${total}.per: it is missing; write body-and-service, service or contract`, `${total}.for: no such field is known here; check its spelling, or leave it out`]);
    expect(problems(changedTo("hyperscaler-credits", '"service":"spc-cloud"', '"service":"posta"'))).to.deep.equal(["spec.service: it is posta, and yet the query for the ledger is about the contract spc-cloud; make both say the same"]);
    expect(problems(changedTo("response-and-restoration", '"op":"lte","value":3', '"op":"lt","value":3.5'))).to.deep.equal(["spec.objectives.0.op: failures are accepted up to a number; write lte", "spec.objectives.0.value: the number of failures that is accepted is a whole one from 0, not 3.5"]);
  });

  it("is refused where SLOs of one indicator say different things", () => {
    expect(problems(changedTo("response-and-restoration", '"indicator":"restored","contract"', '"indicator":"acknowledged","contract"'))).to.deep.equal([': it is of the indicator "acknowledged", as an SLO before it, but they differ in title, kind, shareInTime, targets; make them the same, or give one another name']);
  });

  it("says where a number of failures need not be kept in every period any more, and when time slices came in", () => {
    const { lost } = right(changedTo("response-and-restoration", '"value":3,"target":0.999999999', '"value":3,"target":0.9'));
    expect(said(lost)).to.deep.equal(["spec.objectives.0.target: that it is kept in 90 % of the periods; in terms the number of failures holds in each of them"]);
    expect(said(right(changedTo("hyperscaler-credits", "Occurrences", "Timeslices")).lost)).to.deep.equal(["spec.budgetingMethod: the ledger measures exactly, not by Timeslices"]);
  });
});
