import type { BodyId, ContractId, IncidentId, ServiceId } from "../kernel/brand.js";
import type { TimeSpan } from "../kernel/projection.js";
import type { Page, PageRequest } from "../readmodel/known-ledger.js";
import type { ReportQueries } from "./queries.js";
import type { TimelineEntry } from "./timeline-entry.js";

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
export declare function timeline(ledger: ReportQueries, question: TimelineQuestion, page: PageRequest): Page<TimelineEntry>;
