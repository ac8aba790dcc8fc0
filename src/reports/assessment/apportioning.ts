import type { BodyId } from "../../kernel/brand.js";
import { rational, subtract, toExactText, ZERO } from "../../kernel/rational.js";
import { LedgerError } from "../../kernel/errors.js";
import { apportion, type Apportionment } from "../../sla/apportionment.js";
import type { PenaltyShare } from "../../domain/contract/penalty-events.js";
import type { PenaltyRow } from "../../../projections/rows.js";
import { frozenTime } from "../terms/recorded-time.js";
import { affectedBodies } from "./affected.js";
import type { Computation } from "./freeze.js";
import type { AssessmentQueries } from "./queries.js";

/** What each body was given of a penalty, in cents. */
export type SharedBefore = ReadonlyMap<BodyId, number>;

/**
 * Shares of an amount by the key that the terms name at the end of the period. With what was shared `before`, each body is brought to its share of all of it: an
 * adjustment takes back from those who were given too much, whom the computation it rests on need not know any more, and from nobody else. Throws LedgerError
 * NOT_FOUND where nobody was affected.
 */
export function sharesOf(ledger: AssessmentQueries, computation: Computation["data"], amountCents: number, before: SharedBefore = new Map()): Apportionment<BodyId> {
  const { contractId, span, period } = computation;
  const key = (ledger.termsOfContracts([contractId]).get(contractId) ?? []).findLast(({ effectiveFrom }) => effectiveFrom < span.end)?.terms.apportionment ?? "lost-workstation-hours";
  const wholeCents = [...before.values()].reduce((sum, cents) => sum + cents, amountCents);
  const shared = apportion(wholeCents, affectedBodies(ledger, computation, frozenTime(computation.frozen)), key);
  if (shared !== undefined) return before.size === 0 ? shared : lessBefore(shared, before);
  if (wholeCents === 0 && before.size > 0) return lessBefore({ key, shares: [] }, before);
  throw new LedgerError({ code: "NOT_FOUND", field: "penaltyId", params: { contractId, period }, message: `no body was affected in ${period}: there is nobody to share it among` });
}

function lessBefore({ key, shares }: Apportionment<BodyId>, before: SharedBefore): Apportionment<BodyId> {
  const own = new Set(shares.map(({ bodyId }) => bodyId));
  const without = [...before.keys()].filter((id) => !own.has(id)).map((bodyId) => ({ bodyId, weight: ZERO, exactCents: ZERO, amountCents: 0 }));
  const less = [...shares, ...without].map(({ bodyId, weight, exactCents, amountCents }) => {
    const given = before.get(bodyId) ?? 0;
    return { bodyId, weight, exactCents: subtract(exactCents, rational(given)), amountCents: amountCents - given };
  });
  return { key, shares: less.sort((a, b) => (a.bodyId < b.bodyId ? -1 : 1)) };
}

/** What each body was given by the movements of a penalty. */
export function sharedBy(movements: readonly PenaltyRow[]): SharedBefore {
  const given = new Map<BodyId, number>();
  for (const { fact } of movements) {
    if (fact.type !== "PenaltyApportioned") continue;
    for (const { bodyId, amountCents } of fact.data.shares) given.set(bodyId, (given.get(bodyId) ?? 0) + amountCents);
  }
  return given;
}

/** Shares as an event holds them. */
export function recordedShares({ shares }: Apportionment<BodyId>): PenaltyShare[] {
  return shares.map(({ bodyId, weight, amountCents }) => ({ bodyId, weight: toExactText(weight), amountCents }));
}
