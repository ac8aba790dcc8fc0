import { assessments } from "../../../projections/assessments.js";
import { contracts } from "../../../projections/contracts.js";
import { penalties } from "../../../projections/penalties.js";
import { commandId, ordinal, position, type ContractId, type EventId, type Instant } from "../../../src/kernel/brand.js";
import type { Recorded } from "../../../src/kernel/event.js";
import { streamOf } from "../../../src/kernel/stream.js";
import { subjectOf } from "../../../src/domain/commands.js";
import { decide } from "../../../src/domain/decider.js";
import type { LedgerCommand, LedgerEvent } from "../../../src/domain/record.js";
import type { Knowledge } from "../../../src/readmodel/knowledge.js";
import type { AssessmentQueries } from "../../../src/reports/assessment/queries.js";
import { foldedRows } from "../../readmodel/brute-force.js";
import { foldedLedger } from "../folded-ledger.js";
import { actorOf, eventIdOf, LEDGER } from "../report-case.js";

type Events = readonly Recorded<LedgerEvent>[];

/** A ledger in memory that a spec fills with commands and assesses: the domain, the projections and the reports, and nothing between them. */
export interface AssessedCase {
  /** The event's id, or undefined where the rules refuse it. */
  offer(at: Instant, command: LedgerCommand): EventId | undefined;
  /** The events' ids. Throws where the rules refuse one. */
  record(at: Instant, ...commands: readonly LedgerCommand[]): readonly EventId[];
  /** All so far, in the order of recording. */
  readonly events: Events;
  /** As it was known after so many events, all without `after`; `now` is the instant of the question. */
  known(now: Instant, after?: number): AssessmentQueries;
}

export function assessedCase(): AssessedCase {
  const events: Recorded<LedgerEvent>[] = [];
  const offered = (at: Instant, command: LedgerCommand): Recorded<LedgerEvent> | string => {
    const { category, id } = subjectOf(command);
    const stream = streamOf(LEDGER, category, id);
    const own = events.filter((event) => event.stream === stream);
    const decided = decide(category, own, command, at);
    if (!decided.ok) return `${command.type} was refused: ${decided.refusal.message}`;
    const n = events.length;
    const meta = { schemaVersion: 1, actor: actorOf({ at: "" }), commandId: commandId(`c-${n}`), commandDigest: "", correlationId: "", causationId: "", recordedAt: at };
    return { event: decided.value, id: eventIdOf(n), stream, revision: own.length, position: positionOf(n + 1), meta };
  };
  return {
    offer: (at, command) => {
      const recorded = offered(at, command);
      if (typeof recorded === "string") return undefined;
      events.push(recorded);
      return recorded.id;
    },
    record: (at, ...commands) => commands.map((command) => {
      const recorded = offered(at, command);
      if (typeof recorded === "string") throw new Error(recorded);
      events.push(recorded);
      return recorded.id;
    }),
    events,
    known: (now, after = events.length) => assessedLedger(events.slice(0, after), now),
  };
}

/** The nth place in the ledger, from 1. */
export function positionOf(nth: number) {
  return position(String(nth).padStart(16, "0"));
}

/** All that an assessment asks, answered by folding the events with the projections. */
function assessedLedger(events: Events, now: Instant): AssessmentQueries {
  const last = events.at(-1);
  const knowledge: Knowledge = { knownAt: { kind: "now" }, ordinal: ordinal(events.length), position: last?.position, provisional: true, instant: now };
  const [awarded, money, steps] = [foldedRows(contracts, events), foldedRows(penalties, events), foldedRows(assessments, events)];
  const byContract = <Row extends { readonly contractId: ContractId }>(rows: readonly Row[]) => (ids: readonly ContractId[]): ReadonlyMap<ContractId, readonly Row[]> =>
    new Map(ids.map((id) => [id, rows.filter(({ contractId }) => contractId === id)] as const).filter(([, own]) => own.length > 0));
  return {
    ...foldedLedger(events, knowledge, () => undefined),
    contracts: (ids) => new Map(awarded.filter(({ contractId }) => ids.includes(contractId)).map((row) => [row.contractId, row])),
    penaltiesOfContracts: byContract(money),
    assessmentsOfContracts: byContract(steps),
  };
}
