import type { Actor } from "../src/kernel/event.js";
import type {
  BodyId, ContractId, DisruptionId, EntryId, EventId, ExclusionId, ImportId, IncidentId, Instant, MaintenanceId, PenaltyId, RegimeId, ServiceId,
} from "../src/kernel/brand.js";
import type { Money } from "../src/kernel/money.js";
import type { AssessmentEvent } from "../src/domain/assessment/events.js";
import type { BodyEvent } from "../src/domain/body/events.js";
import type { ContractEvent } from "../src/domain/contract/events.js";
import type { PenaltyEvent } from "../src/domain/contract/penalty-events.js";
import type { IncidentEvent } from "../src/domain/incident/events.js";
import type { ObligationEvent } from "../src/domain/obligation/events.js";
import type { Terms } from "../src/domain/terms/terms.js";
import type { Fact } from "../src/domain/record.js";
import type { Audience, Degree, Scope, Text } from "../src/domain/values.js";
import type { When } from "../src/time/when.js";
import type { RecordedTimes } from "./facts.js";

/** The rows of the read models, as queries give them. Everything in them holds at the knowledge asked for: corrected as corrected, withdrawn as gone. */

type DataOf<Events, Type> = Extract<Events, { type: Type }> extends { data: infer Data } ? Data : never;

/** A body with its names and its times in the CST. Its dated workstations are rows of their own. */
export interface BodyRow {
  readonly bodyId: BodyId;
  /** The name with the latest effective date. */
  readonly name: string;
  readonly kind: DataOf<BodyEvent, "BodyJoined">["kind"];
  /** Ordered by effective date; each name holds until the next. */
  readonly names: readonly { readonly name: string; readonly effectiveFrom: Instant }[];
  /** Ordered, without overlap; `end` is absent while it is a member. */
  readonly memberships: readonly { readonly start: Instant; readonly end?: Instant }[];
}

/** One declaration of workstations; it holds from its date until the next one of its body. */
export interface WorkstationsRow {
  readonly eventId: EventId;
  readonly bodyId: BodyId;
  readonly workstations: number;
  readonly effectiveFrom: Instant;
  readonly recordedAt: Instant;
}

export interface ServiceRow {
  readonly serviceId: ServiceId;
  readonly name: string;
  readonly contractId: ContractId;
  readonly description: Text | undefined;
  readonly effectiveFrom: Instant;
}

/** One body's use of one service. */
export interface AdoptionRow {
  readonly serviceId: ServiceId;
  readonly bodyId: BodyId;
  /** Ordered, without overlap, not yet clipped to the body's membership; `end` is absent while it is adopted. */
  readonly spans: readonly { readonly start: Instant; readonly end?: Instant }[];
}

export interface ContractRow {
  readonly contractId: ContractId;
  readonly title: string;
  readonly supplier: string;
  readonly framework: string | undefined;
  readonly lot: string | undefined;
  /** The amount at the award; amendments are agreements. */
  readonly amount: Money | undefined;
  /** IANA zone in which everything about this contract is cut. */
  readonly zone: string;
  readonly effectiveFrom: Instant;
}

/** One dated figure agreed for a contract; it holds from its date until the next of its kind. */
export interface AgreementRow {
  readonly eventId: EventId;
  readonly contractId: ContractId;
  readonly kind: "amount" | "fee" | "workstation-cost";
  readonly money: Money;
  /** For a fee: what it is paid for. */
  readonly per: DataOf<ContractEvent, "FeeAgreed">["per"] | undefined;
  readonly effectiveFrom: Instant;
  readonly recordedAt: Instant;
}

/** Terms of a contract; they hold from their date until the next ones. */
export interface TermsRow {
  readonly eventId: EventId;
  readonly contractId: ContractId;
  readonly terms: Terms;
  readonly effectiveFrom: Instant;
  readonly recordedAt: Instant;
}

/** One movement of a penalty: determined, adjusted, collected, apportioned. */
export interface PenaltyRow {
  readonly eventId: EventId;
  readonly contractId: ContractId;
  readonly penaltyId: PenaltyId;
  readonly occurred: Instant;
  readonly fact: PenaltyEvent;
  readonly recordedAt: Instant;
}

/** One step of an assessment: a computation, or a step of the dispute about it. */
export interface AssessmentRow {
  readonly eventId: EventId;
  readonly contractId: ContractId;
  /** `2019-09`, `2019-Q3`, `2019`. */
  readonly period: string;
  readonly occurred: Instant;
  readonly fact: AssessmentEvent;
  readonly recordedAt: Instant;
}

