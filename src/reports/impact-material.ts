import type { BodyId, ContractId, IncidentId, ServiceId } from "../kernel/brand.js";
import type { AgreementRow, BodyRow, DisruptionRow, IncidentRow, MaintenanceRow, ServiceRow } from "../../projections/rows.js";
import type { NotUnderstood } from "../readmodel/known-ledger.js";
import type { WorkstationStep } from "../sla/walk.js";
import { span, type Span } from "../time/span.js";
import { calendarYears } from "../time/period.js";
import type { Question } from "./frame-of.js";
import { owedSpans, touches, type OwedSpans } from "./owed.js";
import type { ReportQueries } from "./queries.js";

export type CalendarYear = ReturnType<typeof calendarYears>[number];

/** A body with what it is owed and how many workstations it has. */
export interface BodyMaterial {
  readonly body: BodyRow;
  /** At any time. */
  readonly owed: OwedSpans;
  /** Services that it is owed at some time of what is covered. */
  readonly serviceIds: readonly ServiceId[];
  readonly workstations: readonly WorkstationStep[];
}

/** All that figures over a period need, of any number of bodies. */
export interface ImpactMaterial {
  readonly question: Question;
  /** In the order asked; those that are not known are left out. */
  readonly bodies: readonly BodyMaterial[];
  readonly services: ReadonlyMap<ServiceId, ServiceRow>;
  /** Yearly costs of a workstation, by effective date. */
  readonly costs: ReadonlyMap<ContractId, readonly AgreementRow[]>;
  /** Calendar years for which costs are worked out; none where no cost is agreed. */
  readonly years: readonly CalendarYear[];
  /** Over what is covered, and over `years`. */
  readonly maintenance: ReadonlyMap<ServiceId, readonly MaintenanceRow[]>;
  /** Those that may overlap what is covered, of services owed in it. */
  readonly disruptions: ReadonlyMap<ServiceId, readonly DisruptionRow[]>;
  readonly incidents: ReadonlyMap<IncidentId, IncidentRow>;
  readonly notUnderstood: readonly NotUnderstood[];
}

/**
 * Loads what the figures of these bodies need: nine statements, whatever the number of bodies. Disruptions only as far as they overlap what
 * is covered; of the calendar years that a cost is divided by, adoptions and maintenance alone. With `only`, as if the bodies had no other service.
 */
export function loadMaterial(ledger: ReportQueries, question: Question, bodyIds: readonly BodyId[], only?: ServiceId): ImpactMaterial {
  const { covered } = question;
  const bodies = bodyMaterial(ledger, covered, bodyIds, only);
  const services = ledger.services(unique(bodies.flatMap(({ owed }) => [...owed.keys()])));
  const costs = costsOf(ledger, unique([...services.values()].map(({ contractId }) => contractId)));
  const years = costs.size === 0 ? [] : calendarYears(covered, question.zone);
  const wide = hull(covered, years);
  const disruptions = ledger.disruptionsOfServices(unique(bodies.flatMap(({ serviceIds }) => serviceIds)), covered);
  return {
    question, bodies, services, costs, years, disruptions,
    maintenance: ledger.maintenanceOfServices(unique(bodies.flatMap(({ owed }) => owedWithin(owed, wide))), wide),
    incidents: ledger.incidents(unique([...disruptions.values()].flat().map(({ incidentId }) => incidentId))),
    notUnderstood: ledger.notUnderstood(),
  };
}

function bodyMaterial(ledger: ReportQueries, covered: Span, bodyIds: readonly BodyId[], only: ServiceId | undefined): readonly BodyMaterial[] {
  const rows = ledger.bodies(bodyIds);
  const adoptions = ledger.adoptionsOfBodies(bodyIds);
  const workstations = ledger.workstationsOfBodies(bodyIds);
  return bodyIds.flatMap((bodyId) => {
    const body = rows.get(bodyId);
    if (body === undefined) return [];
    const owed = owedSpans(body, (adoptions.get(bodyId) ?? []).filter(({ serviceId }) => only === undefined || serviceId === only));
    const steps = (workstations.get(bodyId) ?? []).map(({ effectiveFrom, workstations: count }) => ({ from: effectiveFrom, workstations: count }));
    return [{ body, owed, serviceIds: owedWithin(owed, covered), workstations: steps }];
  });
}

function owedWithin(owed: OwedSpans, within: Span): readonly ServiceId[] {
  if (within.start >= within.end) return [];
  return [...owed].filter(([, spans]) => touches(spans, within.start, within.end)).map(([serviceId]) => serviceId);
}

function costsOf(ledger: ReportQueries, contractIds: readonly ContractId[]): ReadonlyMap<ContractId, readonly AgreementRow[]> {
  const agreed = [...ledger.agreementsOfContracts(contractIds)].map(([id, rows]) => [id, rows.filter(({ kind }) => kind === "workstation-cost")] as const);
  return new Map(agreed.filter(([, rows]) => rows.length > 0));
}

function hull(covered: Span, years: readonly CalendarYear[]): Span {
  return span(Math.min(covered.start, years[0]?.span.start ?? covered.start), Math.max(covered.end, years.at(-1)?.span.end ?? covered.end));
}

function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}
