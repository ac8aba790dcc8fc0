import { compare, multiply, rational, toFlooredDecimal, ZERO, type Rational } from "../kernel/rational.js";
import { availabilityOf, figuresOf, type Figures as Totals } from "../sla/figures.js";
import { PERCENT_DECIMALS, type Availability, type Figures } from "./figures.js";
import type { Evaluations, Range } from "./range.js";
import { WEIGHTS, type ServiceWalk } from "./service-walk.js";

/** Evaluates once where no banded time matters, so that both sides stay one object. */
export function evaluate<From, To>({ favourable, unfavourable }: Evaluations<From>, work: (from: From) => To): Evaluations<To> {
  const best = work(favourable);
  return { favourable: best, unfavourable: favourable === unfavourable ? best : work(unfavourable) };
}

/** The two values of a figure in order; one and the same where they are equal. */
export function rangeOf<From, Value>({ favourable, unfavourable }: Evaluations<From>, pick: (from: From) => Value, order: (a: Value, b: Value) => number): Range<Value> {
  const a = pick(favourable);
  if (favourable === unfavourable) return { min: a, max: a };
  const b = pick(unfavourable);
  const difference = order(a, b);
  if (difference === 0) return { min: a, max: a };
  return difference < 0 ? { min: a, max: b } : { min: b, max: a };
}

/** Figures with their ranges; `explain` is called when the explanation is asked for, once. */
export function figures<Part>(totals: Evaluations<Totals>, explain: () => Evaluations<readonly Part[]>): Figures<Part> {
  return {
    agreedMs: rangeOf(totals, ({ agreedMs }) => agreedMs, (a, b) => a - b),
    downtimeMs: rangeOf(totals, ({ downtimeMs }) => downtimeMs, compare),
    availability: availability(totals),
    lostWorkstationHours: rangeOf(totals, ({ lostWorkstationHours }) => lostWorkstationHours, compare),
    explanation: once(explain),
  };
}

export function walkTotals(walks: Evaluations<ServiceWalk>): Evaluations<Totals> {
  return evaluate(walks, (walk) => figuresOf(walk, WEIGHTS.scale));
}

type Sums = Pick<Totals, "agreedMs" | "downtimeMs">;

/**
 * Between which values an availability lies; undefined, "not assessable", as soon as one evaluation leaves no agreed time. Where it is open how much was agreed (a banded
 * cancellation), the extremes may lie between the ends of the band: the least downtime is held against the most agreed time and the other way about, so that nothing is
 * called certain that some time within the band would overturn.
 */
export function availabilityRange({ favourable, unfavourable }: Evaluations<Sums>): Range<Rational> | undefined {
  if (favourable.agreedMs === 0 || unfavourable.agreedMs === 0) return undefined;
  const agreedMs = rangeOf({ favourable, unfavourable }, (each) => each.agreedMs, (a, b) => a - b);
  const downtimeMs = rangeOf({ favourable, unfavourable }, (each) => each.downtimeMs, compare);
  const min = availabilityOf({ agreedMs: agreedMs.min, downtimeMs: downtimeMs.max }) ?? ZERO;
  const max = availabilityOf({ agreedMs: agreedMs.max, downtimeMs: downtimeMs.min }) ?? ZERO;
  return compare(min, max) === 0 ? { min: max, max } : { min: compare(min, ZERO) < 0 ? ZERO : min, max };
}

function availability(totals: Evaluations<Totals>): Availability {
  const value = availabilityRange(totals);
  if (value === undefined) return { kind: "not-assessable" };
  const min = percent(value.min);
  return { kind: "assessable", value, percent: { min, max: value.max === value.min ? min : percent(value.max) } };
}

function percent(share: Rational): string {
  return toFlooredDecimal(multiply(share, rational(100)), PERCENT_DECIMALS);
}

/** Calls `work` the first time it is asked, and gives the same value ever after. */
export function once<Value>(work: () => Value): () => Value {
  let done: { readonly value: Value } | undefined;
  return () => (done ??= { value: work() }).value;
}
