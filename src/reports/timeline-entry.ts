import type { BodyId, ContractId, DisruptionId, EntryId, EventId, ImportId, IncidentId, Instant, MaintenanceId, Position, ServiceId } from "../kernel/brand.js";
import type { Actor } from "../kernel/event.js";
import { canonicalJson } from "../kernel/json.js";
import type { Fact } from "../domain/record.js";
import type { Audience } from "../domain/values.js";
import type { TimelineRow, Withdrawal } from "../../projections/rows.js";
import type { KnownLedger } from "../readmodel/known-ledger.js";
import type { When } from "../time/when.js";

/** Who said something, and when the ledger (and, for an import, its source) took it. */
export interface Saying {
  readonly eventId: EventId;
  /** Where the event stands in the ledger; absent where the read model does not know it. */
  readonly position: Position | undefined;
  readonly recordedAt: Instant;
  readonly sourceRecordedAt: Instant | undefined;
  readonly actor: Actor;
}
/** One correction: what the record said before, what it said from then on, and why. */
export interface EntryCorrection extends Saying {
  readonly reason: string;
  readonly before: Fact;
  readonly after: Fact;
  /** Fields of the payload that changed, in alphabetical order. */
  readonly changed: readonly string[];
}
export interface EntryWithdrawal extends Saying {
  readonly reason: string;
}

/** One entry of a timeline: a recorded fact as it holds, and all that was said about it before. A withdrawn one stays, marked. */
export interface TimelineEntry extends Saying {
  readonly type: Fact["type"];
  readonly state: "holds" | "corrected" | "withdrawn";
  /** An instant or a band; for what is dated "effective from" that date, for maintenance the start of its window. */
  readonly occurred: When;
  /** Earliest and latest of `occurred`. */
  readonly started: Instant;
  readonly ended: Instant;
  readonly importId: ImportId | undefined;
  readonly incidentId: IncidentId | undefined;
  readonly disruptionId: DisruptionId | undefined;
  readonly serviceId: ServiceId | undefined;
  readonly bodyId: BodyId | undefined;
  readonly contractId: ContractId | undefined;
  readonly maintenanceId: MaintenanceId | undefined;
  readonly entryId: EntryId | undefined;
  /** Who may read its text; everyone where there is none. */
  readonly audience: Audience;
  /** As it holds; if it was withdrawn, as it stood last. */
  readonly fact: Fact;
  /** In the order in which they were recorded: the whole chain, so that the first `before` is what was said at first. */
  readonly corrections: readonly EntryCorrection[];
  readonly withdrawal: EntryWithdrawal | undefined;
}

/** Entries as the read models hold them, with the places of all their events. Asks for the places in one statement. */
export function timelineEntries(ledger: Pick<KnownLedger, "positionsOf">, rows: readonly TimelineRow[]): readonly TimelineEntry[] {
  if (rows.length === 0) return [];
  const positions = ledger.positionsOf(rows.flatMap(eventsOf));
  return rows.map((row) => entryOf(row, positions));
}

/** The events that an entry was made of: its own, its corrections, its withdrawal. */
function eventsOf({ eventId, corrections, withdrawal }: TimelineRow): readonly EventId[] {
  return [eventId, ...corrections.map((correction) => correction.eventId), ...(withdrawal === undefined ? [] : [withdrawal.eventId])];
}

function entryOf(row: TimelineRow, positions: ReadonlyMap<EventId, Position>): TimelineEntry {
  const { corrections, withdrawal, ...said } = row;
  return {
    ...said,
    position: positions.get(row.eventId),
    state: withdrawal !== undefined ? "withdrawn" : corrections.length > 0 ? "corrected" : "holds",
    corrections: corrections.map((correction, index) => {
      const after = corrections[index + 1]?.before ?? row.fact;
      return { ...sayingOf(correction, positions), before: correction.before, after, changed: changedFields(correction.before, after) };
    }),
    withdrawal: withdrawal && sayingOf(withdrawal, positions),
  };
}

function sayingOf({ eventId, recordedAt, sourceRecordedAt, actor, reason }: Withdrawal, positions: ReadonlyMap<EventId, Position>): EntryWithdrawal {
  return { eventId, position: positions.get(eventId), recordedAt, sourceRecordedAt, actor, reason };
}

function changedFields(before: Fact, after: Fact): readonly string[] {
  const [old, now] = [new Map<string, unknown>(Object.entries(before.data)), new Map<string, unknown>(Object.entries(after.data))];
  const fields = [...new Set([...old.keys(), ...now.keys()])].sort();
  return fields.filter((field) => canonicalJson(old.get(field) ?? null) !== canonicalJson(now.get(field) ?? null));
}
