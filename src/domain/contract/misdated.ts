import type { Refusal } from "../../kernel/errors.js";
import { parseLocalDate } from "../../time/text.js";
import type { Fact } from "../record.js";

/**
 * Why terms that are said now do not hold from the midnight of their date in their zone; undefined for other facts. Asked once, when a fact is said: zone data change
 * (a law that ends summer time moves midnights to come), and what was recorded by those of its time stands.
 */
export function misdated(fact: Fact): Refusal | undefined {
  if (fact.type !== "TermsAgreed") return undefined;
  const { terms: { effectiveFrom: date, zone }, effectiveFrom } = fact.data;
  const midnight = parseLocalDate(date, zone, "terms.effectiveFrom");
  if (!midnight.ok) return midnight.refusal;
  if (midnight.value === effectiveFrom) return undefined;
  return { code: "INVALID_INPUT", field: "effectiveFrom", params: { effectiveFrom, midnight: midnight.value }, message: `the terms hold from ${date}, the midnight of which in ${zone} is ${new Date(midnight.value).toISOString()}` };
}
