import fc from "fast-check";
import { actorId, commandId, eventId, importId, instant, ledgerId, position, type EventId, type ImportId, type Instant, type StreamName } from "../../src/kernel/brand.js";
import type { Recorded } from "../../src/kernel/event.js";
import { canonicalJson } from "../../src/kernel/json.js";
import { streamOf } from "../../src/kernel/stream.js";
import { versionOf } from "../../src/domain/catalog.js";
import { subjectOf } from "../../src/domain/commands.js";
import { decide } from "../../src/domain/decider.js";
import type { LedgerCommand, LedgerEvent } from "../../src/domain/record.js";
import { standingRecords } from "../../src/domain/standing.js";
import { encodeMetadata } from "../../src/eventstore/codec.js";
import type { EventToAppend } from "../../src/eventstore/port.js";
import { at } from "../support/given.js";
import { move } from "./move.js";
import { commandOf, PRELUDE } from "./moves.js";

export const LEDGER = ledgerId("lecco");
export type History = readonly Recorded<LedgerEvent>[];

/** When everything was recorded at the earliest: after all that happens in random histories. */
export const RECORDING_FROM = at("2021-01-01T00:00:00Z");
const MINUTE_MS = 60_000;

export interface Recording {
  readonly recordedAt: Instant;
  readonly sourceRecordedAt?: Instant;
  readonly importId?: ImportId;
}

/** The nth event of a history. */
export function nthEventId(n: number): EventId {
  return eventId(`01930000-0000-7000-8000-${n.toString().padStart(12, "0")}`);
}

/** What is decided after `history`, as the embedded store holds it when no other events are in it; undefined if the rules refuse it. */
export function recordedAfter(history: History, command: LedgerCommand, recording: Recording): Recorded<LedgerEvent> | undefined {
  const { category, id } = subjectOf(command);
  const stream = streamOf(LEDGER, category, id);
  const own = history.filter((event) => event.stream === stream);
  const decided = decide(category, own, command, recording.recordedAt);
  if (!decided.ok) return undefined;
  return recordedEvent(decided.value, { stream, revision: own.length, n: history.length + 1, ...recording });
}

interface Place extends Recording {
  readonly stream: StreamName;
  readonly revision: number;
  /** From 1. */
  readonly n: number;
}
export function recordedEvent(event: LedgerEvent, { stream, revision, n, recordedAt, sourceRecordedAt, importId: from }: Place): Recorded<LedgerEvent> {
  const command = commandId(`c-${n}`);
  return {
    event, id: nthEventId(n), stream, revision, position: position(String(n)),
    meta: {
      schemaVersion: versionOf(event.type), actor: { id: actorId("ente-capofila"), verified: n % 2 === 0 }, commandId: command, commandDigest: "", correlationId: command,
      causationId: command, recordedAt, ...(sourceRecordedAt !== undefined && { sourceRecordedAt }), ...(from !== undefined && { importId: from }),
    },
  };
}

/** As an appender hands it to the store. */
export function toAppend({ id, event, meta }: Recorded<LedgerEvent>): EventToAppend {
  return { id, type: event.type, data: canonicalJson(event.data), metadata: encodeMetadata(meta) };
}

/** Minutes on the ledger's clock since the event before, sometimes back (another process' clock); and when a source had recorded it, if it came from one. */
const recording = fc.record({ minutes: fc.integer({ min: -30, max: 120 }), source: fc.option(fc.integer({ min: -5000, max: 200 }), { freq: 2 }) });

/** A history as decided by the rules: the beginnings, then whatever of the random commands they accept, corrections and withdrawals among them. */
export function histories({ maxMoves }: { readonly maxMoves: number }): fc.Arbitrary<History> {
  return fc.array(fc.tuple(move, recording), { minLength: Math.floor(maxMoves / 2), maxLength: maxMoves, size: "max" }).map((moves) => {
    const history: Recorded<LedgerEvent>[] = [];
    const take = (command: LedgerCommand, how: Recording): void => {
      const recorded = recordedAfter(history, command, how);
      if (recorded !== undefined) history.push(recorded);
    };
    for (const command of PRELUDE) take(command, { recordedAt: RECORDING_FROM });
    let now: number = RECORDING_FROM;
    for (const [each, { minutes, source }] of moves) {
      now += minutes * MINUTE_MS;
      const recordedAt = instant(Math.max(now, RECORDING_FROM));
      const standing = standingRecords(history).filter(({ withdrawn }) => !withdrawn);
      const from = source === null ? {} : { sourceRecordedAt: instant(recordedAt + source * MINUTE_MS), importId: importId("storico") };
      take(commandOf(each, standing), { recordedAt, ...from });
    }
    return history;
  });
}

/** A history of commands that must all be accepted, recorded a minute apart. */
export function historyOf(...commands: readonly LedgerCommand[]): History {
  return continued([], ...commands);
}
/** As `historyOf`, after another: only what comes after it. */
export function continued(before: History, ...commands: readonly LedgerCommand[]): History {
  const history = [...before];
  for (const command of commands) {
    const recorded = recordedAfter(history, command, { recordedAt: instant(RECORDING_FROM + history.length * MINUTE_MS) });
    if (recorded === undefined) throw new Error(`${command.type} was refused`);
    history.push(recorded);
  }
  return history.slice(before.length);
}
