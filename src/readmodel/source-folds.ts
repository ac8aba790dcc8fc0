import type { EventFilter, EventStore } from "../eventstore/port.js";
import { ordinal, type Instant, type LedgerId, type Position } from "../kernel/brand.js";
import type { Knowledge } from "./knowledge.js";
import { queriesOf, type Queries } from "./queries.js";
import { Reader } from "./reader.js";
import { OneAtATime } from "./slices.js";
import { foldBySource, type SourceFold } from "./source-fold.js";

/** Most folds that are kept for the next question. */
const KEPT = 4;

export interface SourceFoldsOptions {
  readonly store: EventStore;
  readonly ledgerId: LedgerId;
  readonly filter: EventFilter;
  readonly onStatement?: (sql: string) => void;
}

/** Folds by source time, made on demand, one at a time; the few asked for last are kept. One that is dropped is closed when its last reader has let go of it. */
export class SourceFolds {
  readonly #options: SourceFoldsOptions;
  readonly #kept = new Map<string, Promise<SourceFold>>();
  readonly #turn = new OneAtATime();

  constructor(options: SourceFoldsOptions) {
    this.#options = options;
  }

  /** What the sources had recorded by `instant`, of the events up to `last`. */
  async at(instant: Instant, last: Position | undefined): Promise<{ readonly knowledge: Knowledge; readonly queries: Queries }> {
    const fold = await this.#fold(instant, last);
    const knowledge: Knowledge = { knownAt: { kind: "sourceRecordedAt", instant }, ordinal: ordinal(fold.ordinal), position: last, instant, provisional: true };
    return { knowledge, queries: queriesOf(new Reader(fold.database, this.#options.onStatement)) };
  }

  #fold(instant: Instant, last: Position | undefined): Promise<SourceFold> {
    const { store, ledgerId, filter } = this.#options;
    const key = `${last ?? ""}@${instant}`;
    const made = this.#kept.get(key) ?? this.#turn.run(() => foldBySource({ store, ledgerId, filter, last, instant }));
    this.#kept.delete(key);
    this.#kept.set(key, made);
    made.catch(() => this.#kept.delete(key));
    for (const oldest of [...this.#kept.keys()].slice(0, -KEPT)) this.#kept.delete(oldest);
    return made;
  }
}