/** Time taken out of the agreed time of services by a granted exclusion. */
export interface ExclusionRow {
  readonly eventId: EventId;
  readonly contractId: ContractId;
  readonly period: string;
  readonly exclusionId: ExclusionId;
  readonly serviceIds: readonly ServiceId[];
  readonly spans: readonly { readonly start: Instant; readonly end: Instant }[];
  readonly text: Text;
  readonly recordedAt: Instant;
}

/** One decision, awareness or notification under a legal regime. */
export interface ObligationRow {
  readonly eventId: EventId;
  readonly incidentId: IncidentId;
  readonly regimeId: RegimeId;
  readonly bodyId: BodyId;
  readonly occurred: Instant;
  readonly fact: ObligationEvent;
  readonly recordedAt: Instant;
}

/** A window as it was announced at a time, half-open. */
export interface AnnouncedVersion extends RecordedTimes {
  readonly serviceIds: readonly ServiceId[];
  readonly start: Instant;
  readonly end: Instant;
}
export interface MaintenanceRow {
  readonly contractId: ContractId;
  readonly maintenanceId: MaintenanceId;
  readonly serviceIds: readonly ServiceId[];
  /** The window as announced, half-open. */
  readonly started: Instant;
  readonly ended: Instant;
  /** What was announced, as first recorded and after each correction; the last is what holds. Only what was recorded before its window began is excluded. */
  readonly versions: readonly AnnouncedVersion[];
  /** When it was called off or broken off; gives back the rest of the window. */
  readonly cancelled: When | undefined;
  readonly text: Text;
  /** The announcement. */
  readonly eventId: EventId;
  readonly recordedAt: Instant;
  readonly sourceRecordedAt: Instant | undefined;
}

export type IncidentStatus = "open" | "resolved" | "closed";
export type Severity = DataOf<IncidentEvent, "SeverityAssigned">["severity"];
export type IncidentCause = Pick<DataOf<IncidentEvent, "CauseAttributed">, "category" | "party" | "text" | "occurredAt">;

/** The head of an incident. Its disruptions, entries, communications and evidence are rows of their own. */
export interface IncidentRow {
  readonly incidentId: IncidentId;
  readonly title: string;
  readonly status: IncidentStatus;
  /** The one assigned last in the order of time. */
  readonly severity: Severity | undefined;
  readonly contractId: ContractId | undefined;
  readonly description: Text | undefined;
  readonly occurredAt: When;
  readonly detectedAt: When | undefined;
  readonly reportedAt: When | undefined;
  readonly acknowledgedAt: When | undefined;
  /** Of the latest resolution that no reopening followed. */
  readonly resolvedAt: When | undefined;
  readonly closedAt: When | undefined;
  readonly cause: IncidentCause | undefined;
  /** Earliest `occurredAt`. */
  readonly started: Instant;
  /** Latest `resolvedAt`; OPEN_ENDED while the incident is open. */
  readonly ended: Instant;
  /** Title, description and cause in lower case, for the text filter. */
  readonly searchText: string;
  /** Recorded time of its first report. */
  readonly recordedAt: Instant;
}

/** A time in which one of an incident's clocks stood still. */
export interface ClockPauseRow {
  readonly clock: DataOf<IncidentEvent, "ClockPaused">["clock"];
  readonly start: When;
  /** Absent while it stands still. */
  readonly end?: When;
  /** The event that paused it. */
  readonly eventId: EventId;
}

/** What the clocks of an incident run by. Its disruptions are rows of their own. */
export interface IncidentClocksRow {
  readonly incidentId: IncidentId;
  /** The contract whose supplier is held to it, where it names one. */
  readonly contractId: ContractId | undefined;
  /** When it was reported; where nobody said so, when it happened. */
  readonly reported: When;
  /** When the supplier was notified, each time; in the order of time. */
  readonly notified: readonly When[];
  readonly acknowledged: When | undefined;
  /** In the order of time; of those at the same time, the one recorded last comes last. */
  readonly severities: readonly { readonly at: When; readonly severity: Severity }[];
  /** In the order of recording, as `course` is. */
  readonly pauses: readonly ClockPauseRow[];
  readonly course: readonly { readonly kind: "resolved" | "reopened"; readonly at: When; readonly eventId: EventId }[];
  /** The earliest that a clock may have started. */
  readonly started: Instant;
  /** When all its clocks had stopped for certain; OPEN_ENDED while one may run. */
  readonly ended: Instant;
}

