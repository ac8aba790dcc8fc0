import type { EventId, Instant } from "../kernel/brand.js";
import type { Refusal } from "../kernel/errors.js";
import { canonicalJson } from "../kernel/json.js";
import { ok, refuse, type Result } from "../kernel/result.js";
import type { Aggregate } from "./aggregate.js";
import { versionOf } from "./catalog.js";
import { EVENT_OF } from "./commands.js";
import { misdated } from "./contract/misdated.js";
import { futureField, identityOf, introducedBy, whyFinal } from "./facts.js";
import { factSchema, type AmendmentCommand, type Fact, type LedgerCommand, type LedgerEvent } from "./record.js";
import { standingRecords, type HistoryEvent, type StandingRecord } from "./standing.js";
import { refusalOf } from "./refusal.js";

/**
 * The event that `command` leads to after `history`, or why not. Pure: `now` is the recorded time the event would get.
 * A correction or withdrawal is accepted if the rules would have accepted the stream with it (domain.md, "Correcting").
 */
export function decideOn<State, F extends Fact>(
  aggregate: Aggregate<State, F>,
  history: readonly HistoryEvent[],
  command: LedgerCommand,
  now: Instant,
): Result<LedgerEvent> {
  const records = standingRecords(history);
  if (command.type === "CorrectRecord") return decideCorrection(aggregate, records, command, now);
  if (command.type === "WithdrawRecord") return decideWithdrawal(aggregate, records, command);
  const stated = { type: EVENT_OF[command.type], data: command.data };
  const parsed = factSchema.safeParse(stated);
  return parsed.success ? decideFact(aggregate, records, parsed.data, now) : refuse(refusalOf(parsed.error, stated));
}

function decideFact<State, F extends Fact>(aggregate: Aggregate<State, F>, records: readonly StandingRecord[], fact: Fact, now: Instant): Result<LedgerEvent> {
  const early = future(fact, now) ?? usedBefore(records, fact);
  if (early !== undefined) return refuse(early);
  const replayed = replay(aggregate, records);
  if (replayed.kind === "refused") return refuse(replayed.refusal);
  if (!aggregate.owns(fact)) return refuse(misplaced(fact));
  const refusal = aggregate.admit(replayed.state, fact) ?? misdated(fact);
  return refusal === undefined ? ok(fact) : refuse(refusal);
}

function decideCorrection<State, F extends Fact>(
  aggregate: Aggregate<State, F>,
  records: readonly StandingRecord[],
  command: Extract<AmendmentCommand, { type: "CorrectRecord" }>,
  now: Instant,
): Result<LedgerEvent> {
  const { eventId, reason } = command.data;
  const found = standing(records, eventId);
  if (!found.ok) return found;
  const before = found.value.fact;
  const final = whyFinal(before);
  if (final !== undefined) return refuse({ code: "WRONG_STATE", field: "eventId", params: { eventId, type: before.type }, message: final });
  const stated = { type: before.type, data: command.data.data };
  const parsed = factSchema.safeParse(stated);
  if (!parsed.success) return refuse(refusalOf(parsed.error, stated));
  const after = parsed.data;
  if (identityOf(after) !== identityOf(before)) {
    return refuse({ code: "INVALID_INPUT", field: "data", message: "a correction cannot change which thing a record is about; withdraw the record and record the right one" });
  }
  if (canonicalJson(after) === canonicalJson(before)) {
    return refuse({ code: "NOTHING_TO_CHANGE", field: "data", message: "the record says exactly that already" });
  }
  const early = future(after, now);
  if (early !== undefined) return refuse(early);
  const changed = records.map((record) => (record.eventId === eventId ? { ...record, fact: after } : record));
  const replayed = replay(aggregate, changed);
  if (replayed.kind === "refused") return refuse(historyRefused(replayed, "with this correction"));
  const wrongDate = misdated(after);
  if (wrongDate !== undefined) return refuse(wrongDate);
  return ok({ type: "RecordCorrected", data: { eventId, factVersion: versionOf(before.type), before, after, reason } });
}

