import type { ActorId, Instant, LedgerId, RegimeId } from "../kernel/brand.js";
import type { Regime } from "../domain/obligation/regime.js";
import type { Actor } from "../kernel/event.js";
import type { Ledger } from "../app/ledger.js";
import type { EventStore } from "../eventstore/port.js";
import { EVERYTHING, type Viewer } from "../readmodel/knowledge.js";
import type { KnownLedger } from "../readmodel/known-ledger.js";
import type { RunningReadModel } from "../readmodel/port.js";
import type { Alarm } from "./alarm.js";
import type { Loaders } from "./loaders.js";

/** Where unexpected errors are told. A pino logger is one. */
export interface ErrorLog {
  error(details: object, message: string): void;
}

/** What stands behind the API for as long as the process runs. */
export interface LedgerServices {
  readonly ledger: Ledger;
  readonly readModel: RunningReadModel;
  readonly store: EventStore;
  /** What the store is, for the operator: "SQLite", "EventStoreDB". */
  readonly storeName: string;
  readonly ledgerId: LedgerId;
  readonly clock: () => Instant;
  /** Rings by that clock. */
  readonly alarm: Alarm;
  readonly logger: ErrorLog;
  /** The legal regimes that can be decided on, by id. */
  readonly regimes: ReadonlyMap<RegimeId, Regime>;
}

/** One request, or one subscription. */
export interface Context {
  readonly services: LedgerServices;
  readonly actor: Actor;
  readonly viewer: Viewer;
  /** When the request came in. */
  readonly now: Instant;
  /** Ties together all that this request records; its commands' own ids where it has none. */
  readonly correlationId: string | undefined;
  /** By what they were asked with, so that fields asked with the same knowledge share their data loaders (`readingOf`). */
  readonly readings: Map<string, Promise<Reading>>;
}

/** The ledger as it was known at one place, for one request: what every object of an answer is resolved with. */
export interface Reading {
  readonly context: Context;
  readonly known: KnownLedger;
  readonly loaders: Loaders;
}

export interface RequestFacts {
  readonly actor: Actor;
  /** Default: everything may be seen. */
  readonly viewer?: Viewer;
  /** Default: the services' clock. */
  readonly now?: Instant;
  readonly correlationId?: string;
}

/** The context of one request. */
export function createContext(services: LedgerServices, facts: RequestFacts): Context {
  return {
    services,
    actor: facts.actor,
    viewer: facts.viewer ?? EVERYTHING,
    now: facts.now ?? services.clock(),
    correlationId: facts.correlationId,
    readings: new Map(),
  };
}

/** An actor whose id a client merely states: recorded as unverified until there is authentication. */
export function unverified(id: ActorId): Actor {
  return { id, verified: false };
}
