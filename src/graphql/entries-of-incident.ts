import type { IncidentId } from "../kernel/brand.js";
import type { KnownLedger } from "../readmodel/known-ledger.js";
import { timelineEntries, type TimelineEntry } from "../reports/timeline-entry.js";
import { inOrder } from "../reports/timeline-order.js";

/** The timelines of incidents, each in the order of occurrence. Three statements at most, however many incidents. */
export function entriesOfIncidents(known: KnownLedger, ids: readonly IncidentId[]): ReadonlyMap<IncidentId, readonly TimelineEntry[]> {
  const rows = inOrder(known, [...known.timelineOfIncidents(ids).values()].flat());
  const entries = new Map<IncidentId, TimelineEntry[]>();
  for (const entry of timelineEntries(known, rows)) {
    if (entry.incidentId === undefined) continue;
    const own = entries.get(entry.incidentId);
    if (own === undefined) entries.set(entry.incidentId, [entry]);
    else own.push(entry);
  }
  return entries;
}
