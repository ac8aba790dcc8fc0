import { ZERO, divide, multiply, rational, roundHalfUp, sum, type Rational } from "../kernel/rational.js";
import type { Money } from "../kernel/money.js";
import { span, totalMs, type Span, type SpanList } from "../time/span.js";
import { figuresOf, hoursOf } from "./figures.js";
import type { Walk } from "./walk.js";

/** The yearly cost of a workstation that holds from `from` (epoch ms) on, until the next. Sorted. */
export interface CostStep<Source> {
  readonly from: number;
  readonly yearlyCost: Money;
  readonly source: Source;
}
/** A calendar year with the agreed time of the union of services over the whole of it. */
export interface CostYear {
  readonly year: number;
  readonly span: Span;
  readonly agreed: SpanList;
}
/** Hours lost while one yearly cost held within one calendar year. */
export interface CostPiece<Source> {
  readonly span: Span;
  readonly year: number;
  readonly yearlyCost: Money;
  readonly source: Source;
  readonly lostWorkstationHours: Rational;
  /** Hours of the union over the whole calendar year. */
  readonly unionHours: Rational;
  /** lost · yearly cost ÷ union hours, exact. */
  readonly cents: Rational;
}

/**
 * Cost of the time lost = lost workstation-hours × yearly cost per workstation ÷ hours of the union in the calendar year
 * (domain.md, "Impact and availability"), piece by piece where the year or the agreed cost changes. Time before the first agreement costs nothing.
 */
export function costPieces<Source>(lost: Walk<unknown, unknown>, scale: number, steps: readonly CostStep<Source>[], years: readonly CostYear[]): CostPiece<Source>[] {
  return years.flatMap(({ year, span: wholeYear, agreed }) =>
    steps.flatMap((step, index) => {
      const start = Math.max(step.from, wholeYear.start, lost.within.start);
      const end = Math.min(steps[index + 1]?.from ?? Infinity, wholeYear.end, lost.within.end);
      if (start >= end) return [];
      const within = span(start, end);
      const { lostWorkstationHours } = figuresOf({ ...lost, within }, scale);
      const unionHours = hoursOf(totalMs(agreed));
      const cents = unionHours.numerator === 0n ? ZERO : divide(multiply(lostWorkstationHours, rational(step.yearlyCost.amountCents)), unionHours);
      return [{ span: within, year, yearlyCost: step.yearlyCost, source: step.source, lostWorkstationHours, unionHours, cents }];
    }),
  );
}

/** Exact cents of pieces in one currency, and the amount: rounded half up, once, at the end. */
export function totalCents(pieces: readonly Pick<CostPiece<unknown>, "cents">[]): { readonly exactCents: Rational; readonly amountCents: number } {
  const exactCents = sum(pieces.map(({ cents }) => cents));
  return { exactCents, amountCents: Number(roundHalfUp(exactCents)) };
}
