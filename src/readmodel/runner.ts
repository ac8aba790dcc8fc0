import { setTimeout as setTimer } from "node:timers";
import { setTimeout } from "node:timers/promises";
import { PROJECTIONS, type SomeProjection } from "../../projections/index.js";
import type { EventFilter, EventStore, StoredEvent, Subscription } from "../eventstore/port.js";
import type { Position } from "../kernel/brand.js";
import type { Database } from "../sqlite/driver.js";
import { Builder } from "./builder.js";
import { dropUnfinished, readCatalogue } from "./catalogue.js";
import { FreshnessWatch } from "./freshness.js";
import { isDamage, makeAnewNextTime, type Progress } from "./file.js";
import { Intake, writersOf } from "./intake.js";
import type { ReadModelNotice, ReadModelStatus } from "./port.js";
import { inSlices, OneAtATime } from "./slices.js";
import { statusOf } from "./status.js";
import { inTransaction } from "./transaction.js";
import { Waiting } from "./waiting.js";

const RETRY_MS = 1000;

export interface RunnerOptions {
  readonly database: Database;
  readonly store: EventStore;
  readonly filter: EventFilter;
  readonly notify: (notice: ReadModelNotice) => void;
  readonly projections?: readonly SomeProjection[];
  /** Called when other tables than before are to be read. */
  readonly onSwitched: () => void;
}

