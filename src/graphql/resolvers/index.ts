import { clockChanges } from "../subscriptions/clock-changes.js";
import { incidentChanges } from "../subscriptions/incident-changes.js";
import { timelineChanges } from "../subscriptions/timeline-changes.js";
import { assessmentQueries, attributedFields, levelFields, penaltyLineFields, slaAssessmentFields } from "./assessment.js";
import { adoptionFields, bodyFields, bodyQueries } from "./body.js";
import { claimEffectsFields, claimFields, claimQueries } from "./claims.js";
import { clockQueries, clockReadingFields } from "./clock.js";
import { contractFields, contractQueries, maintenanceFields } from "./contract.js";
import { clockFields, disruptionFields, incidentFields } from "./incident-fields.js";
import { incidentQueries } from "./incident.js";
import { ledgerFields, ledgerQueries } from "./ledger.js";
import { mutations } from "./mutation.js";
import { elapsedTimesFields, improvementPunctualityFields, occurrencesFields, qualityQueries, recurrencesFields, reportPunctualityFields, qualityFields } from "./quality.js";
import { contractCostFields, costPartFields, figuresFields, impactReportFields, partFields, reportQueries } from "./reports.js";
import { bodyObligationFields, obligationQueries, regimeFields, stageFields } from "./obligation.js";
import type { FieldResolvers, Resolver } from "./resolver.js";
import { serviceFields, serviceQueries } from "./service.js";
import { entryFields, timelineQueries } from "./timeline.js";
import { durationFields, exactFields, knowledgeFields } from "./values.js";

/** Resolvers by type and field. A field without one reads the property of its name. */
export const RESOLVERS: Readonly<Record<string, FieldResolvers>> = {
  Query: {
    ...ledgerQueries, ...bodyQueries, ...serviceQueries, ...contractQueries, ...incidentQueries, ...timelineQueries, ...reportQueries, ...clockQueries,
    ...assessmentQueries, ...claimQueries, ...qualityQueries, ...obligationQueries,
  },
  Mutation: mutations,
  Adoption: adoptionFields,
  AttributedChange: attributedFields,
  Body: bodyFields,
  BodyObligation: bodyObligationFields,
  ClaimEffect: claimFields,
  ClaimEffects: claimEffectsFields,
  ClockReading: clockReadingFields,
  Contract: contractFields,
  ContractCost: contractCostFields,
  CostPart: costPartFields,
  CountedPart: partFields,
  Disruption: disruptionFields,
  Duration: durationFields,
  Exact: exactFields,
  ElapsedTimes: elapsedTimesFields,
  ExcludedPart: partFields,
  ImpactReport: impactReportFields,
  ImprovementPunctuality: improvementPunctualityFields,
  Incident: incidentFields,
  IncidentClocks: clockFields,
  Knowledge: knowledgeFields,
  Ledger: ledgerFields,
  Maintenance: maintenanceFields,
  NotOwedPart: partFields,
  ObligationStage: stageFields,
  PenaltyLine: penaltyLineFields,
  Occurrences: occurrencesFields,
  QualityIndicators: qualityFields,
  Regime: regimeFields,
  Recurrences: recurrencesFields,
  ReportPunctuality: reportPunctualityFields,
  Service: serviceFields,
  ServiceFigures: figuresFields,
  ServiceImpact: figuresFields,
  ServiceLevel: levelFields,
  SlaAssessment: slaAssessmentFields,
  TimelineEntry: entryFields,
  TotalImpact: figuresFields,
};

/** Sources of the subscriptions' payloads, by field. */
export const SUBSCRIBERS: Readonly<Record<string, Resolver>> = {
  clockChanged: clockChanges,
  incidentChanged: incidentChanges,
  timelineEntryAdded: timelineChanges,
};
