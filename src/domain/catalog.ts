import type { Category } from "../kernel/stream.js";
import { isJsonObject, parseJson } from "../kernel/json.js";
import { UPCASTERS, upcast } from "./upcasters.js";
import { ledgerEventSchema, type LedgerEvent, type LedgerEventType } from "./record.js";

/** Every event type with the stream it belongs to. Amendments belong to every stream. */
export const EVENT_CATEGORY = {
  BodyJoined: "body",
  BodyRenamed: "body",
  WorkstationsDeclared: "body",
  BodyLeft: "body",
  ServiceCatalogued: "service",
  ServiceAdopted: "service",
  ServiceDropped: "service",
  ContractAwarded: "contract",
  ContractAmended: "contract",
  FeeAgreed: "contract",
  WorkstationCostAgreed: "contract",
  TermsAgreed: "contract",
  MaintenanceAnnounced: "contract",
  MaintenanceCancelled: "contract",
  PenaltyDetermined: "contract",
  PenaltyAdjusted: "contract",
  PenaltyCollected: "contract",
  PenaltyApportioned: "contract",
  IncidentReported: "incident",
  SeverityAssigned: "incident",
  IncidentAcknowledged: "incident",
  DisruptionOpened: "incident",
  DisruptionRescoped: "incident",
  DisruptionDegreeChanged: "incident",
  DisruptionEnded: "incident",
  ResponseRecorded: "incident",
  SupplierNotified: "incident",
  SupplierStatementReceived: "incident",
  MembersInformed: "incident",
  ClockPaused: "incident",
  ClockResumed: "incident",
  CauseAttributed: "incident",
  ImprovementPromised: "incident",
  ImprovementCompleted: "incident",
  EvidenceAttached: "incident",
  IncidentResolved: "incident",
  IncidentReopened: "incident",
  IncidentClosed: "incident",
  ReportFiled: "incident",
  AssessmentComputed: "assessment",
  FindingRecorded: "assessment",
  ObjectionRaised: "assessment",
  CounterArgumentsReceived: "assessment",
  ExclusionGranted: "assessment",
  ExclusionRefused: "assessment",
  ObligationApplies: "obligation",
  ObligationDoesNotApply: "obligation",
  AwarenessEstablished: "obligation",
  NotificationFiled: "obligation",
  RecordCorrected: "every",
  RecordWithdrawn: "every",
} as const satisfies Record<LedgerEventType, Category | "every">;

/** Schema version in which this release writes an event type: one more than the upcasts it has. */
export function versionOf(type: LedgerEventType): number {
  return (UPCASTERS[type]?.length ?? 0) + 1;
}

export type Decoded =
  | { readonly kind: "understood"; readonly event: LedgerEvent }
  | { readonly kind: "not-understood"; readonly reason: "unknown-type" | "newer-version" | "malformed"; readonly detail: string };

function isEventType(type: string): type is LedgerEventType {
  return Object.hasOwn(EVENT_CATEGORY, type);
}

/**
 * The event that a stored payload holds, in the shape of this release: older schema versions pass through their upcasters.
 * Never throws: what cannot be understood is said, so that it stops nothing and is kept in mind.
 */
export function decodeEvent(type: string, schemaVersion: number, data: string): Decoded {
  if (!isEventType(type)) return { kind: "not-understood", reason: "unknown-type", detail: `the event type ${JSON.stringify(type)} is not known to this release` };
  if (schemaVersion > versionOf(type)) {
    return { kind: "not-understood", reason: "newer-version", detail: `${type} in schema version ${schemaVersion}; this release knows up to ${versionOf(type)}` };
  }
  let payload: unknown;
  try {
    payload = parseJson(data);
  } catch (error) {
    return { kind: "not-understood", reason: "malformed", detail: error instanceof Error ? error.message : "not JSON" };
  }
  const newer = newerFactIn(payload);
  if (newer !== undefined) return { kind: "not-understood", ...newer };
  const parsed = ledgerEventSchema.safeParse({ type, data: upcast(type, schemaVersion, payload) });
  if (parsed.success) return { kind: "understood", event: parsed.data };
  const issue = parsed.error.issues[0];
  return { kind: "not-understood", reason: "malformed", detail: `${type}: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}` };
}

/** Why the fact inside an amendment, which has a version of its own, is one of a newer release; undefined if it is not, or there is none. */
function newerFactIn(payload: unknown): { readonly reason: "unknown-type" | "newer-version"; readonly detail: string } | undefined {
  const version = isJsonObject(payload) ? payload["factVersion"] : undefined;
  const fact = isJsonObject(payload) ? (payload["fact"] ?? payload["before"]) : undefined;
  const type = isJsonObject(fact) ? fact["type"] : undefined;
  if (typeof version !== "number" || typeof type !== "string") return undefined;
  if (!isEventType(type)) return { reason: "unknown-type", detail: `it amends a ${JSON.stringify(type)}, which is not known to this release` };
  if (version <= versionOf(type)) return undefined;
  return { reason: "newer-version", detail: `it amends a ${type} in schema version ${version}; this release knows up to ${versionOf(type)}` };
}
