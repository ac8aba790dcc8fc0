import { isContractId } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import type { LedgerCommand } from "../../domain/record.js";
import type { KnownLedger } from "../../readmodel/known-ledger.js";

/**
 * Refuses to withdraw a computation that a penalty rests on: shares are worked out from the hours that it froze. The penalty lies in the contract's stream, of which the rules of
 * an assessment see nothing, so that it is looked at here. Throws LedgerError WRONG_STATE.
 */
export function mustBearNoPenalty(command: LedgerCommand, known: KnownLedger): void {
  if (command.type !== "WithdrawRecord" || command.data.category !== "assessment") return;
  const { subjectId, eventId } = command.data;
  const contractId = subjectId.slice(0, subjectId.indexOf("~"));
  if (!isContractId(contractId)) return;
  const resting = (known.penaltiesOfContracts([contractId]).get(contractId) ?? []).find(({ fact: { data } }) => "computation" in data && data.computation?.eventId === eventId);
  if (resting === undefined) return;
  const { penaltyId } = resting;
  throw new LedgerError({ code: "WRONG_STATE", field: "eventId", params: { penaltyId }, message: `the penalty ${penaltyId} rests on that computation; withdraw what was recorded of the penalty first, or compute the assessment again and adjust the penalty (adjustPenalty)` });
}
