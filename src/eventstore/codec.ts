import { isActorId, isCommandId, isImportId, isInstant } from "../kernel/brand.js";
import type { EventMetadata } from "../kernel/event.js";
import { canonicalJson, isJsonObject, parseJson, type JsonObject } from "../kernel/json.js";

/** Stored metadata: `$correlationId` and `$causationId` are the store's own names; no other name begins with `$`. */
export function encodeMetadata(meta: EventMetadata): string {
  const { correlationId, causationId, ...rest } = meta;
  return canonicalJson({ ...rest, $correlationId: correlationId, $causationId: causationId });
}

export type DecodedMetadata = { readonly kind: "understood"; readonly metadata: EventMetadata } | { readonly kind: "not-understood"; readonly detail: string };

/** Never throws: metadata that others wrote into our streams must stop nothing. */
export function decodeMetadata(text: string): DecodedMetadata {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    return unreadable("the metadata are not JSON");
  }
  return isJsonObject(value) ? fromObject(value) : unreadable("the metadata are not an object");
}

function fromObject(value: JsonObject): DecodedMetadata {
  const { actor, commandId, commandDigest, recordedAt, schemaVersion, sourceRecordedAt, importId, $correlationId, $causationId } = value;
  if (!isCount(schemaVersion)) return unreadable("the metadata lack a schema version");
  if (!isInstant(recordedAt)) return unreadable("the metadata lack a recorded time");
  if (!isJsonObject(actor) || !isActorId(actor["id"]) || typeof actor["verified"] !== "boolean") return unreadable("the metadata lack an actor");
  if (!isCommandId(commandId) || typeof commandDigest !== "string") return unreadable("the metadata lack a command");
  if (typeof $correlationId !== "string" || typeof $causationId !== "string") return unreadable("the metadata lack correlation and causation");
  if (sourceRecordedAt !== undefined && !isInstant(sourceRecordedAt)) return unreadable("the source's recorded time is no instant");
  if (importId !== undefined && !isImportId(importId)) return unreadable("the import id is malformed");
  const metadata = {
    schemaVersion,
    actor: { id: actor["id"], verified: actor["verified"] },
    commandId,
    commandDigest,
    correlationId: $correlationId,
    causationId: $causationId,
    recordedAt,
    ...(sourceRecordedAt !== undefined && { sourceRecordedAt }),
    ...(importId !== undefined && { importId }),
  };
  return { kind: "understood", metadata };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1;
}
function unreadable(detail: string): DecodedMetadata {
  return { kind: "not-understood", detail };
}
