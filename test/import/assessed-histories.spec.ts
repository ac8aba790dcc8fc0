import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { bodyId, commandId, instant, serviceId, zoneId, type ContractId, type EventId } from "../../src/kernel/brand.js";
import { isJsonObject, type JsonObject } from "../../src/kernel/json.js";
import { termsSchema, type Terms } from "../../src/domain/terms/terms.js";
import type { LedgerCommand } from "../../src/domain/record.js";
import type { Degree } from "../../src/domain/values.js";
import { fileSource } from "../../src/import/index.js";
import { idPart } from "../../src/import/names.js";
import type { KnownLedger } from "../../src/readmodel/known-ledger.js";
import type { KnownAt } from "../../src/readmodel/knowledge.js";
import { assess } from "../../src/reports/assessment/assessment.js";
import { midnight } from "../reports/assessment/naive-clock.js";
import { naiveLevels } from "../reports/assessment/naive-assessment.js";
import type { NaiveDisruption, NaiveLedger } from "../reports/assessment/naive-ledger.js";
import { levelsOf } from "../reports/assessment/figures-of.js";
import { ACTOR, openTestLedger, take, type TestLedger } from "./ledger.js";
import { googleFacts } from "./naive-google.js";
import { announcedOf, asOf, versionsOf } from "./naive-jenkins.js";
import { seeded } from "./naive-seconds.js";
import { withSharedFile } from "./shared-data.js";

const FEE = { from: Date.UTC(2017, 0, 1) / 1000, cents: 1_200_000, currency: "EUR", per: "month" } as const;
const ALWAYS = [[0, 4e9]] as const;

/** One of the example files as terms of another contract, cut in its zone. */
function example(name: string, { contractId, zone }: { readonly contractId: ContractId; readonly zone: string }, changed: (terms: Terms) => object = () => ({})): Terms {
  const document: unknown = parse(readFileSync(join(import.meta.dirname, `../../examples/terms/${name}.yaml`), "utf8"));
  if (typeof document !== "object" || document === null) throw new TypeError(`${name} is a document`);
  const terms = termsSchema.parse({ ...document, contractId, zone });
  return termsSchema.parse({ ...terms, ...changed(terms) });
}

/** A contract that an import made, under one document of terms after the other. */
class UnderContract {
  readonly #into: TestLedger;
  readonly contractId: ContractId;
  readonly zone: string;
  #agreed: EventId | undefined;
  #commands = 0;

  constructor(into: TestLedger, of: { readonly contractId: ContractId; readonly zone: string }) {
    this.#into = into;
    this.contractId = of.contractId;
    this.zone = of.zone;
  }

  static async of(into: TestLedger, service: string): Promise<UnderContract> {
    const known = await into.known();
    const contractId = known.services([serviceId(service)]).get(serviceId(service))?.contractId;
    const contract = contractId === undefined ? undefined : known.contracts([contractId]).get(contractId);
    if (contract === undefined) throw new Error(`${service} runs under a contract`);
    const under = new UnderContract(into, contract);
    await under.#submit({ type: "AgreeFee", data: { contractId: contract.contractId, fee: { amountCents: FEE.cents, currency: FEE.currency }, per: FEE.per, effectiveFrom: instant(FEE.from * 1000) } });
    return under;
  }

  /** Terms in place of those before, by a correction of their record. */
  async agree(terms: Terms): Promise<void> {
    const data = { contractId: this.contractId, terms, effectiveFrom: instant(midnight(this.zone, terms.effectiveFrom) * 1000) };
    if (this.#agreed === undefined) this.#agreed = await this.#submit({ type: "AgreeTerms", data });
    else await this.#submit({ type: "CorrectRecord", data: { category: "contract", subjectId: this.contractId, eventId: this.#agreed, data: asJson(data), reason: "Another example" } });
  }

  async #submit(command: LedgerCommand): Promise<EventId | undefined> {
    const result = await this.#into.ledger.submit({ command, commandId: commandId(`assessed-${(this.#commands += 1)}`), actor: ACTOR });
    if (result.kind === "refused") throw new Error(`${command.type}: ${result.refusal.message}`);
    return result.events[0]?.id;
  }
}

function asJson(data: object): JsonObject {
  const json: unknown = JSON.parse(JSON.stringify(data));
  if (!isJsonObject(json)) throw new TypeError("data is an object");
  return json;
}

interface Looked {
  readonly label: string;
  readonly kind: "month" | "quarter";
  readonly body?: string;
  readonly service?: string;
}

