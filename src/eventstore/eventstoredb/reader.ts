import type { StreamName } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import type { Position } from "../../kernel/brand.js";
import { MAX_PAGE_EVENTS, type EventFilter, type ReadAllOptions, type ReadAllResult, type ReadStreamOptions, type ReadStreamResult, type StoredEvent } from "../port.js";
import type { Connection } from "./connection.js";
import { failureOf, StoreFailure } from "./failure.js";
import type { Limits } from "./limits.js";
import { pause } from "./pause.js";
import { comparePlaces, later, parsePlace, positionOf, type Place } from "./place.js";
import type { streams } from "./protocol.js";
import { isFilteredHere, passes, readAllRequest, readStreamRequest, type ReadMessage } from "./read-message.js";

/** Messages that wait here at most while a page is read. */
const MOST_WAITING = 2_000;
/** Events that one page looks at where types are looked for within streams, which the server cannot do. */
const SEARCH_EVENTS = 5_000;
/** Attempts of a read before the caller is told: the second heals a connection that was lost unnoticed. */
const ATTEMPTS = 3;

type EventMessage = ReadMessage & { readonly kind: "event" };

/** Reading in pages. */
export class Reader {
  readonly #connection: Connection;
  readonly #limits: Limits;

  constructor(connection: Connection, limits: Limits) {
    this.#connection = connection;
    this.#limits = limits;
  }

  /** Rejects with RangeError for a limit out of bounds, StoreFailure. */
  async readStream(stream: StreamName, { direction, from, limit }: ReadStreamOptions): Promise<ReadStreamResult> {
    requireLimit(limit);
    const found = await this.#streamEvents(readStreamRequest({ stream, direction, from, count: limit + 1 }));
    if (found === undefined) return { kind: "stream-not-found" };
    return { kind: "events", events: found.slice(0, limit), isEnd: found.length <= limit };
  }

  /** Rejects with RangeError for a limit out of bounds, LedgerError UNKNOWN_POSITION, StoreFailure. */
  async readAll({ direction, from, limit, filter }: ReadAllOptions): Promise<ReadAllResult & { readonly kind: "events" }> {
    requireLimit(limit);
    const place = from === undefined ? undefined : requirePlace(from);
    try {
      return await (direction === "forwards" ? this.#forwards(place, limit, filter) : this.#backwards(place, limit, filter));
    } catch (error) {
      if (error instanceof StoreFailure && error.isUnknownPosition && from !== undefined) throw unknownPosition(from);
      throw error;
    }
  }

  /** Place of the last event that is not the server's own, or undefined. Rejects with StoreFailure. */
  async end(): Promise<Place | undefined> {
    const found = await this.#attempts(readAllRequest({ direction: "backwards", from: undefined, count: 1, filter: undefined }), this.#collect(1, () => true));
    return found.events.at(-1)?.place;
  }

  /** Rejects with StoreFailure. */
  async lastRevision(stream: StreamName): Promise<number | "no-stream"> {
    const found = await this.#streamEvents(readStreamRequest({ stream, direction: "backwards", from: undefined, count: 1 }));
    return found?.[0]?.revision ?? "no-stream";
  }

  /** The events of a stream from a revision on, as far as they are there. Rejects with StoreFailure. */
  async range(stream: StreamName, from: number, count: number): Promise<readonly StoredEvent[]> {
    return (await this.#streamEvents(readStreamRequest({ stream, direction: "forwards", from, count }))) ?? [];
  }

  async #forwards(from: Place | undefined, limit: number, filter: EventFilter | undefined): Promise<ReadAllResult & { readonly kind: "events" }> {
    // Asked before the events are: everything up to there has been looked at when there are no more of them.
    const end = await this.end();
    if (end === undefined || (from !== undefined && comparePlaces(end, from) <= 0)) return page([], from, true);
    // The event at `from` comes too.
    const count = searched(limit, filter) + (from === undefined ? 0 : 1);
    const isAfter = ({ place }: EventMessage): boolean => from === undefined || comparePlaces(place, from) > 0;
    const { events, seen, last } = await this.#attempts(readAllRequest({ direction: "forwards", from, count, filter }), this.#collect(limit, (message) => isAfter(message) && passes(filter, message.event)));
    const lastKept = events.at(-1)?.place;
    if (events.length === limit && lastKept !== undefined) return page(events, lastKept, comparePlaces(lastKept, end) >= 0);
    return seen < count ? page(events, later(later(end, last), from), true) : page(events, later(last, from), false);
  }

  async #backwards(from: Place | undefined, limit: number, filter: EventFilter | undefined): Promise<ReadAllResult & { readonly kind: "events" }> {
    const count = searched(limit, filter);
    const isBefore = ({ place }: EventMessage): boolean => from === undefined || comparePlaces(place, from) < 0;
    const { events, seen, last } = await this.#attempts(readAllRequest({ direction: "backwards", from, count, filter }), this.#collect(limit, (message) => isBefore(message) && passes(filter, message.event)));
    const lastKept = events.at(-1)?.place;
    return events.length === limit ? page(events, lastKept, false) : page(events, last ?? from, seen < count);
  }

