import type { ActorId, CommandId, EventId, ImportId, Instant, Position, StreamName } from "./brand.js";

/** Who did it: an opaque id, resolved through a directory outside the ledger. `verified` is false until there is authentication. */
export interface Actor {
  readonly id: ActorId;
  readonly verified: boolean;
}

/** What is known about the recording of an event. */
export interface EventMetadata {
  readonly schemaVersion: number;
  readonly actor: Actor;
  readonly commandId: CommandId;
  /** SHA-256 (hex) of the canonical command, so that the same id with other content is refused. */
  readonly commandDigest: string;
  /** Ties together all that followed from one request. */
  readonly correlationId: string;
  /** The command or event that led to this one. */
  readonly causationId: string;
  /** When the ledger took it; stamped once and copied verbatim ever after. */
  readonly recordedAt: Instant;
  /** When the source of an import had recorded it. */
  readonly sourceRecordedAt?: Instant;
  readonly importId?: ImportId;
}

/** An event as it stands in the ledger. `E` is a union of `{ type, data }`. */
export interface Recorded<E> {
  readonly event: E;
  readonly id: EventId;
  readonly stream: StreamName;
  /** Place in its stream, from 0. */
  readonly revision: number;
  readonly position: Position;
  readonly meta: EventMetadata;
}
