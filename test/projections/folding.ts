import type { Fact, LedgerEvent } from "../../src/domain/record.js";
import { instant, type EventId, type Instant } from "../../src/kernel/brand.js";
import type { Recorded } from "../../src/kernel/event.js";
import type { Projection } from "../../src/kernel/projection.js";
import { streamOf } from "../../src/kernel/stream.js";
import { subjectOfFact } from "../readmodel/moves.js";
import { LEDGER, nthEventId, recordedEvent } from "../readmodel/histories.js";
import { foldedRows } from "../readmodel/brute-force.js";
import { at } from "../support/given.js";

/** When the nth event (from 1) was recorded: a minute after the one before. */
export function recordedAt(n: number): Instant {
  return instant(at("2019-10-21T09:00:00Z") + n * 60_000);
}
/** That the nth event, from 1, is corrected or withdrawn. */
export interface Correcting {
  readonly correct: number;
  readonly as: Fact;
}
export interface Withdrawing {
  readonly withdraw: number;
}
type Step = Fact | Correcting | Withdrawing;

/** What is folded: facts, and what is said about the nth of them; recorded a minute apart, with the ids of `nthEventId`. */
export function recording(...steps: readonly Step[]): readonly Recorded<LedgerEvent>[] {
  const said = new Map<number, Fact>();
  return steps.map((step, index) => {
    const n = index + 1;
    const event = eventOf(step, n, said);
    const subject = subjectOfFact(event.type === "RecordCorrected" ? event.data.before : event.type === "RecordWithdrawn" ? event.data.fact : event);
    return recordedEvent(event, { stream: streamOf(LEDGER, subject.category, subject.subjectId), revision: index, n, recordedAt: recordedAt(n) });
  });
}

function eventOf(step: Step, n: number, said: Map<number, Fact>): LedgerEvent {
  if ("type" in step) {
    said.set(n, step);
    return step;
  }
  const about = "correct" in step ? step.correct : step.withdraw;
  const before = said.get(about);
  if (before === undefined) throw new TypeError(`no fact ${about} was said`);
  if ("withdraw" in step) return { type: "RecordWithdrawn", data: { eventId: nthEventId(about), factVersion: 1, fact: before, reason: "Registrato per errore." } };
  said.set(about, step.as);
  return { type: "RecordCorrected", data: { eventId: nthEventId(about), factVersion: 1, before, after: step.as, reason: "Il registro dice altro." } };
}

/** The rows that a projection makes of them, as queries give them. */
export function rowsOf<Row>(projection: Projection<Row, LedgerEvent>, ...steps: readonly Step[]): readonly Row[] {
  return foldedRows(projection, recording(...steps));
}

export function origin(n: number): { readonly eventId: EventId; readonly recordedAt: Instant } {
  return { eventId: nthEventId(n), recordedAt: recordedAt(n) };
}
