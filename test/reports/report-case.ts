import { actorId, commandId, eventId, ledgerId, ordinal, position, type EventId, type ImportId, type Instant } from "../../src/kernel/brand.js";
import type { Actor, Recorded } from "../../src/kernel/event.js";
import { subjectOf } from "../../src/domain/commands.js";
import { decide } from "../../src/domain/decider.js";
import type { LedgerCommand, LedgerEvent } from "../../src/domain/record.js";
import { streamOf } from "../../src/kernel/stream.js";
import type { KnownAt, Knowledge } from "../../src/readmodel/knowledge.js";
import type { ClockQueries } from "../../src/reports/clocks/queries.js";
import type { ReportQueries } from "../../src/reports/queries.js";
import { at } from "../support/given.js";
import { foldedLedger } from "./folded-ledger.js";

/** How something came into the ledger. */
export interface Recording {
  /** The ledger's clock, as RFC 3339. */
  readonly at: string;
  readonly sourceRecordedAt?: string;
  readonly actor?: string;
  readonly importId?: ImportId;
}
/** A ledger that a spec fills with commands and asks reports of. */
export interface ReportCase {
  /** Ids of the events, in the order of the commands. */
  record(how: Recording, ...commands: readonly LedgerCommand[]): Promise<readonly EventId[]>;
  /** Queries at a knowledge; `now` is the instant of the question. */
  known(now: string, knownAt?: KnownAt): Promise<ReportQueries & ClockQueries>;
  /** How many questions were put so far: calls of a query, or SQL statements. */
  questions(): number;
  close(): Promise<void>;
}
export type OpenCase = () => Promise<ReportCase>;

export const LEDGER = ledgerId("lecco");

/** Commands decided on their streams, events folded by the projections: the domain and the reports, and nothing between them. */
export function decidedCase(): Promise<ReportCase> {
  const events: Recorded<LedgerEvent>[] = [];
  let questions = 0;
  return Promise.resolve({
    record: (how, ...commands) => Promise.resolve(commands.map((command) => {
      const recorded = decided(events, command, how);
      events.push(recorded);
      return recorded.id;
    })),
    known: (now, knownAt = { kind: "now" }) => Promise.resolve(foldedLedger(knownEvents(events, knownAt), knowledgeOf(events, knownAt, at(now)), () => (questions += 1))),
    questions: () => questions,
    close: () => Promise.resolve(),
  });
}

function decided(events: readonly Recorded<LedgerEvent>[], command: LedgerCommand, how: Recording): Recorded<LedgerEvent> {
  const { category, id } = subjectOf(command);
  const stream = streamOf(LEDGER, category, id);
  const history = events.filter((event) => event.stream === stream);
  const recordedAt = at(how.at);
  const result = decide(category, history, command, recordedAt);
  if (!result.ok) throw new Error(`${command.type} was refused: ${result.refusal.message}`);
  const number = events.length;
  return {
    event: result.value, id: eventIdOf(number), stream, revision: history.length, position: position(String(number + 1).padStart(16, "0")),
    meta: {
      schemaVersion: 1, actor: actorOf(how), commandId: commandId(`c-${number}`), commandDigest: "", correlationId: "", causationId: "", recordedAt,
      ...(how.sourceRecordedAt !== undefined && { sourceRecordedAt: at(how.sourceRecordedAt) }),
      ...(how.importId !== undefined && { importId: how.importId }),
    },
  };
}

export function actorOf({ actor = "ente-capofila" }: Recording): Actor {
  return { id: actorId(actor), verified: false };
}
/** Version 7 ids that sort in the order of recording. */
export function eventIdOf(number: number): EventId {
  return eventId(`01930000-0000-7000-8000-${number.toString().padStart(12, "0")}`);
}

function knowledgeOf(events: readonly Recorded<LedgerEvent>[], knownAt: KnownAt, now: Instant): Knowledge {
  const seen = knownEvents(events, knownAt);
  const last = seen.at(-1);
  return {
    knownAt, ordinal: ordinal(seen.length), position: last?.position, provisional: knownAt.kind !== "position" && knownAt.kind !== "event",
    instant: knownAt.kind === "now" ? now : "instant" in knownAt ? knownAt.instant : (last?.meta.recordedAt ?? now),
  };
}

function knownEvents(events: readonly Recorded<LedgerEvent>[], knownAt: KnownAt): readonly Recorded<LedgerEvent>[] {
  switch (knownAt.kind) {
    case "now":
      return events;
    case "position":
      return events.filter((event) => event.position <= knownAt.position);
    case "event":
      return events.slice(0, events.findIndex(({ id }) => id === knownAt.eventId) + 1);
    case "recordedAt":
      return events.filter(({ meta }) => meta.recordedAt <= knownAt.instant);
    case "sourceRecordedAt": {
      const sourceTime = ({ meta }: Recorded<LedgerEvent>): number => meta.sourceRecordedAt ?? meta.recordedAt;
      return events.filter((event) => sourceTime(event) <= knownAt.instant).sort((a, b) => sourceTime(a) - sourceTime(b));
    }
  }
}
