import type { Instant, ZoneId } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import { parsePeriod, periodBetween, type Period } from "../../time/period.js";
import { orThrow } from "./or-throw.js";
import { isGiven, type Optional } from "./optional.js";

/** `PeriodInput` of the schema. */
export interface PeriodInput {
  readonly day?: Optional<string>;
  readonly month?: Optional<string>;
  readonly quarter?: Optional<string>;
  readonly year?: Optional<number>;
  readonly from?: Optional<Instant>;
  readonly to?: Optional<Instant>;
  readonly zone: ZoneId;
}

const SHAPES = {
  day: { pattern: /^\d{4}-\d{2}-\d{2}$/, example: "2019-09-25" },
  month: { pattern: /^\d{4}-\d{2}$/, example: "2019-09" },
  quarter: { pattern: /^\d{4}-Q[1-4]$/, example: "2019-Q3" },
  year: { pattern: /^\d{4}$/, example: "2019" },
} as const;
const UNITS = ["day", "month", "quarter", "year"] as const;

/** The period that is meant. Throws LedgerError INVALID_PERIOD where none, or more than one, is given, or one that the calendar does not have. */
export function periodOf(input: PeriodInput, field = "period"): Period {
  const { from, to, zone } = input;
  const units = UNITS.filter((unit) => isGiven(input[unit]));
  const [unit, more] = units;
  if (isGiven(from) || isGiven(to)) {
    if (unit !== undefined || !isGiven(from) || !isGiven(to)) throw ambiguous(field);
    return orThrow(periodBetween(from, to, zone, field));
  }
  if (unit === undefined || more !== undefined) throw ambiguous(field);
  return calendarPeriod(unit, String(input[unit]), zone, `${field}.${unit}`);
}

function calendarPeriod(unit: keyof typeof SHAPES, text: string, zone: ZoneId, field: string): Period {
  const { pattern, example } = SHAPES[unit];
  if (pattern.test(text)) return orThrow(parsePeriod(text, zone, field));
  throw new LedgerError({ code: "INVALID_PERIOD", field, params: { [unit]: text.slice(0, 100) }, message: `${JSON.stringify(text.slice(0, 100))} is not a ${unit}; write it like ${example}` });
}

function ambiguous(field: string): LedgerError {
  return new LedgerError({ code: "INVALID_PERIOD", field, message: "say one period: `day`, `month`, `quarter` or `year` alone, or `from` and `to` together" });
}
