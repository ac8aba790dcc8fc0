import type { ZoneId } from "../../kernel/brand.js";
import { decodeMetadata } from "../../eventstore/codec.js";
import type { StoredEvent } from "../../eventstore/port.js";
import type { Paint } from "../terminal.js";
import { padEnd, padStart, printable, truncate } from "./text.js";
import { clockText, shortDate } from "./time.js";

/** One stored event on one line: position, recorded time, type, stream with revision, actor, and as much of the payload as fits. */
export function eventLine({ position, type, stream, revision, data, metadata }: StoredEvent, { zone, width, paint }: { readonly zone: ZoneId; readonly width: number; readonly paint: Paint }): string {
  const meta = decodeMetadata(metadata);
  const known = meta.kind === "understood" ? meta.metadata : undefined;
  const recorded = known === undefined ? "?" : `${shortDate(known.recordedAt, zone)} ${clockText(known.recordedAt, zone)}`;
  const head = `${padStart(position, 7)}  ${padEnd(recorded, 19)}  ${padEnd(printable(type), 24)}`;
  const rest = printable(`${stream}@${revision}  ${known?.actor.id ?? "?"}  ${data}`);
  return `${paint.cyan(head)}  ${truncate(rest, Math.max(20, width - head.length - 2))}`;
}