function decideWithdrawal<State, F extends Fact>(
  aggregate: Aggregate<State, F>,
  records: readonly StandingRecord[],
  command: Extract<AmendmentCommand, { type: "WithdrawRecord" }>,
): Result<LedgerEvent> {
  const { eventId, reason } = command.data;
  const found = standing(records, eventId);
  if (!found.ok) return found;
  const changed = records.map((record) => (record.eventId === eventId ? { ...record, withdrawn: true } : record));
  const replayed = replay(aggregate, changed);
  if (replayed.kind === "refused") return refuse(historyRefused(replayed, "without this record"));
  return ok({ type: "RecordWithdrawn", data: { eventId, factVersion: versionOf(found.value.fact.type), fact: found.value.fact, reason } });
}

type Replay<State> = { readonly kind: "accepted"; readonly state: State } | { readonly kind: "refused"; readonly record: StandingRecord; readonly refusal: Refusal };

function replay<State, F extends Fact>(aggregate: Aggregate<State, F>, records: readonly StandingRecord[]): Replay<State> {
  let state = aggregate.initial;
  for (const record of records) {
    if (!aggregate.owns(record.fact)) return { kind: "refused", record, refusal: misplaced(record.fact) };
    if (record.withdrawn) {
      state = aggregate.evolveWithdrawn?.(state, record.fact) ?? state;
      continue;
    }
    const refusal = aggregate.admit(state, record.fact);
    if (refusal !== undefined) return { kind: "refused", record, refusal };
    state = aggregate.evolve(state, record.fact);
  }
  return { kind: "accepted", state };
}

function standing(records: readonly StandingRecord[], eventId: EventId): Result<StandingRecord> {
  const record = records.find((each) => each.eventId === eventId);
  if (record === undefined) {
    return refuse({ code: "NOT_FOUND", field: "eventId", params: { eventId }, message: `this stream has no record ${eventId}; corrections and withdrawals themselves cannot be corrected: correct the record they name` });
  }
  if (record.withdrawn) {
    return refuse({ code: "ALREADY_WITHDRAWN", field: "eventId", params: { eventId }, message: "the record is withdrawn, and a withdrawal is final; record anew what holds" });
  }
  return ok(record);
}

function future(fact: Fact, now: Instant): Refusal | undefined {
  const found = futureField(fact, now);
  if (found === undefined) return undefined;
  const said = new Date(found.latest).toISOString();
  const params = { latest: said, recordedAt: new Date(now).toISOString() };
  return { code: "TIME_IN_FUTURE", field: found.field, params, message: `${found.field} is ${said}, more than five minutes after now (${params.recordedAt}); only what is planned may lie in the future` };
}

function usedBefore(records: readonly StandingRecord[], fact: Fact): Refusal | undefined {
  const introduced = introducedBy(fact);
  if (introduced === undefined) return undefined;
  const { field, id } = introduced;
  const taken = records.some((record) => {
    const other = introducedBy(record.fact);
    return other?.field === field && other.id === id;
  });
  if (!taken) return undefined;
  return { code: "ID_ALREADY_USED", field, params: { [field]: id }, message: `the ${field} ${id} is used already; ids are used once, also after a withdrawal` };
}

function misplaced(fact: Fact): Refusal {
  return { code: "INVALID_INPUT", field: "type", message: `${fact.type} does not belong into this kind of stream` };
}

function historyRefused(found: { record: StandingRecord; refusal: Refusal }, what: string): Refusal {
  const { record, refusal } = found;
  const params = { eventId: record.eventId, eventType: record.fact.type, rule: refusal.code };
  return { code: "HISTORY_REFUSED", params, message: `${what}, the record ${record.fact.type} (${record.eventId}) would break a rule: ${refusal.message}` };
}
