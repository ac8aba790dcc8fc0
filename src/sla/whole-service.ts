import { ZERO, rational, sum, type Rational } from "../kernel/rational.js";

/** How a service as a whole is weighed over the bodies owed it at a moment (domain.md, "Impact and availability"). */
export type Mode = "any" | "all" | "mean";

/** One body, or so many that are alike, owed the service over `[start, end)` with an unchanging weight. */
export interface BodyStretch<Body> {
  readonly body: Body;
  readonly start: number;
  readonly end: number;
  readonly units: number;
  /** Of all of them together. */
  readonly workstations: number;
  /** How many bodies it stands for; left out: one. */
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
  if (bodies.length === 0) return ZERO;
  const { numerator, denominator } = partsOf(mode, bodies);
  return rational(numerator, denominator * scale);
}

/** A weight in units over a denominator, not in lowest terms. */
interface UnitParts {
  readonly numerator: number;
  readonly denominator: number;
}

function partsOf(mode: Mode, bodies: readonly BodyStretch<unknown>[]): UnitParts {
  switch (mode) {
    case "any":
      return { numerator: bodies.reduce((most, { units }) => Math.max(most, units), 0), denominator: 1 };
    case "all":
      return { numerator: bodies.reduce((least, { units }) => Math.min(least, units), Infinity), denominator: 1 };
    case "mean":
      return mean(bodies);
  }
}

function mean(bodies: readonly BodyStretch<unknown>[]): UnitParts {
  let [weighted, workstations, units, count] = [0, 0, 0, 0];
  for (const body of bodies) {
    weighted += body.units * body.workstations;
    workstations += body.workstations;
    units += body.units * (body.alike ?? 1);
    count += body.alike ?? 1;
  }
  return workstations > 0 ? { numerator: weighted, denominator: workstations } : { numerator: units, denominator: count };
}

/** Agreed time and downtime of the service as a whole, in milliseconds. */
export function wholeServiceFigures(mode: Mode, stretches: readonly BodyStretch<unknown>[], scale: number): { readonly agreedMs: number; readonly downtimeMs: Rational } {
  let agreedMs = 0;
  const weightedMs = new Map<number, bigint>();
  mergeBodies(stretches, ({ start, end, bodies }) => {
    agreedMs += end - start;
    const { numerator, denominator } = partsOf(mode, bodies);
    if (numerator !== 0) weightedMs.set(denominator, (weightedMs.get(denominator) ?? 0n) + BigInt(numerator) * BigInt(end - start));
  });
  return { agreedMs, downtimeMs: sum([...weightedMs].map(([denominator, weighted]) => rational(weighted, BigInt(denominator) * BigInt(scale)))) };
}
