import { rational, type Rational } from "../kernel/rational.js";

export type Degree = "outage" | "partial" | "degraded";

/** How much of a lost moment each degree counts, from 0 to 1 (domain.md, "Impact and availability"). */
export type Weights = { readonly [D in Degree]: Rational };

/** Until a contract has terms. */
export const DEFAULT_WEIGHTS: Weights = { outage: rational(1), partial: rational(1, 2), degraded: rational(0) };

/** Weights over one denominator, so that a sweep adds whole numbers: weight = units / scale. */
export interface WeightScale {
  readonly scale: number;
  readonly units: { readonly [D in Degree]: number };
}

/** Throws RangeError for a weight outside [0, 1] or with a denominator above 1,000,000 in common. */
export function scaleOf(weights: Weights): WeightScale {
  const all = [weights.outage, weights.partial, weights.degraded];
  const scale = all.reduce((product, { denominator }) => (product % denominator === 0n ? product : product * denominator), 1n);
  if (scale > 1_000_000n) throw new RangeError("weights need a common denominator of 1,000,000 at most");
  const units = (weight: Rational): number => {
    if (weight.numerator < 0n || weight.numerator > weight.denominator) throw new RangeError("a weight lies between 0 and 1");
    return Number((weight.numerator * scale) / weight.denominator);
  };
  return { scale: Number(scale), units: { outage: units(weights.outage), partial: units(weights.partial), degraded: units(weights.degraded) } };
}