  async #streamEvents(request: streams.ReadReq): Promise<readonly StoredEvent[] | undefined> {
    const { events, isStreamFound } = await this.#attempts(request, this.#collect(Infinity, () => true));
    return isStreamFound ? events.map(({ event }) => event) : undefined;
  }

  #collect(limit: number, keep: (message: EventMessage) => boolean): () => Collected {
    return () => new Collected(limit, keep);
  }

  async #attempts(request: streams.ReadReq, collected: () => Collected): Promise<Collected> {
    for (let attempt = 1; ; attempt++) {
      try {
        const found = collected();
        await this.#read(request, found);
        this.#connection.noteAnswer();
        return found;
      } catch (error) {
        const failure = failureOf(error);
        if (!failure.isTransient) throw failure;
        if (failure.isTimeout || attempt === ATTEMPTS || !this.#connection.isThere) {
          this.#connection.lost();
          throw failure;
        }
        await pause(this.#limits.firstDelayMs * attempt);
      }
    }
  }

  async #read(request: streams.ReadReq, found: Collected): Promise<void> {
    const source = await this.#connection.read(request, { most: MOST_WAITING, requiresLeader: true });
    try {
      for (;;) {
        for (const message of source.take(MOST_WAITING)) found.take(message);
        if (source.isOver || found.isEnough) return;
        if (!(await source.arrives(this.#connection.patience(this.#limits.readMs)))) throw new StoreFailure("it stopped in the middle of an answer", { isTimeout: true });
      }
    } catch (error) {
      const failure = failureOf(error);
      this.#connection.noteFailure(source, failure);
      throw failure;
    } finally {
      if (!source.isOver) source.cancel();
    }
  }
}

/** What a read has brought. */
class Collected {
  readonly #limit: number;
  readonly #keep: (message: EventMessage) => boolean;
  readonly events: EventMessage[] = [];
  /** Events that the server sent, kept or not. */
  seen = 0;
  last: Place | undefined;
  isStreamFound = true;

  constructor(limit: number, keep: (message: EventMessage) => boolean) {
    this.#limit = limit;
    this.#keep = keep;
  }

  get isEnough(): boolean {
    return this.events.length >= this.#limit;
  }

  take(message: ReadMessage): void {
    if (message.kind === "stream-not-found") this.isStreamFound = false;
    if (message.kind !== "event" || this.isEnough) return;
    this.seen += 1;
    this.last = message.place;
    if (this.#keep(message)) this.events.push(message);
  }
}

function searched(limit: number, filter: EventFilter | undefined): number {
  return isFilteredHere(filter) ? Math.max(limit, SEARCH_EVENTS) : limit;
}

function page(events: readonly EventMessage[], next: Place | undefined, isEnd: boolean): ReadAllResult & { readonly kind: "events" } {
  return { kind: "events", events: events.map(({ event }) => event), next: next === undefined ? undefined : positionOf(next), isEnd };
}

function requireLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE_EVENTS) throw new RangeError(`a page has 1 to ${MAX_PAGE_EVENTS} events, not ${limit}`);
}

/** Throws LedgerError UNKNOWN_POSITION. */
export function requirePlace(position: Position): Place {
  const place = parsePlace(position);
  if (place === undefined) throw unknownPosition(position);
  return place;
}

export function unknownPosition(position: Position): LedgerError {
  const message = `${JSON.stringify(position)} is not a position of this ledger's store; use one that an earlier answer gave`;
  return new LedgerError({ code: "UNKNOWN_POSITION", params: { position }, message });
}
