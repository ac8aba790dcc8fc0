import type {
  AdoptionRow, AgreementRow, AssessmentRow, BodyRow, CommunicationRow, ContractRow, DisruptionRow, EvidenceRow, ExclusionRow, ImprovementRow, IncidentClocksRow, IncidentRow, IncidentStatus,
  MaintenanceRow, ObligationRow, PenaltyRow, ServiceRow, Severity, TermsRow, TimelineRow, WorkstationsRow,
} from "../../projections/rows.js";
import type { BodyId, ContractId, EventId, ImportId, IncidentId, MaintenanceId, Position, RegimeId, ServiceId, StreamName } from "../kernel/brand.js";
import type { TimeSpan } from "../kernel/projection.js";
import type { Knowledge, Viewer } from "./knowledge.js";

/** Most rows of one page. */
export const PAGE_CAP = 200;

/** `first` is cut to PAGE_CAP. `after` is a page's `endCursor`, for the same order; anything else is refused with INVALID_INPUT. */
export interface PageRequest {
  readonly first: number;
  readonly after?: string;
}
export interface Page<Row> {
  readonly edges: readonly { readonly row: Row; readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | undefined;
}

export interface Order<Field extends string> {
  readonly by: Field;
  readonly direction: "ascending" | "descending";
}
export type NameOrder = Order<"name" | "id">;
/** `started`: earliest occurrence; `recorded`: order in which they were first recorded. */
export type IncidentOrder = Order<"started" | "recorded">;

/** All that is given must hold. */
export interface IncidentFilter {
  /** Incidents which were open, or had a disruption going on, at some time of it. */
  readonly span?: TimeSpan;
  readonly statuses?: readonly IncidentStatus[];
  readonly severities?: readonly Severity[];
  /** Hit by one of its disruptions: of a service the body has adopted at some time of it, and whose scope, in some phase, is all or names the body. */
  readonly bodyId?: BodyId;
  readonly serviceId?: ServiceId;
  readonly contractId?: ContractId;
  /** Words looked for, in any letter case, in title, description and cause; all must occur. */
  readonly text?: string;
}

/** An event that this release does not understand; results that depend on its stream are incomplete. */
export interface NotUnderstood {
  readonly stream: StreamName;
  readonly position: Position;
  readonly type: string;
  readonly schemaVersion: number | undefined;
  readonly reason: "unknown-type" | "newer-version" | "malformed";
  readonly detail: string;
}

/** A maintenance is named by its contract and its own id. */
export interface MaintenanceRef {
  readonly contractId: ContractId;
  readonly maintenanceId: MaintenanceId;
}

/**
 * The ledger as it was known: typed queries at one `Knowledge`, for one viewer. Each call is one SQL statement (two for maintenance of
 * services and for a page after a cursor) whatever the number of ids, so that data loaders batch well. Synchronous: the rows lie in an embedded file. An id without rows has no entry in the map. Lists of rows are in
 * the order of time (occurrence, effective date, start), then of recording.
 * All throw LedgerError: READ_MODEL_BUILDING while the read model they need is being built anew.
 */
export interface KnownLedger {
  readonly knowledge: Knowledge;
  readonly viewer: Viewer;

  bodies(ids: readonly BodyId[]): ReadonlyMap<BodyId, BodyRow>;
  services(ids: readonly ServiceId[]): ReadonlyMap<ServiceId, ServiceRow>;
  contracts(ids: readonly ContractId[]): ReadonlyMap<ContractId, ContractRow>;
  incidents(ids: readonly IncidentId[]): ReadonlyMap<IncidentId, IncidentRow>;
  timelineEntries(ids: readonly EventId[]): ReadonlyMap<EventId, TimelineRow>;

  listBodies(order: NameOrder, page: PageRequest): Page<BodyRow>;
  listServices(order: NameOrder, page: PageRequest): Page<ServiceRow>;
  listContracts(order: NameOrder, page: PageRequest): Page<ContractRow>;
  listIncidents(filter: IncidentFilter, order: IncidentOrder, page: PageRequest): Page<IncidentRow>;
  /** Entries that lie in the span, in the order of occurrence. */
  listTimeline(span: TimeSpan, page: PageRequest): Page<TimelineRow>;

  workstationsOfBodies(ids: readonly BodyId[]): ReadonlyMap<BodyId, readonly WorkstationsRow[]>;
  adoptionsOfBodies(ids: readonly BodyId[]): ReadonlyMap<BodyId, readonly AdoptionRow[]>;
  adoptionsOfServices(ids: readonly ServiceId[]): ReadonlyMap<ServiceId, readonly AdoptionRow[]>;
  servicesOfContracts(ids: readonly ContractId[]): ReadonlyMap<ContractId, readonly ServiceRow[]>;
  agreementsOfContracts(ids: readonly ContractId[]): ReadonlyMap<ContractId, readonly AgreementRow[]>;
  maintenanceOfContracts(ids: readonly ContractId[]): ReadonlyMap<ContractId, readonly MaintenanceRow[]>;
  /** Maintenance of the services whose announced window overlaps the span. */
  maintenanceOfServices(ids: readonly ServiceId[], span: TimeSpan): ReadonlyMap<ServiceId, readonly MaintenanceRow[]>;

