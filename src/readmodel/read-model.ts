import type { EventFilter, EventStore } from "../eventstore/port.js";
import type { EventId, Instant, LedgerId, Position } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import { knownLedger } from "./file-ledger.js";
import type { Progress } from "./file.js";
import type { KnownAt, Knowledge, Viewer } from "./knowledge.js";
import type { KnownLedger } from "./known-ledger.js";
import { positionsOf } from "./not-understood.js";
import { queriesOf, type Queries } from "./queries.js";
import type { Reader } from "./reader.js";
import { eventIdAt, positionAt, resolveKnownAt, unavailable } from "./resolve.js";
import { SourceFolds } from "./source-folds.js";

export interface ReadingOptions {
  readonly reader: Reader;
  readonly store: EventStore;
  readonly ledgerId: LedgerId;
  readonly filter: EventFilter;
  readonly onStatement?: (sql: string) => void;
  /** How far the rows are that the reader sees. */
  readonly progress: () => Progress;
  /** The last position taken or passed over. */
  readonly reached: () => Position | undefined;
}

/** What reading a ledger's read models has in common, whoever keeps them up to date. */
export class Reading {
  readonly #options: ReadingOptions;
  readonly #queries: Queries;
  readonly #folds: SourceFolds;
  /** The queries of knowledge that lies in a fold of its own. */
  readonly #bySource = new WeakMap<Knowledge, Queries>();

  constructor(options: ReadingOptions) {
    this.#options = options;
    this.#queries = queriesOf(options.reader);
    this.#folds = new SourceFolds(options);
  }

  async resolve(knownAt: KnownAt, now: Instant): Promise<Knowledge> {
    const { reader, store, progress, reached } = this.#options;
    if (knownAt.kind === "event") return { ...(await this.resolve({ kind: "position", position: this.#mustBeKnown(knownAt.eventId) }, now)), knownAt };
    if (knownAt.kind !== "sourceRecordedAt") return resolveKnownAt(knownAt, { reader, store, progress: progress(), reached: reached(), now });
    const { knowledge, queries } = await this.#folds.at(knownAt.instant, progress().position);
    this.#bySource.set(knowledge, queries);
    return knowledge;
  }

  async halfway(earlier: Knowledge, later: Knowledge): Promise<Knowledge | undefined> {
    const middle = Math.floor((earlier.ordinal + later.ordinal) / 2);
    return middle <= earlier.ordinal ? undefined : this.resolve({ kind: "position", position: positionAt(this.#options.reader, middle) }, later.instant);
  }

  at(knowledge: Knowledge, viewer: Viewer): KnownLedger {
    const queries = this.#bySource.get(knowledge) ?? this.#queries;
    if (knowledge.knownAt.kind === "sourceRecordedAt" && queries === this.#queries) {
      throw new TypeError("knowledge by source time is good only as `resolve` gave it");
    }
    return knownLedger(queries, knowledge, viewer);
  }

  /** The last event of this ledger that is in the store now. Throws LedgerError STORE_UNAVAILABLE. */
  async lastInStore(): Promise<Position | undefined> {
    const { store, filter } = this.#options;
    const page = await store.readAll({ direction: "backwards", limit: 1, filter });
    if (page.kind === "store-unavailable") throw new LedgerError(unavailable(page.reason));
    return page.events[0]?.position;
  }

  eventIdAt(position: Position): Promise<EventId | undefined> {
    const { reader, store, filter, progress } = this.#options;
    return eventIdAt(position, filter, { reader, store, progress: progress() });
  }

  #mustBeKnown(eventId: EventId): Position {
    const place = this.positionOf(eventId);
    if (place !== undefined) return place;
    throw new LedgerError({ code: "NOT_FOUND", field: "knownAt", params: { eventId }, message: `no event ${eventId} is known to this ledger here; where it was recorded through another process a moment ago, ask again` });
  }

  positionOf(eventId: EventId): Position | undefined {
    return positionsOf(this.#queries, this.#options.progress().ordinal, [eventId]).get(eventId);
  }
}
