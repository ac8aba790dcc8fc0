import type { EventId } from "../kernel/brand.js";
import type { Fact, LedgerEvent } from "./record.js";

/** A recorded event, as the decider sees a stream. */
export interface HistoryEvent {
  readonly id: EventId;
  readonly event: LedgerEvent;
}
/** A recorded fact as it stands after all corrections: the latest in stream order wins, a withdrawal is final. */
export interface StandingRecord {
  readonly eventId: EventId;
  readonly fact: Fact;
  readonly withdrawn: boolean;
}

/** What a stream's records say now, in stream order. */
export function standingRecords(history: readonly HistoryEvent[]): StandingRecord[] {
  const records = new Map<EventId, StandingRecord>();
  for (const { id, event } of history) {
    if (event.type === "RecordCorrected") {
      const old = records.get(event.data.eventId);
      if (old !== undefined && !old.withdrawn) records.set(old.eventId, { ...old, fact: event.data.after });
    } else if (event.type === "RecordWithdrawn") {
      const old = records.get(event.data.eventId);
      if (old !== undefined) records.set(old.eventId, { ...old, withdrawn: true });
    } else {
      records.set(id, { eventId: id, fact: event, withdrawn: false });
    }
  }
  return [...records.values()];
}
