import type { Instant } from "../../kernel/brand.js";
import { earliestOf, latestOf, type When } from "../../time/when.js";
import type { Range } from "../range.js";
import { count, countRange, measure, share, type Count, type CountRange, type Measure } from "./figure.js";

/** `undetermined`: done, and within the bands in which things happened it may have been in time or late. `not-due`: not done, and the time for it was not over. */
export type DeadlineState = "in-time" | "late" | "undetermined" | "not-done" | "not-due";

/** How many of several things that were due were done in time. */
export interface Punctuality<Case> {
  readonly inTime: CountRange;
  readonly late: CountRange;
  readonly notDone: Count;
  readonly notDue: Count;
  /** In time, of all but those that were not due; undefined where there were none. */
  readonly share: Measure;
  /** The things that were due in the period. */
  cases(): readonly Case[];
}

/** How something stood as of a time. `lastMoment`: done at it is done in time; a band where what it is reckoned from is one. `done`: undefined if it was not. */
export function deadlineState(lastMoment: When, done: When | undefined, asOf: Instant): DeadlineState {
  if (done === undefined) return latestOf(lastMoment) < asOf ? "not-done" : "not-due";
  if (latestOf(done) <= earliestOf(lastMoment)) return "in-time";
  return earliestOf(done) > latestOf(lastMoment) ? "late" : "undetermined";
}

export function punctuality<Case extends { readonly state: DeadlineState }>(cases: readonly Case[], before: readonly Case[]): Punctuality<Case> {
  const [now, then] = [tally(cases), tally(before)];
  return {
    inTime: countRange(inTime(now), inTime(then)),
    late: countRange(orUndetermined(now, "late"), orUndetermined(then, "late")),
    notDone: count(now["not-done"], then["not-done"]),
    notDue: count(now["not-due"], then["not-due"]),
    share: measure(share(inTime(now), cases.length - now["not-due"]), share(inTime(then), before.length - then["not-due"])),
    cases: () => cases,
  };
}

type Tally = Readonly<Record<DeadlineState, number>>;

function tally(cases: readonly { readonly state: DeadlineState }[]): Tally {
  const of = (state: DeadlineState): number => cases.filter((each) => each.state === state).length;
  return { "in-time": of("in-time"), late: of("late"), undetermined: of("undetermined"), "not-done": of("not-done"), "not-due": of("not-due") };
}

function inTime(states: Tally): Range<number> {
  return orUndetermined(states, "in-time");
}
function orUndetermined(states: Tally, state: "in-time" | "late"): Range<number> {
  return { min: states[state], max: states[state] + states.undetermined };
}
