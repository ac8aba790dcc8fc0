import type { BodyId, ContractId, ImportId, Instant, ServiceId, ZoneId } from "../kernel/brand.js";
import type { LedgerCommand } from "../domain/record.js";
import type { Degree, Scope, Text } from "../domain/values.js";
import type { IncidentCommand } from "../domain/incident/events.js";
import type { When } from "../time/when.js";
import type { ComponentMapping, Effect } from "./mapping.js";
import type { Note, Place } from "./notes.js";

type DataOf<Type extends IncidentCommand["type"]> = Extract<IncidentCommand, { type: Type }>["data"];

/** A degree that holds from `at`. */
export interface CaseChange {
  readonly at: Instant;
  readonly degree: Degree;
  readonly sourceRecordedAt?: Instant;
}
export interface CaseDisruption {
  /** Unique and stable within its case. */
  readonly key: string;
  readonly serviceId: ServiceId;
  readonly scope: Scope;
  readonly degree: Degree;
  readonly start: When;
  readonly detectedAt?: When;
  readonly reportedAt?: When;
  readonly text?: Text;
  readonly changes: readonly CaseChange[];
  readonly end?: When;
  readonly openedSourceRecordedAt?: Instant;
  readonly endedSourceRecordedAt?: Instant;
}
/** Something said to the members. */
export interface CaseEntry {
  readonly key: string;
  readonly at: Instant;
  readonly text: Text;
  readonly sourceRecordedAt?: Instant;
}
export interface CaseIncident {
  readonly title: string;
  readonly occurredAt: When;
  readonly description?: Text;
  readonly detectedAt?: When;
  readonly reportedAt?: When;
  readonly contractId?: ContractId;
  readonly severity?: DataOf<"AssignSeverity">["severity"];
  readonly disruptions: readonly CaseDisruption[];
  readonly entries: readonly CaseEntry[];
  readonly resolvedAt?: When;
  readonly resolvedSourceRecordedAt?: Instant;
}
export interface CaseMaintenance {
  readonly key: string;
  readonly serviceIds: readonly ServiceId[];
  /** Half-open; the end lies after the start. */
  readonly window: { readonly start: Instant; readonly end: Instant };
  readonly text: Text;
  readonly sourceRecordedAt?: Instant;
}

/** All that one version of one thing in a source says should hold. What the import recorded of it earlier and is not said here any more is withdrawn. */
export interface Case {
  readonly kind: "case";
  /** Stable key of the thing within its import. */
  readonly key: string;
  /** What its ids are made of; unique within its import like the key. */
  readonly name: string;
  /** For a source with a history: which version of the thing this is, from 1. Versions that were taken already are passed over. */
  readonly version?: number;
  readonly place: Place;
  /** For every record that has none of its own, and without `amendedAt` for corrections and withdrawals too. */
  readonly sourceRecordedAt?: Instant;
  /** When the source recorded what it says now, where that differs: for corrections and withdrawals. */
  readonly amendedAt?: Instant;
  /** Why a correction or withdrawal is made, as a sentence. */
  readonly reason: string;
  /** The file need not name all that holds of the thing: what it does not name stays (an end of the whole incident excepted). */
  readonly partial?: true;
  readonly incident?: CaseIncident;
  /** All under `maintenanceUnder`. */
  readonly maintenance: readonly CaseMaintenance[];
  /** The contract in whose stream the thing's maintenance stands, or stood in an earlier version; undefined: it never has any. */
  readonly maintenanceUnder?: ContractId;
}

/** A command that goes to the ledger as it is. */
export interface PlainCommand {
  readonly kind: "command";
  readonly place: Place;
  readonly command: LedgerCommand;
  /** Without one it follows from the import and the command's content. */
  readonly commandId?: string;
  readonly sourceRecordedAt?: Instant;
}

/** A contract, body, service or adoption that must exist; made if it is missing, left alone if it is there. */
export type Requirement = { readonly place: Place; readonly sourceRecordedAt?: Instant } & (
  | { readonly kind: "contract"; readonly contractId: ContractId; readonly title: string; readonly supplier: string }
  | { readonly kind: "body"; readonly bodyId: BodyId; readonly name: string; readonly workstations?: number }
  | { readonly kind: "service"; readonly serviceId: ServiceId; readonly name: string; readonly contractId: ContractId }
  | { readonly kind: "adoption"; readonly serviceId: ServiceId; readonly bodyId: BodyId }
);

/** What a reader makes of a file, in order. Requirements come before what rests on them. */
export type Reading = Note | Requirement | Case | PlainCommand;

/** What every reader is told. */
export interface ReaderSettings {
  readonly importId: ImportId;
  /** Prefix of ids of bodies, services and contracts of a foreign source, and its name. */
  readonly site?: { readonly id: string; readonly name: string };
  /** Contract under which new services run; without one it is made for the site. */
  readonly contractId?: ContractId;
  /** BCP 47 language of the source's texts. */
  readonly language: string;
  /** Zone of times that name none, for the formats that define none themselves; undefined: such a time is refused. */
  readonly zone?: ZoneId;
  /** What a word of the source for how bad it is becomes, instead of the reader's default. */
  readonly degrees: Readonly<Record<string, Effect>>;
  /** For Statuspage: how components are split over services and bodies. */
  readonly mapping?: ComponentMapping;
}
