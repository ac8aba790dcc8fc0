import type { Instant } from "../../kernel/brand.js";
import type { Money } from "../../kernel/money.js";
import { OPEN_ENDED } from "../../kernel/projection.js";
import { compare, rational, toExactText, type Rational } from "../../kernel/rational.js";
import type { Audience, Scope, Text } from "../../domain/values.js";
import type { Range } from "../../reports/range.js";
import { earliestOf, isBand, latestOf, type When } from "../../time/when.js";

/** Values of the domain in the shapes of the schema: plain properties, so that fields need no resolver. */

export function whenView(when: When) {
  return { earliest: earliestOf(when), latest: latestOf(when), exact: !isBand(when) };
}
export function whenOrNull(when: When | undefined) {
  return when === undefined ? null : whenView(when);
}

/** An end that may be OPEN_ENDED, which outside is no end. */
export function endOf(ended: Instant): Instant | null {
  return ended >= OPEN_ENDED ? null : ended;
}

export function moneyView({ amountCents, currency }: Money) {
  const cents = Math.abs(amountCents).toString().padStart(3, "0");
  return { amountCents, currency, text: `${currency} ${amountCents < 0 ? "-" : ""}${cents.slice(0, -2)}.${cents.slice(-2)}` };
}

export function audienceView(audience: Audience) {
  return { kind: audience.kind, bodyIds: audience.kind === "bodies" ? audience.bodyIds : [] };
}

export function textView({ text, language, audience }: Text) {
  return { text, language, audience: audienceView(audience) };
}
export function textOrNull(text: Text | undefined) {
  return text === undefined ? null : textView(text);
}

export function scopeView(scope: Scope) {
  return { kind: scope.kind, bodyIds: scope.kind === "bodies" ? scope.bodyIds : [] };
}

/** Source of an `Exact`; its decimals are worked out when they are asked for. */
export interface ExactView {
  readonly exact: string;
  readonly value: Rational;
}
export function exactView(value: Rational): ExactView {
  return { exact: toExactText(value), value };
}
export function exactRangeView({ min, max }: Range<Rational>) {
  return { min: exactView(min), max: exactView(max), exact: compare(min, max) === 0 };
}

/** Source of a `Duration`. */
export interface DurationView {
  readonly ms: Rational;
}
export function durationView(ms: Rational | number): DurationView {
  return { ms: typeof ms === "number" ? rational(ms) : ms };
}
export function durationRangeView({ min, max }: Range<Rational> | Range<number>) {
  const [least, most] = [durationView(min), durationView(max)];
  return { min: least, max: most, exact: compare(least.ms, most.ms) === 0 };
}

export function moneyRangeView({ min, max }: Range<Money>) {
  return { min: moneyView(min), max: moneyView(max), exact: min.amountCents === max.amountCents };
}
