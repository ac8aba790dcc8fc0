import { decodeEvent } from "../domain/catalog.js";
import type { LedgerEvent } from "../domain/record.js";
import { decodeMetadata } from "../eventstore/codec.js";
import type { StoredEvent } from "../eventstore/port.js";
import type { Instant } from "../kernel/brand.js";
import type { Recorded } from "../kernel/event.js";
import type { NotUnderstood } from "./known-ledger.js";

export type DecodedEvent =
  | { readonly kind: "understood"; readonly recorded: Recorded<LedgerEvent> }
  /** `recordedAt` where at least the metadata could be read. */
  | { readonly kind: "not-understood"; readonly what: NotUnderstood; readonly recordedAt: Instant | undefined };

/** A stored event as this release understands it, or why it does not. Never throws. */
export function decodeStored(stored: StoredEvent): DecodedEvent {
  const { id, type, stream, revision, position } = stored;
  const meta = decodeMetadata(stored.metadata);
  if (meta.kind !== "understood") {
    return { kind: "not-understood", recordedAt: undefined, what: { stream, position, type, schemaVersion: undefined, reason: "malformed", detail: `metadata: ${meta.detail}` } };
  }
  const { metadata } = meta;
  const decoded = decodeEvent(type, metadata.schemaVersion, stored.data);
  if (decoded.kind === "not-understood") {
    const { reason, detail } = decoded;
    return { kind: "not-understood", recordedAt: metadata.recordedAt, what: { stream, position, type, schemaVersion: metadata.schemaVersion, reason, detail } };
  }
  return { kind: "understood", recorded: { event: decoded.event, id, stream, revision, position, meta: metadata } };
}
