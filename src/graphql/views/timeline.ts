import type { EventId } from "../../kernel/brand.js";
import { timelineEntries, type EntryCorrection, type EntryWithdrawal, type TimelineEntry } from "../../reports/timeline-entry.js";
import type { Reading } from "../reading.js";
import { factView } from "./fact.js";
import { audienceView, textOrNull, whenView } from "./values.js";

export type EntryView = ReturnType<typeof entryView>;
export function entryView(entry: TimelineEntry, reading: Reading) {
  const { eventId, type, state, recordedAt, sourceRecordedAt, position, actor, importId, fact, audience, withdrawal } = entry;
  const { incidentId, disruptionId, serviceId, bodyId, contractId, maintenanceId, entryId } = entry;
  return {
    id: eventId,
    kind: type,
    state,
    occurredAt: whenView(entry.occurred),
    ...{ recordedAt, sourceRecordedAt, position, actor, importId },
    text: textOrNull("text" in fact.data ? fact.data.text : undefined),
    audience: audienceView(audience),
    fact: factView(fact),
    corrections: entry.corrections.map(correctionView),
    withdrawal: withdrawal === undefined ? null : withdrawalView(withdrawal),
    ...{ incidentId, disruptionId, serviceId, bodyId, contractId, maintenanceId, entryId },
    entry,
    reading,
  };
}

/** The entry that an event made; undefined for corrections and withdrawals, which make none, and where the reader may not see it. */
export function entryOf(eventId: EventId, reading: Reading): EntryView | undefined {
  const row = reading.known.timelineEntries([eventId]).get(eventId);
  const [entry] = row === undefined ? [] : timelineEntries(reading.known, [row]);
  return entry && entryView(entry, reading);
}

function correctionView({ eventId, before, after, changed, ...said }: EntryCorrection) {
  return { ...said, id: eventId, before: factView(before), after: factView(after), changed };
}
function withdrawalView({ eventId, ...said }: EntryWithdrawal) {
  return { ...said, id: eventId };
}
