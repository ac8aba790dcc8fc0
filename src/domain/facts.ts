import { earliestOf, latestOf, type When } from "../time/when.js";
import type { Instant } from "../kernel/brand.js";
import type { Fact } from "./record.js";

/** How far after the ledger's own recorded time something may be said to have happened (domain.md, "Time"). */
export const FUTURE_TOLERANCE_MS = 5 * 60_000;

/** When it happened, for the order of a timeline: what is dated "effective from" happens then, maintenance at the start of its window. */
export function occurrenceOf(fact: Fact): When {
  const { data } = fact;
  if ("occurredAt" in data) return data.occurredAt;
  return "effectiveFrom" in data ? data.effectiveFrom : data.window.start;
}

/** The first field of `fact` that claims to have happened after `now` and the tolerance, or undefined. Planned dates are free. */
export function futureField(fact: Fact, now: Instant): { field: string; earliest: number; latest: number } | undefined {
  const { data } = fact;
  const times: [string, When | undefined][] = [["occurredAt", "occurredAt" in data ? data.occurredAt : undefined]];
  if ("detectedAt" in data) times.push(["detectedAt", data.detectedAt]);
  if ("reportedAt" in data) times.push(["reportedAt", data.reportedAt]);
  for (const [field, when] of times) {
    if (when !== undefined && latestOf(when) > now + FUTURE_TOLERANCE_MS) return { field, earliest: earliestOf(when), latest: latestOf(when) };
  }
  return undefined;
}

/** The ids that a correction cannot change: they say which stream, and which thing in it, the fact is about. */
export function identityOf(fact: Fact): string {
  const { type, data } = fact;
  const ids = {
    type,
    ...("bodyId" in data && { bodyId: data.bodyId }),
    ...("incidentId" in data && { incidentId: data.incidentId }),
    ...("serviceId" in data && !("incidentId" in data) && { serviceId: data.serviceId }),
    ...("penaltyId" in data && { penaltyId: data.penaltyId }),
    ...("findingId" in data && { findingId: data.findingId }),
    ...("objectionId" in data && { objectionId: data.objectionId }),
    ...("exclusionId" in data && { exclusionId: data.exclusionId }),
    ...("period" in data && { period: data.period }),
    ...("regimeId" in data && { regimeId: data.regimeId }),
    ...("stage" in data && { stage: data.stage }),
    ...("contractId" in data && !("serviceId" in data) && !("incidentId" in data) && { contractId: data.contractId }),
    ...("disruptionId" in data && { disruptionId: data.disruptionId }),
    ...("entryId" in data && { entryId: data.entryId }),
    ...("maintenanceId" in data && { maintenanceId: data.maintenanceId }),
    ...("sha256" in data && { sha256: data.sha256, sizeBytes: data.sizeBytes }),
  };
  return JSON.stringify(ids);
}

const MONEY_MOVED = "money that was recorded is not changed; record a further movement, or withdraw one that was recorded by mistake";
const FINAL: { readonly [Type in Fact["type"]]?: string } = {
  AssessmentComputed: "a computation is frozen; compute the assessment anew (computeAssessment)",
  PenaltyDetermined: "only an adjustment moves a determined penalty (adjustPenalty); withdraw a determination that was recorded by mistake",
  PenaltyAdjusted: MONEY_MOVED,
  PenaltyCollected: MONEY_MOVED,
  PenaltyApportioned: "shares are not changed; adjust the penalty (adjustPenalty) and share again, or withdraw what was recorded by mistake",
};
/** Why what a fact says can never be corrected, only withdrawn or followed by another; undefined where it can (domain.md, "From a breach to money"). */
export function whyFinal({ type }: Fact): string | undefined {
  return FINAL[type];
}

/** What a fact brings into being, as `field` and `id` unique within its stream, also after a withdrawal: ids are used once. */
export function introducedBy(fact: Fact): { field: string; id: string } | undefined {
  switch (fact.type) {
    case "IncidentReported":
      return { field: "incidentId", id: fact.data.incidentId };
    case "DisruptionOpened":
      return { field: "disruptionId", id: fact.data.disruptionId };
    case "MaintenanceAnnounced":
      return { field: "maintenanceId", id: fact.data.maintenanceId };
    case "ResponseRecorded":
    case "SupplierNotified":
    case "SupplierStatementReceived":
    case "MembersInformed":
    case "ImprovementPromised":
    case "EvidenceAttached":
    case "ReportFiled":
    case "PenaltyAdjusted":
    case "PenaltyCollected":
    case "PenaltyApportioned":
    case "CounterArgumentsReceived":
    case "NotificationFiled":
      return { field: "entryId", id: fact.data.entryId };
    case "PenaltyDetermined":
      return { field: "penaltyId", id: fact.data.penaltyId };
    case "FindingRecorded":
      return { field: "findingId", id: fact.data.findingId };
    case "ObjectionRaised":
      return { field: "objectionId", id: fact.data.objectionId };
    case "ExclusionGranted":
    case "ExclusionRefused":
      return { field: "exclusionId", id: fact.data.exclusionId };
    case "AssessmentComputed":
    case "ObligationApplies":
    case "ObligationDoesNotApply":
    case "AwarenessEstablished":
    case "TermsAgreed":
    case "BodyJoined":
    case "BodyRenamed":
    case "WorkstationsDeclared":
    case "BodyLeft":
    case "ServiceCatalogued":
    case "ServiceAdopted":
    case "ServiceDropped":
    case "ContractAwarded":
    case "ContractAmended":
    case "FeeAgreed":
    case "WorkstationCostAgreed":
    case "MaintenanceCancelled":
    case "SeverityAssigned":
    case "IncidentAcknowledged":
    case "DisruptionRescoped":
    case "DisruptionDegreeChanged":
    case "DisruptionEnded":
    case "ClockPaused":
    case "ClockResumed":
    case "CauseAttributed":
    case "ImprovementCompleted":
    case "IncidentResolved":
    case "IncidentReopened":
    case "IncidentClosed":
      return undefined;
  }
}
