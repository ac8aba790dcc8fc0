import type { Instant } from "../../kernel/brand.js";
import { levelsMet } from "../../reports/assessment/levels-met.js";
import { qualityIndicators } from "../../reports/quality/indicators.js";
import type { Context } from "../context.js";
import { readingFor, type KnownArgs } from "../input/known-at.js";
import { isGiven, type Optional } from "../input/optional.js";
import { periodOf, type PeriodInput } from "../input/period.js";
import { incidentView } from "../views/incident.js";
import {
  improvementCaseView, qualityView, serviceLevelsView, recurrenceView, reportCaseView, timeCaseView, type ImprovementsView, type OccurrencesView, type QualityView, type RecurrencesView, type ReportsView,
  type TimesView,
} from "../views/quality.js";
import { whenView } from "../views/values.js";
import type { FieldResolvers } from "./resolver.js";

type QualityArgs = KnownArgs & { readonly period: PeriodInput; readonly asOf?: Optional<Instant> };

export const qualityQueries: FieldResolvers = {
  qualityIndicators: async (_: unknown, args: QualityArgs, context: Context) => {
    const period = periodOf(args.period);
    const reading = await readingFor(context, args);
    return qualityView(qualityIndicators(reading.known, { period, serviceLevels: (asked) => levelsMet(reading.known, asked, args.asOf ?? undefined), ...(isGiven(args.asOf) && { asOf: args.asOf }) }), reading);
  },
};

export const qualityFields: FieldResolvers = {
  serviceLevelsMet: ({ report }: QualityView) => serviceLevelsView(report.serviceLevels()),
};
export const occurrencesFields: FieldResolvers = {
  incidentCases: ({ of, reading }: OccurrencesView) => of.cases().incidents.map(({ row, severity }) => ({ incident: incidentView(row, reading), severity })),
  disruptionCases: ({ of }: OccurrencesView) => of.cases().disruptions.map(({ row: { incidentId, disruptionId, serviceId, start }, severity }) => ({ incidentId, disruptionId, serviceId, start: whenView(start), severity })),
};
export const elapsedTimesFields: FieldResolvers = {
  cases: ({ of, reading }: TimesView) => of.cases().map((each) => timeCaseView(each, reading)),
};
export const recurrencesFields: FieldResolvers = {
  cases: ({ of, reading }: RecurrencesView) => of.cases().map((each) => recurrenceView(each, reading)),
};
export const improvementPunctualityFields: FieldResolvers = {
  cases: ({ of }: ImprovementsView) => of.cases().map(improvementCaseView),
  undatedCases: ({ of }: ImprovementsView) => of.undatedCases().map(improvementCaseView),
};
export const reportPunctualityFields: FieldResolvers = {
  cases: ({ of, reading }: ReportsView) => of.cases().map((each) => reportCaseView(each, reading)),
};