/** From `at` until the next phase or the end. */
export interface DisruptionPhase {
  readonly at: When;
  readonly scope: Scope;
  readonly degree: Degree;
  /** The event that began it. */
  readonly eventId: EventId;
}

export interface DisruptionRow {
  readonly incidentId: IncidentId;
  readonly disruptionId: DisruptionId;
  readonly serviceId: ServiceId;
  /** Never empty; ordered by earliest, then latest time, then recording. The first begins at `start`. */
  readonly phases: readonly DisruptionPhase[];
  readonly start: When;
  /** Absent while it goes on. */
  readonly end: When | undefined;
  readonly detectedAt: When | undefined;
  readonly reportedAt: When | undefined;
  readonly text: Text | undefined;
  /** Earliest start. */
  readonly started: Instant;
  /** Latest end; OPEN_ENDED while it goes on. */
  readonly ended: Instant;
}

/** One correction of a record, with what the record said before it. */
export interface Correction {
  readonly eventId: EventId;
  readonly recordedAt: Instant;
  readonly sourceRecordedAt?: Instant;
  readonly actor: Actor;
  readonly reason: string;
  readonly before: Fact;
}
export interface Withdrawal {
  readonly eventId: EventId;
  readonly recordedAt: Instant;
  readonly sourceRecordedAt?: Instant;
  readonly actor: Actor;
  readonly reason: string;
}

/** One recorded fact, with all that was said about it since. The ids are those the fact names itself. */
export interface TimelineRow {
  readonly eventId: EventId;
  readonly type: Fact["type"];
  /** `occurredAt`; for an effective-dated fact its date, for maintenance the start of its window. */
  readonly occurred: When;
  /** Earliest and latest of `occurred`: an entry lies in a span as `[started, ended]`, both ends included. */
  readonly started: Instant;
  readonly ended: Instant;
  readonly recordedAt: Instant;
  readonly sourceRecordedAt: Instant | undefined;
  readonly actor: Actor;
  readonly importId: ImportId | undefined;
  readonly incidentId: IncidentId | undefined;
  readonly serviceId: ServiceId | undefined;
  readonly bodyId: BodyId | undefined;
  readonly contractId: ContractId | undefined;
  readonly disruptionId: DisruptionId | undefined;
  readonly maintenanceId: MaintenanceId | undefined;
  readonly entryId: EntryId | undefined;
  /** Who may read its text; everyone where there is none. */
  readonly audience: Audience;
  /** As it holds; if it was withdrawn, as it stood last. */
  readonly fact: Fact;
  /** In the order in which they were recorded. */
  readonly corrections: readonly Correction[];
  /** Present when the record no longer holds. */
  readonly withdrawal: Withdrawal | undefined;
}

/** That a maintenance names a service: how maintenance is found by service and span. */
export interface MaintainedServiceRow {
  readonly serviceId: ServiceId;
  readonly contractId: ContractId;
  readonly maintenanceId: MaintenanceId;
  readonly started: Instant;
  readonly ended: Instant;
}

/** Something said to or by the supplier, or to the members. */
export interface CommunicationRow {
  readonly eventId: EventId;
  readonly incidentId: IncidentId;
  readonly entryId: EntryId;
  readonly kind: "supplier-notified" | "supplier-statement" | "members-informed";
  readonly occurred: When;
  /** Absent for a supplier's statement. */
  readonly channel: DataOf<IncidentEvent, "SupplierNotified">["channel"] | undefined;
  readonly text: Text | undefined;
  /** Times that the supplier's statement claims. */
  readonly claimedStart: When | undefined;
  readonly claimedEnd: When | undefined;
  readonly recordedAt: Instant;
}

export interface EvidenceRow {
  readonly eventId: EventId;
  readonly incidentId: IncidentId;
  readonly entryId: EntryId;
  readonly occurred: When;
  /** Lower-case hexadecimal; the name of the file in the data folder. */
  readonly sha256: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly text: Text | undefined;
  readonly recordedAt: Instant;
}

/** Something promised so that an incident does not happen again, with when it was done. */
export interface ImprovementRow {
  readonly incidentId: IncidentId;
  readonly entryId: EntryId;
  readonly text: Text;
  readonly promisedAt: When;
  /** In time up to and including this instant; absent where no date was given. */
  readonly dueAt: Instant | undefined;
  /** Absent while it is not recorded as done. */
  readonly completedAt: When | undefined;
  /** The promise. */
  readonly eventId: EventId;
  /** `dueAt`; without one, the earliest time of the promise. */
  readonly started: Instant;
  /** `dueAt`; without one, the latest time of the promise. */
  readonly ended: Instant;
}
