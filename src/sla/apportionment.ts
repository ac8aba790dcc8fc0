import { compare, floor, multiply, rational, subtract, sum, ZERO, divide, type Rational } from "../kernel/rational.js";

/** What an amount is shared by: the keys of domain.md ("From a breach to money") in the order in which they are tried. */
export const KEYS = ["lost-workstation-hours", "workstations", "equally"] as const;
export type Key = (typeof KEYS)[number];

/** A body that was affected, and what each key says of it. */
export interface Affected<Id extends string> {
  readonly bodyId: Id;
  readonly lostWorkstationHours: Rational;
  readonly workstations: Rational;
}
export interface Share<Id extends string> {
  readonly bodyId: Id;
  readonly weight: Rational;
  /** The share before it was rounded to cents. */
  readonly exactCents: Rational;
  readonly amountCents: number;
}
export interface Apportionment<Id extends string> {
  /** The key that was used: the first, from the one agreed on, by which anybody has anything. */
  readonly key: Key;
  /** In the order of body ids. They add up to the amount, to the cent. */
  readonly shares: readonly Share<Id>[];
}

/**
 * Shares an amount (also a negative one, of an adjustment) over the affected bodies by `key`, or, where all have zero by that, by the next one. The cents that
 * are left over when every share is cut go to the largest remainders, then to the lower body id. Undefined with nobody to share it.
 */
export function apportion<Id extends string>(amountCents: number, affected: readonly Affected<Id>[], key: Key): Apportionment<Id> | undefined {
  if (affected.length === 0) return undefined;
  const used = KEYS.slice(KEYS.indexOf(key)).find((each) => affected.some((body) => compare(weightBy(each, body), ZERO) > 0)) ?? "equally";
  const bodies = [...affected].sort((a, b) => (a.bodyId < b.bodyId ? -1 : 1));
  const total = sum(bodies.map((body) => weightBy(used, body)));
  const exact = bodies.map((body) => {
    const weight = weightBy(used, body);
    return { bodyId: body.bodyId, weight, exactCents: divide(multiply(rational(Math.abs(amountCents)), weight), total) };
  });
  const cents = withRemainders(exact.map(({ exactCents }) => exactCents), Math.abs(amountCents));
  const signed = (share: Rational): Rational => (amountCents < 0 ? subtract(ZERO, share) : share);
  // Taken from zero, so that a share of nothing is 0 and not −0.
  const signedCents = (share: number): number => (amountCents < 0 ? 0 - share : share);
  const shares = exact.map(({ bodyId, weight, exactCents }, index) => ({ bodyId, weight, exactCents: signed(exactCents), amountCents: signedCents(cents[index] ?? 0) }));
  return { key: used, shares };
}

function weightBy<Id extends string>(key: Key, { lostWorkstationHours, workstations }: Affected<Id>): Rational {
  switch (key) {
    case "lost-workstation-hours":
      return lostWorkstationHours;
    case "workstations":
      return workstations;
    case "equally":
      return rational(1);
  }
}

/** Whole cents: each share cut, one cent more for as many as are left over, the largest remainders first, of equal ones the earlier. */
function withRemainders(exact: readonly Rational[], amountCents: number): readonly number[] {
  const cut = exact.map((share) => floor(share));
  const left = amountCents - Number(cut.reduce((total, share) => total + share, 0n));
  const remainders = exact.map((share, index) => ({ index, remainder: subtract(share, rational(cut[index] ?? 0n)) }));
  const lucky = new Set(remainders.sort((a, b) => compare(b.remainder, a.remainder) || a.index - b.index).slice(0, left).map(({ index }) => index));
  return cut.map((share, index) => Number(share) + (lucky.has(index) ? 1 : 0));
}
