import { instant, ordinal, position, type EventId, type Instant, type Position } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import type { EventFilter, EventStore } from "../eventstore/port.js";
import type { Progress } from "./file.js";
import type { KnownAt, Knowledge } from "./knowledge.js";
import type { Reader } from "./reader.js";
import { behind, unknownPosition } from "./waiting.js";

/** An instant younger than this may still be joined by an event with the same recorded time. */
const SETTLED_MS = 60_000;

export interface Resolving {
  readonly reader: Reader;
  readonly store: EventStore;
  readonly progress: Progress;
  /** The last position taken, or passed over because its event is another ledger's. */
  readonly reached: Position | undefined;
  readonly now: Instant;
}

type Resolvable = Exclude<KnownAt, { kind: "sourceRecordedAt" | "event" }>;

/** What was known when. Rejects with LedgerError UNKNOWN_POSITION, READ_MODEL_BEHIND or STORE_UNAVAILABLE. */
export async function resolveKnownAt(knownAt: Resolvable, resolving: Resolving): Promise<Knowledge> {
  const { progress, now } = resolving;
  switch (knownAt.kind) {
    case "now":
      return { knownAt, ordinal: ordinal(progress.ordinal), position: progress.position, instant: now, provisional: true };
    case "position": {
      await mustBeTaken(knownAt.position, resolving);
      const found = lastPlace(resolving, (place) => compared(resolving.store, place.position, knownAt.position) <= 0);
      return { knownAt, ordinal: ordinal(found?.ordinal ?? 0), position: found?.position, instant: found?.recordedMax ?? now, provisional: false };
    }
    case "recordedAt": {
      const found = lastPlace(resolving, (place) => (place.recordedMax ?? -Infinity) <= knownAt.instant);
      const provisional = knownAt.instant > now - SETTLED_MS;
      return { knownAt, ordinal: ordinal(found?.ordinal ?? 0), position: found?.position, instant: knownAt.instant, provisional };
    }
  }
}

/**
 * Id of the event at a position that was taken here, which the store is asked for: the read models keep only where an event stands. Undefined before the
 * first. Rejects with LedgerError UNKNOWN_POSITION or STORE_UNAVAILABLE.
 */
export async function eventIdAt(asked: Position, filter: EventFilter, resolving: Omit<Resolving, "now" | "reached">): Promise<EventId | undefined> {
  const { reader, store } = resolving;
  const found = lastPlace(resolving, (place) => compared(store, place.position, asked) <= 0);
  if (found === undefined) return undefined;
  const before = found.ordinal > 1 ? placeAt(reader, found.ordinal - 1).position : undefined;
  const page = await store.readAll({ direction: "forwards", limit: 1, filter, ...(before !== undefined && { from: before }) });
  if (page.kind === "store-unavailable") throw new LedgerError(unavailable(page.reason));
  return page.events[0]?.id;
}

interface Place {
  readonly ordinal: number;
  readonly position: Position;
  readonly recordedMax: Instant | undefined;
}

/** The last event for which `holds`, which holds for all before it: a binary search over the dense ordinals. */
function lastPlace({ reader, progress }: Pick<Resolving, "reader" | "progress">, holds: (place: Place) => boolean): Place | undefined {
  let [low, high] = [0, progress.ordinal];
  let last: Place | undefined;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const place = placeAt(reader, middle);
    if (holds(place)) [low, last] = [middle, place];
    else high = middle - 1;
  }
  return last;
}

/** Where the event of an ordinal that was taken stands. */
export function positionAt(reader: Reader, at: number): Position {
  return placeAt(reader, at).position;
}

function placeAt(reader: Reader, at: number): Place {
  const [row] = reader.all("SELECT position, recorded_max FROM ordinals WHERE ordinal = :ordinal", { ordinal: at });
  const { position: stored, recorded_max: recordedMax } = row ?? {};
  if (typeof stored !== "string") throw new TypeError(`the read models lack the event of ordinal ${at}; they can be rebuilt`);
  return { ordinal: at, position: position(stored), recordedMax: typeof recordedMax === "number" ? instant(recordedMax) : undefined };
}

function compared(store: EventStore, a: Position, b: Position): number {
  const difference = store.comparePositions(a, b);
  if (difference === undefined) throw new LedgerError(unknownPosition(b));
  return difference;
}

/** A position beyond what was taken here is behind if the store has it, and unknown if not. */
async function mustBeTaken(asked: Position, { store, reached }: Resolving): Promise<void> {
  if (compared(store, asked, asked) !== 0) throw new LedgerError(unknownPosition(asked));
  if (reached !== undefined && compared(store, asked, reached) <= 0) return;
  const last = await store.lastPosition();
  if (last.kind === "store-unavailable") throw new LedgerError(unavailable(last.reason));
  const exists = last.position !== undefined && compared(store, asked, last.position) <= 0;
  throw new LedgerError(exists ? behind(asked, reached) : unknownPosition(asked));
}

export function unavailable(reason: string) {
  return { code: "STORE_UNAVAILABLE" as const, params: { reason }, message: `the event store does not answer (${reason}); try again` };
}
