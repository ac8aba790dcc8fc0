import { shared, streams } from "../../../src/eventstore/eventstoredb/protocol.js";
import type { Expected, LoggedEvent, Message, Outcome } from "./memory-log.js";

export type Filter = (event: LoggedEvent) => boolean;

const DEADLINE_EXCEEDED = 4;
const PERMISSION_DENIED = 7;
const FAILED_PRECONDITION = 9;

/** An event is prepared before it is committed: the halves of a position differ, so that mixing them up does not go unseen. */
function preparedAt(commit: bigint): bigint {
  return commit - 8n;
}

export function textOf(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString("utf8");
}

export function messageOf(proposed: streams.BatchAppendReq.ProposedMessage | streams.AppendReq.ProposedMessage | undefined): Message {
  return {
    id: proposed?.getId()?.getString() ?? "",
    type: proposed?.getMetadataMap().get("type") ?? "",
    contentType: proposed?.getMetadataMap().get("content-type") ?? "",
    data: proposed?.getData_asU8() ?? new Uint8Array(),
    metadata: proposed?.getCustomMetadata_asU8() ?? new Uint8Array(),
  };
}

export function expectedOf(options: streams.BatchAppendReq.Options | streams.AppendReq.Options): Expected {
  if (options.hasNoStream()) return "no-stream";
  if (options.hasStreamExists()) return "stream-exists";
  if (options.hasAny()) return "any";
  return Number(options instanceof streams.AppendReq.Options ? options.getRevision() : options.getStreamPosition());
}

/** The id as two halves: servers use this form where they are not asked for text. */
export function structured(id: string): shared.UUID {
  const bits = BigInt(`0x${id.replaceAll("-", "")}`);
  const halves = new shared.UUID.Structured().setMostSignificantBits(String(BigInt.asIntN(64, bits >> 64n))).setLeastSignificantBits(String(BigInt.asIntN(64, bits)));
  return new shared.UUID().setStructured(halves);
}

/** An answer names the append and the stream that it is about. */
export function batchAnswer(correlationId: string, stream: string, { expected, outcome }: { readonly expected: Expected; readonly outcome: Outcome }): streams.BatchAppendResp {
  const answer = outcome.kind === "stored" ? new streams.BatchAppendResp().setSuccess(batchSuccess(outcome)) : batchError(expected, outcome);
  return answer.setCorrelationId(structured(correlationId)).setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream)));
}
function batchSuccess({ revision, position }: Outcome & { readonly kind: "stored" }): streams.BatchAppendResp.Success {
  const success = new streams.BatchAppendResp.Success().setCurrentRevision(String(revision));
  if (position !== undefined) success.setPosition(new shared.AllStreamPosition().setCommitPosition(String(position)).setPreparePosition(String(preparedAt(position))));
  return success;
}
function batchError(expected: Expected, outcome: Exclude<Outcome, { readonly kind: "stored" }>): streams.BatchAppendResp {
  switch (outcome.kind) {
    case "conflict":
      return withError(FAILED_PRECONDITION, "WrongExpectedVersion", conflictBytes(expected, outcome.current));
    case "access-denied":
      return withError(PERMISSION_DENIED, "AccessDenied", []);
    case "too-late":
      return withError(DEADLINE_EXCEEDED, "Timeout", []);
  }
}

/** `current_no_stream = 2`, `expected_any = 4`, `expected_stream_exists = 5`, `expected_no_stream = 6`: empty messages, written out for the same reason as below. */
function conflictBytes(expected: Expected, current: number | undefined): number[] {
  const known = new shared.WrongExpectedVersion();
  if (current !== undefined) known.setCurrentStreamRevision(String(current));
  if (typeof expected === "number") known.setExpectedStreamPosition(String(expected));
  const empty = { any: 4, "stream-exists": 5, "no-stream": 6 };
  return [...known.serializeBinary(), ...(current === undefined ? field(2, []) : []), ...(typeof expected === "number" ? [] : field(empty[expected], []))];
}

/** `error = 2: Status { code = 1, details = 3: Any { type_url = 1, value = 2 } }`, written out: the class of Any belongs to a package that only the client has. */
function withError(code: number, type: string, value: Iterable<number>): streams.BatchAppendResp {
  const details = [...field(1, Buffer.from(`type.googleapis.com/event_store.client.${type}`)), ...field(2, value)];
  return streams.BatchAppendResp.deserializeBinary(Uint8Array.from(field(2, [0x08, code, ...field(3, details)])));
}
function field(number: number, bytes: Iterable<number>): number[] {
  const content = [...bytes];
  if (content.length > 127) throw new RangeError("longer than one byte can say");
  return [number * 8 + 2, content.length, ...content];
}

/** Undefined for what a call of its own is told by an error. */
export function callAnswer(expected: Expected, outcome: Outcome): streams.AppendResp | undefined {
  if (outcome.kind === "stored") {
    const success = new streams.AppendResp.Success().setCurrentRevision(String(outcome.revision));
    if (outcome.position !== undefined) success.setPosition(new streams.AppendResp.Position().setCommitPosition(String(outcome.position)).setPreparePosition(String(preparedAt(outcome.position))));
    return new streams.AppendResp().setSuccess(success);
  }
  if (outcome.kind !== "conflict") return undefined;
  const [conflict, empty] = [new streams.AppendResp.WrongExpectedVersion(), new shared.Empty()];
  if (outcome.current === undefined) conflict.setCurrentNoStream(empty);
  else conflict.setCurrentRevision(String(outcome.current));
  if (typeof expected === "number") conflict.setExpectedRevision(String(expected));
  else if (expected === "no-stream") conflict.setExpectedNoStream(empty);
  else if (expected === "stream-exists") conflict.setExpectedStreamExists(empty);
  else conflict.setExpectedAny(empty);
  return new streams.AppendResp().setWrongExpectedVersion(conflict);
}

/** Its id in the form that the reader asks for. */
export function eventResponse(event: LoggedEvent, options: streams.ReadReq.Options): streams.ReadResp {
  const id = options.getUuidOption()?.hasString() === true ? new shared.UUID().setString(event.id) : structured(event.id);
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(id).setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(event.stream)))
    .setStreamRevision(String(event.revision)).setCommitPosition(String(event.position)).setPreparePosition(String(preparedAt(event.position)))
    .setData(event.data).setCustomMetadata(event.metadata);
  recorded.getMetadataMap().set("type", event.type).set("content-type", event.contentType).set("created", "0");
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(event.position)));
}

export function checkpointResponse({ position }: LoggedEvent): streams.ReadResp {
  return new streams.ReadResp().setCheckpoint(new streams.ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(preparedAt(position))));
}

export function streamNotFound(stream: string): streams.ReadResp {
  const identifier = new shared.StreamIdentifier().setStreamName(Buffer.from(stream));
  return new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier));
}

export function filterOf(options: streams.ReadReq.Options): Filter {
  const filter = options.getFilter();
  const [ofStream, ofType] = [filter?.getStreamIdentifier(), filter?.getEventType()];
  const expression = ofStream ?? ofType;
  if (expression === undefined) return () => true;
  const text = ({ stream, type }: LoggedEvent): string => (ofStream === undefined ? type : stream);
  const [prefixes, regex] = [expression.getPrefixList(), expression.getRegex()];
  if (regex === "") return (event) => prefixes.some((prefix) => text(event).startsWith(prefix));
  const pattern = new RegExp(regex);
  return (event) => pattern.test(text(event));
}
