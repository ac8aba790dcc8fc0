import type { DisruptionId, EntryId } from "../../kernel/brand.js";
import { earliestOf, latestOf, type When } from "../../time/when.js";

export type Clock = "acknowledge" | "restore";

export interface DisruptionState {
  /** Start, rescopings and changes of degree, in the order of time. */
  readonly changes: readonly When[];
  /** Absent while it goes on. */
  readonly end?: When;
}
export interface IncidentFile {
  readonly occurredAt: When;
  readonly acknowledged: boolean;
  readonly disruptions: ReadonlyMap<DisruptionId, DisruptionState>;
  /** Clocks that stand still, with the time of their pause. */
  readonly paused: ReadonlyMap<Clock, When>;
  readonly improvements: ReadonlyMap<EntryId, "promised" | "completed">;
}
/** `since`: when it came to its status, by its report, resolution, closing or reopening. */
export type IncidentState =
  | { readonly status: "unreported" }
  | { readonly status: "open" | "resolved" | "closed"; readonly file: IncidentFile; readonly since: When };

/** The disruptions that have not ended. */
export function goingOn(file: IncidentFile): DisruptionId[] {
  return [...file.disruptions].filter(([, disruption]) => disruption.end === undefined).map(([id]) => id);
}

/** The disruptions whose end lies after `at` beyond doubt: also where bands leave it open, an end counts as in time. */
export function endedAfter(file: IncidentFile, at: When): DisruptionId[] {
  return [...file.disruptions].filter(([, { end }]) => end !== undefined && earliestOf(end) > latestOf(at)).map(([id]) => id);
}
