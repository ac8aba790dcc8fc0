import { expect } from "chai";
import { incidentId } from "../../src/kernel/brand.js";
import { rational } from "../../src/kernel/rational.js";
import { indicatorSchema, type IndicatorTerms } from "../../src/domain/terms/indicators.js";
import type { PenaltyBase, PenaltyLine } from "../../src/reports/assessment/level.js";
import { levelTexts, penaltyLineSentence } from "../../src/reports/words/level-sentences.js";
import { TERMS } from "../support/terms.js";

const [AVAILABILITY] = TERMS.indicators;
const BASE: PenaltyBase = { of: "period-fee", cents: rational(12_000_00), pieces: [] };
const LINE: PenaltyLine = { incidentId: undefined, beyond: rational(1), unit: "percentage-points", count: 1n, rate: rational(1, 1000), exactCents: rational(12_00) };

function said(line: Partial<PenaltyLine>, { indicator = AVAILABILITY, base = BASE }: { readonly indicator?: IndicatorTerms | undefined; readonly base?: PenaltyBase } = {}): readonly string[] {
  if (indicator === undefined) throw new TypeError("the terms have an indicator");
  const nothing = { min: 0, max: 0 };
  const level = { indicator, penalty: { cents: nothing, lines: { favourable: [], unfavourable: [] }, base } };
  return (["it", "en"] as const).map((language) => penaltyLineSentence({ ...LINE, ...line }, { level, currency: "EUR" }, language));
}

describe("a line of a penalty", () => {
  it("says one step in the singular, and more or none in the plural", () => {
    expect(said({})).to.deep.equal([
      "1 punto percentuale sotto la soglia = 1 passo iniziato da 0,1; 1 × 1 ‰ × 12.000,00 EUR = 12,00 EUR",
      "1 percentage point below the threshold = 1 commenced step of 0.1; 1 × 1 ‰ × 12,000.00 EUR = 12.00 EUR",
    ]);
    expect(said({ beyond: rational(1, 2), count: 5n, exactCents: rational(60_00) })[0]).to.equal("0,5 punti percentuali sotto la soglia = 5 passi iniziati da 0,1; 5 × 1 ‰ × 12.000,00 EUR = 60,00 EUR");
    expect(said({ beyond: rational(1, 2), count: 0n, exactCents: rational(0) })[1]).to.contain("= 0 commenced steps of 0.1");
  });
  it("writes a base that is no whole number of cents with its decimals, as it multiplies", () => {
    const base = { ...BASE, cents: rational(100_000, 3) };
    expect(said({ exactCents: rational(100, 3) }, { base })[0]).to.match(/1 × 1 ‰ × 333,333333 EUR = 0,333333 EUR$/);
  });
  it("names the case that it is about, and the tier that was missed", () => {
    const perCase = indicatorSchema.parse({
      id: "ripristino", title: "Ripristino", kind: "time-to-restore", period: "month", shareInTime: "95", missed: "penalty", targets: { critical: { within: "PT2H", calendar: "sempre" } }, penalty: { kind: "per-case", amountCents: 500_00 },
    });
    expect(said({ incidentId: incidentId("cloud"), unit: "cases", rate: undefined, exactCents: rational(500_00) }, { indicator: perCase })).to.deep.equal(["cloud: 1 × 500,00 EUR = 500,00 EUR", "cloud: 1 × 500.00 EUR = 500.00 EUR"]);
    const tiers = indicatorSchema.parse({ ...AVAILABILITY, penalty: { kind: "tiers", of: "period-fee", tiers: [{ below: "99.5", rate: "10", rateIn: "percent" }] } });
    expect(said({ unit: "percent", beyond: rational(2), rate: rational(1, 10), exactCents: rational(1_200_00) }, { indicator: tiers })[1]).to.equal("2 percentage points below the threshold; 10 % × 12,000.00 EUR = 1,200.00 EUR");
  });
});

describe("a count of failures", () => {
  it("is told in the singular for one", () => {
    const failures = indicatorSchema.parse({ id: "guasti", title: "Guasti", kind: "failures", period: "month", most: 2, missed: "finding" });
    const texts = (count: number) => levelTexts({ indicator: failures, measured: { kind: "failures", isOwed: true, count: { min: count, max: count }, failures: [] } }, "it").figure;
    expect([0, 1, 2].map(texts)).to.deep.equal(["0 guasti", "1 guasto", "2 guasti"]);
  });
});
