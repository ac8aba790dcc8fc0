import { parseJson } from "../../kernel/json.js";
import type { EventMetadata, Recorded } from "../../kernel/event.js";
import { parseStream } from "../../kernel/stream.js";
import { decodeEvent } from "../../domain/catalog.js";
import type { LedgerEvent } from "../../domain/record.js";
import { decodeMetadata } from "../../eventstore/codec.js";
import type { StoredEvent } from "../../eventstore/port.js";

/** Source of a `LedgerEvent`; without readable metadata it has its place and payload only. */
export type EventView = ReturnType<typeof placeView> & {
  readonly type: string;
  readonly data: unknown;
  readonly understood: boolean;
  readonly [ofMetadata: string]: unknown;
};

/** An event that this process just recorded. */
export function recordedEventView({ event, meta, ...place }: Recorded<LedgerEvent>): EventView {
  return { ...placeView(place), ...metadataView(meta), type: event.type, data: event.data, understood: true };
}

/** An event as it lies in the store, understood or not. */
export function storedEventView(stored: StoredEvent): EventView {
  const { type, data } = stored;
  const meta = decodeMetadata(stored.metadata);
  if (meta.kind === "not-understood") return { ...placeView(stored), type, data: jsonOrText(data), understood: false };
  const understood = decodeEvent(type, meta.metadata.schemaVersion, data).kind === "understood";
  return { ...placeView(stored), ...metadataView(meta.metadata), type, data: jsonOrText(data), understood };
}

function placeView({ id, stream, revision, position }: Pick<StoredEvent, "id" | "stream" | "revision" | "position">) {
  const parsed = parseStream(stream);
  return { id, stream, category: parsed?.category, subjectId: parsed?.id, revision, position };
}

function metadataView(meta: EventMetadata) {
  const { recordedAt, sourceRecordedAt, actor, commandId, correlationId, causationId, importId, schemaVersion } = meta;
  return { recordedAt, sourceRecordedAt, actor, commandId, correlationId, causationId, importId, schemaVersion };
}

/** Others may write into our streams what is no JSON; it is shown as the text it is. */
function jsonOrText(data: string): unknown {
  try {
    return parseJson(data);
  } catch {
    return data;
  }
}
