import type { StreamName } from "../../kernel/brand.js";
import type { EventToAppend } from "../port.js";
import { StoreFailure } from "./failure.js";
import { placeFrom, type Place } from "./place.js";
import { shared, streams } from "./protocol.js";
import { uuidOf } from "./uuid.js";

/** An append as the server gets it: always at an exact place, so that it can be repeated without storing anything twice. */
export interface ExactAppend {
  readonly stream: StreamName;
  readonly after: number | "no-stream";
  readonly events: readonly EventToAppend[];
}

/** What the server says to an append. Absent where it does not say: the place of the last event, the revision that the stream has. */
export type AppendAnswer =
  | { readonly kind: "stored"; readonly revision: number; readonly place: Place | undefined }
  | { readonly kind: "conflict"; readonly actual: number | "no-stream" | undefined }
  | { readonly kind: "too-large"; readonly limitBytes: number };

const UTF8 = new TextEncoder();
/** Content type that makes the server and its tools show the payload. */
const JSON_TYPE = "application/json";
/** Most bytes of events in one message: well below what gRPC takes. */
const MESSAGE_BYTES = 1024 * 1024;
/**
 * How long the server may take, in seconds. It gets an absolute time of this machine's clock; a day keeps clocks that differ from making it too short.
 * How long a caller waits is not decided here.
 */
const DEADLINE_S = 24 * 60 * 60;

/** The messages of one append within the stream of all appends. */
export function batchMessages({ stream, after, events }: ExactAppend, correlationId: string): readonly streams.BatchAppendReq[] {
  const options = batchOptions(after, Math.floor(Date.now() / 1000) + DEADLINE_S).setStreamIdentifier(identifier(stream));
  const messages = chunks(events).map((chunk) => {
    const message = new streams.BatchAppendReq();
    message.setCorrelationId(uuidOf(correlationId));
    message.setProposedMessagesList(chunk.map((event) => proposed(new streams.BatchAppendReq.ProposedMessage(), event)));
    return message;
  });
  messages[0]?.setOptions(options);
  messages.at(-1)?.setIsFinal(true);
  return messages;
}

/** The messages of an append that is a call of its own. */
export function callMessages({ stream, after, events }: ExactAppend): readonly streams.AppendReq[] {
  const options = new streams.AppendReq.Options();
  options.setStreamIdentifier(identifier(stream));
  if (after === "no-stream") options.setNoStream(new shared.Empty());
  else options.setRevision(String(after));
  return [new streams.AppendReq().setOptions(options), ...events.map((event) => new streams.AppendReq().setProposedMessage(proposed(new streams.AppendReq.ProposedMessage(), event)))];
}

/** Throws StoreFailure for an answer that says that something went wrong. */
export function batchAnswer(response: streams.BatchAppendResp): AppendAnswer {
  const success = response.getSuccess();
  if (success !== undefined) return stored(success.getCurrentRevision(), success.getPosition());
  const error = response.getError();
  const details = error?.getDetails();
  // `type.googleapis.com/event_store.client.WrongExpectedVersion`
  const [, name = "no details"] = /([^./]+)$/.exec(details?.getTypeUrl() ?? "") ?? [];
  const bytes = details?.getValue_asU8() ?? new Uint8Array();
  if (name === "WrongExpectedVersion") {
    const conflict = shared.WrongExpectedVersion.deserializeBinary(bytes);
    return { kind: "conflict", actual: conflict.hasCurrentStreamRevision() ? Number(conflict.getCurrentStreamRevision()) : "no-stream" };
  }
  if (name === "MaximumAppendSizeExceeded") return { kind: "too-large", limitBytes: shared.MaximumAppendSizeExceeded.deserializeBinary(bytes).getMaxappendsize() };
  if (name === "AccessDenied") throw new StoreFailure("access to the stream was refused", { isTransient: false });
  if (name === "StreamDeleted") throw new StoreFailure("the stream was deleted in the event store", { isTransient: false });
  throw new StoreFailure(`it could not append: ${name} ${error?.getMessage() ?? ""}`.trimEnd());
}

