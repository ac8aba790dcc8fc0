import { expect } from "chai";
import { EVERY_FACT } from "../projections/every-fact.js";
import { rational } from "../../src/kernel/rational.js";
import { factSchema, type Fact } from "../../src/domain/record.js";
import { impactReport } from "../../src/reports/impact.js";
import { timeline } from "../../src/reports/timeline.js";
import { decimalText, durationText, moneyText, percentText, timeText, whenText } from "../../src/reports/words/format.js";
import { LANGUAGES, WORDS } from "../../src/reports/words/languages.js";
import { amendmentSentences, availabilityText, costSentence, factSentence, headline, partSentence } from "../../src/reports/words/sentences.js";
import { ROME } from "../../src/time/zone.js";
import { at } from "../support/given.js";
import { ADOPTED, ENDED, LECCO, OPENED, PROTOCOLLO } from "../support/lecco.js";
import { AFTER, agreeCost, announce, OUTAGE, outage, over, report, standing } from "./lecco-case.js";
import { decidedCase } from "./report-case.js";

const { it: italian, en: english } = WORDS;
const inItalian = { language: "it", zone: ROME } as const;
const inEnglish = { language: "en", zone: ROME } as const;

describe("figures for reading", () => {
  it("show wall-clock times, with the offset only where the clock shows them twice", () => {
    expect(timeText(at("2019-10-27T02:30:00+02:00"), ROME, italian)).to.equal("27/10/2019 02:30 (+02:00)");
    expect(timeText(at("2019-10-27T02:30:00+01:00"), ROME, english)).to.equal("2019-10-27 02:30 (+01:00)");
    expect(timeText(at("2019-09-25T08:10:05.250+02:00"), ROME, italian)).to.equal("25/09/2019 08:10:05,250");
    expect(whenText({ earliest: at("2019-09-25T08:00:00+02:00"), latest: at("2019-09-25T09:00:00+02:00") }, ROME, italian)).to.equal("tra 25/09/2019 08:00 e 25/09/2019 09:00");
  });
  it("are cut, never rounded up", () => {
    expect(percentText(rational(999_999_999, 1_000_000_000), 4, italian)).to.equal("99,9999 %");
    expect(decimalText(rational(1_234_567_899, 1000), 2, italian)).to.equal("1.234.567,89");
    expect(decimalText(rational(1200), 2, english)).to.equal("1,200");
    expect(durationText(rational(5_400_500), english)).to.equal("1 h 30 min 0.5 s");
    expect(durationText(rational(1, 2), english)).to.equal("0 s");
    expect(moneyText(123_456_705, "EUR", italian)).to.equal("1.234.567,05 EUR");
  });
});

