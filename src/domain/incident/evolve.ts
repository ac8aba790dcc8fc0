import type { DisruptionId } from "../../kernel/brand.js";
import type { IncidentEvent } from "./events.js";
import { byTime } from "./order.js";
import type { DisruptionState, IncidentFile, IncidentState } from "./state.js";

/** The state after one more fact. Total: it never refuses. */
export function evolveIncident(state: IncidentState, fact: IncidentEvent): IncidentState {
  if (fact.type === "IncidentReported") {
    const file = { occurredAt: fact.data.occurredAt, acknowledged: false, disruptions: new Map(), paused: new Map(), improvements: new Map() };
    return { status: "open", file, since: fact.data.occurredAt };
  }
  if (state.status === "unreported") return state;
  switch (fact.type) {
    case "IncidentResolved":
      return { status: "resolved", file: state.file, since: fact.data.occurredAt };
    case "IncidentReopened":
      return { status: "open", file: state.file, since: fact.data.occurredAt };
    case "IncidentClosed":
      return { status: "closed", file: state.file, since: fact.data.occurredAt };
    case "SeverityAssigned":
    case "IncidentAcknowledged":
    case "DisruptionOpened":
    case "DisruptionRescoped":
    case "DisruptionDegreeChanged":
    case "DisruptionEnded":
    case "ResponseRecorded":
    case "SupplierNotified":
    case "SupplierStatementReceived":
    case "MembersInformed":
    case "ClockPaused":
    case "ClockResumed":
    case "CauseAttributed":
    case "ImprovementPromised":
    case "ImprovementCompleted":
    case "EvidenceAttached":
    case "ReportFiled":
      return { ...state, file: evolveFile(state.file, fact) };
  }
}

type Milestone = "IncidentReported" | "IncidentResolved" | "IncidentReopened" | "IncidentClosed";

function evolveFile(file: IncidentFile, fact: Exclude<IncidentEvent, { type: Milestone }>): IncidentFile {
  switch (fact.type) {
    case "IncidentAcknowledged":
      return { ...file, acknowledged: true };
    case "DisruptionOpened":
      return withDisruption(file, fact.data.disruptionId, () => ({ changes: [fact.data.occurredAt] }));
    case "DisruptionRescoped":
    case "DisruptionDegreeChanged":
      return withDisruption(file, fact.data.disruptionId, (old) => ({ ...old, changes: [...old.changes, fact.data.occurredAt].sort(byTime) }));
    case "DisruptionEnded":
      return withDisruption(file, fact.data.disruptionId, (old) => ({ ...old, end: fact.data.occurredAt }));
    case "ClockPaused":
      return { ...file, paused: new Map(file.paused).set(fact.data.clock, fact.data.occurredAt) };
    case "ClockResumed":
      return { ...file, paused: new Map([...file.paused].filter(([clock]) => clock !== fact.data.clock)) };
    case "ImprovementPromised":
      return { ...file, improvements: new Map(file.improvements).set(fact.data.entryId, "promised") };
    case "ImprovementCompleted":
      return { ...file, improvements: new Map(file.improvements).set(fact.data.entryId, "completed") };
    case "SeverityAssigned":
    case "ResponseRecorded":
    case "SupplierNotified":
    case "SupplierStatementReceived":
    case "MembersInformed":
    case "CauseAttributed":
    case "EvidenceAttached":
    case "ReportFiled":
      return file;
  }
}

function withDisruption(file: IncidentFile, id: DisruptionId, change: (old: DisruptionState) => DisruptionState): IncidentFile {
  return { ...file, disruptions: new Map(file.disruptions).set(id, change(file.disruptions.get(id) ?? { changes: [] })) };
}
