import type { EventId, Position, StreamName } from "../kernel/brand.js";

/** Most events in one page, and in one append. */
export const MAX_PAGE_EVENTS = 10_000;
export const MAX_APPEND_EVENTS = 10_000;

/**
 * The event store as the rest of the product sees it. Semantics are EventStoreDB's; every adapter gives exactly these, and
 * `test/contract` proves it. Failures are values, never exceptions: the caller must look at them. Only a caller's mistake rejects:
 * RangeError for a count out of bounds, LedgerError UNKNOWN_POSITION for a position that is not of this store's kind.
 */
export interface EventStore {
  /**
   * Appends all of `events` (1 to 10,000) or none. Once the promise is fulfilled with `appended`, they survive `kill -9` and power loss.
   * Repeated with the same event ids and the same exact or no-stream expectation it succeeds with the first result
   * (`repeated: true`) and stores nothing twice, also after later appends; ids are compared per stream, content is not compared.
   * Events of which only some are there already conflict.
   */
  append(stream: StreamName, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<AppendResult>;
  /** One page of a stream. Backwards from the end gives the newest first. */
  readStream(stream: StreamName, options: ReadStreamOptions): Promise<ReadStreamResult>;
  /** One page of the whole store in commit order (or backwards). */
  readAll(options: ReadAllOptions): Promise<ReadAllResult>;
  /** Delivers each event once and in order, through catch-up into live, and comes back by itself after an outage. */
  subscribe(options: SubscribeOptions): Subscription;
  /** Position of the last event in the store, or undefined when it is empty. */
  lastPosition(): Promise<{ readonly kind: "position"; readonly position: Position | undefined } | StoreUnavailable>;
  /** Negative, zero or positive as `a` lies before, at or after `b`. Undefined if one of them is not a position of this store's kind. */
  comparePositions(a: Position, b: Position): number | undefined;
  /** Ends subscriptions, finishes appends under way, frees the files or connections. Idempotent. */
  close(): Promise<void>;
}

export type ExpectedRevision =
  | { readonly kind: "exact"; readonly revision: number }
  | { readonly kind: "no-stream" }
  | { readonly kind: "stream-exists" }
  | { readonly kind: "any" };

/** Payloads travel as canonical JSON text (RFC 8785) and are kept to the byte. */
export interface EventToAppend {
  readonly id: EventId;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

export interface StoredEvent {
  readonly id: EventId;
  readonly type: string;
  readonly stream: StreamName;
  /** From 0, without holes. */
  readonly revision: number;
  readonly position: Position;
  readonly data: string;
  readonly metadata: string;
}

export interface StoreUnavailable {
  readonly kind: "store-unavailable";
  /** What the operator should know: disk full, read-only, no answer in time, closed… */
  readonly reason: string;
}

export type AppendResult =
  /** `revision` and `position` are those of the last event of this append. */
  | { readonly kind: "appended"; readonly revision: number; readonly position: Position; readonly repeated: boolean }
  | { readonly kind: "wrong-expected-revision"; readonly actual: number | "no-stream" }
  | { readonly kind: "event-too-large"; readonly eventId: EventId; readonly sizeBytes: number; readonly limitBytes: number }
  | StoreUnavailable;

export interface ReadStreamOptions {
  readonly direction: "forwards" | "backwards";
  /** First revision to give (inclusive). Default: the start, or the end when backwards. */
  readonly from?: number;
  /** 1 to 10,000. */
  readonly limit: number;
}
export type ReadStreamResult =
  | { readonly kind: "events"; readonly events: readonly StoredEvent[]; readonly isEnd: boolean }
  | { readonly kind: "stream-not-found" }
  | StoreUnavailable;

/** Both parts must hold. An absent part lets everything pass. */
export interface EventFilter {
  readonly streamPrefix?: string;
  readonly eventTypes?: readonly string[];
}
export interface ReadAllOptions {
  readonly direction: "forwards" | "backwards";
  /** Exclusive: forwards gives what comes after it, backwards what comes before it. Default: the start, or the end when backwards. */
  readonly from?: Position;
  /** 1 to 10,000. */
  readonly limit: number;
  readonly filter?: EventFilter;
}
export type ReadAllResult =
  /** `next` continues where this page ended, also past events that the filter left out. */
  | { readonly kind: "events"; readonly events: readonly StoredEvent[]; readonly next: Position | undefined; readonly isEnd: boolean }
  | StoreUnavailable;

export interface SubscribeOptions {
  /** Events after this position; without it from the start. `"end"`: only what comes from now on. */
  readonly from?: Position | "end";
  readonly filter?: EventFilter;
  /** Most events in one call of `onEvents`, 1 to 10,000. Default 1000. */
  readonly batchSize?: number;
  /** The next batch is fetched only after the promise is fulfilled: a slow reader holds back its source. A rejection ends the subscription. */
  readonly onEvents: (events: readonly StoredEvent[]) => Promise<void> | void;
  /** Called each time the subscription has delivered all there was, also when there was nothing; a store across a network is asked again now and then, and it is called again. */
  readonly onCaughtUp?: () => void;
  /** The filter has left out everything up to `position`: a place to resume from. */
  readonly onPassedOver?: (position: Position) => void;
  /** An outage: the subscription goes on by itself when the store is back. */
  readonly onInterrupted?: (reason: string) => void;
}
export interface Subscription {
  /** Fulfilled when no handler runs any more, and none will: not to be awaited inside one. Idempotent. */
  close(): Promise<void>;
  /** Fulfilled when it or its store is closed; rejected with what a handler threw, or with UNKNOWN_POSITION. */
  readonly ended: Promise<void>;
}
