import type { BodyId, EventId, Instant, Ordinal, Position } from "../kernel/brand.js";

/** "Known when" (domain.md, "Time"): what the ledger had recorded when the question is put. */
export type KnownAt =
  | { readonly kind: "now" }
  /** Immutable for ever, in this store. */
  | { readonly kind: "position"; readonly position: Position }
  /** Right after this event: what lasting references name (domain.md, "Time"), for it stays the same when the ledger moves to another store. */
  | { readonly kind: "event"; readonly eventId: EventId }
  /** The last position whose recorded time, as a running maximum, is not later. */
  | { readonly kind: "recordedAt"; readonly instant: Instant }
  /** What the sources of imports had recorded by then; a later import may change it. */
  | { readonly kind: "sourceRecordedAt"; readonly instant: Instant };

/** A `KnownAt` that was resolved: what a query is asked with, and what comes back beside its answer. */
export interface Knowledge {
  readonly knownAt: KnownAt;
  /** Private to the read model. 0 is before the first event. */
  readonly ordinal: Ordinal;
  /** The last event that is known; undefined before the first event. */
  readonly position: Position | undefined;
  /**
   * What `asOf` is when it is not given: now for `now`, the asked instant for `recordedAt` and `sourceRecordedAt`, for a position the
   * recorded time reached by then (a running maximum), which before the first event is now.
   */
  readonly instant: Instant;
  /** `now`, or an instant younger than a minute, or `sourceRecordedAt`: the same question may be answered differently later. */
  readonly provisional: boolean;
}

/** Who asks. Everyone may see everything until there is access by body; every typed query takes one from the start. */
export type Viewer = { readonly kind: "everything" } | { readonly kind: "bodies"; readonly bodyIds: readonly BodyId[] };
export const EVERYTHING: Viewer = { kind: "everything" };
