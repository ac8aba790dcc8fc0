import { compare, multiply, rational, toFlooredDecimal, type Rational } from "../kernel/rational.js";
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

/** Not assessable as soon as one evaluation leaves no agreed time. */
function availability(totals: Evaluations<Totals>): Availability {
  const { favourable, unfavourable } = evaluate(totals, (total) => ({ value: availabilityOf(total) }));
  if (favourable.value === undefined || unfavourable.value === undefined) return { kind: "not-assessable" };
  const value = rangeOf({ favourable: favourable.value, unfavourable: unfavourable.value }, (each) => each, compare);
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