/** Holds the levels of one period against the second implementation; how many cents came of it. */
function agreeOn(known: KnownLedger, contractId: ContractId, ledger: NaiveLedger, { label, kind, body, service }: Looked): number {
  const year = Number(label.slice(0, 4));
  const month = kind === "quarter" ? Number(label.slice(6)) * 3 - 2 : Number(label.slice(5));
  const after = month + (kind === "quarter" ? 3 : 1);
  const dateOf = (nth: number): string => `${nth > 12 ? year + 1 : year}-${String(nth > 12 ? nth - 12 : nth).padStart(2, "0")}-01`;
  const [from, to] = [midnight(ledger.zone, dateOf(month)), midnight(ledger.zone, dateOf(after))];
  const only = { ...(body !== undefined && { bodyId: bodyId(body) }), ...(service !== undefined && { serviceId: serviceId(service) }) };
  const assessment = assess(known, contractId, { label, kind, span: { start: instant(from * 1000), end: instant(to * 1000) }, zone: zoneId(ledger.zone) }, { ...(Object.keys(only).length > 0 && { only }) });
  const expected = naiveLevels(ledger, { kind, from, to, tick: 1, asOf: known.knowledge.instant / 1000, only: { ...(body !== undefined && { body }), ...(service !== undefined && { service }) } });
  expect(levelsOf(assessment), `${service ?? "all"} for ${body ?? "all"} in ${label}`).to.deep.equal(JSON.parse(JSON.stringify(expected)));
  expect(expected, "there is a level").to.not.be.empty;
  return expected.reduce((sum, { penalty }) => sum + (penalty?.cents.max ?? 0), 0);
}

/** Something of `values` for each of a few draws, the same for the same seed. */
function drawn<Value>(values: readonly Value[], count: number, random: () => number): readonly Value[] {
  return Array.from({ length: count }, () => values[Math.floor(random() * values.length)]).filter((each) => each !== undefined);
}
const labelOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 7);
const quarterOf = (label: string): string => `${label.slice(0, 4)}-Q${Math.ceil(Number(label.slice(5)) / 3)}`;

withSharedFile("Google Cloud's history under the example contracts, by the second", "gcp-incidents/incidents.json", (path) => {
  let into: TestLedger;
  let under: UnderContract;
  let ledger: NaiveLedger;
  const facts = googleFacts(path);
  const products = [...new Set(facts.flatMap((fact) => fact.products))];
  const locations = [...new Set(facts.flatMap((fact) => fact.locations))];
  const serviceOf = (product: string): string => `google-cloud.${product}`;
  const bodyOf = (location: string): string => `google-cloud.${location}`;
  const hit = facts.flatMap((fact) => fact.products.flatMap((product) => (fact.locations.length === 0 ? locations : fact.locations).map((location) => ({ service: serviceOf(product), body: bodyOf(location), label: labelOf(fact.from), kind: "month" as const }))));

  before(async function () {
    this.timeout(120_000);
    into = await openTestLedger();
    await take(into, await fileSource(path), { importId: "gcp", zone: "Europe/Rome" });
    under = await UnderContract.of(into, serviceOf(products[0] ?? ""));
    const DEGREES = ["degraded", "partial", "outage"] as const;
    ledger = {
      zone: under.zone, services: products.map(serviceOf), terms: [], maintenance: [], granted: [], fees: [FEE], amounts: [],
      bodies: locations.map((location) => ({ id: bodyOf(location), member: ALWAYS, adopted: new Map(products.map((product) => [serviceOf(product), ALWAYS])), workstations: [] })),
      disruptions: facts.flatMap((fact) => fact.products.map((product): NaiveDisruption => ({
        incident: `gcp.${fact.id}`, id: product, service: serviceOf(product), end: [fact.to, fact.to],
        phases: [{ at: [fact.from, fact.from], degree: DEGREES[fact.halves] ?? "outage", hits: fact.locations.length === 0 ? undefined : fact.locations.map(bodyOf) }],
      }))),
    };
  });
  after(() => into.close());

  it("per-mille penalties, body by body and service by service", async function () {
    this.timeout(60_000);
    const terms = example("italian-public-contract", under);
    await under.agree(terms);
    const known = await into.known();
    const results = drawn(hit, 6, seeded(2019)).map((each) => agreeOn(known, under.contractId, { ...ledger, terms: [terms] }, each));
    expect(results.filter((cents) => cents > 0).length, "months that cost something").to.be.greaterThan(0);
  });
  it("service credits by tiers, service by service", async function () {
    this.timeout(60_000);
    const terms = example("hyperscaler-credits", under);
    await under.agree(terms);
    const known = await into.known();
    for (const { service, label, kind } of drawn(hit, 2, seeded(99))) agreeOn(known, under.contractId, { ...ledger, terms: [terms] }, { service, label, kind });
  });
  it("failures in a quarter", async function () {
    this.timeout(60_000);
    for (const { service, label } of drawn(hit, 2, seeded(7))) {
      const terms = example("response-and-restoration", under, ({ indicators }) => ({ indicators: indicators.map((each) => (each.kind === "failures" ? { ...each, services: [serviceId(service)], most: 0 } : each)) }));
      await under.agree(terms);
      agreeOn(await into.known(), under.contractId, { ...ledger, bodies: ledger.bodies.slice(0, 2), terms: [terms] }, { label: quarterOf(label), kind: "quarter" });
    }
  });
});

