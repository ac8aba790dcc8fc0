import type { Reading } from "../reading.js";
import type { ExcludedPart, ExplanationPart, ServiceExplanationPart } from "../../reports/explanation.js";
import type { Availability, Figures } from "../../reports/figures.js";
import type { ReportFrame } from "../../reports/frame.js";
import type { ContractCost, CostPart, DisruptionReach, ImpactReport, TotalCost } from "../../reports/impact-report.js";
import type { Evaluations } from "../../reports/range.js";
import { compare } from "../../kernel/rational.js";
import { bodyView } from "./body.js";
import { phaseView } from "./disruption.js";
import { incidentView } from "./incident.js";
import { knowledgeView } from "./knowledge.js";
import { serviceView } from "./service.js";
import { durationRangeView, durationView, exactRangeView, exactView, moneyRangeView, moneyView, whenOrNull, whenView } from "./values.js";

/** What every report says about the question it answers. */
export function frameView({ knowledge, period, zone, asOf, covered, provisional, notUnderstood }: ReportFrame) {
  return { knowledge: knowledgeView(knowledge, () => Promise.resolve(notUnderstood)), period, zone, asOf, covered, provisional };
}

export type ImpactReportView = ReturnType<typeof impactReportView>;
export function impactReportView(report: ImpactReport, reading: Reading) {
  const { body, services, total, costs, contractCosts, disruptions } = report;
  return {
    __typename: "ImpactReport" as const,
    ...frameView(report),
    body: bodyView(body, reading),
    services: services.map((impact) => ({ __typename: "ServiceImpact", ...figuresView(impact), service: serviceView(impact.service, reading), contractId: impact.contractId })),
    total: { __typename: "TotalImpact", ...figuresView(total) },
    costs: costs.map(costView),
    contractCosts: contractCosts.map((cost) => ({ ...costView(cost), contractId: cost.contractId, of: cost })),
    disruptions: disruptions.map((impact) => ({ ...reachView(impact, reading), aloneDowntime: durationRangeView(impact.aloneDowntimeMs) })),
    report,
    reading,
  };
}

/** Source of types that have figures; the explanation is worked out when it is asked for. */
export interface ExplainedView {
  readonly of: Figures<ExplanationPart | ServiceExplanationPart>;
}
export function figuresView(of: Figures<ExplanationPart | ServiceExplanationPart>) {
  return {
    agreed: durationRangeView(of.agreedMs),
    downtime: durationRangeView(of.downtimeMs),
    availability: availabilityView(of.availability),
    lostWorkstationHours: exactRangeView(of.lostWorkstationHours),
    of,
  };
}

function availabilityView(availability: Availability) {
  switch (availability.kind) {
    case "not-assessable":
      return { assessable: false };
    case "assessable": {
      const { value, percent } = availability;
      return { assessable: true, value: exactRangeView(value), percent: { ...percent, exact: compare(value.min, value.max) === 0 } };
    }
  }
}

export function reachView(reach: DisruptionReach, reading: Reading) {
  const { incidentId, incident, disruptionId, serviceId, start, end, phases, clipped, open } = reach;
  return {
    ...{ incidentId, disruptionId, serviceId, clipped, open },
    incident: incident && incidentView(incident, reading),
    start: whenView(start),
    end: whenOrNull(end),
    phases: phases.map(phaseView),
  };
}

/** Both evaluations, shown part by part. */
export function evaluationsView<Part, View>({ favourable, unfavourable }: Evaluations<readonly Part[]>, show: (part: Part) => View) {
  const shown = favourable.map(show);
  const exact = favourable === unfavourable;
  return { exact, favourable: shown, unfavourable: exact ? shown : unfavourable.map(show) };
}

export type PartView = ReturnType<typeof partView>;
export function partView(part: ExplanationPart | ServiceExplanationPart) {
  const { start, end } = part;
  switch (part.kind) {
    case "counted":
      return { __typename: "CountedPart" as const, start, end, ...countedView(part), part };
    case "excluded":
      return { __typename: "ExcludedPart" as const, start, end, ...exclusionView(part.by), part };
    case "not-owed":
      return { __typename: "NotOwedPart" as const, start, end, reason: part.reason, part };
  }
}

function exclusionView(by: ExcludedPart["by"]) {
  const { kind: exclusion, ...names } = by;
  return { exclusion, ...names };
}

function countedView(part: Extract<ExplanationPart | ServiceExplanationPart, { kind: "counted" }>) {
  const { weight, cause, workstations, downtimeMs, lostWorkstationHours } = part;
  const ofService = "bodyIds" in part ? { bodyIds: part.bodyIds, hitBodyIds: part.hitBodyIds } : {};
  return { weight: exactView(weight), cause, workstations, downtime: durationView(downtimeMs), lostWorkstationHours: exactView(lostWorkstationHours), ...ofService };
}

function costView({ currency, cost, exactCents }: TotalCost | ContractCost) {
  return { currency, cost: moneyRangeView(cost), exactCents: exactRangeView(exactCents) };
}
export interface ContractCostView {
  readonly of: ContractCost;
}

export type CostPartView = ReturnType<typeof costPartView>;
export function costPartView(part: CostPart) {
  const { start, end, year, eventId } = part;
  const hours = { lostWorkstationHours: exactView(part.lostWorkstationHours), unionHours: exactView(part.unionHours) };
  return { start, end, year, eventId, yearlyCost: moneyView(part.yearlyCost), ...hours, cents: exactView(part.cents), part };
}
