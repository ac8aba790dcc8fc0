import type { BodyId, DisruptionId, IncidentId, ServiceId } from "../kernel/brand.js";
import type { Fact } from "../domain/record.js";
import type { DisruptionRow, TimelineRow } from "../../projections/rows.js";
import { disruptionKey, hits, inAudience, onceSaidToHit, versionsOf } from "./hit.js";
import type { OwedSpans } from "./owed.js";

/**
 * What an entry of an incident is to those it hit:
 * `disruption` entries concern whom that disruption hit; a `deed` (something done or said) concerns those its audience names, and if it is tied to
 * disruptions, only whom one of them hit; a `milestone` concerns all whom the incident hit; `contract` matters concern the lead body and the supplier.
 */
export type Role = "disruption" | "deed" | "milestone" | "contract" | "none";

export function roleOf(type: Fact["type"]): Role {
  switch (type) {
    case "DisruptionOpened":
    case "DisruptionRescoped":
    case "DisruptionDegreeChanged":
    case "DisruptionEnded":
      return "disruption";
    case "ResponseRecorded":
    case "SupplierNotified":
    case "SupplierStatementReceived":
    case "MembersInformed":
    case "ImprovementPromised":
    case "ImprovementCompleted":
    case "EvidenceAttached":
    case "ReportFiled":
      return "deed";
    case "IncidentReported":
    case "SeverityAssigned":
    case "IncidentAcknowledged":
    case "CauseAttributed":
    case "IncidentResolved":
    case "IncidentReopened":
    case "IncidentClosed":
      return "milestone";
    case "ClockPaused":
    case "ClockResumed":
    case "ObligationApplies":
    case "ObligationDoesNotApply":
    case "AwarenessEstablished":
    case "NotificationFiled":
      return "contract";
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
    case "MaintenanceAnnounced":
    case "MaintenanceCancelled":
    case "TermsAgreed":
    case "PenaltyDetermined":
    case "PenaltyAdjusted":
    case "PenaltyCollected":
    case "PenaltyApportioned":
    case "AssessmentComputed":
    case "FindingRecorded":
    case "ObjectionRaised":
    case "CounterArgumentsReceived":
    case "ExclusionGranted":
    case "ExclusionRefused":
      return "none";
  }
}

/** Disruptions that matter to someone, by `disruptionKey`. */
export type Mattering = ReadonlySet<string>;

/** What of an entry says whom it concerns. */
type Said = Pick<TimelineRow, "type" | "incidentId" | "disruptionId" | "fact" | "audience">;

/** Disruptions tied to a response, or undefined where it is about the whole incident. */
function tiedTo({ data }: Fact): readonly DisruptionId[] | undefined {
  return "disruptionIds" in data ? data.disruptionIds : undefined;
}

/** Whether a deed is about the whole incident or about one of the disruptions that matter. */
export function aboutOneOf({ incidentId, fact }: Said, mattering: Mattering): boolean {
  const tied = tiedTo(fact);
  return incidentId !== undefined && (tied === undefined || tied.some((id) => mattering.has(disruptionKey(incidentId, id))));
}
/** Whether an entry about one disruption is about one that matters. */
export function ofOneOf({ incidentId, disruptionId }: Said, mattering: Mattering): boolean {
  return incidentId !== undefined && disruptionId !== undefined && mattering.has(disruptionKey(incidentId, disruptionId));
}

/** Whether an entry of an incident that hit the body concerns the body. */
export function concernsBody(row: Said, bodyId: BodyId, hitting: Mattering): boolean {
  switch (roleOf(row.type)) {
    case "disruption":
      return ofOneOf(row, hitting);
    case "deed":
      return aboutOneOf(row, hitting) && inAudience(row.audience, bodyId);
    case "milestone":
      return true;
    case "contract":
    case "none":
      return false;
  }
}

/** The services that a disruption was ever said to be of, by `disruptionKey`; from openings, withdrawn ones too. */
export function servicesSaid(openings: Iterable<TimelineRow>): ReadonlyMap<string, ReadonlySet<ServiceId>> {
  const said = new Map<string, Set<ServiceId>>();
  for (const row of openings) {
    for (const fact of versionsOf(row)) {
      if (fact.type !== "DisruptionOpened") continue;
      const key = disruptionKey(fact.data.incidentId, fact.data.disruptionId);
      const services = said.get(key) ?? new Set();
      said.set(key, services.add(fact.data.serviceId));
    }
  }
  return said;
}

export interface IncidentMaterial {
  /** As they hold. */
  readonly disruptions: ReadonlyMap<IncidentId, readonly DisruptionRow[]>;
  /** Openings and changes of scope as they were ever said; entries of other types are passed over. */
  readonly entries: readonly TimelineRow[];
}

/** Disruptions that hit the body, as they hold or as was once said. */
export function hitting(bodyId: BodyId, owed: OwedSpans, { disruptions, entries }: IncidentMaterial): Mattering {
  const found = new Set<string>();
  for (const row of [...disruptions.values()].flat()) if (hits(row, bodyId, owed)) found.add(disruptionKey(row.incidentId, row.disruptionId));
  const services = servicesSaid(entries);
  for (const row of entries) {
    if (row.incidentId === undefined || row.disruptionId === undefined) continue;
    const key = disruptionKey(row.incidentId, row.disruptionId);
    if (onceSaidToHit(row, services.get(key) ?? new Set(), bodyId, owed)) found.add(key);
  }
  return found;
}
