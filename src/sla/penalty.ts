import { compare, divide, floor, multiply, rational, roundHalfUp, subtract, ZERO, type Rational } from "../kernel/rational.js";

/** A step that has begun counts (`commenced`), or only one that is full (`whole`). */
export type StepCounting = "commenced" | "whole";

/** How many steps of length `step` (above zero) lie in `beyond`, which is how far a figure lies beyond its threshold in the same unit; 0 where it does not. */
export function stepsIn(beyond: Rational, step: Rational, counting: StepCounting): bigint {
  if (compare(beyond, ZERO) <= 0) return 0n;
  const ratio = divide(beyond, step);
  const whole = floor(ratio);
  return counting === "whole" || compare(ratio, rational(whole)) === 0 ? whole : whole + 1n;
}

/** One tier of a provider's service credits: what is owed where the figure lies below `below`. */
export interface Tier {
  readonly below: Rational;
  /** Part of the base. */
  readonly rate: Rational;
}

/** How a penalty comes about (domain.md, "Terms of a contract"). Rates are parts of one: 1 ‰ is 1/1000. */
export type PenaltyRule =
  /** So much of the base for each step beyond the threshold. */
  | { readonly kind: "per-step"; readonly step: Rational; readonly counting: StepCounting; readonly rate: Rational }
  /** The rate of the lowest tier that the figure lies below. */
  | { readonly kind: "tiers"; readonly tiers: readonly Tier[] }
  /** So much for each case that missed. */
  | { readonly kind: "per-case"; readonly amountCents: number };

/** What a penalty is worked out from. */
export interface PenaltyInput {
  /** How far the figure lies beyond the threshold, in the unit of the rule's step: percentage points, minutes, hours, days. */
  readonly beyond: Rational;
  /** The figure itself, for tiers. */
  readonly figure: Rational;
  /** Cases that missed. */
  readonly cases: number;
  /** The fee or amount that rates refer to, in cents, exact: a third of a quarter's fee, say. */
  readonly baseCents: Rational;
}

/** A penalty with its arithmetic: `exactCents` = base × rate × count, or amount × count; rounded half up, once, at the end. */
export interface Penalty {
  /** Steps or cases that count; for tiers 1, or 0 where none was reached. */
  readonly count: bigint;
  /** Part of the base for each; undefined for an amount for each case. */
  readonly rate: Rational | undefined;
  readonly exactCents: Rational;
  readonly amountCents: number;
}

export function penaltyOf(rule: PenaltyRule, input: PenaltyInput): Penalty {
  switch (rule.kind) {
    case "per-step":
      return ofRate(rule.rate, stepsIn(input.beyond, rule.step, rule.counting), input.baseCents);
    case "tiers": {
      const tier = tierOf(rule.tiers, input.figure);
      return ofRate(tier?.rate ?? ZERO, tier === undefined ? 0n : 1n, input.baseCents);
    }
    case "per-case": {
      const exactCents = rational(BigInt(rule.amountCents) * BigInt(input.cases));
      return { count: BigInt(input.cases), rate: undefined, exactCents, amountCents: Number(exactCents.numerator) };
    }
  }
}

/** The lowest tier that the figure lies below; undefined where it lies below none. */
export function tierOf(tiers: readonly Tier[], figure: Rational): Tier | undefined {
  const reached = tiers.filter(({ below }) => compare(figure, below) < 0);
  return reached.reduce<Tier | undefined>((lowest, tier) => (lowest === undefined || compare(tier.below, lowest.below) < 0 ? tier : lowest), undefined);
}

function ofRate(rate: Rational, count: bigint, baseCents: Rational): Penalty {
  const exactCents = multiply(multiply(baseCents, rate), rational(count));
  return { count, rate, exactCents, amountCents: Number(roundHalfUp(exactCents)) };
}

/** What of a penalty is due under a cap over the contract's life, and what of the cap is left then. */
export interface Capped {
  readonly dueCents: number;
  /** What the cap cuts off. */
  readonly cutCents: number;
  readonly leftCents: number;
}

/** `capCents`: the cap now; `usedCents`: what earlier determinations and adjustments have used, in their order. A cap that shrank below that leaves nothing. */
export function underCap(penaltyCents: number, { capCents, usedCents }: { readonly capCents: number; readonly usedCents: number }): Capped {
  const room = Math.max(0, capCents - usedCents);
  const dueCents = Math.min(penaltyCents, room);
  return { dueCents, cutCents: penaltyCents - dueCents, leftCents: room - dueCents };
}

/** The cap in cents: a part of the contract amount, rounded down, so that nothing passes it. */
export function capOf(amountCents: number, rate: Rational): number {
  return Number(floor(multiply(rational(amountCents), rate)));
}

/** How far `figure` lies below `threshold`; negative where it does not. */
export function below(threshold: Rational, figure: Rational): Rational {
  return subtract(threshold, figure);
}
/** How far `figure` lies above `threshold`; negative where it does not. */
export function above(threshold: Rational, figure: Rational): Rational {
  return subtract(figure, threshold);
}
