import type { Instant } from "../../kernel/brand.js";
import type { Money } from "../../kernel/money.js";
import { capAt, evolvePenalty, NO_PENALTIES, usedCents, type PenaltiesState } from "../../domain/contract/penalties.js";
import type { AgreementRow, ContractRow, PenaltyRow, TermsRow } from "../../../projections/rows.js";

/** What of a contract's cap is used, over its whole life (domain.md, "From a breach to money"). */
export interface CapStanding {
  /** The cap as of then. */
  readonly cap: Money;
  /** By determinations and adjustments, in cents. */
  readonly usedCents: number;
  readonly leftCents: number;
  /** What of that the penalty for the period itself uses, where a period is asked about. */
  readonly ownCents: number;
}

/** The rows that a cap rests on. */
export interface CapRows {
  readonly contract: ContractRow;
  readonly agreements: readonly AgreementRow[];
  readonly terms: readonly TermsRow[];
  readonly penalties: readonly PenaltyRow[];
}

/** All that was determined, adjusted, collected and shared, in the order of recording. */
export function penaltiesState({ contract, agreements, terms, penalties }: CapRows): PenaltiesState {
  const awarded = contract.amount === undefined ? [] : [{ from: contract.effectiveFrom, value: contract.amount }];
  const amended = agreements.filter(({ kind }) => kind === "amount").map(({ effectiveFrom, money }) => ({ from: effectiveFrom, value: money }));
  const caps = terms.map((row) => ({ from: row.effectiveFrom, value: row.terms.cap.percent }));
  return penalties.reduce<PenaltiesState>((state, { fact }) => evolvePenalty(state, fact), { ...NO_PENALTIES, amounts: [...awarded, ...amended], caps });
}

/** Undefined where no amount or no terms hold as of then: there is no cap to speak of yet. */
export function capStanding(rows: CapRows, asOf: Instant, period?: string): CapStanding | undefined {
  const state = penaltiesState(rows);
  const cap = capAt(state, asOf);
  if (cap === undefined) return undefined;
  const used = usedCents(state);
  const own = [...state.penalties.values()].filter((penalty) => penalty.period === period);
  return { cap, usedCents: used, leftCents: Math.max(0, cap.amountCents - used), ownCents: own.reduce((sum, { dueCents }) => sum + dueCents, 0) };
}
