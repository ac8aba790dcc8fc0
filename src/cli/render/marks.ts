import type { TimelineEntry } from "../../reports/timeline-entry.js";
import type { Paint } from "../terminal.js";

interface Mark {
  readonly sign: string;
  readonly paint: keyof Paint;
}

/** One sign for what an entry is: read down the page they tell the story. */
export function markOf({ fact, state }: Pick<TimelineEntry, "fact" | "state">): Mark {
  if (state === "withdrawn") return { sign: "✗", paint: "dim" };
  switch (fact.type) {
    case "IncidentReported":
    case "IncidentReopened":
      return { sign: "◆", paint: "red" };
    case "SeverityAssigned":
      return { sign: "◆", paint: "yellow" };
    case "IncidentAcknowledged":
    case "CauseAttributed":
      return { sign: "◆", paint: "cyan" };
    case "IncidentResolved":
    case "IncidentClosed":
      return { sign: "◆", paint: "green" };
    case "DisruptionOpened":
      return { sign: "▼", paint: "red" };
    case "DisruptionRescoped":
    case "DisruptionDegreeChanged":
      return { sign: "▾", paint: "yellow" };
    case "DisruptionEnded":
      return { sign: "▲", paint: "green" };
    case "ResponseRecorded":
    case "ImprovementCompleted":
      return { sign: "●", paint: "cyan" };
    case "SupplierNotified":
    case "MembersInformed":
      return { sign: "→", paint: "magenta" };
    case "SupplierStatementReceived":
    case "ImprovementPromised":
      return { sign: "←", paint: "magenta" };
    case "EvidenceAttached":
    case "ReportFiled":
      return { sign: "¶", paint: "cyan" };
    case "ClockPaused":
    case "ClockResumed":
    case "MaintenanceAnnounced":
    case "MaintenanceCancelled":
      return { sign: "◌", paint: "yellow" };
    case "PenaltyDetermined":
    case "PenaltyAdjusted":
    case "PenaltyCollected":
    case "PenaltyApportioned":
      return { sign: "€", paint: "yellow" };
    case "AssessmentComputed":
    case "FindingRecorded":
    case "ObjectionRaised":
    case "CounterArgumentsReceived":
    case "ExclusionGranted":
    case "ExclusionRefused":
    case "ObligationApplies":
    case "ObligationDoesNotApply":
    case "AwarenessEstablished":
    case "NotificationFiled":
      return { sign: "§", paint: "magenta" };
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
      return { sign: "·", paint: "dim" };
  }
}
