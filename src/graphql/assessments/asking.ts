import { createHash } from "node:crypto";
import { isContractId, type ContractId, type Instant } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import { isZoneId, ROME } from "../../time/zone.js";
import { assess, type Assessment, type AssessmentOptions } from "../../reports/assessment/assessment.js";
import { computationsOf, reproduce, type RecordedComputation } from "../../reports/assessment/freeze.js";
import { assessedPeriod, type AssessedPeriod } from "../../reports/assessment/period.js";
import { notKnown } from "../../reports/not-known.js";
import type { KnownLedger } from "../../readmodel/known-ledger.js";
import type { Knowledge } from "../../readmodel/knowledge.js";
import { idOf } from "../input/id.js";
import { orThrow } from "../input/or-throw.js";
import { isGiven, type Optional } from "../input/optional.js";
import type { Reading } from "../reading.js";

/** SHA-256 in lower-case hexadecimal. */
export function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export interface PeriodArgs {
  readonly contractId: string;
  readonly period: string;
}

/** A period of a contract, cut in its zone. Throws LedgerError INVALID_ID, NOT_FOUND, INVALID_PERIOD. */
export function periodOfContract(known: KnownLedger, args: PeriodArgs, field = "period"): { readonly contractId: ContractId; readonly assessed: AssessedPeriod } {
  const contractId = idOf(args.contractId, isContractId, "contractId");
  const contract = known.contracts([contractId]).get(contractId);
  if (contract === undefined) throw notKnown("contract", contractId);
  const zone = isZoneId(contract.zone) ? contract.zone : ROME;
  return { contractId, assessed: orThrow(assessedPeriod(args.period, zone, field)) };
}

/** The computation of that number. Throws LedgerError NOT_FOUND. */
export function computationNumbered(known: KnownLedger, { contractId, period }: { readonly contractId: ContractId; readonly period: string }, number: number, field = "number"): RecordedComputation {
  const all = computationsOf(known, contractId, period);
  const found = all.find(({ data }) => data.number === number);
  if (found !== undefined) return found;
  const there = all.length === 0 ? "none is computed yet (computeAssessment)" : `there are ${all.length}`;
  throw new LedgerError({ code: "NOT_FOUND", field, params: { contractId, period, number }, message: `${contractId} has no computation ${number} for ${period}; ${there}` });
}

/** An assessment as it was frozen, worked out anew from what was known then, with that knowledge. */
export async function reproduced(reading: Reading, { data }: RecordedComputation): Promise<{ readonly knowledge: Knowledge; readonly assessment: Assessment }> {
  const { readModel } = reading.context.services;
  const knowledge = await readModel.resolve({ kind: "event", eventId: data.lastEventId }, reading.context.now);
  return { knowledge, assessment: reproduce(readModel.at(knowledge, reading.context.viewer), data) };
}

export type AssessmentArgs = PeriodArgs & { readonly number?: Optional<number>; readonly asOf?: Optional<Instant> };

/** The assessment that is asked for: as frozen under a number, or as it is known. */
export async function assessmentFor(reading: Reading, args: AssessmentArgs, only?: AssessmentOptions["only"]): Promise<Assessment> {
  const { contractId, assessed } = periodOfContract(reading.known, args);
  if (isGiven(args.number)) return (await reproduced(reading, computationNumbered(reading.known, { contractId, period: assessed.label }, args.number))).assessment;
  return assess(reading.known, contractId, assessed, { ...(isGiven(args.asOf) && { asOf: args.asOf }), ...(only !== undefined && { only }) });
}
