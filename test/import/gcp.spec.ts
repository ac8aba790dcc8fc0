import { expect } from "chai";
import { bodyId, incidentId, instant, zoneId } from "../../src/kernel/brand.js";
import { PAGE_CAP } from "../../src/readmodel/known-ledger.js";
import type { Figures } from "../../src/reports/figures.js";
import { impactReports } from "../../src/reports/impact.js";
import { timeline } from "../../src/reports/timeline.js";
import { fileSource, takeBack, type ImportReport } from "../../src/import/index.js";
import { ACTOR, eventsOf, openTestLedger, take, type TestLedger } from "./ledger.js";
import { googleFacts, hitsOn, knownAt, type GoogleFact } from "./naive-google.js";
import { months, seeded, walk } from "./naive-seconds.js";
import { withSharedFile } from "./shared-data.js";

const UTC = zoneId("UTC");
const bodyOf = (location: string) => bodyId(`google-cloud.${location}`);
const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

withSharedFile("the incidents of status.cloud.google.com", "gcp-incidents/incidents.json", (path) => {
  let into: TestLedger;
  let report: ImportReport;
  let facts: GoogleFact[];
  let products: string[];
  let locations: string[];
  before(async function () {
    this.timeout(120_000);
    into = await openTestLedger();
    report = await take(into, await fileSource(path), { importId: "gcp" });
    facts = googleFacts(path);
    products = unique(facts.flatMap((fact) => fact.products));
    locations = unique(facts.flatMap((fact) => fact.locations));
  });
  after(() => into.close());

  it("goes in whole: 157 incidents, 60 products, 36 locations that have them all, without a problem", () => {
    expect(report).to.deep.include({
      format: "google-cloud", outcome: "imported", items: 157, problemCount: 0, mendCount: 0,
      created: { contracts: 1, services: 60, bodies: 36, adoptions: 60 * 36, incidents: 157, disruptions: facts.flatMap((fact) => fact.products).length, maintenance: 0 },
    });
    expect([products.length, locations.length], "as the raw file has them").to.deep.equal([60, 36]);
  });

  it("gives every product's agreed time and downtime at every location, month by month, as a walk over every second does", async function () {
    this.timeout(300_000);
    const known = await into.known();
    const walked = new Walks(facts);
    let lost = 0;
    for (const month of months("2021-06", "2022-07")) {
      const period = { start: instant(month.from * 1000), end: instant(month.to * 1000) };
      const impacts = impactReports(known, locations.map(bodyOf), { period, zone: UTC });
      expect(impacts).to.have.length(36);
      for (const [index, impact] of impacts.entries()) {
        const location = locations[index] ?? "";
        expect(impact.services).to.have.length(60);
        for (const figures of impact.services) {
          const expected = walked.of(month, figures.serviceId.replace("google-cloud.", ""), location);
          expect(read(figures), `${figures.serviceId} at ${location} in ${month.name}`).to.deep.equal(expected);
          lost += expected.lostHalves;
        }
        expect(read(impact.total), `all at ${location} in ${month.name}`).to.deep.equal(walked.of(month, undefined, location));
      }
    }
    expect(lost, "there is something to find").to.be.greaterThan(10_000_000);
  });

  it("answers for any earlier moment of the source with what had been declared, and ended, by then", async function () {
    this.timeout(120_000);
    const random = seeded(157);
    for (let sample = 0; sample < 12; sample += 1) {
      const fact = facts[Math.floor(random() * facts.length)];
      const at = (sample % 2 === 0 ? fact?.createdAt : fact?.endKnownAt) ?? 0;
      const then = knownAt(facts, at - (sample % 4 === 0 ? 1 : 0));
      const known = await into.known({ kind: "sourceRecordedAt", instant: instant((at - (sample % 4 === 0 ? 1 : 0)) * 1000) });
      expect(known.incidents(facts.map(({ id }) => incidentId(`gcp.${id}`))).size).to.equal(then.length);
      const name = new Date(at * 1000).toISOString().slice(0, 7);
      const [month] = months(name, name);
      const named = unique(then.flatMap((each) => each.locations)).slice(0, 3);
      if (month === undefined) continue;
      const period = { start: instant(month.from * 1000), end: instant(month.to * 1000) };
      const covered = { from: month.from, to: Math.min(month.to, at - (sample % 4 === 0 ? 1 : 0)) };
      for (const [index, impact] of impactReports(known, named.map(bodyOf), { period, zone: UTC }).entries()) {
        expect(impact.services).to.have.length(unique(then.flatMap((each) => each.products)).length);
        for (const figures of impact.services) {
          const { owed, lostHalves } = walk(covered, hitsOn(then, figures.serviceId.replace("google-cloud.", ""), named[index] ?? ""));
          expect(read(figures), `${figures.serviceId} at ${named[index] ?? ""} as of ${new Date(at * 1000).toISOString()}`).to.deep.equal({ owed, lostHalves });
        }
      }
    }
  });

  it("tells of each incident what was said, when, in the order in which it happened", async () => {
    const known = await into.known();
    let told = 0;
    for (const { id, products: hit, updates, from, to } of facts) {
      const { edges } = timeline(known, { subject: { kind: "incident", incidentId: incidentId(`gcp.${id}`) } }, { first: PAGE_CAP });
      const entries = edges.map(({ row }) => row);
      expect(entries).to.have.length(3 + 2 * hit.length + updates.length);
      expect(entries.map(({ started }) => started)).to.deep.equal(entries.map(({ started }) => started).sort((a, b) => a - b));
      const said = entries.flatMap(({ fact, started }) => (fact.type === "MembersInformed" ? [{ at: started / 1000, text: fact.data.text.text }] : []));
      expect(said).to.have.deep.members(updates);
      expect(entries.filter(({ type }) => type === "DisruptionOpened").map(({ started }) => started / 1000)).to.deep.equal(hit.map(() => from));
      expect(entries.filter(({ type }) => type === "DisruptionEnded" || type === "IncidentResolved").map(({ started }) => started / 1000)).to.deep.equal([...hit.map(() => to), to]);
      told += said.length;
    }
    expect(told).to.equal(770);
  });

  it("is repeated without a trace, and taken back whole", async function () {
    this.timeout(120_000);
    const other = await openTestLedger();
    const source = await fileSource(path);
    const strict = await take(other, source, { strict: true, importId: "gcp" });
    expect(strict).to.deep.equal(report);
    expect(await take(other, source, { importId: "gcp" })).to.include({ accepted: 0, repeated: 157 });
    const events = await eventsOf(other, strict.importId);
    const back = await takeBack(other.target, { importId: strict.importId, actor: ACTOR, reason: "A trial." });
    expect(back).to.deep.include({ outcome: "taken-back", withdrawn: events.length, notWithdrawn: [] });
    await other.close();
  });
});

/** Walks that are asked for again and again: what matters is which incidents hit. */
class Walks {
  readonly #done = new Map<string, { readonly owed: number; readonly lostHalves: number }>();

  constructor(private readonly facts: readonly GoogleFact[]) {}

  of(month: { readonly name: string; readonly from: number; readonly to: number }, product: string | undefined, location: string): { readonly owed: number; readonly lostHalves: number } {
    const hits = hitsOn(this.facts, product, location);
    const key = [month.name, ...hits.map(({ id }) => id)].join(" ");
    const done = this.#done.get(key) ?? walk(month, hits);
    this.#done.set(key, done);
    return done;
  }
}

/** Figures in the units of the walk; no time in the file is a band. */
function read({ agreedMs, downtimeMs }: Pick<Figures<unknown>, "agreedMs" | "downtimeMs">): { readonly owed: number; readonly lostHalves: number } {
  expect(agreedMs.min).to.equal(agreedMs.max);
  expect(downtimeMs.min).to.deep.equal(downtimeMs.max);
  return { owed: agreedMs.min / 1000, lostHalves: Number(downtimeMs.min.numerator * 2n) / Number(downtimeMs.min.denominator * 1000n) };
}
