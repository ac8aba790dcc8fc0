import { EventStoreDBClient, jsonEvent, NO_STREAM, START, type AppendExpectedRevision, type JSONEventData, type ReadPosition } from "@eventstore/db-client";
import { isJsonObject, parseJson } from "../../src/kernel/json.js";
import { allAtOnce, type Append } from "../append-work.js";
import type { Reading, Side } from "./side.js";

/**
 * The client of the server's makers, used as they show it: an event's data and metadata are objects. It reads without a filter, for its `readAll` takes
 * none. One such client a process: all of them share one map of the answers that they wait for.
 */
export function clientSide(url: string): Side {
  const client = EventStoreDBClient.connectionString(url);
  return {
    appends: (byCaller) => {
      const ready = byCaller.map((own) => own.map(readied));
      return () => allAtOnce(ready, (append) => appendOne(client, append));
    },
    read: (reading) => readAll(client, reading),
  };
}

interface ReadiedAppend {
  readonly stream: string;
  readonly event: JSONEventData;
  readonly revision: bigint;
  readonly expectedRevision: AppendExpectedRevision;
}

function readied({ stream, revision, event: { id, type, data, metadata } }: Append): ReadiedAppend {
  const event = jsonEvent({ id, type, data: objectOf(data), metadata: objectOf(metadata) });
  return { stream, event, revision: BigInt(revision), expectedRevision: revision === 0 ? NO_STREAM : BigInt(revision - 1) };
}

function objectOf(text: string) {
  const value = parseJson(text);
  if (!isJsonObject(value)) throw new TypeError("an event of the bench is an object");
  return value;
}

async function appendOne(client: EventStoreDBClient, { stream, event, revision, expectedRevision }: ReadiedAppend): Promise<void> {
  const { nextExpectedRevision } = await client.appendToStream(stream, event, { expectedRevision });
  if (nextExpectedRevision !== revision) throw new Error(`${stream} is at ${nextExpectedRevision.toString()} instead of ${revision.toString()}`);
}

async function readAll(client: EventStoreDBClient, { streamPrefix, events, from }: Reading): Promise<void> {
  const reading = client.readAll({ fromPosition: placeOf(from) });
  let seen = 0;
  for await (const { event } of reading) {
    if (event?.streamId.startsWith(streamPrefix) === true) seen += 1;
    if (seen === events) break;
  }
  await reading.cancel();
  if (seen < events) throw new Error(`the server holds ${seen} events of the bench instead of ${events}`);
}

function placeOf(position: string | undefined): ReadPosition {
  if (position === undefined) return START;
  const [, commit, prepare] = /^C:(\d+)\/P:(\d+)$/.exec(position) ?? [];
  if (commit === undefined || prepare === undefined) throw new TypeError(`${position} is not a position`);
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}