export function callAnswer(response: streams.AppendResp): AppendAnswer {
  const success = response.getSuccess();
  if (success !== undefined) return stored(success.getCurrentRevision(), success.getPosition());
  const conflict = response.getWrongExpectedVersion();
  if (conflict === undefined) throw new StoreFailure("it did not say whether it appended");
  return { kind: "conflict", actual: conflict.hasCurrentRevision() ? Number(conflict.getCurrentRevision()) : "no-stream" };
}

/** The answer that an error carries, if it is one: servers say the same in the metadata of an error where the answer has no place for it. */
export function answerInError(error: unknown): AppendAnswer | undefined {
  if (!(error instanceof Error) || !("type" in error)) return undefined;
  if (error.type === "wrong-expected-version") {
    const actual = "actualState" in error ? error.actualState : "actualVersion" in error ? error.actualVersion : undefined;
    if (typeof actual === "bigint" || typeof actual === "number") return { kind: "conflict", actual: actual < 0 ? "no-stream" : Number(actual) };
    return { kind: "conflict", actual: actual === "no_stream" ? "no-stream" : undefined };
  }
  if (error.type !== "maximum-append-size-exceeded") return undefined;
  return { kind: "too-large", limitBytes: "maxAppendSize" in error && typeof error.maxAppendSize === "number" ? error.maxAppendSize : 0 };
}

type AllStreamPosition = { getCommitPosition(): string; getPreparePosition(): string };
function stored(revision: string, position: AllStreamPosition | undefined): AppendAnswer {
  const place = position === undefined ? undefined : placeFrom(position.getCommitPosition(), position.getPreparePosition());
  return { kind: "stored", revision: Number(revision), place };
}

type ProposedMessage = streams.BatchAppendReq.ProposedMessage | streams.AppendReq.ProposedMessage;
function proposed<Message extends ProposedMessage>(message: Message, { id, type, data, metadata }: EventToAppend): Message {
  message.setId(uuidOf(id));
  message.getMetadataMap().set("type", type).set("content-type", JSON_TYPE);
  message.setData(utf8(data));
  message.setCustomMetadata(utf8(metadata));
  return message;
}

function chunks(events: readonly EventToAppend[]): EventToAppend[][] {
  const made: EventToAppend[][] = [];
  let sizeBytes = Infinity;
  for (const event of events) {
    const eventBytes = Buffer.byteLength(event.data) + Buffer.byteLength(event.metadata);
    if (sizeBytes + eventBytes > MESSAGE_BYTES) {
      made.push([]);
      sizeBytes = 0;
    }
    made.at(-1)?.push(event);
    sizeBytes += eventBytes;
  }
  return made;
}

export function identifier(stream: StreamName): shared.StreamIdentifier {
  return new shared.StreamIdentifier().setStreamName(utf8(stream));
}

function utf8(text: string): Uint8Array {
  return UTF8.encode(text);
}

/**
 * The options of an append within the stream of all: field 3, `no_stream {}`, or 2, `stream_position`, and 6, `deadline { seconds = 1 }`. Two of them are
 * written out, for the classes of their messages belong to a package that only the client has.
 */
function batchOptions(after: number | "no-stream", deadlineEpochS: number): streams.BatchAppendReq.Options {
  const seconds: number[] = [];
  for (let rest = deadlineEpochS; rest > 0; rest = Math.floor(rest / 128)) seconds.push((rest % 128) + (rest >= 128 ? 128 : 0));
  const noStream = after === "no-stream" ? [0x1a, 0] : [];
  const options = streams.BatchAppendReq.Options.deserializeBinary(Uint8Array.from([...noStream, 0x32, seconds.length + 1, 0x08, ...seconds]));
  return after === "no-stream" ? options : options.setStreamPosition(String(after));
}
