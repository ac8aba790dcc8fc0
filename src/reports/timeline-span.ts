import { instant, type IncidentId } from "../kernel/brand.js";
import { OPEN_ENDED, type TimeSpan } from "../kernel/projection.js";
import type { TimelineRow } from "../../projections/rows.js";
import type { ReportQueries } from "./queries.js";

/** From the first instant there is to the end of the span; undefined without one. */
export function until(span: TimeSpan | undefined): TimeSpan | undefined {
  return span && { start: instant(-8.64e15), end: span.end };
}
/** All time. */
export const ALL_TIME: TimeSpan = { start: instant(-8.64e15), end: instant(OPEN_ENDED) };

/** Whether an entry may have occurred within `[start, end)`. */
export function within({ started, ended }: Pick<TimelineRow, "started" | "ended">, span: TimeSpan | undefined): boolean {
  return span === undefined || (started < span.end && ended >= span.start);
}

/** Entries of incidents that may have occurred within the span. */
export function inIncidents(ledger: Pick<ReportQueries, "timelineOfIncidents">, ids: readonly IncidentId[], span: TimeSpan | undefined): readonly TimelineRow[] {
  if (ids.length === 0) return [];
  return [...ledger.timelineOfIncidents(ids, span).values()].flat().filter((row) => within(row, span));
}
