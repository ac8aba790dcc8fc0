import { setTimeout } from "node:timers/promises";
import type { SomeProjection } from "../../projections/index.js";
import type { EventFilter, EventStore, StoredEvent } from "../eventstore/port.js";
import { ordinal as ordinalOf, type Ordinal, type Position } from "../kernel/brand.js";
import type { Database } from "../sqlite/driver.js";
import { createBuild, dropBuild, nextBuild, readCatalogue, setRole } from "./catalogue.js";
import { decodeStored } from "./decode.js";
import { isOnTimeline, writersOf } from "./intake.js";
import { inSlices, type OneAtATime } from "./slices.js";
import { inTransaction } from "./transaction.js";
import type { RowWriter } from "./versioned-writer.js";

const PAGE = 1000;
const RETRY_MS = 1000;

export interface BuilderOptions {
  readonly database: Database;
  readonly store: EventStore;
  readonly filter: EventFilter;
  readonly exclusive: OneAtATime;
  readonly projections: readonly SomeProjection[];
  /** The ordinal that the read models in use have reached. */
  readonly target: () => number;
  readonly closed: () => boolean;
}

/**
 * Builds read models anew beside those in use, from the first event; the moment it has taken as many events as they have, it puts the new
 * ones in their place, in one transaction. A build that was cut short is dropped when the file is opened next, and begun again.
 */
export class Builder {
  readonly #options: BuilderOptions;
  readonly #build: number;
  readonly #writers: readonly RowWriter[];
  #ordinal = 0;
  /** Ordinals that this release does not understand. */
  readonly #skipped = new Set<number>();
  /** Those that what is in use was made without, and of them the facts that this release understands. */
  readonly #skippedBefore: ReadonlySet<number>;
  readonly #nowOnTimeline: number[] = [];

  constructor(options: BuilderOptions) {
    const { database, projections } = options;
    this.#options = options;
    this.#skippedBefore = new Set(skippedIn(database));
    this.#build = nextBuild(database);
    for (const projection of projections) createBuild(database, projection, this.#build, "building");
    this.#writers = writersOf(database, projections, () => this.#build);
  }

  get ordinal(): Ordinal {
    return ordinalOf(this.#ordinal);
  }
  get projections(): readonly SomeProjection[] {
    return this.#options.projections;
  }
  get writers(): readonly RowWriter[] {
    return this.#writers;
  }

  /** Fulfilled with true when the new read models are in use, with false if it was closed before. */
  async run(whenInUse: () => void): Promise<boolean> {
    let from: Position | undefined;
    while (!this.#options.closed()) {
      const page = await this.#read(from);
      if (page === undefined) continue;
      if (page.events.length === 0 && this.#ordinal < this.#options.target()) throw new Error("the event store holds fewer events of this ledger than the read models have taken");
      const done = await this.#options.exclusive.run(() => this.#takeAndSwitch(page.events, whenInUse));
      if (done) return true;
      from = page.next ?? from;
    }
    return false;
  }

  async #read(from: Position | undefined): Promise<{ readonly events: readonly StoredEvent[]; readonly next: Position | undefined } | undefined> {
    const { store, filter } = this.#options;
    const page = await store.readAll({ direction: "forwards", limit: PAGE, filter, ...(from !== undefined && { from }) });
    if (page.kind === "events") return page;
    await setTimeout(RETRY_MS);
    return undefined;
  }

  async #takeAndSwitch(events: readonly StoredEvent[], whenInUse: () => void): Promise<boolean> {
    const { database, target, closed } = this.#options;
    const wanted = events.slice(0, target() - this.#ordinal);
    const done = await inTransaction(database, async () => {
      const complete = await inSlices(wanted, (stored) => this.#take(stored), closed);
      for (const writer of this.#writers) writer.write();
      if (!complete || this.#ordinal !== target()) return false;
      this.#switch();
      return true;
    });
    if (done) whenInUse();
    return done;
  }

  #take(stored: StoredEvent): void {
    this.#ordinal++;
    const decoded = decodeStored(stored);
    if (decoded.kind === "not-understood") {
      this.#skipped.add(this.#ordinal);
      return;
    }
    for (const writer of this.#writers) writer.apply(decoded.recorded, this.ordinal);
    if (this.#skippedBefore.has(this.#ordinal) && isOnTimeline(decoded.recorded)) this.#nowOnTimeline.push(this.#ordinal);
  }

  #switch(): void {
    const { database, projections } = this.#options;
    const names = new Set(projections.map(({ name }) => name));
    for (const entry of readCatalogue(database)) {
      if (!names.has(entry.name)) continue;
      if (entry.build === this.#build) setRole(database, entry, "live", undefined);
      else dropBuild(database, entry);
    }
    const forget = database.prepare("DELETE FROM skipped WHERE ordinal = ?");
    for (const ordinal of skippedIn(database)) if (!this.#skipped.has(ordinal)) forget.run(ordinal);
    const findByTimeline = database.prepare("UPDATE ordinals SET event_id = NULL WHERE ordinal = ?");
    for (const ordinal of this.#nowOnTimeline) findByTimeline.run(ordinal);
  }
}

function skippedIn(database: Database): readonly number[] {
  return database.prepare("SELECT ordinal FROM skipped").all().map((row) => Number(row["ordinal"]));
}
