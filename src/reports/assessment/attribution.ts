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
  /** The assessment at a knowledge, with the instant of the later one and the hours as this machine knows them. Each may take long: let others be answered in between. */
  readonly at: (knowledge: Knowledge) => Promise<Assessment>;
  readonly halfway: (earlier: Knowledge, later: Knowledge) => Promise<Knowledge | undefined>;
  /** The event right before a knowledge. */
  readonly eventOf: (knowledge: Knowledge) => Promise<EventId | undefined>;
}

/** Most events that are named, and most assessments made to find them; what others changed is in the whole difference all the same. */
const MOST = { named: 200, made: 1_000 };

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
  const search: Search = { stepping, found: [], made: 0 };
  const first = await pointAt(before.knowledge, search);
  const last = await pointAt(after.knowledge, search);
  await between(first, last, search);
  return [...byTimeAlone(before.assessment, first.assessment), ...search.found, ...byTimeAlone(last.assessment, after.assessment)];
}

/** How far a search has come. */
interface Search {
  readonly stepping: Stepping;
  readonly found: AttributedChange[];
  /** Assessments so far. */
  made: number;
}

async function pointAt(knowledge: Knowledge, search: Search): Promise<Point> {
  search.made += 1;
  const assessment = await search.stepping.at(knowledge);
  return { knowledge, assessment, figures: canonicalFigures(assessment) };
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

async function between(a: Point, b: Point, search: Search): Promise<void> {
  const { stepping, found } = search;
  if (a.figures === b.figures || found.length >= MOST.named || search.made >= MOST.made) return;
  const middle = await stepping.halfway(a.knowledge, b.knowledge);
  if (middle !== undefined) {
    const half = await pointAt(middle, search);
    await between(a, half, search);
    await between(half, b, search);
    return;
  }
  const eventId = await stepping.eventOf(b.knowledge);
  if (eventId !== undefined) found.push({ cause: { kind: "event", eventId }, changes: changesBetween(a.assessment, b.assessment) });
}
