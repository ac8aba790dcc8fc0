import type { CommandId, EventId, ImportId } from "../kernel/brand.js";
import type { Recorded } from "../kernel/event.js";
import type { Fact, LedgerEvent } from "../domain/record.js";
import { commandIdOf, digestOf } from "./names.js";

/** One record that an import made, as it stands now. */
export interface ImportedRecord {
  readonly eventId: EventId;
  readonly commandId: CommandId;
  /** What the import itself said last: later corrections by others are theirs. */
  readonly said: Fact;
  /** How often anyone has corrected it. */
  readonly corrections: number;
  readonly withdrawn: "no" | "by-import" | "by-others";
}
/** What one stream holds of one case of an import. */
export interface CaseRecords {
  /** In stream order. */
  readonly records: readonly ImportedRecord[];
  /** Latest version of the case that led to an event here; 0 before the first. */
  readonly version: number;
}

/** Ties together what one version of one case led to; read back by `recordsOfCase`. */
export function correlationOf(importId: ImportId, key: string, version: number): string {
  return `${prefixOf(importId, key)}${version}`;
}
function prefixOf(importId: ImportId, key: string): string {
  return `${importId}/${digestOf(key, 16)}#`;
}

/** The command that withdraws a record when its import is taken back. */
export function takeBackCommandId(importId: ImportId, eventId: EventId): CommandId {
  return commandIdOf(importId, "take back", eventId);
}

/** Whether something in the stream was withdrawn because the whole import was taken back. */
export function wasTakenBack(history: readonly Recorded<LedgerEvent>[], importId: ImportId): boolean {
  return history.some(({ event, meta }) => event.type === "RecordWithdrawn" && meta.importId === importId && meta.commandId === takeBackCommandId(importId, event.data.eventId));
}

/** What `history` holds of the case `key` of an import. */
export function recordsOfCase(history: readonly Recorded<LedgerEvent>[], importId: ImportId, key: string): CaseRecords {
  const prefix = prefixOf(importId, key);
  const records = new Map<EventId, ImportedRecord>();
  let version = 0;
  for (const { id, event, meta } of history) {
    const own = meta.importId === importId && meta.correlationId.startsWith(prefix);
    if (own) version = Math.max(version, Number(meta.correlationId.slice(prefix.length)));
    if (event.type === "RecordCorrected") {
      change(records, event.data.eventId, (old) => ({ ...old, corrections: old.corrections + 1, ...(own && { said: event.data.after }) }));
    } else if (event.type === "RecordWithdrawn") {
      change(records, event.data.eventId, (old) => ({ ...old, withdrawn: own ? "by-import" : "by-others" }));
    } else if (own) {
      records.set(id, { eventId: id, commandId: meta.commandId, said: event, corrections: 0, withdrawn: "no" });
    }
  }
  return { records: [...records.values()], version };
}

function change(records: Map<EventId, ImportedRecord>, id: EventId, how: (old: ImportedRecord) => ImportedRecord): void {
  const old = records.get(id);
  if (old !== undefined) records.set(id, how(old));
}
