import { floor, fraction, minus, isLess, over, plus, times, type Fraction } from "./naive-exact.js";
import type { NaiveLedger } from "./naive-ledger.js";
import { NaiveWalk, unitsAt, workstationsOf } from "./naive-walk.js";
import type { NaiveQuestion } from "./naive-assessment.js";

/** One body that was hit, and what it lost. */
export interface NaiveAffected {
  readonly body: string;
  /** Workstation-hours, each moment once over all services. */
  readonly hours: Fraction;
  /** At the end of the period. */
  readonly workstations: number;
}

/** Bodies that a disruption hit while one of the contract's services was owed to them, by id (domain.md, "Impact and availability" and "From a breach to money"). */
export function naiveAffected(ledger: NaiveLedger, { from, to, tick, asOf }: NaiveQuestion): readonly NaiveAffected[] {
  const walk = new NaiveWalk(ledger, { zone: ledger.zone, from, to, tick });
  return ledger.bodies.flatMap((body) => {
    let isHit = false;
    let lost = 0;
    for (let t = from; t < Math.min(to, asOf); t += tick) {
      const index = Math.round((t - from) / tick);
      let most = 0;
      for (const service of ledger.services) {
        if (!walk.isOwed(body, service, index)) continue;
        isHit ||= ledger.disruptions.some((each) => each.service === service && unitsAt(each, { body: body.id, t, side: "worst", units: walk.unitsIn(index) }) >= 0);
        if (walk.agreed(service, undefined, "worst")[index] === 1) most = Math.max(most, walk.weight(service, body.id, index, "worst"));
      }
      lost += most * workstationsOf(body, t);
    }
    return isHit ? [{ body: body.id, hours: fraction(BigInt(lost) * BigInt(tick), 3_600_000n), workstations: workstationsOf(body, to - tick) }] : [];
  });
}

/** Shares by the key or, where all have nothing by it, the next: hours, workstations, equally. Cents left over go to the largest remainders, then to the lower id. */
export function naiveShares(cents: number, affected: readonly NaiveAffected[], key: string): { readonly key: string; readonly shares: ReadonlyMap<string, number> } {
  const keys = ["lost-workstation-hours", "workstations", "equally"];
  const weightBy = (name: string, { hours, workstations }: NaiveAffected): Fraction => (name === "equally" ? fraction(1) : name === "workstations" ? fraction(workstations) : hours);
  const used = keys.slice(keys.indexOf(key)).find((name) => affected.some((each) => weightBy(name, each)[0] > 0n)) ?? "equally";
  const total = affected.map((each) => weightBy(used, each)).reduce(plus, fraction(0));
  const exact = affected.map((each) => ({ body: each.body, share: over(times(fraction(Math.abs(cents)), weightBy(used, each)), total) }));
  const shares = new Map(exact.map(({ body, share }) => [body, Number(floor(share))]));
  // One cent after the other, each to whoever is owed most of one.
  for (let left = Math.abs(cents) - [...shares.values()].reduce((a, b) => a + b, 0); left > 0; left -= 1) {
    const owed = exact.map(({ body, share }) => ({ body, rest: minus(share, fraction(shares.get(body) ?? 0)) })).sort((a, b) => (isLess(b.rest, a.rest) ? -1 : isLess(a.rest, b.rest) ? 1 : a.body < b.body ? -1 : 1));
    const first = owed[0]?.body ?? "";
    shares.set(first, (shares.get(first) ?? 0) + 1);
  }
  return { key: used, shares: new Map([...shares].map(([body, share]) => [body, cents < 0 ? 0 - share : share])) };
}
