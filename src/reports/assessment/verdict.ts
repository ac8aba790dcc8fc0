import { compare, multiply, rational, type Rational } from "../../kernel/rational.js";
import { parseDecimal } from "../../kernel/decimal.js";
import type { IndicatorTerms } from "../../domain/terms/indicators.js";
import type { Range } from "../range.js";
import type { Measured, Verdict } from "./level.js";

/** What a figure is held against: a least percentage, or a most number of failures. */
export function thresholdOf(indicator: IndicatorTerms): Rational {
  switch (indicator.kind) {
    case "availability":
      return decimal(indicator.threshold);
    case "time-to-acknowledge":
    case "time-to-restore":
      return decimal(indicator.shareInTime);
    case "failures":
      return rational(indicator.most);
  }
}

/** The figure in the unit of its threshold: a percentage, or a number of failures; undefined where there is nothing to assess. */
export function figureOf(measured: Measured): Range<Rational> | undefined {
  switch (measured.kind) {
    case "availability":
    case "time-to-acknowledge":
    case "time-to-restore":
      return measured.share === undefined ? undefined : { min: percent(measured.share.min), max: percent(measured.share.max) };
    case "failures":
      return measured.isOwed ? { min: rational(measured.count.min), max: rational(measured.count.max) } : undefined;
  }
}

/** Compared exactly; a threshold that is just reached is met. */
export function verdictOf(indicator: IndicatorTerms, measured: Measured): Verdict {
  const figure = figureOf(measured);
  if (figure === undefined) return "not-assessable";
  const [best, worst] = [meets(indicator, favourableOf(indicator, figure)), meets(indicator, unfavourableOf(indicator, figure))];
  if (best !== worst) return "undetermined";
  return best ? "met" : "breached";
}

export function meets(indicator: IndicatorTerms, figure: Rational): boolean {
  const difference = compare(figure, thresholdOf(indicator));
  return indicator.kind === "failures" ? difference <= 0 : difference >= 0;
}

/** Of failures the fewest, of percentages the highest. */
export function favourableOf({ kind }: IndicatorTerms, { min, max }: Range<Rational>): Rational {
  return kind === "failures" ? min : max;
}
export function unfavourableOf({ kind }: IndicatorTerms, { min, max }: Range<Rational>): Rational {
  return kind === "failures" ? max : min;
}

function percent(share: Rational): Rational {
  return multiply(share, rational(100));
}

/** Decimals of terms are checked when the document is (`termsSchema`). Throws TypeError for what is none. */
export function decimal(text: string): Rational {
  const value = parseDecimal(text);
  if (value === undefined) throw new TypeError(`${JSON.stringify(text)} is no decimal`);
  return value;
}