/** Keeps the read models up to date: subscribes to the store, and commits rows and checkpoint of each batch in one transaction. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #projections: readonly SomeProjection[];
  readonly #exclusive = new OneAtATime();
  readonly #intake: Intake;
  readonly #listeners = new Set<(position: Position) => void>();
  readonly waiting: Waiting;
  readonly freshness = new FreshnessWatch();
  #subscription: Subscription | undefined;
  #retry: NodeJS.Timeout | undefined;
  #builder: Builder | undefined;
  #building: Promise<void> = Promise.resolve();
  #committed: Progress;
  /** Number of this ledger's events that the store has shown. */
  #seen: number;
  #closed = false;

  /** `missing`: what `alignCatalogue` said must be built anew. */
  constructor(options: RunnerOptions, missing: readonly SomeProjection[]) {
    this.#options = options;
    this.#projections = options.projections ?? PROJECTIONS;
    this.#intake = new Intake(options.database, this.#liveWriters());
    this.#committed = this.#intake.progress;
    this.#seen = this.#committed.ordinal;
    this.waiting = new Waiting(options.store, this.#committed.position);
    this.#subscribe();
    if (missing.length > 0) this.#keepRebuilding(missing);
  }

  /** How far the rows that readers see are. */
  get progress(): Progress {
    return this.#committed;
  }

  status(): readonly ReadModelStatus[] {
    const builder = this.#builder;
    const building = new Map(builder?.projections.map(({ name }) => [name, builder.ordinal]));
    return statusOf(this.#options.database, { projections: this.#projections, progress: this.#committed, seen: this.#seen, building });
  }

  rebuild(names?: readonly string[]): Promise<void> {
    const wanted = names === undefined ? this.#projections : this.#projections.filter(({ name }) => names.includes(name));
    const next = this.#building.then(() => this.#rebuild(wanted, "it was asked for"));
    this.#building = next.catch(() => undefined);
    return next;
  }

  onTaken(listener: (position: Position) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Fulfilled when nothing is written any more. The database stays open. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#subscription?.close();
    await this.#building;
  }

  #liveWriters() {
    const { database } = this.#options;
    const live = readCatalogue(database).filter(({ role }) => role === "live");
    const builds = new Map(live.map(({ name, build }) => [name, build]));
    return writersOf(database, this.#projections.filter(({ name }) => builds.has(name)), ({ name }) => builds.get(name) ?? 0);
  }

  #subscribe(): void {
    const { store, filter, notify } = this.#options;
    const { position } = this.#committed;
    this.#subscription = store.subscribe({
      ...(position !== undefined && { from: position }),
      filter,
      onEvents: (events) => {
        this.#resumed(this.freshness.hear());
        return this.#exclusive.run(() => this.#takeBatch(events));
      },
      onPassedOver: (passed) => this.waiting.advance(passed),
      onCaughtUp: () => this.#resumed(this.freshness.confirm()),
      onInterrupted: (reason) => {
        if (this.freshness.lose(reason)) notify({ kind: "store-interrupted", reason });
      },
    });
    this.#subscription.ended.catch((error: unknown) => this.#tryAgain(error));
  }

  #resumed(afterMs: number | undefined): void {
    if (afterMs !== undefined) this.#options.notify({ kind: "store-resumed", afterMs });
  }

  #tryAgain(error: unknown): void {
    if (this.#closed) return;
    this.#stopped(error);
    this.#retry = setTimer(() => this.#subscribe(), RETRY_MS);
  }

  #stopped(error: unknown): void {
    if (isDamage(error)) makeAnewNextTime(this.#options.database);
    this.#options.notify({ kind: "stopped", reason: error instanceof Error ? error.message : String(error) });
  }

  async #takeBatch(delivered: readonly StoredEvent[]): Promise<void> {
    const events = this.#notTaken(delivered);
    if (events.length === 0) return;
    this.#seen = this.#committed.ordinal + events.length;
    const notices = await this.#commitBatch(events);
    this.#committed = this.#intake.progress;
    for (const notice of notices) this.#options.notify(notice);
    const { position } = this.#committed;
    if (position === undefined) return;
    this.waiting.advance(position);
    for (const listener of this.#listeners) listener(position);
  }

  /** Without those taken already, which a store may deliver again after an outage. Events come in order, so that the first of them nearly always tells. */
  #notTaken(events: readonly StoredEvent[]): readonly StoredEvent[] {
    const taken = this.#committed.position;
    if (taken === undefined) return events;
    const isNew = ({ position }: StoredEvent): boolean => (this.#options.store.comparePositions(position, taken) ?? 1) > 0;
    const [first] = events;
    return first === undefined || isNew(first) ? events : events.filter(isNew);
  }

  /** One transaction: rows and checkpoint, or nothing. When closing it may hold only the first of the events. */
  async #commitBatch(events: readonly StoredEvent[]): Promise<readonly ReadModelNotice[]> {
    const { database } = this.#options;
    const notices: ReadModelNotice[] = [];
    const take = (stored: StoredEvent): void => {
      const skipped = this.#intake.take(stored);
      if (skipped !== undefined) notices.push({ kind: "not-understood", stream: skipped.stream, type: skipped.type, position: stored.position, detail: skipped.detail });
    };
    try {
      await inTransaction(database, async () => {
        await inSlices(events, take, () => this.#closed);
        this.#intake.save();
      });
      return notices;
    } catch (error) {
      this.#intake.reset();
      throw error;
    }
  }

  /** Builds what this release needs anew, and begins again after a failure: there is nothing to read until it is done. */
  #keepRebuilding(missing: readonly SomeProjection[]): void {
    const why = "this release has another version of them, or understands events that the last one did not";
    const attempt = async (): Promise<void> => {
      while (!this.#closed) {
        try {
          await this.#rebuild(missing, why);
          return;
        } catch (error) {
          this.#stopped(error);
          await setTimeout(RETRY_MS);
        }
      }
    };
    this.#building = attempt();
  }

  async #rebuild(projections: readonly SomeProjection[], why: string): Promise<void> {
    const { database, store, filter, notify, onSwitched } = this.#options;
    const readModels = projections.map(({ name }) => name);
    notify({ kind: "rebuilding", readModels, why });
    const options = { database, store, filter, projections, exclusive: this.#exclusive, target: () => this.#committed.ordinal, closed: () => this.#closed };
    const builder = await this.#exclusive.run(() =>
      inTransaction(database, () => {
        dropUnfinished(database);
        return new Builder(options);
      }),
    );
    this.#builder = builder;
    try {
      const inUse = await builder.run(() => {
        this.#intake.writers = this.#liveWriters();
        onSwitched();
      });
      if (inUse) notify({ kind: "rebuilt", readModels, events: builder.ordinal });
    } finally {
      this.#builder = undefined;
    }
  }
}
