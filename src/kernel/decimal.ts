import { rational, type Rational } from "./rational.js";

/** A decimal text such as `99.5` as the exact fraction it is; undefined for what is none. */
export function parseDecimal(text: string): Rational | undefined {
  const [, whole, places = ""] = /^(-?\d{1,30})(?:\.(\d{1,30}))?$/.exec(text) ?? [];
  return whole === undefined ? undefined : rational(BigInt(`${whole}${places}`), 10n ** BigInt(places.length));
}
