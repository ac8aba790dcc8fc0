import type { BodyId, ContractId, IncidentId, ServiceId } from "../kernel/brand.js";
import type { AgreementRow, BodyRow, DisruptionRow, IncidentRow, ServiceRow, TermsRow } from "../../projections/rows.js";
import type { NotUnderstood } from "../readmodel/known-ledger.js";
import type { WorkstationStep } from "../sla/walk.js";
import { span, type Span } from "../time/span.js";
import { calendarYears } from "../time/period.js";
import { DisruptionHits } from "./disruption-hits.js";
import type { Question } from "./frame-of.js";
import { owedSpans, touches, type OwedSpans } from "./owed.js";
import type { ReportQueries } from "./queries.js";
import { ServiceTimes } from "./terms/service-time.js";
import { liveTime, type TimeSource } from "./terms/time-source.js";

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
  /** By effective date. */
  readonly terms: ReadonlyMap<ContractId, readonly TermsRow[]>;
  /** What is covered, out to whole months where terms allow so much maintenance a month. */
  readonly frame: Span;
  /** When services are owed to whoever has them, within `frame` and within `years`. */
  readonly times: ServiceTimes;
  /** Those that may overlap what is covered, of services owed in it. */
  readonly disruptions: ReadonlyMap<ServiceId, readonly DisruptionRow[]>;
  /** The same as they hit bodies. */
  readonly hits: DisruptionHits;
  /** Of its disruptions; read when it is asked for, once. */
  incidents(): ReadonlyMap<IncidentId, IncidentRow>;
  readonly notUnderstood: readonly NotUnderstood[];
}

/**
 * Loads what the figures of these bodies need: ten statements, and one more for incidents, whatever the number of bodies. Disruptions only as far as they overlap what
 * is covered; of the calendar years that a cost is divided by, adoptions and maintenance alone.
 */
export function loadMaterial(ledger: ReportQueries, question: Question, bodyIds: readonly BodyId[], { only, time = liveTime() }: Loading = {}): ImpactMaterial {
  const { covered } = question;
  const bodies = bodyMaterial(ledger, covered, bodyIds, only);
  const services = ledger.services(unique(bodies.flatMap(({ owed }) => [...owed.keys()])));
  const contractIds = unique([...services.values()].map(({ contractId }) => contractId));
  const terms = ledger.termsOfContracts(contractIds);
  const frame = wholeMonths(covered, terms, time);
  const costs = costsOf(ledger, contractIds);
  const years = costs.size === 0 ? [] : calendarYears(covered, question.zone);
  const wide = hull(frame, years);
  const disruptions = ledger.disruptionsOfServices(unique(bodies.flatMap(({ serviceIds }) => serviceIds)), covered);
  const maintenance = ledger.maintenanceOfServices(unique(bodies.flatMap(({ owed }) => owedWithin(owed, wide))), wide);
  let incidents: ReadonlyMap<IncidentId, IncidentRow> | undefined;
  return {
    question, bodies, services, costs, years, disruptions, terms, frame,
    hits: new DisruptionHits(disruptions),
    times: new ServiceTimes({ knowledge: question.knowledge, time, terms, exclusions: ledger.exclusionsOfContracts(contractIds), maintenance }),
    incidents: () => (incidents ??= ledger.incidents(unique([...disruptions.values()].flat().map(({ incidentId }) => incidentId)))),
    notUnderstood: ledger.notUnderstood(),
  };
}

/** What is loaded. */
export interface Loading {
  /** As if the bodies had no other services. */
  readonly only?: ReadonlySet<ServiceId>;
  /** Default: this machine's zone and holiday data. */
  readonly time?: TimeSource;
}

/** How much maintenance a month may be excluded is known only from the whole month. */
function wholeMonths(covered: Span, terms: ReadonlyMap<ContractId, readonly TermsRow[]>, time: TimeSource): Span {
  const limited = [...terms.values()].flat().filter((row) => row.terms.maintenance.atMostPerMonth !== undefined);
  const months = limited.flatMap((row) => time.months(row.terms.zone, covered));
  return span(Math.min(covered.start, ...months.map(({ start }) => start)), Math.max(covered.end, ...months.map(({ end }) => end)));
}

function bodyMaterial(ledger: ReportQueries, covered: Span, bodyIds: readonly BodyId[], only: ReadonlySet<ServiceId> | undefined): readonly BodyMaterial[] {
  const rows = ledger.bodies(bodyIds);
  const adoptions = ledger.adoptionsOfBodies(bodyIds);
  const workstations = ledger.workstationsOfBodies(bodyIds);
  return bodyIds.flatMap((bodyId) => {
    const body = rows.get(bodyId);
    if (body === undefined) return [];
    const owed = owedSpans(body, (adoptions.get(bodyId) ?? []).filter(({ serviceId }) => only?.has(serviceId) ?? true));
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
