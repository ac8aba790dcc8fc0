import type { Money } from "../../kernel/money.js";
import type { Range } from "../../reports/range.js";
import type { Words } from "../../reports/words/words.js";

const SYMBOLS: Readonly<Record<string, string>> = { EUR: "€" };

/** `€ 1.234,50` in Italian, `€ 1,234.50` in English; the currency's code where it has no sign of its own here. */
export function amountText({ amountCents, currency }: Money, { decimalMark, groupMark }: Pick<Words, "decimalMark" | "groupMark">): string {
  return `${SYMBOLS[currency] ?? currency} ${figureText(amountCents, { decimalMark, groupMark })}`;
}

function figureText(amountCents: number, { decimalMark, groupMark }: Pick<Words, "decimalMark" | "groupMark">): string {
  const cents = BigInt(amountCents);
  const whole = (cents / 100n).toString().replace(/\B(?=(\d{3})+$)/g, groupMark);
  return `${whole}${decimalMark}${(cents % 100n).toString().padStart(2, "0")}`;
}

/** One amount, or `€ 1,20–1,40` where banded times leave it open. */
export function amountRange({ min, max }: Range<Money>, words: Pick<Words, "decimalMark" | "groupMark">): string {
  return min.amountCents === max.amountCents ? amountText(min, words) : `${amountText(min, words)}–${figureText(max.amountCents, words)}`;
}
