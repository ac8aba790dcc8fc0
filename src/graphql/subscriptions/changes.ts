import { setTimeout as pause } from "node:timers/promises";
import { position, type Position } from "../../kernel/brand.js";
import { LedgerError, RETRYABLE } from "../../kernel/errors.js";
import type { StoredEvent } from "../../eventstore/port.js";
import type { Context } from "../context.js";
import { isGiven, type Optional } from "../input/optional.js";
import { freshReading, type Reading } from "../reading.js";
import { Handover } from "./handover.js";

/** Events fetched at once: few, as each is handed on with what the read models know at it. */
const BATCH = 50;
const RETRY_MS = 100;

export interface ChangeOptions<Payload> {
  /** Only streams whose name begins so. */
  readonly streamPrefix: string;
  /** The position after which to begin; without it only what is recorded from now on is told. */
  readonly from: Optional<string>;
  /** What to tell about an event, as known right after it; undefined for nothing. */
  readonly tell: (event: StoredEvent, reading: Reading) => Payload | undefined;
}

/**
 * Events as they are recorded, each once and in order, told as the read models know them at that event: a subscription to the store whose handler
 * waits for the read models and then for the taker. Rejects with LedgerError UNKNOWN_POSITION for a `from` that is none.
 */
export async function changes<Payload>(context: Context, { streamPrefix, from, tell }: ChangeOptions<Payload>): Promise<AsyncIterableIterator<Payload, undefined>> {
  const { store } = context.services;
  const start = isGiven(from) ? await knownPosition(context, from) : "end";
  const handover = new Handover<Payload>(() => subscription.close());
  const subscription = store.subscribe({
    from: start,
    filter: { streamPrefix },
    batchSize: BATCH,
    onEvents: async (events) => {
      for (const event of events) {
        const reading = await readingAt(context, event.position, () => handover.ended);
        const payload = reading && tell(event, reading);
        if (payload !== undefined) await handover.offer(payload);
        if (handover.ended) return;
      }
    },
  });
  subscription.ended.catch((error: unknown) => handover.fail(error instanceof Error ? error : new Error(String(error))));
  return handover;
}

/** A position ahead of the store is refused too: what it was given for is gone (a backup was restored), and waiting for it would miss what comes before. */
export async function knownPosition({ services: { store } }: Context, from: string): Promise<Position> {
  const place = position(from);
  const last = await store.lastPosition();
  const end = last.kind === "position" ? last.position : place;
  const order = end === undefined ? 1 : store.comparePositions(place, end);
  if (order !== undefined && order <= 0) return place;
  throw new LedgerError({ code: "UNKNOWN_POSITION", field: "from", params: { from: from.slice(0, 100) }, message: `${JSON.stringify(from.slice(0, 100))} is no position of this ledger's store; give one that an earlier answer gave` });
}

/** The reading right after an event, however long the read models take; undefined when nobody wants it any more. */
export async function readingAt(context: Context, place: Position, isUnwanted: () => boolean): Promise<Reading | undefined> {
  while (!isUnwanted()) {
    try {
      await context.services.readModel.waitFor(place, RETRY_MS);
      return await freshReading(context, { knownAt: { kind: "position", position: place } });
    } catch (error) {
      if (!(error instanceof LedgerError && RETRYABLE.has(error.code))) throw error;
      if (error.code !== "READ_MODEL_BEHIND") await pause(RETRY_MS);
    }
  }
  return undefined;
}
