import { isBodyId, isServiceId, type Instant } from "../../kernel/brand.js";
import type { ReportOptions } from "../../reports/frame.js";
import { impactReport, impactReports } from "../../reports/impact.js";
import type { ConcerningEntry } from "../../reports/impact-report.js";
import { serviceAvailability } from "../../reports/service-availability.js";
import { costSentence, partSentence } from "../../reports/words/sentences.js";
import type { Context } from "../context.js";
import { idOf } from "../input/id.js";
import { readingFor, type KnownArgs } from "../input/known-at.js";
import { isGiven, type Optional } from "../input/optional.js";
import { pageOf, type PageArgs } from "../input/page.js";
import { periodOf, type PeriodInput } from "../input/period.js";
import type { Reading } from "../reading.js";
import { serviceAvailabilityView } from "../views/availability.js";
import {
  costPartView, evaluationsView, impactReportView, partView, type ContractCostView, type CostPartView, type ExplainedView, type ImpactReportView, type PartView,
} from "../views/impact.js";
import { knowledgeOfMany } from "../views/knowledge.js";
import { connectionView } from "../views/page.js";
import { entryView } from "../views/timeline.js";
import type { FieldResolvers } from "./resolver.js";
import type { SpeechArgs } from "./speech.js";

type ReportArgs = KnownArgs & { readonly period: PeriodInput; readonly asOf?: Optional<Instant> };

function optionsOf({ period, asOf }: ReportArgs): ReportOptions {
  const { span, zone } = periodOf(period);
  return { period: span, zone, ...(isGiven(asOf) && { asOf }) };
}

export const reportQueries: FieldResolvers = {
  impactReport: async (_: unknown, args: ReportArgs & { readonly bodyId: string }, context: Context) => {
    const [bodyId, options] = [idOf(args.bodyId, isBodyId, "bodyId"), optionsOf(args)];
    const reading = await readingFor(context, args);
    return impactReportView(impactReport(reading.known, bodyId, options), reading);
  },
  impactReports: async (_: unknown, args: ReportArgs & PageArgs, context: Context) => {
    const [options, page] = [optionsOf(args), pageOf(args)];
    const reading = await readingFor(context, args);
    const bodies = reading.known.listBodies({ by: "name", direction: "ascending" }, page);
    const reports = impactReports(reading.known, bodies.edges.map(({ row }) => row.bodyId), options);
    const byBody = new Map(reports.map((report) => [report.body.bodyId, report]));
    const edges = bodies.edges.flatMap(({ row, cursor }) => {
      const report = byBody.get(row.bodyId);
      return report === undefined ? [] : [{ row: report, cursor }];
    });
    return connectionView({ ...bodies, edges }, (report) => impactReportView(report, reading), { after: isGiven(args.after), knowledge: knowledgeOfMany(reading) });
  },
  serviceAvailability: async (_: unknown, args: ReportArgs & { readonly serviceId: string }, context: Context) => {
    const [serviceId, options] = [idOf(args.serviceId, isServiceId, "serviceId"), optionsOf(args)];
    const reading = await readingFor(context, args);
    return serviceAvailabilityView(serviceAvailability(reading.known, serviceId, options), reading);
  },
};

function concerningView({ entry, inPeriod }: ConcerningEntry, reading: Reading) {
  return { entry: entryView(entry, reading), inPeriod };
}

export const impactReportFields: FieldResolvers = {
  responses: ({ report, reading }: ImpactReportView) => report.responses().map((each) => concerningView(each, reading)),
  communications: ({ report, reading }: ImpactReportView) => report.communications().map((each) => concerningView(each, reading)),
};

export const figuresFields: FieldResolvers = {
  explanation: ({ of }: ExplainedView) => evaluationsView(of.explanation(), partView),
};
export const contractCostFields: FieldResolvers = {
  explanation: ({ of }: ContractCostView) => evaluationsView(of.explanation(), costPartView),
};
export const partFields: FieldResolvers = {
  sentence: ({ part }: PartView, speech: SpeechArgs) => partSentence(part, speech),
};
export const costPartFields: FieldResolvers = {
  sentence: ({ part }: CostPartView, speech: SpeechArgs) => costSentence(part, speech),
};
