import { setImmediate as othersFirst } from "node:timers/promises";
import { assess } from "../../reports/assessment/assessment.js";
import { attribute, type Assessed, type AttributedChange } from "../../reports/assessment/attribution.js";
import { changesBetween, type LevelChange } from "../../reports/assessment/changes.js";
import type { RecordedComputation } from "../../reports/assessment/freeze.js";
import { isGiven, type Optional } from "../input/optional.js";
import type { Reading } from "../reading.js";
import { computationNumbered, periodOfContract, reproduced, type PeriodArgs } from "./asking.js";

export interface Difference {
  readonly from: RecordedComputation;
  readonly to: RecordedComputation | undefined;
  readonly before: Assessed;
  readonly after: Assessed;
  readonly changes: readonly LevelChange[];
  readonly attributed: readonly AttributedChange[];
}

/** What differs between a computation and a later one, or what is known, and because of which events. Throws LedgerError NOT_FOUND. */
export async function differenceOf(reading: Reading, args: PeriodArgs & { readonly from: number; readonly to?: Optional<number> }): Promise<Difference> {
  const { contractId, assessed } = periodOfContract(reading.known, args);
  const at = { contractId, period: assessed.label };
  const from = computationNumbered(reading.known, at, args.from, "from");
  const to = isGiven(args.to) ? computationNumbered(reading.known, at, args.to, "to") : undefined;
  const before = await reproduced(reading, from);
  const after = to === undefined ? { knowledge: reading.known.knowledge, assessment: assess(reading.known, contractId, assessed) } : await reproduced(reading, to);
  const { readModel } = reading.context.services;
  const attributed = await attribute(before, after, {
    at: async (knowledge) => {
      await othersFirst();
      return assess(readModel.at(knowledge, reading.context.viewer), contractId, assessed, { asOf: after.assessment.asOf });
    },
    halfway: (earlier, later) => readModel.halfway(earlier, later),
    eventOf: (knowledge) => (knowledge.position === undefined ? Promise.resolve(undefined) : readModel.eventIdAt(knowledge.position)),
  });
  return { from, to, before, after, changes: changesBetween(before.assessment, after.assessment), attributed };
}
