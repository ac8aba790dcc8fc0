import { randomUUID } from "node:crypto";
import type { MemoryLog, Message } from "./memory-log.js";

/** Events of one stream. */
const PER_STREAM = 50;
/** Data and metadata of one event together come to about 400 bytes. */
const DATA = Buffer.from(JSON.stringify({ at: 1_569_400_000_000, entryId: "entry", incidentId: "cloud-2019-09-25", text: { audience: "everyone", language: "it", text: "Avviata la verifica con il fornitore." } }));
const METADATA = Buffer.from(JSON.stringify({ actor: { id: "lead-body", verified: false }, commandDigest: "ab".repeat(32), commandId: "command", recordedAt: 1_569_400_000_000, schemaVersion: 1 }));

/** Fills a log without the wire, in streams whose names begin with `streamPrefix`. The events share their payload, so that a million of them fit. */
export function fill(log: MemoryLog, { events, streamPrefix }: { readonly events: number; readonly streamPrefix: string }): void {
  for (let from = 0; from < events; from += PER_STREAM) {
    const messages = Array.from({ length: Math.min(PER_STREAM, events - from) }, message);
    log.append(`${streamPrefix}incident-${from / PER_STREAM}`, "no-stream", messages);
  }
}

function message(): Message {
  return { id: randomUUID(), type: "ResponseRecorded", contentType: "application/json", data: DATA, metadata: METADATA };
}
