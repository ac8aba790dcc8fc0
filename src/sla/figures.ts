import { ONE, compare, divide, rational, subtract, type Rational } from "../kernel/rational.js";
import { walk, type Walk } from "./walk.js";

const MS_PER_HOUR = 3_600_000;

/** What was owed and what was lost. Exact. */
export interface Figures {
  /** Agreed time AST in milliseconds. */
  readonly agreedMs: number;
  /** Downtime D = ∫ w(t) dt over AST, in milliseconds. */
  readonly downtimeMs: Rational;
  /** ∫ w(t) · workstations(t) dt over AST, in hours. */
  readonly lostWorkstationHours: Rational;
}

/** The figures of one walk; `scale` is that of the hits' units (domain.md, "Impact and availability"). */
export function figuresOf(input: Walk<unknown, unknown>, scale: number): Figures {
  let agreedMs = 0;
  let weightedMs = 0;
  let lost = 0n;
  walk(input, (stretch) => {
    if (stretch.kind !== "counted") return;
    const lengthMs = stretch.end - stretch.start;
    agreedMs += lengthMs;
    const units = stretch.hit?.units ?? 0;
    if (units === 0) return;
    weightedMs += units * lengthMs;
    if (stretch.workstations > 0) lost += BigInt(units * lengthMs) * BigInt(stretch.workstations);
  });
  return { agreedMs, downtimeMs: rational(weightedMs, scale), lostWorkstationHours: rational(lost, scale * MS_PER_HOUR) };
}

/** A = 1 − D / AST, or undefined ("not assessable") where nothing was owed. */
export function availabilityOf({ agreedMs, downtimeMs }: Pick<Figures, "agreedMs" | "downtimeMs">): Rational | undefined {
  return agreedMs === 0 ? undefined : subtract(ONE, divide(downtimeMs, rational(agreedMs)));
}

/** Whether an availability meets a threshold: compared exactly, equality meets it. */
export function meets(availability: Rational, threshold: Rational): boolean {
  return compare(availability, threshold) >= 0;
}

/** Hours of a length in milliseconds. */
export function hoursOf(lengthMs: number): Rational {
  return rational(lengthMs, MS_PER_HOUR);
}
