import { createHash } from "node:crypto";
import fc from "fast-check";
import { assess } from "../../../src/reports/assessment/assessment.js";
import { canonicalFigures } from "../../../src/reports/assessment/canonical.js";
import { freeze, reproduce, type Computation } from "../../../src/reports/assessment/freeze.js";
import type { AssessmentQueries } from "../../../src/reports/assessment/queries.js";
import { LONGER, MONTHS, SERVICES, freezable, stories, type Story } from "./stories.js";
import { AFTER, CONTRACT, frameOf, naiveLedgerOf, periodOf, recorded } from "./told.js";

export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The same stories for the same seed, in any process. */
export function sampleOf(seed: number, count: number): readonly Story[] {
  return fc.sample(stories([...MONTHS, ...LONGER].map(frameOf)), { seed, numRuns: count }).map((story, index) => freezable(index % 3 === 0 ? limited(story) : story));
}

/** Maintenance in the first hours of the period uses up most of what its month allows, so that where the month begins matters to all that comes after. */
function limited(story: Story): Story {
  const hours = (count: number): number => (count * 3600) / story.frame.tick;
  const maintenance = [0, 26 * 24].map((from) => ({ services: [...SERVICES], window: [hours(from), hours(from + 6)] as const, before: 1, cancelled: undefined }));
  return { ...story, granted: [], maintenance, documents: story.documents.map((each) => ({ ...each, announced: "excluded", most: "PT9H", notice: undefined, windows: [] })) };
}

/** A story in a ledger, and what was frozen of its period. */
export interface Frozen {
  readonly story: Story;
  readonly known: AssessmentQueries;
  readonly computation: Computation["data"];
}
export function frozen(story: Story): Frozen {
  const into = recorded(naiveLedgerOf(story), story.frame.label);
  const known = into.known(AFTER);
  const last = into.events.at(-1);
  if (last === undefined) throw new RangeError("a story leaves events");
  return { story, known, computation: freeze(known, CONTRACT, periodOf(story), { lastEventId: last.id, now: AFTER, data: { zoneData: "2019c", holidayData: "of the spec" }, digestOf }) };
}

/** Digests of the figures by this process's zone and holiday data, and of what was frozen worked out anew. */
export function digestsOf({ story, known, computation }: Frozen): { readonly live: string; readonly reproduced: string } {
  return {
    live: digestOf(canonicalFigures(assess(known, CONTRACT, periodOf(story), { asOf: AFTER }))),
    reproduced: digestOf(canonicalFigures(reproduce(known, computation))),
  };
}
