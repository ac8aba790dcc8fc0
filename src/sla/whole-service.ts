import { ZERO, rational, sum, type Rational } from "../kernel/rational.js";

/** How a service as a whole is weighed over the bodies owed it at a moment (domain.md, "Impact and availability"). */
export type Mode = "any" | "all" | "mean";

/** One body, or several that are alike, owed the service over `[start, end)` with an unchanging weight. */
export interface BodyStretch<Body> {
  readonly body: Body;
  readonly start: number;
  readonly end: number;
  readonly units: number;
  /** Of all of them together. */
  readonly workstations: number;
  /** How many bodies it stands for; left out: one. Negative, with negative workstations: so many fewer than other stretches say. */
  readonly alike?: number;
}
/** A stretch in which the same bodies are owed the service with the same weights. */
export interface ServiceStretch<Body> {
  readonly start: number;
  readonly end: number;
  /** Never empty. */
  readonly bodies: readonly BodyStretch<Body>[];
}

/** The stretches in which at least one body is owed the service, in order. O(n log n) apart from listing the bodies of each. */
export function mergeBodies<Body>(stretches: readonly BodyStretch<Body>[], visit: (stretch: ServiceStretch<Body>) => void): void {
  const starts = [...stretches].sort((a, b) => a.start - b.start);
  const moments = [...new Set(stretches.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  let active: BodyStretch<Body>[] = [];
  let next = 0;
  for (const [index, start] of moments.entries()) {
    const end = moments[index + 1];
    if (end === undefined) return;
    active = active.filter((each) => each.end > start);
    for (let each = starts[next]; each !== undefined && each.start <= start; each = starts[next]) {
      active.push(each);
      next += 1;
    }
    if (active.length > 0) visit({ start, end, bodies: active });
  }
}

/** Weight of the service as a whole: the largest, the smallest, or the mean weighted by workstations (unweighted if nobody has any). */
export function weightOf(mode: Mode, bodies: readonly BodyStretch<unknown>[], scale: number): Rational {
  const tally = new Tally();
  for (const body of bodies) tally.add(body, 1);
  if (tally.isEmpty) return ZERO;
  const { numerator, denominator } = tally.weight(mode);
  return rational(numerator, denominator * scale);
}

/** The bodies that are owed a service at a moment, counted as they come and go. */
class Tally {
  #bodies = 0;
  #units = 0;
  #workstations = 0;
  #weighted = 0;
  /** Bodies by the units of their weight. */
  readonly #byUnits = new Map<number, number>();

  get isEmpty(): boolean {
    return this.#bodies === 0;
  }

  /** `sign`: 1 as they come, -1 as they go. */
  add({ units, workstations, alike = 1 }: BodyStretch<unknown>, sign: 1 | -1): void {
    const bodies = alike * sign;
    this.#bodies += bodies;
    this.#units += units * bodies;
    this.#workstations += workstations * sign;
    this.#weighted += units * workstations * sign;
    const left = (this.#byUnits.get(units) ?? 0) + bodies;
    if (left === 0) this.#byUnits.delete(units);
    else this.#byUnits.set(units, left);
  }

  /** In units over a denominator, not in lowest terms. Of none it is meaningless. */
  weight(mode: Mode): { readonly numerator: number; readonly denominator: number } {
    switch (mode) {
      case "any":
        return { numerator: Math.max(...this.#byUnits.keys()), denominator: 1 };
      case "all":
        return { numerator: Math.min(...this.#byUnits.keys()), denominator: 1 };
      case "mean":
        return this.#workstations > 0 ? { numerator: this.#weighted, denominator: this.#workstations } : { numerator: this.#units, denominator: this.#bodies };
    }
  }
}

/** Agreed time and downtime of the service as a whole, in milliseconds. One sweep over sorted boundaries: O(n log n) in the number of stretches. */
export function wholeServiceFigures(mode: Mode, stretches: readonly BodyStretch<unknown>[], scale: number): { readonly agreedMs: number; readonly downtimeMs: Rational } {
  const coming = [...stretches].sort((a, b) => a.start - b.start);
  const going = [...stretches].sort((a, b) => a.end - b.end);
  const tally = new Tally();
  /** By the denominator of the weight. */
  const weightedMs = new Map<number, bigint>();
  let [agreedMs, came, went, start] = [0, 0, 0, 0];
  while (went < going.length) {
    const end = Math.min(coming[came]?.start ?? Infinity, going[went]?.end ?? Infinity);
    if (!tally.isEmpty) {
      agreedMs += end - start;
      const { numerator, denominator } = tally.weight(mode);
      if (numerator !== 0) weightedMs.set(denominator, (weightedMs.get(denominator) ?? 0n) + BigInt(numerator) * BigInt(end - start));
    }
    for (let each = going[went]; each?.end === end; each = going[(went += 1)]) tally.add(each, -1);
    for (let each = coming[came]; each?.start === end; each = coming[(came += 1)]) tally.add(each, 1);
    start = end;
  }
  return { agreedMs, downtimeMs: sum([...weightedMs].map(([denominator, weighted]) => rational(weighted, BigInt(denominator) * BigInt(scale)))) };
}
