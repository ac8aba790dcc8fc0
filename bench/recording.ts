import type { EventId, LedgerId, StreamName } from "../src/kernel/brand.js";
import { canonicalJson } from "../src/kernel/json.js";
import { streamOf } from "../src/kernel/stream.js";
import { newEventId } from "../src/kernel/uuid.js";
import { versionOf } from "../src/domain/catalog.js";
import type { LedgerEvent } from "../src/domain/record.js";
import type { EventToAppend } from "../src/eventstore/port.js";
import { subjectOfEvent } from "./subject.js";

/** An invented event and where it goes. */
export interface BenchEvent {
  readonly stream: StreamName;
  readonly revision: number;
  readonly append: EventToAppend;
}

/** An invented event and when it was recorded (ms). */
export interface Dated {
  readonly event: LedgerEvent;
  readonly at: number;
  readonly id: EventId;
}

/** Puts events behind one another, each into the stream of its subject. */
export function recording(ledger: LedgerId): (event: LedgerEvent, at: number, id?: EventId) => BenchEvent {
  const revisions = new Map<StreamName, number>();
  return (event, at, id = newEventId()) => {
    const { category, subject } = subjectOfEvent(event);
    const stream = streamOf(ledger, category, subject);
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    return { stream, revision, append: { id, type: event.type, data: canonicalJson(event.data), metadata: metadata(event, at, id) } };
  };
}

function metadata(event: LedgerEvent, at: number, id: EventId): string {
  return canonicalJson({
    actor: { id: "lead-body", verified: false }, commandId: `c-${id}`, commandDigest: "0".repeat(64), recordedAt: at, schemaVersion: versionOf(event.type),
    $correlationId: `c-${id}`, $causationId: `c-${id}`,
  });
}