describe("sentences", () => {
  it("explain each part of a report, in Italian and in English", async () => {
    const ledger = await standing(decidedCase);
    await ledger.record({ at: "2019-09-20T08:00:00Z" }, announce("2019-09-24T20:00:00Z", "2019-09-24T22:00:00Z"), agreeCost(9072, "2019-01-01T00:00:00+01:00"));
    await ledger.record({ at: "2019-09-25T20:00:00Z" }, report(at("2019-09-25T06:10:00Z")), ...outage(at("2019-09-25T06:10:00Z"), at("2019-09-25T09:40:00Z")));
    const impact = impactReport(await ledger.known(AFTER), LECCO, over("2019-09"));
    const parts = impact.services.find(({ serviceId }) => serviceId === PROTOCOLLO)?.explanation().favourable ?? [];
    expect(parts.map((part) => partSentence(part, inItalian))).to.deep.equal([
      "01/09/2019 00:00 – 24/09/2019 22:00: servizio disponibile",
      "24/09/2019 22:00 – 25/09/2019 00:00: manutenzione patching, annunciata in tempo: non contata, qualunque altra cosa sia accaduta",
      "25/09/2019 00:00 – 25/09/2019 08:10: servizio disponibile",
      "25/09/2019 08:10 – 25/09/2019 11:40: interruzione per il disservizio protocollo-down (incidente cloud-2019-09-25), peso 1: 3 h 30 min di fermo, 350 ore-postazione perse",
      "25/09/2019 11:40 – 01/10/2019 00:00: servizio disponibile",
    ]);
    expect(parts.slice(3, 4).map((part) => partSentence(part, inEnglish))).to.deep.equal([
      "2019-09-25 08:10 – 2019-09-25 11:40: outage by disruption protocollo-down (incident cloud-2019-09-25), weight 1: 3 h 30 min of downtime, 350 workstation-hours lost",
    ]);
    const costs = impact.contractCosts.flatMap((cost) => cost.explanation().favourable);
    expect(costs.map((part) => costSentence(part, inItalian))).to.deep.equal([
      "01/09/2019 00:00 – 01/10/2019 00:00: 350 ore-postazione perse × 90,72 EUR l'anno ÷ 8.760 ore di servizio nel 2019 = 3,62 EUR",
    ]);
    expect(availabilityText(impact.total.availability, "it")).to.equal("99,5138 %");
    expect(availabilityText({ kind: "not-assessable" }, "it")).to.equal("non valutabile");
  });
  it("name things as people do, where names are given", () => {
    const names = { body: () => "Comune di Lecco", service: () => "Protocollo informatico", contract: () => "SPC Cloud", disrupted: () => "Protocollo informatico" };
    expect(factSentence(ADOPTED, { ...inItalian, names })).to.equal("Comune di Lecco attiva Protocollo informatico");
    expect(factSentence(OPENED, { ...inItalian, names })).to.equal("Protocollo informatico: interruzione per tutti gli enti che lo usano");
    expect(factSentence(OPENED, inEnglish)).to.equal("protocollo: outage for all bodies that have it");
    expect(factSentence(ENDED, { ...inItalian, names })).to.equal("Protocollo informatico (protocollo-down): servizio ripristinato");
    expect(factSentence(ENDED, inEnglish)).to.equal("Disruption protocollo-down: the service is back");
  });
  it("say what an entry said before, who changed it and why", async () => {
    const ledger = await standing(decidedCase);
    const [id] = await ledger.record({ at: "2019-09-25T20:00:00Z" }, report(at("2019-09-25T06:10:00Z")));
    if (id === undefined) throw new Error("nothing was recorded");
    const data = { incidentId: OUTAGE, occurredAt: at("2019-09-25T06:10:00Z"), title: "Fermo del cloud" };
    await ledger.record({ at: "2019-09-26T08:00:00Z", actor: "rup" }, { type: "CorrectRecord", data: { category: "incident", subjectId: OUTAGE, eventId: id, data, reason: "Il titolo" } });
    await ledger.record({ at: "2019-09-27T08:00:00Z" }, { type: "WithdrawRecord", data: { category: "incident", subjectId: OUTAGE, eventId: id, reason: "Doppione" } });
    const [edge] = timeline(await ledger.known(AFTER), { subject: { kind: "incident", incidentId: OUTAGE } }, { first: 1 }).edges;
    if (edge === undefined) throw new Error("no entry");
    expect([headline(edge.row, inItalian), ...amendmentSentences(edge.row, inItalian)]).to.deep.equal([
      "Incidente segnalato: Fermo del cloud",
      "rettificato da rup il 26/09/2019 10:00: «Il titolo» — Incidente segnalato: Outage of the rented cloud",
      "ritirato da ente-capofila il 27/09/2019 10:00: «Doppione»",
    ]);
  });
  it("are there for every kind of fact in every language, and in no two the same", () => {
    const facts = everyFact();
    expect(facts.map(({ type }) => type)).to.have.members(factSchema.options.map(({ shape }) => shape.type.value));
    for (const fact of facts) {
      const lines = LANGUAGES.map((language) => factSentence(fact, { language, zone: ROME }));
      for (const line of lines) expect(line, fact.type).to.match(/\S/).and.not.match(/undefined|\[object|NaN/);
      expect(new Set(lines).size, fact.type).to.equal(LANGUAGES.length);
    }
  });
});

/** One fact of each type, with all its optional fields where they are simple. */
function everyFact(): readonly Fact[] {
  const text = { text: "Testo", language: "it", audience: { kind: "everyone" } };
  const all = {
    bodyId: "lecco", serviceId: "posta", contractId: "spc", incidentId: "i", disruptionId: "d", entryId: "e", maintenanceId: "m", name: "Nome", kind: "municipality", workstations: 2,
    effectiveFrom: 0, occurredAt: 0, title: "Titolo", supplier: "Telecom Italia", zone: "Europe/Rome", amount: { amountCents: 100, currency: "EUR" }, reason: "Motivo", text,
    fee: { amountCents: 100, currency: "EUR" }, per: "month", yearlyCost: { amountCents: 9072, currency: "EUR" }, serviceIds: ["posta"], window: { start: 0, end: 1 },
    severity: "high", scope: { kind: "bodies", bodyIds: ["lecco"] }, degree: "partial", channel: "certified-email", clock: "restore", category: "power", party: "supplier",
    dueAt: 0, sha256: "0".repeat(64), fileName: "verbale.pdf", mediaType: "application/pdf", sizeBytes: 1,
  };
  const fields = new Map<string, unknown>(Object.entries(all));
  return factSchema.options.map((option) => {
    const type = option.shape.type.value;
    const names = Object.keys(option.shape.data.shape).filter((field) => fields.has(field));
    if (Object.entries(EVERY_FACT[type].data).some(([name]) => !fields.has(name))) return EVERY_FACT[type];
    return factSchema.parse({ type, data: Object.fromEntries(names.map((field) => [field, fields.get(field)])) });
  });
}
