/** Fractions of the second implementation: numerator and denominator, nothing more. */
export type Fraction = readonly [numerator: bigint, denominator: bigint];

export function fraction(numerator: bigint | number, denominator: bigint | number = 1): Fraction {
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  let [a, b] = [n < 0n ? -n : n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? [0n, 1n] : [n / a, d / a];
}
/** `99.5` */
export function decimal(text: string): Fraction {
  const [whole = "0", places = ""] = text.split(".");
  return fraction(BigInt(whole + places), 10n ** BigInt(places.length));
}
export const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * d + c * b, b * d);
export const minus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * d - c * b, b * d);
export const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * c, b * d);
/** Of a fraction above zero. */
export const over = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * d, b * c);
export const isLess = ([a, b]: Fraction, [c, d]: Fraction): boolean => a * d < c * b;
export const text = ([a, b]: Fraction): string => (b === 1n ? a.toString() : `${a.toString()}/${b.toString()}`);
/** Of a fraction that is not negative. */
export const floor = ([a, b]: Fraction): bigint => a / b;
export const halfUp = ([a, b]: Fraction): number => Number((2n * a + b) / (2n * b));
