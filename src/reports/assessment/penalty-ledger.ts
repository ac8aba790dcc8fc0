import type { ContractId, PenaltyId } from "../../kernel/brand.js";
import { toApportionCents, type PenaltyState } from "../../domain/contract/penalties.js";
import type { ContractRow, PenaltyRow } from "../../../projections/rows.js";
import { incompleteBy } from "../frame-of.js";
import type { ReportFrame } from "../frame.js";
import { capStanding, penaltiesState, type CapStanding } from "./cap.js";
import { contractMaterial } from "./material.js";
import type { AssessmentQueries } from "./queries.js";

/** One penalty with all its movements. */
export interface PenaltyAccount extends PenaltyState {
  readonly penaltyId: PenaltyId;
  /** Determined, and adjusted since. */
  readonly determinedCents: number;
  readonly adjustedCents: number;
  /** Due and not collected. */
  readonly openCents: number;
  /** Collected beyond what is due now: to be paid back. */
  readonly toPayBackCents: number;
  /** Collected and due, and not shared yet; negative where an adjustment took some back. */
  readonly toApportionCents: number;
  /** In the order of recording. */
  readonly movements: readonly PenaltyRow[];
}

/** What was determined, adjusted, collected and shared under a contract, and what of its cap is left. */
export interface PenaltyLedger extends Pick<ReportFrame, "knowledge" | "notUnderstood"> {
  readonly contract: ContractRow;
  readonly cap: CapStanding | undefined;
  /** In the order of determination. */
  readonly penalties: readonly PenaltyAccount[];
}

/** Throws LedgerError NOT_FOUND for a contract that is not known. */
export function penaltyLedger(ledger: AssessmentQueries, contractId: ContractId): PenaltyLedger {
  const of = contractMaterial(ledger, contractId);
  const { knowledge } = ledger;
  const notUnderstood = incompleteBy(ledger.notUnderstood(), { body: new Set(), service: new Set(), contract: new Set([contractId]) });
  const state = penaltiesState(of);
  const penalties = [...state.penalties].map(([penaltyId, each]) => accountOf(penaltyId, each, of.penalties.filter((row) => row.penaltyId === penaltyId)));
  return { knowledge, notUnderstood, contract: of.contract, cap: capStanding(of, knowledge.instant), penalties };
}

function accountOf(penaltyId: PenaltyId, state: PenaltyState, movements: readonly PenaltyRow[]): PenaltyAccount {
  const total = (type: PenaltyRow["fact"]["type"]): number => movements.reduce((sum, { fact }) => sum + (fact.type === type ? fact.data.amount.amountCents : 0), 0);
  const { dueCents, collectedCents } = state;
  return {
    ...state, penaltyId, movements, determinedCents: total("PenaltyDetermined"), adjustedCents: total("PenaltyAdjusted"),
    openCents: Math.max(0, dueCents - collectedCents), toPayBackCents: Math.max(0, collectedCents - dueCents), toApportionCents: toApportionCents(state),
  };
}