  /** By effective date. */
  termsOfContracts(ids: readonly ContractId[]): ReadonlyMap<ContractId, readonly TermsRow[]>;
  /** In the order of recording: the order in which they use up the cap. */
  penaltiesOfContracts(ids: readonly ContractId[]): ReadonlyMap<ContractId, readonly PenaltyRow[]>;
  /** Steps of the assessments of all periods, in the order of recording. */
  assessmentsOfContracts(ids: readonly ContractId[]): ReadonlyMap<ContractId, readonly AssessmentRow[]>;
  exclusionsOfContracts(ids: readonly ContractId[]): ReadonlyMap<ContractId, readonly ExclusionRow[]>;
  /** In the order of recording. */
  obligationsOfIncidents(ids: readonly IncidentId[]): ReadonlyMap<IncidentId, readonly ObligationRow[]>;
  obligationsOfRegimes(ids: readonly RegimeId[]): ReadonlyMap<RegimeId, readonly ObligationRow[]>;
  /** Of every regime, in the order of recording. */
  allObligations(): readonly ObligationRow[];

  /** Incidents that may have gone on at some time of the span, from their earliest occurrence to their latest resolution, both included. */
  incidentsDuring(span: TimeSpan): readonly IncidentRow[];
  /** Disruptions, of any service, whose earliest start lies in the span. */
  disruptionsBegunIn(span: TimeSpan): readonly DisruptionRow[];
  disruptionsOfIncidents(ids: readonly IncidentId[]): ReadonlyMap<IncidentId, readonly DisruptionRow[]>;
  /** What the clocks of incidents run by. */
  clocksOfIncidents(ids: readonly IncidentId[]): ReadonlyMap<IncidentId, IncidentClocksRow>;
  /** Of the incidents of which a clock may have run at some time of the span: neither those that began later nor those whose clocks had all stopped are looked at. */
  clocksWithin(span: TimeSpan): readonly IncidentClocksRow[];
  /** Disruptions of the services that may overlap the span (earliest start to latest end). */
  disruptionsOfServices(ids: readonly ServiceId[], span: TimeSpan): ReadonlyMap<ServiceId, readonly DisruptionRow[]>;

  /** Entries that name the incident; withdrawn ones too. */
  timelineOfIncidents(ids: readonly IncidentId[], span?: TimeSpan): ReadonlyMap<IncidentId, readonly TimelineRow[]>;
  /** Entries that name the body itself: joining, names, workstations, adoptions. */
  timelineOfBodies(ids: readonly BodyId[], span?: TimeSpan): ReadonlyMap<BodyId, readonly TimelineRow[]>;
  /** Entries that name the service itself: catalogue, adoptions, openings of disruptions. */
  timelineOfServices(ids: readonly ServiceId[], span?: TimeSpan): ReadonlyMap<ServiceId, readonly TimelineRow[]>;
  /** Entries that name the contract: award, amendments, fees, maintenance, services and incidents under it. */
  timelineOfContracts(ids: readonly ContractId[], span?: TimeSpan): ReadonlyMap<ContractId, readonly TimelineRow[]>;
  /** Entries of the given types that name the incident, in the order of recording, in which their rules accepted them; withdrawn ones too. */
  entriesOfIncidents(ids: readonly IncidentId[], types: readonly TimelineRow["type"][]): ReadonlyMap<IncidentId, readonly TimelineRow[]>;
  timelineOfMaintenance(refs: readonly MaintenanceRef[]): readonly TimelineRow[];
  /** In the order of recording: what taking an import back must withdraw, last first. */
  timelineOfImport(id: ImportId): readonly TimelineRow[];

  communicationsOfIncidents(ids: readonly IncidentId[]): ReadonlyMap<IncidentId, readonly CommunicationRow[]>;
  evidenceOfIncidents(ids: readonly IncidentId[]): ReadonlyMap<IncidentId, readonly EvidenceRow[]>;
  evidenceOfDigests(sha256: readonly string[]): ReadonlyMap<string, readonly EvidenceRow[]>;

  improvementsOfIncidents(ids: readonly IncidentId[]): ReadonlyMap<IncidentId, readonly ImprovementRow[]>;
  /** Improvements that are due in the span; those promised without a date, where the promise may lie in it. */
  improvementsDueIn(span: TimeSpan): readonly ImprovementRow[];

  /** Where events stand in the ledger, corrections and withdrawals too, in the order of recording. An event not known at this knowledge has no entry. */
  positionsOf(ids: readonly EventId[]): ReadonlyMap<EventId, Position>;

  /** What was not understood in the given streams (in all, without them), as far as it is known here. */
  notUnderstood(streams?: readonly StreamName[]): readonly NotUnderstood[];
}
