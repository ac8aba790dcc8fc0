import type { EntryCorrection, EntryWithdrawal, TimelineEntry } from "../../reports/timeline-entry.js";
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

function correctionView({ eventId, before, after, changed, ...said }: EntryCorrection) {
  return { ...said, id: eventId, before: factView(before), after: factView(after), changed };
}
function withdrawalView({ eventId, ...said }: EntryWithdrawal) {
  return { ...said, id: eventId };
}
