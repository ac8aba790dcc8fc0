import type { Instant } from "../../kernel/brand.js";
import type { Json } from "../../kernel/json.js";
import { canonicalJson, parseJson } from "../../kernel/json.js";
import type { Money } from "../../kernel/money.js";
import { toExactText, toFlooredDecimal, type Rational } from "../../kernel/rational.js";
import type { Knowledge } from "../../readmodel/knowledge.js";
import type { Range } from "../../reports/range.js";
import { earliestOf, latestOf, type When } from "../../time/when.js";
import { z } from "zod";

/** How values stand in what `--json` prints: instants as RFC 3339 in UTC, exact numbers as text, money in cents. */
export function instantJson(at: Instant): string {
  return new Date(at).toISOString();
}
export function whenJson(when: When): Json {
  return { earliest: instantJson(earliestOf(when)), latest: instantJson(latestOf(when)) };
}
export function exactJson(value: Rational): Json {
  return { exact: toExactText(value), decimal: toFlooredDecimal(value, 4) };
}
export function rangeJson<Figure>({ min, max }: Range<Figure>, figure: (value: Figure) => Json): Json {
  return { min: figure(min), max: figure(max) };
}
export function moneyJson({ amountCents, currency }: Money): Json {
  return { amountCents, currency };
}
export function knowledgeJson({ position, instant, provisional }: Knowledge): Json {
  return { position: position ?? null, recordedAt: instantJson(instant), provisional };
}

/** A stored payload as it is: its instants are milliseconds since 1970-01-01T00:00:00Z. */
export function payloadJson(data: object): Json {
  return z.json().parse(parseJson(canonicalJson(data)));
}
