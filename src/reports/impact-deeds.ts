import type { IncidentId } from "../kernel/brand.js";
import type { TimelineRow } from "../../projections/rows.js";
import { concernsBody, type Mattering } from "./concern.js";
import { once } from "./evaluated.js";
import { disruptionKey, hits } from "./hit.js";
import type { BodyMaterial, ImpactMaterial } from "./impact-material.js";
import type { ConcerningEntry, DisruptionImpact } from "./impact-report.js";
import type { ReportQueries } from "./queries.js";
import { timelineEntries, type TimelineEntry } from "./timeline-entry.js";
import { inOrder } from "./timeline-order.js";
import { inIncidents, within } from "./timeline-span.js";

const RESPONSES: ReadonlySet<TimelineRow["type"]> = new Set(["ResponseRecorded"]);
const COMMUNICATIONS: ReadonlySet<TimelineRow["type"]> = new Set(["SupplierNotified", "SupplierStatementReceived", "MembersInformed"]);

/** What was done and said about incidents, in the order of occurrence, with all their disruptions. */
interface Deeds {
  readonly entries: readonly TimelineEntry[];
  readonly disruptions: ReturnType<ReportQueries["disruptionsOfIncidents"]>;
}

/** Loads, once and for all bodies of a request, what was done and said about the incidents that hit any of them. */
export function deedsOf(ledger: ReportQueries, asOf: number, incidentIds: () => readonly IncidentId[]): () => Deeds {
  return once(() => {
    const ids = incidentIds();
    if (ids.length === 0) return { entries: [], disruptions: new Map() };
    const rows = inIncidents(ledger, ids, undefined).filter((row) => isDeed(row) && row.withdrawal === undefined && row.started <= asOf);
    return { entries: timelineEntries(ledger, inOrder(ledger, rows)), disruptions: ledger.disruptionsOfIncidents(ids) };
  });
}

function isDeed({ type }: Pick<TimelineRow, "type">): boolean {
  return RESPONSES.has(type) || COMMUNICATIONS.has(type);
}

export interface DeedsOfBody {
  responses(): readonly ConcerningEntry[];
  communications(): readonly ConcerningEntry[];
}

/** Of the deeds, those about the incidents that hit this body in the period, as far as they concern it. */
export function deedsOfBody(deeds: () => Deeds, { question }: ImpactMaterial, { body, owed }: BodyMaterial, hitBy: readonly DisruptionImpact[]): DeedsOfBody {
  const concerning = once((): readonly ConcerningEntry[] => {
    if (hitBy.length === 0) return [];
    const incidents: ReadonlySet<IncidentId> = new Set(hitBy.map(({ incidentId }) => incidentId));
    const { entries, disruptions } = deeds();
    const mattering: Mattering = new Set([...incidents].flatMap((id) => (disruptions.get(id) ?? [])
      .filter((row) => hits(row, body.bodyId, owed)).map((row) => disruptionKey(row.incidentId, row.disruptionId))));
    return entries
      .filter((entry) => entry.incidentId !== undefined && incidents.has(entry.incidentId) && concernsBody(entry, body.bodyId, mattering))
      .map((entry) => ({ entry, inPeriod: within(entry, question.period) }));
  });
  return {
    responses: () => concerning().filter(({ entry }) => RESPONSES.has(entry.type)),
    communications: () => concerning().filter(({ entry }) => COMMUNICATIONS.has(entry.type)),
  };
}
