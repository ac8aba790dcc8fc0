import { isContractId, isEntryId, isPenaltyId, type ContractId, type EventId, type PenaltyId } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import { underCap } from "../../sla/penalty.js";
import { commandSchema } from "../../domain/commands.js";
import type { LedgerCommand } from "../../domain/record.js";
import { refusalOf } from "../../domain/refusal.js";
import { computationsOf, freeze, type RecordedComputation } from "../../reports/assessment/freeze.js";
import { penaltyLedger, type PenaltyAccount } from "../../reports/assessment/penalty-ledger.js";
import { recordedShares, sharedBy, sharesOf } from "../../reports/assessment/apportioning.js";
import { kindOf } from "../../reports/assessment/period.js";
import type { KnownLedger } from "../../readmodel/known-ledger.js";
import type { ReadModel } from "../../readmodel/port.js";
import type { PenaltyRow } from "../../../projections/rows.js";

import { idOf } from "../input/id.js";
import { computationNumbered, periodOfContract, sha256Of } from "./asking.js";
import { TIME_DATA } from "./time-data.js";

/** The ledger as it is known now, and before. */
export interface LedgerNow {
  readonly known: KnownLedger;
  readonly readModel: ReadModel;
  /** The number of the next computation of the assessment, where its stream was read; without it, the next after those that stand. */
  readonly nextNumber?: number;
}

/** Fields of an input as the schema checked them. */
interface Input {
  readonly [field: string]: unknown;
}

/** The next computation of an assessment as a command. Throws LedgerError as `freeze` does. */
export async function computing({ known, readModel, nextNumber }: LedgerNow, input: Input): Promise<LedgerCommand> {
  const { contractId, assessed } = periodOfContract(known, { contractId: text(input, "contractId"), period: text(input, "period") });
  const { position } = known.knowledge;
  const lastEventId = position === undefined ? undefined : await readModel.eventIdAt(position);
  if (lastEventId === undefined) throw new LedgerError({ code: "NOT_FOUND", field: "contractId", params: { contractId }, message: "the ledger is empty" });
  return { type: "ComputeAssessment", data: freeze(known, contractId, assessed, { lastEventId, now: known.knowledge.instant, data: TIME_DATA, digestOf: sha256Of, ...(nextNumber !== undefined && { number: nextNumber }) }) };
}

/** A determination, its amount left to the ledger or checked against the computation. Throws LedgerError NOT_FOUND, WRONG_STATE, NOT_DETERMINED. */
export function determining({ known }: LedgerNow, input: Input): LedgerCommand {
  const contractId = idOf(text(input, "contractId"), isContractId, "contractId");
  const { computation, amount, ...rest } = input;
  const found = latestComputation(known, contractId, fieldsOf(computation));
  const { data, eventId } = found;
  const left = penaltyLedger(known, contractId).cap;
  const certain = data.penaltyCents.min;
  const due = left === undefined ? certain : underCap(certain, { capCents: left.cap.amountCents, usedCents: left.usedCents }).dueCents;
  if (due === 0 && certain > 0 && left !== undefined && (amount === null || amount === undefined)) {
    throw new LedgerError({ code: "CAP_EXCEEDED", field: "amount", params: { capCents: left.cap.amountCents, usedCents: left.usedCents, leftCents: 0 }, message: `nothing is left of the contract's cap of ${left.cap.amountCents} cents; no further penalty can be determined` });
  }
  const money = amount ?? { amountCents: due, currency: data.currency };
  mustBeCertain(data, centsIn(money));
  return parsed("DeterminePenalty", { ...rest, contractId, computation: { period: data.period, number: data.number, eventId }, amount: money });
}

/**
 * An adjustment. One that raises a penalty rests on the latest computation of its period, which is certain of all that is due then. Throws LedgerError NOT_FOUND, WRONG_STATE,
 * NOT_DETERMINED.
 */
export function adjusting({ known }: LedgerNow, input: Input): LedgerCommand {
  const contractId = idOf(text(input, "contractId"), isContractId, "contractId");
  const { computation, amount, ...rest } = input;
  const penaltyId = text(input, "penaltyId");
  const account = penaltyLedger(known, contractId).penalties.find((each) => each.penaltyId === penaltyId);
  const isRaised = account !== undefined && centsIn(amount) > 0;
  if (isRaised && !isFields(computation)) throw new LedgerError({ code: "WRONG_STATE", field: "computation", params: { penaltyId }, message: "a penalty is raised only by what a computation found: name the latest computation of its period" });
  const found = isFields(computation) ? named(known, contractId, computation, isRaised) : undefined;
  if (isRaised && found !== undefined) mustBeCertain(found.data, account.dueCents + centsIn(amount));
  const ref = found && { period: found.data.period, number: found.data.number, eventId: found.eventId };
  return parsed("AdjustPenalty", { ...rest, contractId, amount, computation: ref });
}

function named(known: KnownLedger, contractId: ContractId, ref: Input, isRaised: boolean): RecordedComputation {
  if (isRaised) return latestComputation(known, contractId, ref);
  const number = ref["number"];
  return computationNumbered(known, { contractId, period: text(ref, "period") }, typeof number === "number" ? number : 0, "computation.number");
}

