import type { CommandId, StreamName } from "../kernel/brand.js";
import type { Refusal } from "../kernel/errors.js";
import type { Recorded } from "../kernel/event.js";
import { decodeEvent } from "../domain/catalog.js";
import type { LedgerEvent } from "../domain/record.js";
import { decodeMetadata } from "../eventstore/codec.js";
import type { EventStore, StoredEvent } from "../eventstore/port.js";

const PAGE = 1000;

/** A whole stream, decoded. */
export interface StreamHistory {
  /** Revision of the last event, or `"none"`. */
  readonly revision: number | "none";
  readonly events: readonly Recorded<LedgerEvent>[];
}
export type LoadResult = { readonly kind: "loaded"; readonly history: StreamHistory } | { readonly kind: "refused"; readonly refusal: Refusal };

/** Loads a stream whole. A stream with an event that this release does not understand is refused: no command may be decided on half a history. */
export async function loadHistory(store: EventStore, stream: StreamName): Promise<LoadResult> {
  const events: Recorded<LedgerEvent>[] = [];
  for (;;) {
    const page = await store.readStream(stream, { direction: "forwards", from: events.length, limit: PAGE });
    if (page.kind === "stream-not-found") return { kind: "loaded", history: { revision: "none", events } };
    if (page.kind === "store-unavailable") return { kind: "refused", refusal: unavailable(page.reason) };
    for (const stored of page.events) {
      const decoded = decodeStored(stored);
      if ("refusal" in decoded) return { kind: "refused", refusal: decoded.refusal };
      events.push(decoded);
    }
    if (page.isEnd) return { kind: "loaded", history: { revision: events.length === 0 ? "none" : events.length - 1, events } };
  }
}

/** The events that a command led to earlier, in stream order; empty if it is new here. */
export function eventsOfCommand(history: StreamHistory, commandId: CommandId): readonly Recorded<LedgerEvent>[] {
  return history.events.filter((event) => event.meta.commandId === commandId);
}

/** The store could not be read: nothing was decided. */
export function unavailable(reason: string): Refusal {
  return { code: "STORE_UNAVAILABLE", params: { reason }, message: `the event store cannot take or answer it now (${reason}); nothing was stored, try again` };
}

/** The store did not say that it took the event. Across a network it may have: only sending the same command again tells. */
export function unconfirmed(reason: string): Refusal {
  return { code: "STORE_UNAVAILABLE", params: { reason }, message: `the event store has not confirmed it (${reason}); send it again with the same command id: it is recorded once, whether it was stored now or not` };
}

/** An event as this release understands it, or the refusal (STREAM_NOT_UNDERSTOOD) of one that it does not. */
export function decodeStored(stored: StoredEvent): Recorded<LedgerEvent> | { refusal: Refusal } {
  const { id, stream, revision, position } = stored;
  const meta = decodeMetadata(stored.metadata);
  if (meta.kind !== "understood") return { refusal: notUnderstood(stored, meta.detail) };
  const decoded = decodeEvent(stored.type, meta.metadata.schemaVersion, stored.data);
  if (decoded.kind === "not-understood") return { refusal: notUnderstood(stored, decoded.detail) };
  return { event: decoded.event, id, stream, revision, position, meta: meta.metadata };
}

function notUnderstood(stored: StoredEvent, detail: string): Refusal {
  return {
    code: "STREAM_NOT_UNDERSTOOD",
    params: { stream: stored.stream, revision: stored.revision, detail },
    message: `the stream ${stored.stream} holds an event at revision ${stored.revision} that this release does not understand (${detail}); use the release that wrote it, or a newer one`,
  };
}
