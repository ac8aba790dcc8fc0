import type { EventId, StreamName } from "../../kernel/brand.js";
import { MAX_APPEND_EVENTS, type AppendResult, type EventToAppend, type ExpectedRevision, type StoreUnavailable } from "../port.js";
import type { StoreObserver } from "../observer.js";
import type { AppendAnswer, ExactAppend } from "./append-message.js";
import type { Connection } from "./connection.js";
import { failureOf, type StoreFailure } from "./failure.js";
import { Delays, type Limits } from "./limits.js";
import { pause } from "./pause.js";
import { BEFORE_ALL, comparePlaces, parsePlace, positionOf, type Place } from "./place.js";
import type { Reader } from "./reader.js";
import { TimeLimit } from "./time-limit.js";

/** What an append has gone through so far. */
interface Attempts {
  /** Over when the caller has got an answer, whatever it is. */
  readonly limit: TimeLimit;
  /** How far the store was known to reach before the first attempt: what lies there or before is older than this append. */
  readonly before: Place;
}

export interface AppenderParts {
  readonly connection: Connection;
  readonly reader: Reader;
  readonly limits: Limits;
  readonly observer: StoreObserver;
}

/**
 * Appends, and repeats what was not answered: with the same ids at the same exact place, so that nothing is stored twice. What an append to any revision
 * promises, the server promises only for exact ones; it is made one.
 */
export class Appender {
  readonly #connection: Connection;
  readonly #reader: Reader;
  readonly #limits: Limits;
  readonly #observer: StoreObserver;

  constructor({ connection, reader, limits, observer }: AppenderParts) {
    this.#connection = connection;
    this.#reader = reader;
    this.#limits = limits;
    this.#observer = observer;
  }

  /** Throws RangeError for a number of events out of bounds; rejects with nothing else. */
  async append(stream: StreamName, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<AppendResult> {
    if (events.length < 1 || events.length > MAX_APPEND_EVENTS) throw new RangeError(`an append has 1 to ${MAX_APPEND_EVENTS} events, not ${events.length}`);
    const tooLarge = this.#tooLarge(events);
    if (tooLarge !== undefined) return tooLarge;
    const limit = new TimeLimit(this.#limits.appendMs);
    try {
      const before = this.#connection.furthest ?? (await limit.race(this.#findEnd()));
      return await limit.race(this.#appendAt(stream, expected, { events, attempts: { limit, before } }));
    } catch (error) {
      const failure = failureOf(error);
      if (failure.isTransient) this.#connection.lost();
      return unavailable(failure);
    } finally {
      limit.stop();
    }
  }


  async #appendAt(stream: StreamName, expected: ExpectedRevision, { events, attempts }: { readonly events: readonly EventToAppend[]; readonly attempts: Attempts }): Promise<AppendResult> {
    switch (expected.kind) {
      case "exact":
        return this.#exactly({ stream, after: expected.revision, events }, attempts);
      case "no-stream":
        return this.#exactly({ stream, after: "no-stream", events }, attempts);
      case "stream-exists":
      case "any":
        for (;;) {
          const after = await this.#reader.lastRevision(stream);
          if (after === "no-stream" && expected.kind === "stream-exists") return { kind: "wrong-expected-revision", actual: after };
          const result = await this.#exactly({ stream, after, events }, attempts);
          if (result.kind !== "wrong-expected-revision") return result;
          attempts.limit.check();
        }
    }
  }

  async #exactly(append: ExactAppend, attempts: Attempts): Promise<AppendResult> {
    const delays = new Delays(this.#limits);
    for (let isRepeated = false; ; isRepeated = true) {
      try {
        return await this.#understood(append, await this.#connection.append(append), { before: attempts.before, isRepeated });
      } catch (error) {
        const failure = failureOf(error);
        // While the store is known to be away, callers get their answer at once.
        if (!failure.isTransient || !this.#connection.isThere) throw failure;
        this.#observer.appendRetried();
        await pause(delays.next());
        attempts.limit.check();
      }
    }
  }

  async #understood(append: ExactAppend, answer: AppendAnswer, { before, isRepeated }: { readonly before: Place; readonly isRepeated: boolean }): Promise<AppendResult> {
    this.#connection.noteAnswer();
    switch (answer.kind) {
      case "too-large":
        return { kind: "event-too-large", ...largest(append.events), limitBytes: answer.limitBytes };
      case "conflict": {
        // An attempt whose answer was lost may have been the one that got there.
        const place = isRepeated ? await this.#placeOf(append) : undefined;
        if (place !== undefined) return this.#appended(append, place, before);
        return { kind: "wrong-expected-revision", actual: answer.actual ?? (await this.#reader.lastRevision(append.stream)) };
      }
      case "stored": {
        const isNew = answer.place !== undefined && answer.revision === lastRevisionOf(append) && comparePlaces(answer.place, before) > 0;
        // The first result of an append that is repeated is where its events lie, not what the server says of it.
        const place = isNew ? answer.place : await this.#placeOf(append);
        if (place === undefined) return { kind: "wrong-expected-revision", actual: await this.#reader.lastRevision(append.stream) };
        return this.#appended(append, place, before);
      }
    }
  }

  #appended(append: ExactAppend, place: Place, before: Place): AppendResult {
    this.#connection.saw(place);
    return { kind: "appended", revision: lastRevisionOf(append), position: positionOf(place), repeated: comparePlaces(place, before) <= 0 };
  }

  /** Where the last of the events lies, if all of them lie where the append would have put them. */
  async #placeOf(append: ExactAppend): Promise<Place | undefined> {
    const stored = await this.#reader.range(append.stream, firstRevisionOf(append), append.events.length);
    const last = stored.at(-1);
    const isThere = stored.length === append.events.length && stored.every(({ id, revision }, index) => id === append.events[index]?.id && revision === firstRevisionOf(append) + index);
    return isThere && last !== undefined ? parsePlace(last.position) : undefined;
  }

  /** Asked before the first append of a process, and after one whose end nobody knows; otherwise everything that is seen tells. */
  async #findEnd(): Promise<Place> {
    const end = (await this.#reader.end()) ?? BEFORE_ALL;
    this.#connection.saw(end);
    return end;
  }

  #tooLarge(events: readonly EventToAppend[]): AppendResult | undefined {
    const limitBytes = this.#limits.eventSizeLimitBytes;
    const large = events.find((event) => sizeOf(event) > limitBytes);
    return large === undefined ? undefined : { kind: "event-too-large", eventId: large.id, sizeBytes: sizeOf(large), limitBytes };
  }
}

export function unavailable({ message }: StoreFailure): StoreUnavailable {
  return { kind: "store-unavailable", reason: message };
}

function firstRevisionOf({ after }: ExactAppend): number {
  return after === "no-stream" ? 0 : after + 1;
}
function lastRevisionOf(append: ExactAppend): number {
  return firstRevisionOf(append) + append.events.length - 1;
}

function sizeOf({ data, metadata }: EventToAppend): number {
  return Buffer.byteLength(data) + Buffer.byteLength(metadata);
}
function largest(events: readonly EventToAppend[]): { readonly eventId: EventId; readonly sizeBytes: number } {
  const [first, ...rest] = events;
  if (first === undefined) throw new TypeError("an append has events");
  const { id, data, metadata } = rest.reduce((large, event) => (sizeOf(event) > sizeOf(large) ? event : large), first);
  return { eventId: id, sizeBytes: sizeOf({ id, data, metadata, type: "" }) };
}