function latestComputation(known: KnownLedger, contractId: ContractId, ref: Input): RecordedComputation {
  const [period, number] = [text(ref, "period"), ref["number"]];
  if (kindOf(period) === undefined || typeof number !== "number") throw new LedgerError({ code: "INVALID_PERIOD", field: "computation.period", params: { period }, message: `${JSON.stringify(period)} is not the period of an assessment; write a month (2019-09), a quarter (2019-Q3) or a year (2019)` });
  const found = computationNumbered(known, { contractId, period }, number, "computation.number");
  const last = computationsOf(known, contractId, period).at(-1);
  if (last === undefined || last.data.number === found.data.number) return madeAfterExclusions(known, found);
  throw new LedgerError({ code: "WRONG_STATE", field: "computation.number", params: { number, latest: last.data.number }, message: `computation ${last.data.number} of ${period} is later than ${number}; determine from that one` });
}

/** An exclusion granted or refused leads to a further computation, from which alone a penalty can be determined (domain.md, "From a breach to money"). */
function madeAfterExclusions(known: KnownLedger, computation: RecordedComputation): RecordedComputation {
  const { contractId, period, number } = computation.data;
  const steps = (known.assessmentsOfContracts([contractId]).get(contractId) ?? []).filter((step) => step.period === period);
  const later = steps.slice(steps.findIndex(({ eventId }) => eventId === computation.eventId) + 1).map(({ fact }) => fact);
  const decided = later.find((fact) => fact.type === "ExclusionGranted" || fact.type === "ExclusionRefused");
  if (decided === undefined) return computation;
  const { exclusionId } = decided.data;
  throw new LedgerError({ code: "WRONG_STATE", field: "computation.number", params: { number, period, exclusionId }, message: `the exclusion ${exclusionId} was decided after computation ${number} of ${period}; compute the assessment again (computeAssessment), and determine from that` });
}

function mustBeCertain({ penaltyCents, number, period, currency }: RecordedComputation["data"], amountCents: number): void {
  const { min, max } = penaltyCents;
  if (amountCents <= min && min > 0) return;
  const params = { amountCents, certainCents: min, possibleCents: max, number, period };
  if (max > min) throw new LedgerError({ code: "NOT_DETERMINED", field: "amount", params, message: `banded times leave open what was missed in ${period}: computation ${number} is certain of ${min} cents (${currency}) and no more; narrow the times, compute again, then determine` });
  throw new LedgerError({ code: "WRONG_STATE", field: "amount", params, message: `computation ${number} of ${period} comes to ${min} cents (${currency}); no more than that can be determined` });
}

/** The shares of what is to be shared now. Throws LedgerError NOT_FOUND, NOTHING_TO_CHANGE. */
export async function apportioning(ledger: LedgerNow, input: Input): Promise<LedgerCommand> {
  const contractId = idOf(text(input, "contractId"), isContractId, "contractId");
  const penaltyId = idOf(text(input, "penaltyId"), isPenaltyId, "penaltyId");
  const entryId = idOf(text(input, "entryId"), isEntryId, "entryId");
  const { account, computation } = accountOf(ledger.known, contractId, penaltyId);
  const amountCents = account.toApportionCents;
  if (amountCents === 0) throw new LedgerError({ code: "NOTHING_TO_CHANGE", field: "penaltyId", params: { penaltyId }, message: "there is nothing to share: all that is collected and due has been" });
  const shared = await sharesAsFrozen(ledger, computation, account);
  return parsed("ApportionPenalty", {
    contractId, penaltyId, entryId, occurredAt: input["occurredAt"], amount: { amountCents, currency: account.currency }, key: shared.key, shares: recordedShares(shared),
    computation: { period: computation.data.period, number: computation.data.number, eventId: computation.eventId },
  });
}

/** Shares of what is to be shared now, by what was known for the computation. */
export async function sharesAsFrozen({ known, readModel }: LedgerNow, { data }: RecordedComputation, { toApportionCents, movements }: Pick<PenaltyAccount, "toApportionCents" | "movements">) {
  const then = await readModel.resolve({ kind: "event", eventId: data.lastEventId }, known.knowledge.instant);
  return sharesOf(readModel.at(then, known.viewer), data, toApportionCents, sharedBy(movements));
}

/** A penalty with the computation that its last determination or adjustment rests on. Throws LedgerError NOT_FOUND. */
export function accountOf(known: KnownLedger, contractId: ContractId, penaltyId: PenaltyId): { readonly account: PenaltyAccount; readonly computation: RecordedComputation } {
  const account = penaltyLedger(known, contractId).penalties.find((each) => each.penaltyId === penaltyId);
  const ref = account?.movements.map(computationIn).findLast((each) => each !== undefined);
  if (account === undefined || ref === undefined) throw new LedgerError({ code: "NOT_FOUND", field: "penaltyId", params: { contractId, penaltyId }, message: `no penalty ${penaltyId} is determined under ${contractId}` });
  return { account, computation: computationNumbered(known, { contractId, period: ref.period }, ref.number, "penaltyId") };
}

function computationIn({ fact }: PenaltyRow): { readonly period: string; readonly number: number; readonly eventId: EventId } | undefined {
  return fact.type === "PenaltyDetermined" || fact.type === "PenaltyAdjusted" ? fact.data.computation : undefined;
}

function parsed(type: LedgerCommand["type"], data: Input): LedgerCommand {
  const given = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null && value !== undefined));
  const result = commandSchema.safeParse({ type, data: given });
  if (result.success) return result.data;
  throw new LedgerError(refusalOf(result.error, { type, data: given }));
}

function text(input: Input, field: string): string {
  const value = input[field];
  return typeof value === "string" ? value : "";
}
function isFields(value: unknown): value is Input {
  return typeof value === "object" && value !== null;
}
function fieldsOf(value: unknown): Input {
  return isFields(value) ? value : {};
}
function centsIn(money: unknown): number {
  const cents = fieldsOf(money)["amountCents"];
  return typeof cents === "number" ? cents : 0;
}
