import { streamName, type StreamName } from "../../kernel/brand.js";
import type { EventFilter, StoredEvent } from "../port.js";
import { identifier } from "./append-message.js";
import { StoreFailure } from "./failure.js";
import { placeFrom, positionOf, type Place } from "./place.js";
import { shared, streams } from "./protocol.js";
import { eventIdOf } from "./uuid.js";

/** Most events that the server looks at before it answers, also when the filter lets none of them pass; a subscription then says how far it is. */
const SEARCH_WINDOW = 1000;
/** Types of the server's own events begin with `$`. */
const NOT_OF_SYSTEM = "^[^$]";

const { Options } = streams.ReadReq;
type Options = streams.ReadReq.Options;
type Direction = "forwards" | "backwards";

export interface StreamReading {
  readonly stream: StreamName;
  readonly direction: Direction;
  /** Inclusive; default the start, or the end when backwards. */
  readonly from: number | undefined;
  readonly count: number;
}
export interface AllReading {
  readonly direction: Direction;
  /** The server's own sense of it: the event there is part of what is read forwards, but not backwards. Default: the start, or the end when backwards. */
  readonly from: Place | undefined;
  readonly count: number;
  readonly filter: EventFilter | undefined;
}

export function readStreamRequest({ stream, direction, from, count }: StreamReading): streams.ReadReq {
  const of = new Options.StreamOptions().setStreamIdentifier(identifier(stream));
  if (from !== undefined) of.setRevision(String(from));
  else if (direction === "forwards") of.setStart(new shared.Empty());
  else of.setEnd(new shared.Empty());
  return request(counted(direction, count).setStream(of).setNoFilter(new shared.Empty()));
}

export function readAllRequest({ direction, from, count, filter }: AllReading): streams.ReadReq {
  return request(counted(direction, count).setAll(allFrom(from, direction)).setFilter(filterOptions(filter)));
}

/** Events after `from`, or from the start. */
export function subscribeRequest(from: Place | undefined, filter: EventFilter | undefined): streams.ReadReq {
  const options = new Options().setSubscription(new Options.SubscriptionOptions()).setAll(allFrom(from, "forwards"));
  return request(options.setFilter(filterOptions(filter)));
}

/** Whether an event that the server let pass passes the whole filter: the server can look at the stream or at the type, not at both. */
export function passes(filter: EventFilter | undefined, { stream, type }: StoredEvent): boolean {
  return (filter?.streamPrefix === undefined || stream.startsWith(filter.streamPrefix)) && (filter?.eventTypes === undefined || filter.eventTypes.includes(type));
}

/** Whether the server's part of the filter is less than the whole. */
export function isFilteredHere(filter: EventFilter | undefined): boolean {
  return hasPrefix(filter) && filter?.eventTypes !== undefined;
}

export type ReadMessage =
  | { readonly kind: "event"; readonly event: StoredEvent; readonly place: Place }
  /** Everything up to there has been looked at. */
  | { readonly kind: "checkpoint"; readonly place: Place }
  | { readonly kind: "caught-up" }
  | { readonly kind: "stream-not-found" }
  | { readonly kind: "other" };

/** Bytes become text as they are; nothing is parsed. */
export function readMessage(response: streams.ReadResp): ReadMessage {
  const event = response.getEvent()?.getEvent() ?? response.getEvent()?.getLink();
  if (event !== undefined) return eventMessage(event);
  const checkpoint = response.getCheckpoint();
  const place = checkpoint === undefined ? undefined : placeFrom(checkpoint.getCommitPosition(), checkpoint.getPreparePosition());
  if (place !== undefined) return { kind: "checkpoint", place };
  if (response.hasCaughtUp()) return { kind: "caught-up" };
  return { kind: response.hasStreamNotFound() ? "stream-not-found" : "other" };
}

function eventMessage(event: streams.ReadResp.ReadEvent.RecordedEvent): ReadMessage {
  const place = placeFrom(event.getCommitPosition(), event.getPreparePosition());
  if (place === undefined) throw new StoreFailure("it does not say where in it an event lies; EventStoreDB 22.10 and later do", { isTransient: false });
  const stored: StoredEvent = {
    id: eventIdOf(event.getId()),
    type: event.getMetadataMap().get("type") ?? "",
    stream: streamName(text(event.getStreamIdentifier()?.getStreamName_asU8())),
    revision: Number(event.getStreamRevision()),
    position: positionOf(place),
    data: text(event.getData_asU8()),
    metadata: text(event.getCustomMetadata_asU8()),
  };
  return { kind: "event", event: stored, place };
}

function text(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? "" : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

function request(options: Options): streams.ReadReq {
  const uuids = new Options.UUIDOption().setString(new shared.Empty());
  return new streams.ReadReq().setOptions(options.setUuidOption(uuids).setResolveLinks(false));
}

function counted(direction: Direction, count: number): Options {
  const { FORWARDS, BACKWARDS } = Options.ReadDirection;
  return new Options().setReadDirection(direction === "forwards" ? FORWARDS : BACKWARDS).setCount(String(count));
}

function allFrom(from: Place | undefined, direction: Direction): InstanceType<typeof Options.AllOptions> {
  const all = new Options.AllOptions();
  if (from !== undefined) return all.setPosition(new Options.Position().setCommitPosition(from.commit).setPreparePosition(from.prepare));
  return direction === "forwards" ? all.setStart(new shared.Empty()) : all.setEnd(new shared.Empty());
}

function hasPrefix(filter: EventFilter | undefined): boolean {
  return filter?.streamPrefix !== undefined && filter.streamPrefix !== "";
}

/** The stream's prefix where there is one, for it leaves out other ledgers and applications; else the types; in any case not the server's own events. */
function filterOptions(filter: EventFilter | undefined): InstanceType<typeof Options.FilterOptions> {
  const { FilterOptions } = Options;
  const options = new FilterOptions().setMax(SEARCH_WINDOW).setCheckpointintervalmultiplier(1);
  const types = filter?.eventTypes;
  if (hasPrefix(filter)) return options.setStreamIdentifier(new FilterOptions.Expression().setPrefixList([filter?.streamPrefix ?? ""]));
  return options.setEventType(new FilterOptions.Expression().setRegex(types === undefined ? NOT_OF_SYSTEM : `^(?:${types.map(escaped).join("|")})$`));
}

function escaped(type: string): string {
  return type.replaceAll(/[\\^$.*+?()[\]{}|#\s-]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
