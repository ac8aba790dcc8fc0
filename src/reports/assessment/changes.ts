import { compare, subtract, ZERO, type Rational } from "../../kernel/rational.js";
import type { Range } from "../range.js";
import type { Assessment } from "./assessment.js";
import { canonicalFigures } from "./canonical.js";
import type { Level, Verdict } from "./level.js";

/** One figure of two assessments of the same period, with what changed. */
export interface LevelChange {
  readonly name: string;
  /** Undefined where only one of the two has it. */
  readonly before: Level | undefined;
  readonly after: Level | undefined;
  readonly verdicts: { readonly before: Verdict | undefined; readonly after: Verdict | undefined };
  /** After less before, in milliseconds; of availabilities. */
  readonly agreedMsDelta: Range<number>;
  readonly downtimeMsDelta: Range<Rational>;
  /** Decided cases, or failures, after less before. */
  readonly countDelta: Range<number>;
  /** After less before, in cents. */
  readonly centsDelta: Range<number>;
}

/** Levels whose figures, verdict or penalty differ, in the order of their names. */
export function changesBetween(before: Assessment, after: Assessment): readonly LevelChange[] {
  const [old, now] = [byName(before), byName(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    return was !== undefined && is !== undefined && same(before, was, after, is) ? [] : [changeOf(name, was, is)];
  });
}

function byName({ levels }: Assessment): ReadonlyMap<string, Level> {
  return new Map(levels.map((level) => [level.name, level]));
}

function same(before: Assessment, was: Level, after: Assessment, is: Level): boolean {
  const only = (assessment: Assessment, level: Level): string => canonicalFigures({ ...assessment, levels: [level], covered: before.covered });
  return only(before, was) === only(after, is);
}

function changeOf(name: string, before: Level | undefined, after: Level | undefined): LevelChange {
  return {
    name, before, after, verdicts: { before: before?.verdict, after: after?.verdict },
    agreedMsDelta: minus(numbersOf(after, "agreedMs"), numbersOf(before, "agreedMs")),
    downtimeMsDelta: exactMinus(downtimeOf(after), downtimeOf(before)),
    countDelta: minus(numbersOf(after, "count"), numbersOf(before, "count")),
    centsDelta: minus(after?.penalty?.cents ?? NOTHING, before?.penalty?.cents ?? NOTHING),
  };
}

const NOTHING: Range<number> = { min: 0, max: 0 };

function numbersOf(level: Level | undefined, which: "agreedMs" | "count"): Range<number> {
  const measured = level?.measured;
  if (measured === undefined) return NOTHING;
  switch (measured.kind) {
    case "availability":
      return which === "agreedMs" ? measured.agreedMs : NOTHING;
    case "failures":
      return which === "count" ? measured.count : NOTHING;
    case "time-to-acknowledge":
    case "time-to-restore":
      return which === "count" ? { min: measured.decided, max: measured.decided } : NOTHING;
  }
}

function downtimeOf(level: Level | undefined): Range<Rational> {
  return level?.measured.kind === "availability" ? level.measured.downtimeMs : { min: ZERO, max: ZERO };
}

function minus(a: Range<number>, b: Range<number>): Range<number> {
  return { min: a.min - b.min, max: a.max - b.max };
}
function exactMinus(a: Range<Rational>, b: Range<Rational>): Range<Rational> {
  const [min, max] = [subtract(a.min, b.min), subtract(a.max, b.max)];
  return compare(min, max) === 0 ? { min, max: min } : { min, max };
}
