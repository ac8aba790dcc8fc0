import type { BodyId, ContractId, IncidentId, ServiceId } from "../kernel/brand.js";
import type { TimeSpan } from "../kernel/projection.js";
import type { Page, PageRequest } from "../readmodel/known-ledger.js";
import type { TimelineRow } from "../../projections/rows.js";
import { notKnown } from "./not-known.js";
import type { ReportQueries } from "./queries.js";
import { timelineEntries, type TimelineEntry } from "./timeline-entry.js";
import { entriesOfBody } from "./timeline-of-body.js";
import { entriesOfContract, entriesOfService } from "./timeline-of-service.js";
import { inOrder, pageOf } from "./timeline-order.js";
import { ALL_TIME, inIncidents } from "./timeline-span.js";

/** Whose timeline. */
export type TimelineSubject =
  /** All that was recorded about an incident. */
  | { readonly kind: "incident"; readonly incidentId: IncidentId }
  /** Its own facts and adoptions; of the incidents that hit it, the disruptions that did, what was done and said that concerns it, and their milestones. */
  | { readonly kind: "body"; readonly bodyId: BodyId }
  /** Catalogue and adoptions, its disruptions, maintenance naming it; of the incidents that disrupted it, what was done and said, and their milestones. */
  | { readonly kind: "service"; readonly serviceId: ServiceId }
  /** Award, amendments, agreed figures, services, maintenance; and the incidents under it: those that name it or disrupt one of its services. */
  | { readonly kind: "contract"; readonly contractId: ContractId }
  /** Everything in the ledger. */
  | { readonly kind: "ledger" };

export interface TimelineQuestion {
  readonly subject: TimelineSubject;
  /** Only entries that may have occurred within it, `[start, end)`. */
  readonly span?: TimeSpan;
}

/**
 * One page of a timeline, in the order of occurrence: earliest, then latest time, then recording. A cursor holds for the same question at the same
 * knowledge; `first` is cut to PAGE_CAP. Throws LedgerError NOT_FOUND for a subject of which nothing was ever recorded, INVALID_INPUT for a cursor that is none.
 */
export function timeline(ledger: ReportQueries, { subject, span }: TimelineQuestion, page: PageRequest): Page<TimelineEntry> {
  if (subject.kind === "ledger") return withEntries(ledger, ledger.listTimeline(span ?? ALL_TIME, page));
  const rows = entriesOf(ledger, subject, span);
  if (rows.length === 0) mustBeKnown(ledger, subject);
  return withEntries(ledger, pageOf(ledger, inOrder(ledger, rows), page));
}

type NamedSubject = Exclude<TimelineSubject, { kind: "ledger" }>;

function entriesOf(ledger: ReportQueries, subject: NamedSubject, span: TimeSpan | undefined): readonly TimelineRow[] {
  switch (subject.kind) {
    case "incident":
      return inIncidents(ledger, [subject.incidentId], span);
    case "body":
      return entriesOfBody(ledger, subject.bodyId, span);
    case "service":
      return entriesOfService(ledger, subject.serviceId, span);
    case "contract":
      return entriesOfContract(ledger, subject.contractId, span);
  }
}

/** An entry that was ever recorded is enough: a withdrawn subject has a timeline too. */
function mustBeKnown(ledger: ReportQueries, subject: NamedSubject): void {
  const [entries, id] = everRecorded(ledger, subject);
  if ((entries ?? []).length === 0) throw notKnown(subject.kind, id);
}

function everRecorded(ledger: ReportQueries, subject: NamedSubject): [entries: readonly TimelineRow[] | undefined, id: string] {
  switch (subject.kind) {
    case "incident":
      return [ledger.timelineOfIncidents([subject.incidentId]).get(subject.incidentId), subject.incidentId];
    case "body":
      return [ledger.timelineOfBodies([subject.bodyId]).get(subject.bodyId), subject.bodyId];
    case "service":
      return [ledger.timelineOfServices([subject.serviceId]).get(subject.serviceId), subject.serviceId];
    case "contract":
      return [ledger.timelineOfContracts([subject.contractId]).get(subject.contractId), subject.contractId];
  }
}

function withEntries(ledger: ReportQueries, { edges, hasNextPage, endCursor }: Page<TimelineRow>): Page<TimelineEntry> {
  const entries = timelineEntries(ledger, edges.map(({ row }) => row));
  return { edges: entries.map((row, index) => ({ row, cursor: edges[index]?.cursor ?? "" })), hasNextPage, endCursor };
}
