import type { CommandId, ImportId, Instant, Position, StreamName } from "../kernel/brand.js";
import type { Refusal } from "../kernel/errors.js";
import type { Actor, Recorded } from "../kernel/event.js";
import type { LedgerCommand, LedgerEvent } from "../domain/record.js";

/** A command with all that is known about its sending. */
export interface Submission {
  readonly command: LedgerCommand;
  /** Scoped to the command's stream: sent again with the same content it answers with the first result. */
  readonly commandId: CommandId;
  readonly actor: Actor;
  /** Revision the sender saw, `"none"` for a stream that does not exist yet. Without it a conflict is decided again. */
  readonly expectedRevision?: number | "none";
  readonly correlationId?: string;
  readonly sourceRecordedAt?: Instant;
  readonly importId?: ImportId;
}

export interface Accepted {
  readonly kind: "accepted";
  readonly stream: StreamName;
  /** Revision and position of the last event of this command. */
  readonly revision: number;
  readonly position: Position;
  readonly events: readonly Recorded<LedgerEvent>[];
  /** The command had been taken before; this is its first result. */
  readonly repeated: boolean;
}
export type SubmitResult = Accepted | { readonly kind: "refused"; readonly refusal: Refusal };
