import { z } from "zod";
import type { Category } from "../kernel/stream.js";
import { assessmentCommands, assessmentIdOf } from "./assessment/events.js";
import { bodyCommands } from "./body/events.js";
import { contractCommands } from "./contract/events.js";
import { incidentCommands } from "./incident/events.js";
import { obligationCommands, obligationIdOf } from "./obligation/events.js";
import { amendmentCommands, type Fact, type FactCommand, type LedgerCommand } from "./record.js";
import { serviceCommands } from "./service/events.js";

export const commandSchema = z.discriminatedUnion("type", [
  ...bodyCommands, ...serviceCommands, ...contractCommands, ...incidentCommands, ...assessmentCommands, ...obligationCommands, ...amendmentCommands,
]);

/** The event that a command leads to when the rules accept it; their payloads are the same. */
export const EVENT_OF = {
  JoinBody: "BodyJoined",
  RenameBody: "BodyRenamed",
  DeclareWorkstations: "WorkstationsDeclared",
  LeaveBody: "BodyLeft",
  CatalogueService: "ServiceCatalogued",
  AdoptService: "ServiceAdopted",
  DropService: "ServiceDropped",
  AwardContract: "ContractAwarded",
  AmendContract: "ContractAmended",
  AgreeFee: "FeeAgreed",
  AgreeWorkstationCost: "WorkstationCostAgreed",
  AgreeTerms: "TermsAgreed",
  AnnounceMaintenance: "MaintenanceAnnounced",
  CancelMaintenance: "MaintenanceCancelled",
  DeterminePenalty: "PenaltyDetermined",
  AdjustPenalty: "PenaltyAdjusted",
  CollectPenalty: "PenaltyCollected",
  ApportionPenalty: "PenaltyApportioned",
  ReportIncident: "IncidentReported",
  AssignSeverity: "SeverityAssigned",
  AcknowledgeIncident: "IncidentAcknowledged",
  OpenDisruption: "DisruptionOpened",
  RescopeDisruption: "DisruptionRescoped",
  ChangeDisruptionDegree: "DisruptionDegreeChanged",
  EndDisruption: "DisruptionEnded",
  RecordResponse: "ResponseRecorded",
  NotifySupplier: "SupplierNotified",
  RecordSupplierStatement: "SupplierStatementReceived",
  InformMembers: "MembersInformed",
  PauseClock: "ClockPaused",
  ResumeClock: "ClockResumed",
  AttributeCause: "CauseAttributed",
  PromiseImprovement: "ImprovementPromised",
  CompleteImprovement: "ImprovementCompleted",
  AttachEvidence: "EvidenceAttached",
  ResolveIncident: "IncidentResolved",
  ReopenIncident: "IncidentReopened",
  CloseIncident: "IncidentClosed",
  FileReport: "ReportFiled",
  ComputeAssessment: "AssessmentComputed",
  RecordFinding: "FindingRecorded",
  RaiseObjection: "ObjectionRaised",
  RecordCounterArguments: "CounterArgumentsReceived",
  GrantExclusion: "ExclusionGranted",
  RefuseExclusion: "ExclusionRefused",
  DecideObligationApplies: "ObligationApplies",
  DecideObligationDoesNotApply: "ObligationDoesNotApply",
  EstablishAwareness: "AwarenessEstablished",
  FileNotification: "NotificationFiled",
} as const satisfies Record<FactCommand["type"], Fact["type"]>;

/** The stream that a command is about. */
export function subjectOf(command: LedgerCommand): { category: Category; id: string } {
  if (command.type === "CorrectRecord" || command.type === "WithdrawRecord") {
    return { category: command.data.category, id: command.data.subjectId };
  }
  const { data } = command;
  if ("regimeId" in data) return { category: "obligation", id: obligationIdOf(data) };
  if ("period" in data) return { category: "assessment", id: assessmentIdOf(data) };
  if ("incidentId" in data) return { category: "incident", id: data.incidentId };
  if ("serviceId" in data) return { category: "service", id: data.serviceId };
  if ("bodyId" in data) return { category: "body", id: data.bodyId };
  return { category: "contract", id: data.contractId };
}
