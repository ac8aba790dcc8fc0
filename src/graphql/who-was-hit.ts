import { instant, type BodyId, type IncidentId, type ServiceId } from "../kernel/brand.js";
import type { TimeSpan } from "../kernel/projection.js";
import type { BodyRow, DisruptionRow, IncidentRow } from "../../projections/rows.js";
import type { KnownLedger } from "../readmodel/known-ledger.js";
import { hits } from "../reports/hit.js";
import { owedSpans, type OwedSpans } from "../reports/owed.js";
import { clip } from "../time/span.js";

/** The bodies that each disruption hit, up to the instant that the knowledge had reached; by name, then id. Two statements, however many disruptions. */
export function bodiesHitBy(known: KnownLedger, disruptions: readonly DisruptionRow[]): ReadonlyMap<DisruptionRow, readonly BodyRow[]> {
  const adoptions = known.adoptionsOfServices([...new Set(disruptions.map(({ serviceId }) => serviceId))]);
  const bodies = known.bodies([...new Set([...adoptions.values()].flat().map(({ bodyId }) => bodyId))]);
  return new Map(disruptions.map((disruption) => {
    const soFar = { ...disruption, ended: instant(Math.min(disruption.ended, Math.max(known.knowledge.instant, disruption.started))) };
    const hit = (adoptions.get(disruption.serviceId) ?? []).flatMap((adoption) => {
      const body = bodies.get(adoption.bodyId);
      return body !== undefined && hits(soFar, body.bodyId, owedSpans(body, [adoption])) ? [body] : [];
    });
    return [disruption, hit.sort(byName)];
  }));
}

export function byName(a: BodyRow, b: BodyRow): number {
  return a.name.localeCompare(b.name, "it") || (a.bodyId < b.bodyId ? -1 : 1);
}

/** Incidents of which a disruption hit each body within the span, by start. Four statements, however many bodies. */
export function incidentsThatHit(known: KnownLedger, bodyIds: readonly BodyId[], span: TimeSpan): ReadonlyMap<BodyId, readonly IncidentRow[]> {
  const [bodies, adoptions] = [known.bodies(bodyIds), known.adoptionsOfBodies(bodyIds)];
  const within = new Map([...bodies].map(([id, body]) => [id, cut(owedSpans(body, adoptions.get(id) ?? []), span)]));
  const disruptions = known.disruptionsOfServices([...new Set([...within.values()].flatMap((spans) => [...spans.keys()]))], span);
  const hitting = new Map([...within].map(([bodyId, spans]) => {
    const own = [...spans.keys()].flatMap((serviceId) => disruptions.get(serviceId) ?? []);
    return [bodyId, own.filter((disruption) => hits(disruption, bodyId, spans))];
  }));
  return withIncidents(known, hitting);
}

/** Incidents with a disruption of each service within the span, by start. Two statements, however many services. */
export function incidentsOfServices(known: KnownLedger, serviceIds: readonly ServiceId[], span: TimeSpan): ReadonlyMap<ServiceId, readonly IncidentRow[]> {
  return withIncidents(known, known.disruptionsOfServices(serviceIds, span));
}

/** The services owed within the span, with the part of it in which they are. */
function cut(spans: OwedSpans, span: TimeSpan): OwedSpans {
  return new Map([...spans].map(([serviceId, owed]) => [serviceId, clip(owed, span)] as const).filter(([, owed]) => owed.length > 0));
}

function withIncidents<Id>(known: KnownLedger, disruptions: ReadonlyMap<Id, readonly DisruptionRow[]>): ReadonlyMap<Id, readonly IncidentRow[]> {
  const ids = (rows: readonly DisruptionRow[]): readonly IncidentId[] => [...new Set(rows.map(({ incidentId }) => incidentId))];
  const incidents = known.incidents(ids([...disruptions.values()].flat()));
  return new Map([...disruptions].map(([id, rows]) => {
    const found = ids(rows).flatMap((incidentId) => incidents.get(incidentId) ?? []);
    return [id, found.sort((a, b) => a.started - b.started || (a.incidentId < b.incidentId ? -1 : 1))];
  }));
}
