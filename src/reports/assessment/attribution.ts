import type { EventId } from "../../kernel/brand.js";
import type { Knowledge } from "../../readmodel/knowledge.js";
import type { Assessment } from "./assessment.js";
import { canonicalFigures } from "./canonical.js";
import { changesBetween, type LevelChange } from "./changes.js";

/** Why figures differ. */
export type ChangeCause =
  /** An event that was recorded between the two. */
  | { readonly kind: "event"; readonly eventId: EventId }
  /** Nothing that was recorded: more time had passed, or the zone or holiday data are others. */
  | { readonly kind: "time" };

/** What one cause changed. */
export interface AttributedChange {
  readonly cause: ChangeCause;
  readonly changes: readonly LevelChange[];
}

/** How assessments at other knowledge are made. */
export interface Stepping {
  /** The assessment at a knowledge, with the instant of the later one and the hours as this machine knows them. */
  readonly at: (knowledge: Knowledge) => Assessment;
  readonly halfway: (earlier: Knowledge, later: Knowledge) => Promise<Knowledge | undefined>;
  /** The event right before a knowledge. */
  readonly eventOf: (knowledge: Knowledge) => Promise<EventId | undefined>;
}

/** Most events that are named; what others changed is in the whole difference all the same. */
const MOST = 200;

interface Point {
  readonly knowledge: Knowledge;
  readonly assessment: Assessment;
  readonly figures: string;
}

/**
 * Which event changed which figure, in the order of recording: between two places where the figures are the same nothing is looked at, elsewhere the middle is,
 * until single events are left. Two events that undo each other between such places are not named.
 */
export async function attribute(before: Assessed, after: Assessed, stepping: Stepping): Promise<readonly AttributedChange[]> {
  const point = (knowledge: Knowledge): Point => {
    const assessment = stepping.at(knowledge);
    return { knowledge, assessment, figures: canonicalFigures(assessment) };
  };
  const [first, last] = [point(before.knowledge), point(after.knowledge)];
  const found = [...byTimeAlone(before.assessment, first.assessment)];
  await between(first, last, { point, stepping, found });
  return [...found, ...byTimeAlone(last.assessment, after.assessment)];
}

function byTimeAlone(a: Assessment, b: Assessment): readonly AttributedChange[] {
  const changes = changesBetween(a, b);
  return changes.length === 0 ? [] : [{ cause: { kind: "time" }, changes }];
}

/** An assessment and what was known for it. */
export interface Assessed {
  readonly knowledge: Knowledge;
  readonly assessment: Assessment;
}

async function between(a: Point, b: Point, search: { readonly point: (knowledge: Knowledge) => Point; readonly stepping: Stepping; readonly found: AttributedChange[] }): Promise<void> {
  const { stepping, found, point } = search;
  if (a.figures === b.figures || found.length >= MOST) return;
  const middle = await stepping.halfway(a.knowledge, b.knowledge);
  if (middle !== undefined) {
    const half = point(middle);
    await between(a, half, search);
    await between(half, b, search);
    return;
  }
  const eventId = await stepping.eventOf(b.knowledge);
  if (eventId !== undefined) found.push({ cause: { kind: "event", eventId }, changes: changesBetween(a.assessment, b.assessment) });
}
