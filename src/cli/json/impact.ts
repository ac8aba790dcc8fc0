import type { Json } from "../../kernel/json.js";
import { rational } from "../../kernel/rational.js";
import type { Figures } from "../../reports/figures.js";
import type { ConcerningEntry, DisruptionImpact, ImpactReport } from "../../reports/impact-report.js";
import type { Speaking } from "../../reports/words/sentences.js";
import { costSentence, partSentence } from "../../reports/words/sentences.js";
import type { ExplanationPart } from "../../reports/explanation.js";
import type { Evaluations } from "../../reports/range.js";
import { entryJson } from "./timeline.js";
import { exactJson, instantJson, knowledgeJson, moneyJson, rangeJson, whenJson } from "./values.js";

/** The impact on one body, as one line of `impact --json`. Milliseconds and hours are exact numbers. */
export function impactJson(report: ImpactReport, speaking: Speaking, explain: boolean): Json {
  const { body, period, covered, asOf, zone, provisional, knowledge, notUnderstood } = report;
  return {
    body: { id: body.bodyId, name: body.name, kind: body.kind },
    period: spanJson(period),
    covered: spanJson(covered),
    zone,
    asOf: instantJson(asOf),
    knowledge: knowledgeJson(knowledge),
    provisional,
    incomplete: notUnderstood.length > 0,
    total: figuresJson(report.total, speaking, explain),
    services: report.services.map((each) => ({ id: each.serviceId, name: each.service.name, contractId: each.contractId, ...figuresJson(each, speaking, explain) })),
    costs: report.costs.map(({ currency, cost, exactCents }) => ({ currency, cost: rangeJson(cost, moneyJson), exactCents: rangeJson(exactCents, exactJson) })),
    contractCosts: report.contractCosts.map((each) => ({
      contractId: each.contractId,
      cost: rangeJson(each.cost, moneyJson),
      ...(explain && { explanation: evaluationsJson(each.explanation(), (part) => costSentence(part, speaking)) }),
    })),
    disruptions: report.disruptions.map(disruptionJson),
    responses: report.responses().map((each) => concerningJson(each, speaking)),
    communications: report.communications().map((each) => concerningJson(each, speaking)),
  };
}

function figuresJson(figures: Figures<ExplanationPart>, speaking: Speaking, explain: boolean): { readonly [key: string]: Json } {
  const { availability } = figures;
  return {
    agreedMs: rangeJson(figures.agreedMs, (ms) => exactJson(rational(ms))),
    downtimeMs: rangeJson(figures.downtimeMs, exactJson),
    availability: availability.kind === "not-assessable" ? null : { value: rangeJson(availability.value, exactJson), percent: rangeJson(availability.percent, (text) => text) },
    lostWorkstationHours: rangeJson(figures.lostWorkstationHours, exactJson),
    ...(explain && { explanation: evaluationsJson(figures.explanation(), (part) => partSentence(part, speaking)) }),
  };
}

function evaluationsJson<Part extends { readonly start: Parameters<typeof instantJson>[0]; readonly end: Parameters<typeof instantJson>[0] }>(
  { favourable, unfavourable }: Evaluations<readonly Part[]>,
  sentence: (part: Part) => string,
): Json {
  const parts = (all: readonly Part[]): Json => all.map((part) => ({ ...spanJson(part), sentence: sentence(part) }));
  return { favourable: parts(favourable), unfavourable: parts(unfavourable) };
}

function disruptionJson({ incidentId, disruptionId, serviceId, start, end, phases, clipped, open, aloneDowntimeMs }: DisruptionImpact): Json {
  return {
    incidentId, disruptionId, serviceId, open,
    start: whenJson(start),
    end: end === undefined ? null : whenJson(end),
    degrees: phases.map(({ at, degree }) => ({ at: whenJson(at), degree })),
    clipped: spanJson(clipped),
    aloneDowntimeMs: rangeJson(aloneDowntimeMs, exactJson),
  };
}

function concerningJson({ entry, inPeriod }: ConcerningEntry, speaking: Speaking): Json {
  return { inPeriod, entry: entryJson(entry, speaking) };
}

function spanJson({ start, end }: { readonly start: Parameters<typeof instantJson>[0]; readonly end: Parameters<typeof instantJson>[0] }): { readonly start: string; readonly end: string } {
  return { start: instantJson(start), end: instantJson(end) };
}
