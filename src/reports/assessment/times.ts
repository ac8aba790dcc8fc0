import { compare, rational, type Rational } from "../../kernel/rational.js";
import type { ClockReading } from "../../sla/clock.js";
import type { Range } from "../range.js";
import type { MeasuredTimes, TimedCase } from "./level.js";

/** Cases together: how many were in time, and how long they took (domain.md, "Clocks of an incident"). */
export function measuredTimes(kind: MeasuredTimes["kind"], cases: readonly TimedCase[]): MeasuredTimes {
  const count = (...states: readonly ClockReading["state"][]): number => cases.filter(({ reading }) => states.includes(reading.state)).length;
  const decided = count("met", "breached", "undetermined");
  const inTime: Range<number> = { min: count("met"), max: count("met", "undetermined") };
  const took = cases.filter(({ stop, reading }) => stop !== undefined && reading.state !== "no-target").map(({ reading }) => reading.elapsedMs);
  return {
    kind, cases, decided, inTime,
    share: decided === 0 ? undefined : sameOrBoth(rational(inTime.min, decided), rational(inTime.max, decided)),
    meanMs: took.length === 0 ? undefined : sameOrBoth(mean(took.map(({ min }) => min)), mean(took.map(({ max }) => max))),
    maxMs: took.length === 0 ? undefined : { min: Math.max(...took.map(({ min }) => min)), max: Math.max(...took.map(({ max }) => max)) },
  };
}

function mean(times: readonly number[]): Rational {
  return rational(times.reduce((total, each) => total + each, 0), times.length);
}
function sameOrBoth(min: Rational, max: Rational): Range<Rational> {
  return compare(min, max) === 0 ? { min, max: min } : { min, max };
}
