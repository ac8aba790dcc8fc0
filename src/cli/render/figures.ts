import { compare, rational, type Rational } from "../../kernel/rational.js";
import type { Availability, Figures } from "../../reports/figures.js";
import type { Range } from "../../reports/range.js";
import { decimalText, durationText } from "../../reports/words/format.js";
import type { Words } from "../../reports/words/words.js";

/** A figure, or `min–max` where banded times leave it open. */
export function rangeText<Figure>({ min, max }: Range<Figure>, isSame: boolean, text: (figure: Figure) => string): string {
  return isSame ? text(min) : `${text(min)}–${text(max)}`;
}

export function exactRange(range: Range<Rational>, text: (figure: Rational) => string): string {
  return rangeText(range, compare(range.min, range.max) === 0, text);
}

/** `99,8657`, or `99,8657–99,9000`: floored, so that no rounding hides a breach. */
export function percentText(availability: Availability, words: Words): string {
  if (availability.kind === "not-assessable") return words.notAssessable;
  const { percent } = availability;
  return rangeText(percent, percent.min === percent.max, (text) => text.replace(".", words.decimalMark));
}

/** What was owed and lost, each as text; nothing lost is a dash. */
export interface FigureTexts {
  readonly agreed: string;
  readonly availability: string;
  readonly downtime: string;
  readonly lostHours: string;
}

export function figureTexts({ agreedMs, availability, downtimeMs, lostWorkstationHours }: Figures<unknown>, words: Words): FigureTexts {
  return {
    agreed: rangeText(agreedMs, agreedMs.min === agreedMs.max, (ms) => durationText(rational(ms), words)),
    availability: percentText(availability, words),
    downtime: isNothing(downtimeMs) ? "–" : exactRange(downtimeMs, (ms) => durationText(ms, words)),
    lostHours: isNothing(lostWorkstationHours) ? "–" : exactRange(lostWorkstationHours, (hours) => twoDecimals(hours, words)),
  };
}

/** Hours with two decimals, floored; always both, so that they stand below each other. */
export function twoDecimals(value: Rational, words: Words): string {
  const text = decimalText(value, 2, words);
  const [whole = "0", fraction = ""] = text.split(words.decimalMark);
  return `${whole}${words.decimalMark}${fraction.padEnd(2, "0")}`;
}

export function isNothing({ max }: Range<Rational>): boolean {
  return max.numerator === 0n;
}
