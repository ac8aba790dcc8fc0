import type { EventStore } from "../eventstore/port.js";
import type { EventId, Instant, LedgerId, Ordinal, Position } from "../kernel/brand.js";
import type { Freshness } from "./freshness.js";
import type { KnownAt, Knowledge, Viewer } from "./knowledge.js";
import type { KnownLedger } from "./known-ledger.js";

/** One read model: how far it is, and whether it is being built anew beside what readers see. */
export interface ReadModelStatus {
  readonly name: string;
  readonly version: number;
  readonly ordinal: Ordinal;
  readonly position: Position | undefined;
  /** Events of this ledger that were seen in the store but are not in it yet. */
  readonly lagEvents: number;
  readonly building?: { readonly version: number; readonly ordinal: Ordinal };
}

/** A row that differs between the file and a fresh fold of the events. */
export interface RowDifference {
  readonly readModel: string;
  readonly key: string;
  readonly kind: "missing" | "unexpected" | "different";
  readonly detail: string;
}

/** The read models of one ledger, for reading. Every process has its own. */
export interface ReadModel {
  /**
   * Turns "known when" into what queries are asked with. Rejects with LedgerError: UNKNOWN_POSITION for a position that is not one of this
   * ledger's store, READ_MODEL_BEHIND (retryable) for one beyond what was taken here, NOT_FOUND for an event that is not known here.
   */
  resolve(knownAt: KnownAt, now: Instant): Promise<Knowledge>;
  /** The knowledge halfway between two that `resolve` gave, in the order of recording; undefined where no event lies between. Not for knowledge by source time. */
  halfway(earlier: Knowledge, later: Knowledge): Promise<Knowledge | undefined>;
  /** Queries at `knowledge`, which `resolve` of this object gave. */
  at(knowledge: Knowledge, viewer: Viewer): KnownLedger;
  /** Fulfilled when everything up to `position` has been taken; rejects with READ_MODEL_BEHIND (retryable) after `timeoutMs`, UNKNOWN_POSITION. */
  waitFor(position: Position, timeoutMs: number): Promise<void>;
  /** Fulfilled when all that was in the store when it was called has been taken. Rejects as `waitFor` does. */
  waitUntilCaughtUp(timeoutMs: number): Promise<void>;
  status(): readonly ReadModelStatus[];
  /** Number of this ledger's events taken so far, those that were not understood included. */
  readonly eventCount: number;
  /** The last event taken. */
  readonly position: Position | undefined;
  /** Id of the event at a position that was taken; undefined before the first. Rejects with LedgerError UNKNOWN_POSITION, STORE_UNAVAILABLE. */
  eventIdAt(position: Position): Promise<EventId | undefined>;
  /** Position of an event of this ledger; undefined if it is not known here. */
  positionOf(eventId: EventId): Position | undefined;
  close(): Promise<void>;
}

/** The one process that keeps the file up to date has this. */
export interface RunningReadModel extends ReadModel {
  /** Builds the read models of these names (default: all) anew beside the present ones, which go on being read and kept; fulfilled when the new ones have taken their place. */
  rebuild(names?: readonly string[]): Promise<void>;
  freshness(): Freshness;
  /** Number of events taken that this release does not understand. */
  notUnderstoodCount(): number;
  /** Called after each commit with the last position taken; returns how to stop. */
  onTaken(listener: (position: Position) => void): () => void;
}

/** What the read model tells the operator, each thing once. */
export type ReadModelNotice =
  | { readonly kind: "not-understood"; readonly stream: string; readonly type: string; readonly position: Position; readonly detail: string }
  | { readonly kind: "rebuilding"; readonly readModels: readonly string[]; readonly why: string }
  | { readonly kind: "rebuilt"; readonly readModels: readonly string[]; readonly events: number }
  | { readonly kind: "store-interrupted"; readonly reason: string }
  /** The store answers again, so many milliseconds after it was interrupted. */
  | { readonly kind: "store-resumed"; readonly afterMs: number }
  /** The file could not be written (a full disk, say); it is tried again. */
  | { readonly kind: "stopped"; readonly reason: string };

export interface ReadModelOptions {
  readonly store: EventStore;
  readonly ledgerId: LedgerId;
  /** Path of the file, `readmodels.sqlite` in the data folder; made anew where there is none. */
  readonly file: string;
  readonly notify: (notice: ReadModelNotice) => void;
  /** Called with the SQL of each statement that a query runs, so that a test can count them. */
  readonly onStatement?: (sql: string) => void;
}
