import type { BodyId } from "../../kernel/brand.js";
import { toExactText } from "../../kernel/rational.js";
import { LedgerError } from "../../kernel/errors.js";
import { apportion, type Apportionment } from "../../sla/apportionment.js";
import type { PenaltyShare } from "../../domain/contract/penalty-events.js";
import { frozenTime } from "../terms/recorded-time.js";
import { affectedBodies } from "./affected.js";
import type { Computation } from "./freeze.js";
import type { AssessmentQueries } from "./queries.js";

/** Shares of an amount by the key that the terms name at the end of the period. Throws LedgerError NOT_FOUND where nobody was affected. */
export function sharesOf(ledger: AssessmentQueries, computation: Computation["data"], amountCents: number): Apportionment<BodyId> {
  const { contractId, span, period } = computation;
  const key = (ledger.termsOfContracts([contractId]).get(contractId) ?? []).findLast(({ effectiveFrom }) => effectiveFrom < span.end)?.terms.apportionment ?? "lost-workstation-hours";
  const shared = apportion(amountCents, affectedBodies(ledger, computation, frozenTime(computation.frozen)), key);
  if (shared !== undefined) return shared;
  throw new LedgerError({ code: "NOT_FOUND", field: "penaltyId", params: { contractId, period }, message: `no body was affected in ${period}: there is nobody to share it among` });
}

/** Shares as an event holds them. */
export function recordedShares({ shares }: Apportionment<BodyId>): PenaltyShare[] {
  return shares.map(({ bodyId, weight, amountCents }) => ({ bodyId, weight: toExactText(weight), amountCents }));
}
