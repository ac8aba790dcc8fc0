import { isContractId, isEventId, isMaintenanceId } from "../src/kernel/brand.js";
import type { Text } from "../src/domain/values.js";
import { json, moment, optional, text, when } from "./columns.js";
import { keptFacts, projectionOfSubjects, type FactOf, type KeptFact } from "./facts.js";
import type { MaintenanceRow } from "./rows.js";

const TYPES = ["MaintenanceAnnounced", "MaintenanceCancelled"] as const;
type MaintenanceFact = FactOf<(typeof TYPES)[number]>;

/** Announced maintenance, with its cancellation. */
export const maintenance = projectionOfSubjects({
  name: "maintenance",
  version: 2,
  columns: {
    facts: keptFacts<(typeof TYPES)[number]>(),
    contractId: text(isContractId), maintenanceId: text(isMaintenanceId), serviceIds: json<MaintenanceRow["serviceIds"]>(),
    started: moment, ended: moment, versions: json<MaintenanceRow["versions"]>(), cancelled: optional(when), text: json<Text>(),
    eventId: text(isEventId), recordedAt: moment, sourceRecordedAt: optional(moment),
  },
  indexes: [{ kind: "plain", on: ["contractId"] }],
  types: TYPES,
  keepsEarlier: true,
  keyOf: (fact) => maintenanceKey(fact.data),
  derive: deriveMaintenance,
});

/** The key of a maintenance, which is named by its contract and its own id. */
export function maintenanceKey({ contractId, maintenanceId }: Pick<MaintenanceRow, "contractId" | "maintenanceId">): string {
  return `${contractId}/${maintenanceId}`;
}

function isAnnouncement(kept: KeptFact<MaintenanceFact>): kept is KeptFact<FactOf<"MaintenanceAnnounced">> {
  return kept.fact.type === "MaintenanceAnnounced";
}

function deriveMaintenance(facts: readonly KeptFact<MaintenanceFact>[]): MaintenanceRow | undefined {
  const announced = facts.find(isAnnouncement);
  if (announced === undefined) return undefined;
  const { contractId, maintenanceId, serviceIds, window, text } = announced.fact.data;
  const cancelled = facts.map(({ fact }) => fact).find((fact) => fact.type === "MaintenanceCancelled");
  return {
    contractId, maintenanceId, serviceIds, text, versions: versionsOf(announced), started: window.start, ended: window.end, cancelled: cancelled?.data.occurredAt,
    eventId: announced.eventId, recordedAt: announced.recordedAt, sourceRecordedAt: announced.sourceRecordedAt,
  };
}

function versionsOf({ fact, earlier = [], correctedAt, recordedAt, sourceRecordedAt }: KeptFact<FactOf<"MaintenanceAnnounced">>): MaintenanceRow["versions"] {
  const now = correctedAt ?? { recordedAt, ...(sourceRecordedAt !== undefined && { sourceRecordedAt }) };
  return [...earlier, { ...now, fact }].map(({ fact: { data }, ...times }) => ({ ...times, serviceIds: data.serviceIds, start: data.window.start, end: data.window.end }));
}
