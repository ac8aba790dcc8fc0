import type { BodyId, ContractId, DisruptionId, EntryId, EventId, ImportId, IncidentId, Instant, MaintenanceId, Position, ServiceId } from "../kernel/brand.js";
import type { Actor } from "../kernel/event.js";
import type { Fact } from "../domain/record.js";
import type { Audience } from "../domain/values.js";
import type { When } from "../time/when.js";

/** Who said something, and when the ledger (and, for an import, its source) took it. */
export interface Saying {
  readonly eventId: EventId;
  /** Absent only when the event was moved to this store without the read model knowing its place. */
  readonly position: Position | undefined;
  readonly recordedAt: Instant;
  readonly sourceRecordedAt: Instant | undefined;
  readonly actor: Actor;
}
/** One correction: what the record said before, what it said from then on, and why. */
export interface EntryCorrection extends Saying {
  readonly reason: string;
  readonly before: Fact;
  readonly after: Fact;
  /** Fields of the payload that changed, in alphabetical order. */
  readonly changed: readonly string[];
}
export interface EntryWithdrawal extends Saying {
  readonly reason: string;
}

/** One entry of a timeline: a recorded fact as it holds, and all that was said about it before. A withdrawn one stays, marked. */
export interface TimelineEntry extends Saying {
  readonly type: Fact["type"];
  readonly state: "holds" | "corrected" | "withdrawn";
  /** An instant or a band; for what is dated "effective from" that date, for maintenance the start of its window. */
  readonly occurred: When;
  readonly importId: ImportId | undefined;
  readonly incidentId: IncidentId | undefined;
  readonly disruptionId: DisruptionId | undefined;
  readonly serviceId: ServiceId | undefined;
  readonly bodyId: BodyId | undefined;
  readonly contractId: ContractId | undefined;
  readonly maintenanceId: MaintenanceId | undefined;
  readonly entryId: EntryId | undefined;
  /** Who may read its text; everyone where there is none. */
  readonly audience: Audience;
  /** As it holds; if it was withdrawn, as it stood last. */
  readonly fact: Fact;
  /** In the order in which they were recorded: the whole chain, so that the first `before` is what was said at first. */
  readonly corrections: readonly EntryCorrection[];
  readonly withdrawal: EntryWithdrawal | undefined;
}
