import { compare, divide, rational, roundHalfUp, subtract, sum, ZERO, type Rational } from "../../kernel/rational.js";
import { rateOf, type IndicatorTerms, type PenaltyTerms } from "../../domain/terms/indicators.js";
import { penaltyOf, type PenaltyRule } from "../../sla/penalty.js";
import type { Evaluation } from "../../sla/phases.js";
import { evaluate } from "../evaluated.js";
import type { Evaluations } from "../range.js";
import type { LevelPenalty, Measured, PenaltyBase, PenaltyLine } from "./level.js";
import { decimal, favourableOf, figureOf, meets, thresholdOf, unfavourableOf } from "./verdict.js";

type Unit = PenaltyLine["unit"];
const UNIT_MS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/** What missing a level costs; undefined where nothing was missed in either evaluation, or no penalty is agreed. `base` is needed for rates. */
export function penaltyOfLevel(indicator: IndicatorTerms, measured: Measured, base: PenaltyBase | undefined): LevelPenalty | undefined {
  const { penalty } = indicator;
  const figure = figureOf(measured);
  if (penalty === undefined || figure === undefined) return undefined;
  const figures: Evaluations<Rational> = { favourable: favourableOf(indicator, figure), unfavourable: unfavourableOf(indicator, figure) };
  if (meets(indicator, figures.unfavourable)) return undefined;
  const linesIn = (evaluation: Evaluation): readonly PenaltyLine[] =>
    meets(indicator, figures[evaluation]) ? [] : linesOf({ indicator, penalty, measured, base, evaluation }, figures[evaluation]);
  const favourable = linesIn("favourable");
  const unfavourable = linesIn("unfavourable");
  const lines = { favourable, unfavourable: sameLines(favourable, unfavourable) ? favourable : unfavourable };
  const cents = evaluate(lines, centsOf);
  return { cents: { min: cents.favourable, max: cents.unfavourable }, lines, base: needsBase(penalty) ? base : undefined };
}

/** Whether a penalty cannot be worked out without a fee or an amount. */
export function needsBase(penalty: PenaltyTerms): boolean {
  return penalty.kind !== "per-case";
}

/** Rounded half up once, after adding. */
function centsOf(lines: readonly PenaltyLine[]): number {
  return Number(roundHalfUp(sum(lines.map(({ exactCents }) => exactCents))));
}

function sameLines(a: readonly PenaltyLine[], b: readonly PenaltyLine[]): boolean {
  return a.length === b.length && a.every((line, index) => compare(line.exactCents, b[index]?.exactCents ?? ZERO) === 0 && compare(line.beyond, b[index]?.beyond ?? ZERO) === 0);
}

interface Missed {
  readonly indicator: IndicatorTerms;
  readonly penalty: PenaltyTerms;
  readonly measured: Measured;
  readonly base: PenaltyBase | undefined;
  readonly evaluation: Evaluation;
}

function linesOf(missed: Missed, figure: Rational): readonly PenaltyLine[] {
  const { penalty, indicator } = missed;
  switch (penalty.kind) {
    case "tiers":
      return [line(missed, ruleOf(penalty), { figure, beyond: subtract(thresholdOf(indicator), figure), unit: "percent", cases: 0 })];
    case "per-step":
      if (penalty.unit === "percentage-points") return [line(missed, ruleOf(penalty), { figure, beyond: subtract(thresholdOf(indicator), figure), unit: "percentage-points", cases: 0 })];
      return overruns(missed, penalty, penalty.unit);
    case "per-case":
      return casesOf(missed, figure);
  }
}

/** By how much each late case is beyond its target, case by case. */
function overruns(missed: Missed, penalty: Extract<PenaltyTerms, { kind: "per-step" }>, unit: keyof typeof UNIT_MS): readonly PenaltyLine[] {
  return lateCases(missed).map(({ incidentId, reading, targetMs = 0 }) => {
    const elapsedMs = missed.evaluation === "favourable" ? reading.elapsedMs.min : reading.elapsedMs.max;
    const beyond = divide(rational(elapsedMs - targetMs), rational(UNIT_MS[unit]));
    return { ...line(missed, ruleOf(penalty), { figure: beyond, beyond, unit, cases: 1 }), incidentId };
  });
}

function lateCases({ measured, evaluation }: Missed) {
  if (measured.kind === "availability" || measured.kind === "failures") return [];
  return measured.cases.filter(({ reading }) => reading.state === "breached" || (evaluation === "unfavourable" && reading.state === "undetermined"));
}

/** Cases that were late; of failures, those beyond the most that is accepted. */
function casesOf(missed: Missed, figure: Rational): readonly PenaltyLine[] {
  const rule = ruleOf(missed.penalty);
  if (missed.measured.kind === "failures") {
    const beyond = subtract(figure, thresholdOf(missed.indicator));
    return [line(missed, rule, { figure, beyond, unit: "cases", cases: Number(beyond.numerator / beyond.denominator) })];
  }
  return lateCases(missed).map(({ incidentId }) => ({ ...line(missed, rule, { figure, beyond: rational(1), unit: "cases", cases: 1 }), incidentId }));
}

interface LineInput {
  readonly figure: Rational;
  readonly beyond: Rational;
  readonly unit: Unit;
  readonly cases: number;
}

function line({ base }: Missed, rule: PenaltyRule, { figure, beyond, unit, cases }: LineInput): PenaltyLine {
  const { count, rate, exactCents } = penaltyOf(rule, { beyond, figure, cases, baseCents: base?.cents ?? ZERO });
  return { incidentId: undefined, beyond, unit, count, rate, exactCents };
}

function ruleOf(penalty: PenaltyTerms): PenaltyRule {
  switch (penalty.kind) {
    case "per-step":
      return { kind: "per-step", step: decimal(penalty.step), counting: penalty.counting, rate: rateOf(penalty) };
    case "tiers":
      return { kind: "tiers", tiers: penalty.tiers.map((tier) => ({ below: decimal(tier.below), rate: rateOf(tier) })) };
    case "per-case":
      return { kind: "per-case", amountCents: penalty.amountCents };
  }
}
