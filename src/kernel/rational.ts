/** An exact fraction in lowest terms; `denominator` is positive. Figures are compared and added as these, never as floating point. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** `numerator / denominator` in lowest terms. Throws RangeError on a denominator of zero or a number that is not whole. */
export function rational(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  if (d === 0n) throw new RangeError("a fraction with denominator zero");
  const divisor = gcd(n, d < 0n ? -d : d) * (d < 0n ? -1n : 1n);
  return { numerator: n / divisor, denominator: d / divisor };
}
export const ZERO = rational(0);
export const ONE = rational(1);

export function add(a: Rational, b: Rational): Rational {
  if (a.denominator === b.denominator) return rational(a.numerator + b.numerator, a.denominator);
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}
export function subtract(a: Rational, b: Rational): Rational {
  return add(a, { numerator: -b.numerator, denominator: b.denominator });
}
export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}
/** Throws RangeError when `b` is zero. */
export function divide(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}
/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
export function sum(values: Iterable<Rational>): Rational {
  let total = ZERO;
  for (const value of values) total = add(total, value);
  return total;
}
/** Largest whole number not above `value`. */
export function floor(value: Rational): bigint {
  const quotient = value.numerator / value.denominator;
  return value.numerator < 0n && quotient * value.denominator !== value.numerator ? quotient - 1n : quotient;
}
/** Nearest whole number, halves away from zero ("half up" for money, domain.md "Terms of a contract"). */
export function roundHalfUp(value: Rational): bigint {
  const doubled = rational(2n * (value.numerator < 0n ? -value.numerator : value.numerator) + value.denominator, 2n * value.denominator);
  return value.numerator < 0n ? -floor(doubled) : floor(doubled);
}
/** Decimal text cut (floored), not rounded, to `decimals` places, so that no rounding hides a breach. */
export function toFlooredDecimal(value: Rational, decimals: number): string {
  const scaled = floor(multiply(value, rational(10n ** BigInt(decimals))));
  const sign = scaled < 0n ? "-" : "";
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, "0");
  return decimals === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
/** Exact text: `"7"` or `"7/2"`. */
export function toExactText(value: Rational): string {
  return value.denominator === 1n ? value.numerator.toString() : `${value.numerator.toString()}/${value.denominator.toString()}`;
}
