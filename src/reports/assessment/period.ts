import type { ZoneId } from "../../kernel/brand.js";
import { ok, refuse, type Result } from "../../kernel/result.js";
import type { IndicatorTerms } from "../../domain/terms/indicators.js";
import { parsePeriod } from "../../time/period.js";
import type { Span } from "../../time/span.js";

export type PeriodKind = IndicatorTerms["period"];

/** A month, quarter or year of a contract. */
export interface AssessedPeriod {
  /** `2019-09`, `2019-Q3`, `2019`. */
  readonly label: string;
  readonly kind: PeriodKind;
  readonly span: Span;
  readonly zone: ZoneId;
}

/** A period that can be assessed, cut in the contract's zone. Refused: INVALID_PERIOD, also for a day: no indicator is assessed over one. */
export function assessedPeriod(text: string, zone: ZoneId, field = "period"): Result<AssessedPeriod> {
  const parsed = parsePeriod(text, zone, field);
  if (!parsed.ok) return parsed;
  const kind = kindOf(text);
  if (kind !== undefined) return ok({ label: text, kind, span: parsed.value.span, zone });
  return refuse({ code: "INVALID_PERIOD", field, params: { period: text }, message: `${JSON.stringify(text)} is a day; service levels are assessed over a month (2019-09), a quarter (2019-Q3) or a year (2019)` });
}

/** Undefined for what is none. */
export function kindOf(label: string): PeriodKind | undefined {
  if (/^\d{4}-\d{2}$/.test(label)) return "month";
  if (/^\d{4}-Q[1-4]$/.test(label)) return "quarter";
  return /^\d{4}$/.test(label) ? "year" : undefined;
}

/** The months, quarters and years that lie within a month, a quarter or a year, as they are written; the longest last. */
export function labelsWithin(label: string): readonly string[] {
  const year = label.slice(0, 4);
  const months = (first: number, count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${year}-${String(first + index).padStart(2, "0")}`);
  switch (kindOf(label)) {
    case undefined:
      return [];
    case "month":
      return [label];
    case "quarter":
      return [...months(Number(label.slice(-1)) * 3 - 2, 3), label];
    case "year":
      return [...months(1, 12), ...[1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`), label];
  }
}
