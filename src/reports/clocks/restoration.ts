import type { EventId } from "../../kernel/brand.js";
import type { DisruptionRow, IncidentClocksRow } from "../../../projections/rows.js";
import type { Pause } from "../../sla/clock.js";
import { earliestOf, lastOf, latestOf, type When } from "../../time/when.js";

/** Why a clock stands still: it was paused, or the incident was taken for over until it was reopened. */
export interface CasePause extends Pause {
  readonly cause: "paused" | "reopened";
  /** The event that paused it, or that reopened the incident. */
  readonly eventId: EventId;
}

/** When the services of one contract were restored, and the time before reopenings, which does not count. */
export interface Restoration {
  /** Undefined while they are not. */
  readonly stop: When | undefined;
  readonly pauses: readonly CasePause[];
}

/** What an incident was between its report or a reopening, and the next reopening. */
interface Phase {
  readonly reopened: { readonly at: When; readonly eventId: EventId } | undefined;
  readonly resolved: When | undefined;
  /** Of the contract's services: those that ended in it; in the last phase also those that go on. */
  readonly own: readonly DisruptionRow[];
  /** Others did. */
  readonly others: boolean;
}

/**
 * The stop of the time to restore is the end of the last disruption of the contract's services. A reopening resumes the clock: what lies between the stop before it and
 * the reopening does not count. Where a phase has no disruption of its own, the resolution is its stop; where it has only such as are of other contracts, it does not
 * concern this one.
 */
export function restorationOf(disruptions: readonly DisruptionRow[], isOwn: (disruption: DisruptionRow) => boolean, course: IncidentClocksRow["course"]): Restoration {
  const phases = phasesOf(disruptions, isOwn, course).filter(({ reopened, own, others }) => reopened === undefined || own.length > 0 || !others);
  const pauses = phases.flatMap(({ reopened }, index): readonly CasePause[] => {
    const before = phases[index - 1];
    const stop = before && stopOf(before);
    if (reopened === undefined || stop === undefined || goesOnAt(phases.slice(index), stop)) return [];
    return [{ cause: "reopened", start: stop, end: reopened.at, eventId: reopened.eventId }];
  });
  const last = phases.at(-1);
  return { stop: last && stopOf(last), pauses };
}

function stopOf({ own, resolved }: Phase): When | undefined {
  const ends = own.flatMap(({ end }) => (end === undefined ? [] : [end]));
  if (ends.length < own.length) return undefined;
  return lastOf(ends) ?? resolved;
}

/** A disruption that was recorded after the reopening may turn out to have gone on all the time: then nothing had been restored. */
function goesOnAt(later: readonly Phase[], stop: When): boolean {
  return later.some(({ own }) => own.some(({ start }) => latestOf(start) <= earliestOf(stop)));
}

function phasesOf(disruptions: readonly DisruptionRow[], isOwn: (disruption: DisruptionRow) => boolean, course: IncidentClocksRow["course"]): readonly Phase[] {
  const reopenings = course.filter(({ kind }) => kind === "reopened");
  const phaseOf = ({ end }: DisruptionRow): number => {
    // An end that may have come before the reopening did, as the rules of resolving have it.
    const index = end === undefined ? -1 : reopenings.findIndex(({ at }) => earliestOf(end) <= latestOf(at));
    return index < 0 ? reopenings.length : index;
  };
  return [undefined, ...reopenings].map((reopened, index) => {
    const within = disruptions.filter((each) => phaseOf(each) === index);
    const own = within.filter(isOwn);
    return { reopened, resolved: resolvedAfter(course, reopened), own, others: own.length < within.length };
  });
}

/** The resolution that follows a reopening; without one, the first. */
function resolvedAfter(course: IncidentClocksRow["course"], reopened: IncidentClocksRow["course"][number] | undefined): When | undefined {
  const next = course[reopened === undefined ? 0 : course.indexOf(reopened) + 1];
  return next?.kind === "resolved" ? next.at : undefined;
}
