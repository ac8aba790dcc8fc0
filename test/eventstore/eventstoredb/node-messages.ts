import { shared, streams } from "../../../src/eventstore/eventstoredb/protocol.js";
import type { Expected, LoggedEvent, Message, Outcome } from "./memory-log.js";

export type Filter = (event: LoggedEvent) => boolean;

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

export function expectedOf(options: streams.BatchAppendReq.Options): Expected {
  if (options.hasNoStream()) return "no-stream";
  if (options.hasStreamExists()) return "stream-exists";
  return options.hasAny() ? "any" : Number(options.getStreamPosition());
}

/** The id in the form that real servers use. */
export function structured(id: string): shared.UUID {
  const bits = BigInt(`0x${id.replaceAll("-", "")}`);
  const halves = new shared.UUID.Structured().setMostSignificantBits(String(BigInt.asIntN(64, bits >> 64n))).setLeastSignificantBits(String(BigInt.asIntN(64, bits)));
  return new shared.UUID().setStructured(halves);
}

export function batchAnswer(correlationId: shared.UUID | undefined, outcome: Outcome): streams.BatchAppendResp {
  const id = structured(correlationId?.getString() ?? "");
  if (outcome.kind === "stored") {
    const success = new streams.BatchAppendResp.Success().setCurrentRevision(String(outcome.revision));
    if (outcome.position !== undefined) success.setPosition(new shared.AllStreamPosition().setCommitPosition(String(outcome.position)).setPreparePosition(String(outcome.position)));
    return new streams.BatchAppendResp().setCorrelationId(id).setSuccess(success);
  }
  const conflict = new shared.WrongExpectedVersion();
  if (outcome.current !== undefined) conflict.setCurrentStreamRevision(String(outcome.current));
  return withError(id, "event_store.client.WrongExpectedVersion", conflict.serializeBinary());
}

/** `error = 2: Status { code = 1, details = 3: Any { type_url = 1, value = 2 } }`, written out: the class of Any belongs to a package that only the client has. */
function withError(id: shared.UUID, type: string, value: Uint8Array): streams.BatchAppendResp {
  const details = [...field(1, Buffer.from(`type.googleapis.com/${type}`)), ...field(2, value)];
  return streams.BatchAppendResp.deserializeBinary(Uint8Array.from(field(2, [0x08, 9, ...field(3, details)]))).setCorrelationId(id);
}
function field(number: number, bytes: Iterable<number>): number[] {
  const content = [...bytes];
  if (content.length > 127) throw new RangeError("longer than one byte can say");
  return [number * 8 + 2, content.length, ...content];
}

export function callAnswer(outcome: Outcome): streams.AppendResp {
  if (outcome.kind === "stored") {
    const success = new streams.AppendResp.Success().setCurrentRevision(String(outcome.revision));
    if (outcome.position !== undefined) success.setPosition(new streams.AppendResp.Position().setCommitPosition(String(outcome.position)).setPreparePosition(String(outcome.position)));
    return new streams.AppendResp().setSuccess(success);
  }
  const conflict = new streams.AppendResp.WrongExpectedVersion();
  if (outcome.current !== undefined) conflict.setCurrentRevision(String(outcome.current));
  return new streams.AppendResp().setWrongExpectedVersion(conflict);
}

export function eventResponse(event: LoggedEvent): streams.ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(structured(event.id)).setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(event.stream)))
    .setStreamRevision(String(event.revision)).setCommitPosition(String(event.position)).setPreparePosition(String(event.position))
    .setData(event.data).setCustomMetadata(event.metadata);
  recorded.getMetadataMap().set("type", event.type).set("content-type", event.contentType).set("created", "0");
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(event.position)));
}

export function checkpointResponse({ position }: LoggedEvent): streams.ReadResp {
  return new streams.ReadResp().setCheckpoint(new streams.ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)));
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
