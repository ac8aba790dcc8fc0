import type { EventToAppend, ExpectedRevision } from "../src/eventstore/port.js";
import { streamName, type StreamName } from "../src/kernel/brand.js";
import { canonicalJson } from "../src/kernel/json.js";
import { newEventId } from "../src/kernel/uuid.js";

/** Data and metadata of one event together come to about 400 bytes. */
const DATA = canonicalJson({ incidentId: "cloud-2019-09-25", entryId: "entry", at: 1_569_400_000_000, text: { language: "it", audience: "everyone", text: "Avviata la verifica con il fornitore. " } });
const METADATA = canonicalJson({ schemaVersion: 1, actor: { id: "lead-body", verified: false }, commandId: "command", commandDigest: "ab".repeat(32), recordedAt: 1_569_400_000_000 });

/** An append of one event, and where it goes. */
export interface Append {
  readonly stream: StreamName;
  readonly revision: number;
  readonly event: EventToAppend;
}

/** For each of `streams` new streams its `perStream` appends, in their order. */
export function appendsByStream(streams: number, perStream: number, prefix = "il.bench."): readonly (readonly Append[])[] {
  const round = newEventId();
  return Array.from({ length: streams }, (_, n) => {
    const stream = streamName(`${prefix}incident-${round}-${n}`);
    return Array.from({ length: perStream }, (_each, revision) => ({ stream, revision, event: benchEvent() }));
  });
}

export function benchEvent(): EventToAppend {
  return { id: newEventId(), type: "ResponseRecorded", data: DATA, metadata: METADATA };
}

export function expectation(revision: number): ExpectedRevision {
  return revision === 0 ? { kind: "no-stream" } : { kind: "exact", revision: revision - 1 };
}

/** Each of `callers` awaits its own appends, one after another. */
export async function allAtOnce<Each>(byCaller: readonly (readonly Each[])[], append: (each: Each) => Promise<void>): Promise<void> {
  await Promise.all(
    byCaller.map(async (own) => {
      for (const each of own) await append(each);
    }),
  );
}
