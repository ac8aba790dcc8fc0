import type { ContractId, IncidentId, ServiceId } from "../kernel/brand.js";
import type { TimeSpan } from "../kernel/projection.js";
import type { TimelineRow } from "../../projections/rows.js";
import { aboutOneOf, ofOneOf, roleOf, type Mattering } from "./concern.js";
import { disruptionKey, versionsOf } from "./hit.js";
import type { ReportQueries } from "./queries.js";
import { ALL_TIME, inIncidents, until, within } from "./timeline-span.js";
import { incidentsOf, openingsOf } from "./timeline-of-body.js";

/** Entries of a service's timeline, unordered: its own facts, its maintenance, and what is about it of the incidents that disrupted it. */
export function entriesOfService(ledger: ReportQueries, serviceId: ServiceId, span: TimeSpan | undefined): readonly TimelineRow[] {
  const own = ledger.timelineOfServices([serviceId], span).get(serviceId) ?? [];
  const openings = openingsOf(ledger, [serviceId], span);
  const incidents = inIncidents(ledger, incidentsOf(openings), span).filter(isAbout(keysOf(openings)));
  return [...own, ...incidents, ...maintenanceOf(ledger, serviceId, span)];
}

/** Entries of a contract's timeline, unordered: what names it, its maintenance, and the incidents that name it or disrupted one of its services. */
export function entriesOfContract(ledger: ReportQueries, contractId: ContractId, span: TimeSpan | undefined): readonly TimelineRow[] {
  const named = ledger.timelineOfContracts([contractId], until(span)).get(contractId) ?? [];
  const services = (ledger.servicesOfContracts([contractId]).get(contractId) ?? []).map(({ serviceId }) => serviceId);
  const openings = openingsOf(ledger, services, span);
  const whole = new Set<IncidentId>(incidentsOf(named));
  const about = isAbout(keysOf(openings));
  const incidents = inIncidents(ledger, [...new Set([...whole, ...incidentsOf(openings)])], span);
  return [...named.filter((row) => within(row, span)), ...incidents.filter((row) => (row.incidentId !== undefined && whole.has(row.incidentId)) || about(row))];
}

function keysOf(openings: readonly TimelineRow[]): Mattering {
  return new Set(openings.flatMap(({ incidentId, disruptionId }) => (incidentId === undefined || disruptionId === undefined ? [] : [disruptionKey(incidentId, disruptionId)])));
}

/** Of an incident's entries those that are about one of the disruptions, or about the whole incident. */
function isAbout(mattering: Mattering): (row: TimelineRow) => boolean {
  return (row) => {
    switch (roleOf(row.type)) {
      case "disruption":
        return ofOneOf(row, mattering);
      case "deed":
        return aboutOneOf(row, mattering);
      case "milestone":
      case "contract":
        return true;
      case "none":
        return false;
    }
  };
}

/** Announcements and cancellations of maintenance that name, or once named, the service; withdrawn ones too where its own contract announced them. */
function maintenanceOf(ledger: ReportQueries, serviceId: ServiceId, span: TimeSpan | undefined): readonly TimelineRow[] {
  const standing = ledger.maintenanceOfServices([serviceId], ALL_TIME).get(serviceId) ?? [];
  const contractId = ledger.services([serviceId]).get(serviceId)?.contractId;
  const announced = contractId === undefined ? [] : (ledger.timelineOfContracts([contractId]).get(contractId) ?? []);
  const once = announced.flatMap((row) => {
    const names = versionsOf(row).some((fact) => fact.type === "MaintenanceAnnounced" && fact.data.serviceIds.includes(serviceId));
    return names && row.contractId !== undefined && row.maintenanceId !== undefined ? [{ contractId: row.contractId, maintenanceId: row.maintenanceId }] : [];
  });
  const refs = new Map([...standing, ...once].map((ref) => [`${ref.contractId}/${ref.maintenanceId}`, { contractId: ref.contractId, maintenanceId: ref.maintenanceId }]));
  return refs.size === 0 ? [] : ledger.timelineOfMaintenance([...refs.values()]).filter((row) => within(row, span));
}
