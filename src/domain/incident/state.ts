import type { DisruptionId, EntryId } from "../../kernel/brand.js";
import type { When } from "../../time/when.js";

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
export type IncidentState =
  | { readonly status: "unreported" }
  | { readonly status: "open"; readonly file: IncidentFile }
  | { readonly status: "resolved"; readonly file: IncidentFile; readonly resolvedAt: When }
  | { readonly status: "closed"; readonly file: IncidentFile; readonly resolvedAt: When };

/** The disruptions that have not ended. */
export function goingOn(file: IncidentFile): DisruptionId[] {
  return [...file.disruptions].filter(([, disruption]) => disruption.end === undefined).map(([id]) => id);
}
