import type { ServiceId } from "../../kernel/brand.js";
import { parseDecimal } from "../../kernel/decimal.js";
import { OPEN_ENDED } from "../../kernel/projection.js";
import type { TermsRow } from "../../../projections/rows.js";
import type { Terms } from "../../domain/terms/terms.js";
import { DEFAULT_WEIGHTS, type Degree, type Weights } from "../../sla/weights.js";
import { span, type Span } from "../../time/span.js";

/** Weights have three places at most: every weight of every contract is so many thousandths. */
export const WEIGHT_SCALE = 1000;
export type WeightUnits = { readonly [D in Degree]: number };

/** A stretch of time over which one document of terms holds; without one before the first, or where none was agreed. */
export interface TermsStretch {
  readonly span: Span;
  readonly row: TermsRow | undefined;
  readonly units: WeightUnits;
}

/** The terms that hold over `within`, stretch after stretch. `rows` are those of one contract, by effective date. */
export function termsStretches(rows: readonly TermsRow[], within: Span): readonly TermsStretch[] {
  const bounds = rows.map((row, index) => ({ row, from: row.effectiveFrom, to: rows[index + 1]?.effectiveFrom ?? OPEN_ENDED }));
  const first = rows[0]?.effectiveFrom ?? OPEN_ENDED;
  return [{ row: undefined, from: -OPEN_ENDED, to: first }, ...bounds].flatMap(({ row, from, to }) => {
    const [start, end] = [Math.max(from, within.start), Math.min(to, within.end)];
    return start < end ? [{ span: span(start, end), row, units: unitsOf(row?.terms) }] : [];
  });
}

function unitsOf(terms: Terms | undefined): WeightUnits {
  const weights: Weights = terms?.weights === undefined
    ? DEFAULT_WEIGHTS
    : { outage: DEFAULT_WEIGHTS.outage, partial: parseDecimal(terms.weights.partial) ?? DEFAULT_WEIGHTS.partial, degraded: parseDecimal(terms.weights.degraded) ?? DEFAULT_WEIGHTS.degraded };
  const units = (degree: Degree): number => Number((weights[degree].numerator * BigInt(WEIGHT_SCALE)) / weights[degree].denominator);
  return { outage: units("outage"), partial: units("partial"), degraded: units("degraded") };
}

/**
 * The calendar by which a service is owed: that of the document's availability indicator about it, the one of that id if it has it, else its first;
 * undefined: around the clock.
 */
export function calendarOf(terms: Terms, serviceId: ServiceId, indicatorId?: string): string | undefined {
  const about = terms.indicators.flatMap((each) => (each.kind === "availability" && (each.services?.includes(serviceId) ?? true) ? [each] : []));
  return (about.find(({ id }) => id === indicatorId) ?? about[0])?.calendar;
}
