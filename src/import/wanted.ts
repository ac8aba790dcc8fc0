import { disruptionId, entryId, incidentId, maintenanceId, type ContractId, type ImportId, type IncidentId, type Instant } from "../kernel/brand.js";
import type { FactCommand } from "../domain/record.js";
import type { CaseDisruption, CaseEntry, CaseIncident, CaseMaintenance } from "./case.js";
import { idPart } from "./names.js";

/**
 * One record that a case wants to hold. Ids are used once, also after a withdrawal: what was withdrawn by the import and holds again gets
 * the next generation of its id, which ends in `~2` and so on.
 */
export interface WantedFact {
  /** Stable within its stream and case. */
  readonly key: string;
  /** Key of the wanted record that brought the thing into being which this one is about. */
  readonly on?: string;
  /** `opens`: not while the incident is resolved. `resolves`: the incident is resolved. */
  readonly effect?: "opens" | "resolves";
  readonly sourceRecordedAt: Instant | undefined;
  /** `own`: generation of what it brings into being; `on`: generation of what it is about. From 1. */
  readonly command: (own: number, on: number) => FactCommand;
}

export function nthGeneration(id: string, generation: number): string {
  return generation === 1 ? id : `${id}~${generation}`;
}

/** The id of an incident of an import: in the import's own name space, so that it meets no other, also none of an import that was taken back. */
export function incidentIdOf(importId: ImportId, name: string, generation: number): IncidentId {
  return incidentId(nthGeneration(`${importId}.${name}`, generation));
}

/** The records of an incident, each after those that it rests on. */
export function wantedOfIncident(id: IncidentId, incident: CaseIncident): WantedFact[] {
  return [
    { key: "reported", sourceRecordedAt: undefined, command: () => ({ type: "ReportIncident", data: reportOf(id, incident) }) },
    ...severityOf(id, incident),
    ...incident.disruptions.flatMap((disruption) => wantedOfDisruption(id, disruption)),
    ...incident.entries.map((entry) => wantedOfEntry(id, entry)),
    ...resolutionOf(id, incident),
  ];
}

function reportOf(id: IncidentId, incident: CaseIncident): Extract<FactCommand, { type: "ReportIncident" }>["data"] {
  const { title, occurredAt, description, detectedAt, reportedAt, contractId: contract } = incident;
  return {
    incidentId: id,
    title,
    occurredAt,
    ...(description !== undefined && { description }),
    ...(detectedAt !== undefined && { detectedAt }),
    ...(reportedAt !== undefined && { reportedAt }),
    ...(contract !== undefined && { contractId: contract }),
  };
}

function severityOf(id: IncidentId, { severity, occurredAt }: CaseIncident): WantedFact[] {
  if (severity === undefined) return [];
  return [{ key: "severity", on: "reported", sourceRecordedAt: undefined, command: () => ({ type: "AssignSeverity", data: { incidentId: id, occurredAt, severity } }) }];
}

function wantedOfDisruption(id: IncidentId, disruption: CaseDisruption): WantedFact[] {
  const { key, serviceId, scope, degree, start, end, detectedAt, reportedAt, text } = disruption;
  const target = (generation: number) => ({ incidentId: id, disruptionId: disruptionId(nthGeneration(key, generation)) });
  const opened = { serviceId, scope, degree, occurredAt: start, ...(detectedAt !== undefined && { detectedAt }), ...(reportedAt !== undefined && { reportedAt }), ...(text !== undefined && { text }) };
  const opening = `disruption ${key}`;
  const facts: WantedFact[] = [{
    key: opening, on: "reported", effect: "opens", sourceRecordedAt: disruption.openedSourceRecordedAt, command: (own) => ({ type: "OpenDisruption", data: { ...target(own), ...opened } }),
  }];
  disruption.changes.forEach((change, index) => facts.push({
    key: `degree ${key} ${index + 1}`, on: opening, sourceRecordedAt: change.sourceRecordedAt,
    command: (_own, on) => ({ type: "ChangeDisruptionDegree", data: { ...target(on), degree: change.degree, occurredAt: change.at } }),
  }));
  if (end !== undefined) {
    facts.push({ key: `end ${key}`, on: opening, sourceRecordedAt: disruption.endedSourceRecordedAt, command: (_own, on) => ({ type: "EndDisruption", data: { ...target(on), occurredAt: end } }) });
  }
  return facts;
}

function wantedOfEntry(id: IncidentId, { key, at, text, sourceRecordedAt }: CaseEntry): WantedFact {
  return {
    key: `entry ${key}`, on: "reported", sourceRecordedAt,
    command: (own) => ({ type: "InformMembers", data: { incidentId: id, entryId: entryId(nthGeneration(key, own)), occurredAt: at, channel: "web", text } }),
  };
}

function resolutionOf(id: IncidentId, { resolvedAt, resolvedSourceRecordedAt }: CaseIncident): WantedFact[] {
  if (resolvedAt === undefined) return [];
  return [{
    key: "resolved", on: "reported", effect: "resolves", sourceRecordedAt: resolvedSourceRecordedAt, command: () => ({ type: "ResolveIncident", data: { incidentId: id, occurredAt: resolvedAt } }),
  }];
}

/** Maintenance of a case, in the stream of its contract; its id is in the import's name space. */
export function wantedOfMaintenance(importId: ImportId, name: string, under: ContractId, maintenance: CaseMaintenance): WantedFact {
  const { key, serviceIds, window, text, sourceRecordedAt } = maintenance;
  const id = `${importId}.${key === "maintenance" ? name : idPart(`${name}.${key}`)}`;
  return {
    key, sourceRecordedAt,
    command: (own) => ({
      type: "AnnounceMaintenance",
      data: { contractId: under, maintenanceId: maintenanceId(nthGeneration(id, own)), serviceIds: [...serviceIds], window: { ...window }, text },
    }),
  };
}