withSharedFile("Jenkins' history under the example contracts, by the second", "jenkins-status/history.jsonl", (path) => {
  let into: TestLedger;
  let under: UnderContract;
  const versions = versionsOf(path);
  const final = [...asOf(versions, Infinity).values()];
  const services = [...new Set(versions.flatMap(({ state }) => state?.services ?? []))];
  const serviceOf = (name: string): string => `jenkins.${idPart(name.trim())}`;
  const hit = final.filter(({ degree }) => degree !== "none").flatMap((state) => state.services.map((name) => ({ service: serviceOf(name), body: "jenkins", label: labelOf(state.start), kind: "month" as const })));
  const maintained = final.flatMap(({ window, services: own }) => (window === undefined ? [] : own.map((name) => ({ service: serviceOf(name), body: "jenkins", label: labelOf(window.from), kind: "month" as const }))));

  /** As the issues ended; maintenance was announced when the source said so, or when the import did. */
  function ledger(terms: Terms, announced: "by the source" | "by the import"): NaiveLedger {
    const incidents = final.filter((state): state is typeof state & { readonly degree: Degree } => state.degree !== "none");
    return {
      zone: under.zone, services: services.map(serviceOf), terms: [terms], granted: [], fees: [FEE], amounts: [],
      bodies: [{ id: "jenkins", member: ALWAYS, adopted: new Map(services.map((name) => [serviceOf(name), ALWAYS])), workstations: [] }],
      disruptions: incidents.flatMap((state) => state.services.map((name): NaiveDisruption => ({
        incident: `jenkins-history.${idPart(state.key.replace("content/issues/", "").replace(/\.md$/, ""))}`, id: idPart(name.trim()), service: serviceOf(name),
        phases: [{ at: [state.start, state.start], degree: state.degree, hits: undefined }], end: state.end,
      }))),
      maintenance: final.flatMap(({ window, services: own }) => (window === undefined ? [] : own.flatMap((name) => announcedOf(window, name).map(({ at, from, part }) => ({
        // As long before its part of the window as it was before the window that it named.
        services: [serviceOf(name)], window: [part.from, part.to] as const, recordedAt: announced === "by the source" ? at + part.from - from : into.now / 1000, cancelled: undefined,
      }))))),
    };
  }
  const bySource = (): KnownAt => ({ kind: "sourceRecordedAt", instant: into.now });

  before(async function () {
    this.timeout(120_000);
    into = await openTestLedger();
    await take(into, await fileSource(path), { importId: "jenkins-history", site: { id: "jenkins", name: "status.jenkins.io" } });
    under = await UnderContract.of(into, serviceOf(services[0] ?? ""));
  });
  after(() => into.close());

  it("per-mille penalties, with maintenance as the source announced it and as the import did", async function () {
    this.timeout(60_000);
    for (const notice of ["PT72H", "PT1S"]) {
      const terms = example("italian-public-contract", under, ({ maintenance }) => ({ maintenance: { ...maintenance, notice } }));
      await under.agree(terms);
      const [known, told] = [await into.known(), await into.known(bySource())];
      for (const each of drawn(hit, 2, seeded(2020))) agreeOn(known, under.contractId, ledger(terms, "by the import"), each);
      for (const each of [...drawn(maintained, 3, seeded(2021)), ...drawn(hit, 1, seeded(2022))]) agreeOn(told, under.contractId, ledger(terms, "by the source"), each);
    }
  });
  it("service credits by tiers, service by service", async function () {
    this.timeout(60_000);
    const terms = example("hyperscaler-credits", under);
    await under.agree(terms);
    const known = await into.known();
    const results = drawn(hit, 4, seeded(5)).map(({ service, label, kind }) => agreeOn(known, under.contractId, ledger(terms, "by the import"), { service, label, kind }));
    expect(results.filter((cents) => cents > 0).length, "months that cost something").to.be.greaterThan(0);
  });
  it("failures in a quarter", async function () {
    this.timeout(60_000);
    for (const { service, label } of drawn(hit, 3, seeded(8))) {
      const terms = example("response-and-restoration", under, ({ indicators }) => ({ indicators: indicators.map((each) => (each.kind === "failures" ? { ...each, services: [serviceId(service)], most: 0 } : each)) }));
      await under.agree(terms);
      agreeOn(await into.known(), under.contractId, ledger(terms, "by the import"), { label: quarterOf(label), kind: "quarter" });
    }
  });
});
