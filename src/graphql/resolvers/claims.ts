import { claimsMade } from "../../reports/assessment/claims-made.js";
import { weighClaims } from "../../reports/assessment/claims.js";
import { periodOfContract, type PeriodArgs } from "../assessments/asking.js";
import type { Context } from "../context.js";
import { readingFor, type KnownArgs } from "../input/known-at.js";
import type { PageArgs } from "../input/page.js";
import { countedPage } from "../views/page.js";
import { changeView, claimEffectsView, claimView, type ClaimEffectsView, type ClaimView } from "../views/sla-assessment.js";
import { entryOf } from "../views/timeline.js";
import type { FieldResolvers } from "./resolver.js";

export const claimQueries: FieldResolvers = {
  claimEffects: async (_: unknown, args: KnownArgs & PeriodArgs, context: Context) => {
    const reading = await readingFor(context, args);
    const { contractId, assessed } = periodOfContract(reading.known, args);
    const made = claimsMade(reading.known, contractId, assessed);
    return claimEffectsView(made, weighClaims(reading.known, contractId, assessed, { claims: made, options: {} }), reading);
  },
};

export const claimEffectsFields: FieldResolvers = {
  each: ({ made, claims, reading }: ClaimEffectsView, args: PageArgs) =>
    countedPage(made, { args, nameOf: ({ incidentId, disruptionId }) => `${incidentId}/${disruptionId}`, nodeOf: (claim) => claimView(claim, claims, reading) }),
  together: ({ worth }: ClaimEffectsView) => worth().changes.map(changeView),
  centsDelta: ({ worth }: ClaimEffectsView) => worth().centsDelta,
};

export const claimFields: FieldResolvers = {
  event: ({ eventId, reading }: ClaimView) => entryOf(eventId, reading),
  changes: ({ worth }: ClaimView) => worth().changes.map(changeView),
  centsDelta: ({ worth }: ClaimView) => worth().centsDelta,
};
