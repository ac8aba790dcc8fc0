import { compare, multiply, ONE, rational, toFlooredDecimal, type Rational } from "../../kernel/rational.js";
import type { IndicatorTerms } from "../../domain/terms/indicators.js";
import type { Level, PenaltyLine } from "../assessment/level.js";
import { figureOf } from "../assessment/verdict.js";
import type { Range } from "../range.js";
import { decimalText, moneyText } from "./format.js";
import { WORDS, type Language } from "./languages.js";
import type { Forms } from "./plural.js";
import type { Words } from "./words.js";

/** The figure of a level and its threshold, apart; `bound` is the threshold as a sign says it: `≥ 99,5 %`. Percentages are floored to the decimals of the terms. */
export function levelTexts({ indicator, measured }: Pick<Level, "indicator" | "measured">, language: Language): { readonly figure: string; readonly threshold: string; readonly bound: string } {
  const words = WORDS[language];
  const figure = figureOf(measured);
  return { figure: figure === undefined ? words.notAssessable : rangeText(figure, (value) => figureText(value, indicator, words)), threshold: thresholdText(indicator, words), bound: boundText(indicator, words) };
}

/** The figure of a level beside its threshold, and its verdict. */
export function levelSentence(level: Level, language: Language): string {
  const { verdict, sentence } = WORDS[language].level;
  return sentence({ title: level.indicator.title, ...levelTexts(level, language), verdict: verdict[level.verdict] });
}

function rangeText({ min, max }: Range<Rational>, text: (value: Rational) => string): string {
  const [a, b] = [text(min), text(max)];
  return a === b ? a : `${a} – ${b}`;
}

function figureText(value: Rational, indicator: IndicatorTerms, words: Words): string {
  switch (indicator.kind) {
    case "availability":
      return `${toFlooredDecimal(value, indicator.decimals).replace(".", words.decimalMark)} %`;
    case "time-to-acknowledge":
    case "time-to-restore":
      return words.level.inTime(`${toFlooredDecimal(value, 2).replace(".", words.decimalMark)} %`);
    case "failures":
      return countedText(value, words.level.failure, words);
  }
}

function boundText(indicator: IndicatorTerms, { decimalMark }: Words): string {
  const atLeast = (percent: string): string => `≥ ${percent.replace(".", decimalMark)} %`;
  switch (indicator.kind) {
    case "availability":
      return atLeast(indicator.threshold);
    case "time-to-acknowledge":
    case "time-to-restore":
      return atLeast(indicator.shareInTime);
    case "failures":
      return `≤ ${indicator.most}`;
  }
}

function thresholdText(indicator: IndicatorTerms, words: Words): string {
  switch (indicator.kind) {
    case "availability":
      return words.level.atLeast(`${indicator.threshold.replace(".", words.decimalMark)} %`);
    case "time-to-acknowledge":
    case "time-to-restore":
      return words.level.atLeast(`${indicator.shareInTime.replace(".", words.decimalMark)} %`);
    case "failures":
      return words.level.atMost(indicator.most.toString());
  }
}

/** One line of a penalty's arithmetic, written out. What is no whole number of cents has six decimals, floored. */
export function penaltyLineSentence(line: PenaltyLine, { level, currency }: { readonly level: Pick<Level, "indicator" | "penalty">; readonly currency: string }, language: Language): string {
  const words = WORDS[language];
  const { beyond, unit, count, rate, exactCents, incidentId } = line;
  const money = (cents: Rational): string => (cents.denominator === 1n ? moneyText(Number(cents.numerator), currency, words) : `${decimalText(multiply(cents, rational(1, 100)), 6, words)} ${currency}`);
  const { penalty } = level.indicator;
  const about = incidentId === undefined ? "" : `${incidentId}: `;
  if (penalty?.kind === "per-case") return `${about}${words.level.cases({ count: count.toString(), each: moneyText(penalty.amountCents, currency, words), amount: money(exactCents) })}`;
  const base = level.penalty?.base;
  const said = { beyond: countedText(beyond, words.level.unit[unit], words), rate: rateText(rate, words), base: base === undefined ? "–" : money(base.cents), amount: money(exactCents) };
  if (penalty?.kind !== "per-step") return `${about}${words.level.tier(said)}`;
  const steps = countedText(rational(count), words.level.stepCount[penalty.counting], words);
  const write = penalty.unit === "percentage-points" ? words.level.stepsBelow : words.level.stepsBeyond;
  return `${about}${write({ ...said, step: penalty.step.replace(".", words.decimalMark), steps, count: count.toString() })}`;
}

/** A number with its noun; singular for exactly one. */
function countedText(value: Rational, { one, many }: Forms, words: Words): string {
  return `${decimalText(value, 6, words)} ${compare(value, ONE) === 0 ? one : many}`;
}

/** In per mille where that is a short number, else in per cent. */
function rateText(rate: Rational | undefined, words: Words): string {
  if (rate === undefined) return "–";
  return 1000n % rate.denominator === 0n && rate.numerator * 100n < rate.denominator ? `${decimalText(multiply(rate, rational(1000)), 3, words)} ‰` : `${decimalText(multiply(rate, rational(100)), 4, words)} %`;
}
