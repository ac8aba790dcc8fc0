import { add, divide, rational, subtract, type Rational } from "../../kernel/rational.js";
import type { Range } from "../range.js";

/** A figure of the period beside that of the period before. */
interface Compared<Value> {
  readonly value: Value;
  readonly before: Value;
  /** `value − before`. */
  readonly change: Value;
}

/** How often something was. */
export type Count = Compared<number>;
/** How often something was, where banded times leave it open; its change is from the least difference to the greatest. */
export type CountRange = Compared<Range<number>>;

/**
 * What was measured: a mean, a percentile, a share. Undefined where there was nothing to measure; then the change is undefined too: not comparable.
 * The change is from the least difference to the greatest, as the times of two periods are open independently of each other.
 */
export type Measure = Compared<Range<Rational> | undefined>;

export function count(value: number, before: number): Count {
  return { value, before, change: value - before };
}

export function countRange(value: Range<number>, before: Range<number>): CountRange {
  return { value, before, change: { min: value.min - before.max, max: value.max - before.min } };
}

export function measure(value: Range<Rational> | undefined, before: Range<Rational> | undefined): Measure {
  const change = value === undefined || before === undefined ? undefined : { min: subtract(value.min, before.max), max: subtract(value.max, before.min) };
  return { value, before, change };
}

/** The arithmetic mean of figures that are each a range, exact; undefined of none. */
export function mean(values: readonly Range<number>[]): Range<Rational> | undefined {
  if (values.length === 0) return undefined;
  const of = (side: "min" | "max"): Rational => divide(values.reduce((sum, value) => add(sum, rational(value[side])), rational(0)), rational(values.length));
  return { min: of("min"), max: of("max") };
}

/**
 * The 90th percentile by nearest rank: of n values in ascending order the ⌈0.9 n⌉th, so that it is always one that was measured (the inverse of the
 * empirical distribution function: definition 1 in Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50, 1996).
 * Of values that are each a range, from that of the least to that of the greatest. Undefined of none.
 */
export function percentile90(values: readonly Range<number>[]): Range<Rational> | undefined {
  const rank = Math.ceil((values.length * 9) / 10);
  const of = (side: "min" | "max"): number | undefined => values.map((value) => value[side]).sort((a, b) => a - b)[rank - 1];
  const [min, max] = [of("min"), of("max")];
  return min === undefined || max === undefined ? undefined : { min: rational(min), max: rational(max) };
}

/** A part of a whole, from 0 to 1; undefined of nothing. */
export function share({ min, max }: Range<number>, whole: number): Range<Rational> | undefined {
  return whole === 0 ? undefined : { min: rational(min, whole), max: rational(max, whole) };
}
