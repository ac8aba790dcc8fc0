import { ZERO, add, rational, type Rational } from "../kernel/rational.js";

/** How a service as a whole is weighed over the bodies owed it at a moment (domain.md, "Impact and availability"). */
export type Mode = "any" | "all" | "mean";

/** One body, owed the service over `[start, end)` with an unchanging weight. */
export interface BodyStretch<Body> {
  readonly body: Body;
  readonly start: number;
  readonly end: number;
  readonly units: number;
  readonly workstations: number;
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
  switch (mode) {
    case "any":
      return rational(bodies.reduce((most, { units }) => Math.max(most, units), 0), scale);
    case "all":
      return rational(bodies.reduce((least, { units }) => Math.min(least, units), scale), scale);
    case "mean":
      return mean(bodies, scale);
  }
}

function mean(bodies: readonly BodyStretch<unknown>[], scale: number): Rational {
  let [weighted, workstations, units] = [0, 0, 0];
  for (const body of bodies) {
    weighted += body.units * body.workstations;
    workstations += body.workstations;
    units += body.units;
  }
  return workstations > 0 ? rational(weighted, workstations * scale) : rational(units, bodies.length * scale);
}

/** Agreed time and downtime of the service as a whole, in milliseconds. */
export function wholeServiceFigures(mode: Mode, stretches: readonly BodyStretch<unknown>[], scale: number): { readonly agreedMs: number; readonly downtimeMs: Rational } {
  let agreedMs = 0;
  let downtimeMs = ZERO;
  mergeBodies(stretches, ({ start, end, bodies }) => {
    agreedMs += end - start;
    const weight = weightOf(mode, bodies, scale);
    if (weight.numerator !== 0n) downtimeMs = add(downtimeMs, rational(weight.numerator * BigInt(end - start), weight.denominator));
  });
  return { agreedMs, downtimeMs };
}
