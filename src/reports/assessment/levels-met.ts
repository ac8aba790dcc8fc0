import type { Instant } from "../../kernel/brand.js";
import { isZoneId } from "../../time/zone.js";
import type { Period } from "../../time/period.js";
import type { KnownLedger } from "../../readmodel/known-ledger.js";
import { PAGE_CAP } from "../../readmodel/known-ledger.js";
import type { ContractRow } from "../../../projections/rows.js";
import { assess } from "./assessment.js";
import { assessedPeriod, kindOf, labelsWithin } from "./period.js";
import type { AssessmentQueries } from "./queries.js";

/** How many service levels of all contracts were assessed over a period, and how many of them were met. */
export interface LevelsMet {
  readonly met: number;
  /** Of which banded times leave open whether they were. */
  readonly undetermined: number;
  /** Met, missed, or left open by banded times. */
  readonly assessed: number;
}

/**
 * Of all contracts, with the levels of all months and quarters within a longer period, as far as they have begun; undefined for a period that is no month, quarter or year,
 * over which nothing is assessed. Contracts are cut in their own zones.
 */
export function levelsMet(ledger: AssessmentQueries & Pick<KnownLedger, "listContracts">, { label }: Period, asOf?: Instant): LevelsMet | undefined {
  if (kindOf(label) === undefined) return undefined;
  const begun = asOf ?? ledger.knowledge.instant;
  const periods = allContracts(ledger).flatMap(({ contractId, zone }) => labelsWithin(label).map((each) => ({ contractId, period: isZoneId(zone) ? assessedPeriod(each, zone) : undefined })));
  return periods.reduce<LevelsMet>((sum, { contractId, period }) => {
    if (period?.ok !== true || period.value.span.start >= begun) return sum;
    const { met, breached, undetermined } = assess(ledger, contractId, period.value, asOf === undefined ? {} : { asOf }).verdicts;
    return { met: sum.met + met, undetermined: sum.undetermined + undetermined, assessed: sum.assessed + met + breached + undetermined };
  }, { met: 0, undetermined: 0, assessed: 0 });
}

function allContracts(ledger: Pick<KnownLedger, "listContracts">): readonly ContractRow[] {
  const rows: ContractRow[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const page = ledger.listContracts({ by: "id", direction: "ascending" }, { first: PAGE_CAP, ...(after !== undefined && { after }) });
    rows.push(...page.edges.map(({ row }) => row));
    [after, more] = [page.endCursor, page.hasNextPage];
  }
  return rows;
}
