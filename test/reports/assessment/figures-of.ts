import type { Assessment } from "../../../src/reports/assessment/assessment.js";
import { canonicalFigures } from "../../../src/reports/assessment/canonical.js";
import { isJsonObject, type Json } from "../../../src/kernel/json.js";

/** The levels of an assessment as its canonical figures have them, without what only the ledger can know: ids of events, and what is still open. Times to acknowledge and to restore left out. */
export function levelsOf(assessment: Assessment): readonly Json[] {
  const figures: unknown = JSON.parse(canonicalFigures(assessment));
  const levels = isJsonObject(figures) ? figures["levels"] : undefined;
  if (!Array.isArray(levels)) throw new TypeError("canonical figures have levels");
  return levels.filter(isJsonObject).filter(({ kind }) => kind === "availability" || kind === "failures")
    .map((level) => Object.fromEntries(Object.entries(level).filter(([field]) => field !== "terms" && field !== "open")));
}
