import type { ImprovementRow } from "../../../projections/rows.js";
import type { Instant } from "../../kernel/brand.js";
import type { TimeSpan } from "../../kernel/projection.js";
import type { When } from "../../time/when.js";
import { hadHappened, ifHappened } from "./course.js";
import { deadlineState, punctuality, type DeadlineState, type Punctuality } from "./deadline.js";
import { count, type Count } from "./figure.js";

/** A promised improvement as it stood. */
export interface PromisedImprovement {
  readonly improvement: ImprovementRow;
  /** Undefined if it was not done. */
  readonly completed: When | undefined;
  /** Done at the due time is done in time; undefined where no date was given. */
  readonly state: DeadlineState | undefined;
}
/** One that had a date. */
export interface DueImprovement extends PromisedImprovement {
  readonly state: DeadlineState;
}

/** Promised improvements that were due in the period. */
export interface Improvements extends Punctuality<DueImprovement> {
  /** Those promised in the period without a date: they can be neither in time nor late. */
  readonly undated: Count;
  undatedCases(): readonly PromisedImprovement[];
}

/** How an improvement stood as of a time; undefined if it was not promised yet. */
export function improvementAsOf(improvement: ImprovementRow, asOf: Instant): PromisedImprovement | undefined {
  if (!hadHappened(improvement.promisedAt, asOf)) return undefined;
  const completed = ifHappened(improvement.completedAt, asOf);
  return { improvement, completed, state: improvement.dueAt === undefined ? undefined : deadlineState(improvement.dueAt, completed, asOf) };
}

/** Of those that lie in either period (`started`: due or, without a date, promised), the figures. */
export function improvementsOf(promised: readonly PromisedImprovement[], period: TimeSpan, before: TimeSpan): Improvements {
  const within = ({ start, end }: TimeSpan) => promised.filter(({ improvement: { started } }) => started >= start && started < end);
  const [now, then] = [within(period), within(before)];
  const undated = now.filter(({ state }) => state === undefined);
  return {
    ...punctuality(now.filter(isDue), then.filter(isDue)),
    undated: count(undated.length, then.filter(({ state }) => state === undefined).length),
    undatedCases: () => undated,
  };
}

function isDue(promised: PromisedImprovement): promised is DueImprovement {
  return promised.state !== undefined;
}
