/** What fields cost beside the objects they answer, by "Type.field": reports read and work out far more than they show. */
export const FIELD_WEIGHTS: ReadonlyMap<string, number> = new Map([
  ["Query.clocks", 200],
  ["Query.impactReport", 100],
  ["Query.impactReports", 1_000],
  ["Query.serviceAvailability", 200],
  ["Query.slaAssessment", 2_000],
  ["Query.scorecard", 10_000],
  ["Query.obligations", 500],
  ["Query.explain", 500],
  ["Query.claimEffects", 500],
  ["ClaimEffects.together", 2_000],
  ["ClaimEffects.centsDelta", 2_000],
  ["ClaimEffect.changes", 1_000],
  ["ClaimEffect.centsDelta", 1_000],
  ["Query.assessmentDiff", 15_000],
  ["Query.apportionment", 1_000],
  ["Query.qualityIndicators", 300],
  // Every contract is assessed, for the period and for the one before.
  ["QualityIndicators.serviceLevelsMet", 10_000],
  ["Mutation.computeAssessment", 2_000],
  ["Mutation.apportionPenalty", 1_000],
]);
