import { compare, rational, toFlooredDecimal, type Rational } from "../../kernel/rational.js";
import type { Count, CountRange, Measure } from "../../reports/quality/figure.js";
import type { Range } from "../../reports/range.js";
import { durationText } from "../../reports/words/format.js";
import type { Words } from "../../reports/words/words.js";
import { exactRange } from "./figures.js";

/** Of nothing. */
const NONE = "–";
const SECOND_MS = 1000n;

/** `+3`, `−2`, `=`: signs are as wide as digits, so that they stand below each other. */
export function changeText({ change }: Count): string {
  return change === 0 ? "=" : signed(change > 0, String(Math.abs(change)));
}

/** `2`, or `1–2` where banded times leave it open. */
export function countRangeText({ value: { min, max } }: CountRange): string {
  return min === max ? String(min) : `${min}–${max}`;
}

/** A length of time cut to the second, where it is as long as that. */
export function timeText(range: Range<Rational> | undefined, words: Words): string {
  return range === undefined ? NONE : exactRange(range, (ms) => durationText(cut(ms), words));
}

/** A share as a percentage with two decimals, cut: `66,66 %`. */
export function shareText(range: Range<Rational> | undefined, { decimalMark }: Words): string {
  return range === undefined ? NONE : `${exactRange(range, (share) => points(share).replace(".", decimalMark))} %`;
}

/** `−1 h 30 min`, `=`; from the least to the greatest where it is open; `notComparable` where either period has no figure. */
export function timeChange({ change }: Measure, words: Words, notComparable: string): string {
  return measureChange(change, notComparable, (ms) => durationText(cut(ms), words));
}
/** In points of the percentage. */
export function shareChange({ change }: Measure, { decimalMark }: Words, notComparable: string): string {
  return measureChange(change, notComparable, (share) => points(share).replace(".", decimalMark));
}

function measureChange(change: Range<Rational> | undefined, notComparable: string, text: (size: Rational) => string): string {
  if (change === undefined) return notComparable;
  const one = (value: Rational): string => (value.numerator === 0n ? "=" : signed(value.numerator > 0n, text(sizeOf(value))));
  return compare(change.min, change.max) === 0 ? one(change.min) : `${one(change.min)} … ${one(change.max)}`;
}

function signed(isMore: boolean, text: string): string {
  return `${isMore ? "+" : "−"}${text}`;
}
function sizeOf({ numerator, denominator }: Rational): Rational {
  return { numerator: numerator < 0n ? -numerator : numerator, denominator };
}
function points({ numerator, denominator }: Rational): string {
  return toFlooredDecimal(rational(numerator * 100n, denominator), 2);
}
function cut(ms: Rational): Rational {
  const seconds = ms.numerator / (ms.denominator * SECOND_MS);
  return seconds === 0n ? ms : rational(seconds * SECOND_MS);
}
