import type { BodyId, IncidentId, ServiceId } from "../kernel/brand.js";
import type { TimeSpan } from "../kernel/projection.js";
import type { TimelineRow } from "../../projections/rows.js";
import { concernsBody, hitting } from "./concern.js";
import { inIncidents, until } from "./timeline-span.js";
import { owedSpans } from "./owed.js";
import type { ReportQueries } from "./queries.js";

/** Entries of a body's timeline, unordered: its own facts, and what concerns it of the incidents that hit it, as they hold or as was once said. */
export function entriesOfBody(ledger: ReportQueries, bodyId: BodyId, span: TimeSpan | undefined): readonly TimelineRow[] {
  const own = ledger.timelineOfBodies([bodyId], span).get(bodyId) ?? [];
  const adoptions = ledger.adoptionsOfBodies([bodyId]).get(bodyId) ?? [];
  const owed = owedSpans(ledger.bodies([bodyId]).get(bodyId), adoptions);
  const openings = openingsOf(ledger, [...owed.keys()], span);
  const entries = inIncidents(ledger, incidentsOf(openings), span);
  const disruptions = ledger.disruptionsOfIncidents(incidentsOf(entries));
  const mattering = hitting(bodyId, owed, { disruptions, entries: [...openings, ...entries] });
  const hit = new Set([...mattering].map((key) => key.slice(0, key.indexOf("/"))));
  return [...own, ...entries.filter((row) => row.incidentId !== undefined && hit.has(row.incidentId) && concernsBody(row, bodyId, mattering))];
}

/** Openings of disruptions of the services until the end of the span, withdrawn ones too: what happens within the span may be about any of them. */
export function openingsOf(ledger: ReportQueries, serviceIds: readonly ServiceId[], span: TimeSpan | undefined): readonly TimelineRow[] {
  return [...ledger.timelineOfServices(serviceIds, until(span)).values()].flat().filter(({ type }) => type === "DisruptionOpened");
}

export function incidentsOf(rows: readonly TimelineRow[]): readonly IncidentId[] {
  return [...new Set(rows.flatMap(({ incidentId }) => incidentId ?? []))];
}
