import type { ContractId, IncidentId, Instant, ServiceId } from "../../kernel/brand.js";
import type { DisruptionRow, IncidentClocksRow, ServiceRow, Severity, TermsRow } from "../../../projections/rows.js";
import type { IndicatorTerms } from "../../domain/terms/indicators.js";
import { parseDuration } from "../../domain/terms/values.js";
import { FOR_EVER, type Clock } from "../../sla/clock.js";
import type { ServiceCalendar } from "../../time/calendar.js";
import { periodLabel } from "../../time/period.js";
import { span, type Span } from "../../time/span.js";
import { earliestOf } from "../../time/when.js";
import { aroundTheClock, LIVE_CALENDARS, type CalendarSource } from "./calendars.js";
import { factsAsOf, type ClockFacts, type IncidentMaterial } from "./facts.js";
import type { ClockQueries } from "./queries.js";
import { restorationOf, type CasePause } from "./restoration.js";

/** An indicator that is measured by a clock. */
export type TimedIndicator = Extract<IndicatorTerms, { kind: "time-to-acknowledge" | "time-to-restore" }>;

/** The clock of a case, with why it stood still. */
export interface CaseClock extends Clock {
  readonly pauses: readonly CasePause[];
}

/** One time to acknowledge or to restore: an incident, held against one indicator of one contract. */
export interface ClockCase {
  readonly incidentId: IncidentId;
  readonly contractId: ContractId;
  readonly indicator: TimedIndicator;
  readonly kind: TimedIndicator["kind"];
  readonly severity: Severity | undefined;
  /** By the calendar of the severity; around the clock, and without a target, where the terms give none or no severity was assigned. */
  readonly clock: CaseClock;
  /** The document that was in force when it started. */
  readonly terms: TermsRow;
  /** The indicator's period to which it belongs, in the document's zone: that of its earliest possible start, so that it belongs to one only. `2019-10`, `2019-Q4`, `2019`. */
  readonly startedIn: string;
}

/** Of which incidents the cases are asked. */
export type CasesOfIncidents =
  | { readonly kind: "named"; readonly ids: readonly IncidentId[] }
  /** Whose earliest possible start lies in the span. */
  | { readonly kind: "started-in"; readonly span: Span }
  /** Of which a clock may still run as of then; some of their clocks may have stopped. */
  | { readonly kind: "may-run" }
  /** Of which a clock may run as of then or later, as far as is known. */
  | { readonly kind: "not-over" };

export interface CaseQuestion {
  readonly incidents: CasesOfIncidents;
  /** Default: all. */
  readonly contractIds?: ReadonlySet<ContractId> | undefined;
  /** What happened later is left out. */
  readonly asOf: Instant;
  /** Default: the zone and holiday data of this machine. */
  readonly calendars?: CalendarSource;
}

/**
 * The cases that incidents make under the terms of contracts (domain.md, "Clocks of an incident"): of the contract that an incident names, else one for each contract whose
 * services it disrupted. Terms are those in force at the start; without any there is no case, and without a disruption of the contract's services none to restore. In the
 * order of their start, then by incident, contract and place in the document.
 */
export function casesOf(ledger: ClockQueries, question: CaseQuestion): readonly ClockCase[] {
  return casesIn(materialOf(ledger, question), question);
}

/** What cases are made of: all that is known of the incidents, whenever it happened. */
export interface CaseMaterial {
  readonly incidents: readonly IncidentMaterial[];
  readonly services: ReadonlyMap<ServiceId, ServiceRow>;
  readonly terms: ReadonlyMap<ContractId, readonly TermsRow[]>;
}

/** Four statements, whatever the number of incidents. */
export function materialOf(ledger: ClockQueries, { incidents: asked, asOf, contractIds }: Pick<CaseQuestion, "incidents" | "asOf" | "contractIds">): CaseMaterial {
  const rows = rowsOf(ledger, asked, asOf);
  const disruptions = ledger.disruptionsOfIncidents(rows.map(({ incidentId }) => incidentId));
  const services = ledger.services([...new Set([...disruptions.values()].flat().map(({ serviceId }) => serviceId))]);
  const incidents = rows.map((row) => ({ row, disruptions: disruptions.get(row.incidentId) ?? [] }));
  const contracts = new Set(incidents.flatMap((each) => contractsOf(each.row, each.disruptions, services)));
  return { incidents, services, terms: ledger.termsOfContracts([...contracts].filter((id) => contractIds?.has(id) ?? true)) };
}

/** The cases of `material` as of then, as `casesOf` gives them. */
export function casesIn({ incidents, services, terms }: CaseMaterial, { incidents: asked, asOf, calendars = LIVE_CALENDARS }: CaseQuestion): readonly ClockCase[] {
  const begun = incidents.flatMap((material) => {
    const facts = factsAsOf(material, asOf);
    return facts === undefined || (asked.kind === "started-in" && !isWithin(asked.span, earliestOf(facts.start))) ? [] : [{ row: material.row, facts }];
  });
  const inOrder = begun.sort((a, b) => earliestOf(a.facts.start) - earliestOf(b.facts.start) || (a.row.incidentId < b.row.incidentId ? -1 : 1));
  return inOrder.flatMap(({ row, facts }) =>
    contractsOf(row, facts.disruptions, services).flatMap((contractId) => {
      const document = (terms.get(contractId) ?? []).findLast(({ effectiveFrom }) => effectiveFrom <= earliestOf(facts.start));
      return document === undefined ? [] : casesUnder({ row, facts, contractId, terms: document, services, calendars });
    }));
}

function rowsOf(ledger: ClockQueries, asked: CasesOfIncidents, asOf: Instant): readonly IncidentClocksRow[] {
  switch (asked.kind) {
    case "named":
      return [...ledger.clocksOfIncidents(asked.ids).values()];
    case "started-in":
      return asked.span.start < asked.span.end ? ledger.clocksWithin(asked.span) : [];
    case "may-run":
      return ledger.clocksWithin(span(asOf, asOf + 1));
    case "not-over":
      return ledger.clocksWithin({ start: asOf, end: FOR_EVER });
  }
}

function isWithin({ start, end }: Span, at: Instant): boolean {
  return start <= at && at < end;
}

/** By id. */
function contractsOf({ contractId }: IncidentClocksRow, disruptions: readonly DisruptionRow[], services: CaseMaterial["services"]): readonly ContractId[] {
  if (contractId !== undefined) return [contractId];
  return [...new Set(disruptions.flatMap(({ serviceId }) => services.get(serviceId)?.contractId ?? []))].sort();
}

/** An incident under one contract. */
interface Held {
  readonly row: IncidentClocksRow;
  readonly facts: ClockFacts;
  readonly contractId: ContractId;
  readonly terms: TermsRow;
  readonly services: CaseMaterial["services"];
  readonly calendars: CalendarSource;
}

function casesUnder(held: Held): readonly ClockCase[] {
  const { row: { incidentId }, facts: { start, severity, disruptions }, contractId, terms } = held;
  return terms.terms.indicators.flatMap((indicator) => {
    if (indicator.kind !== "time-to-acknowledge" && indicator.kind !== "time-to-restore") return [];
    if (indicator.services !== undefined && !disruptions.some(({ serviceId }) => indicator.services?.includes(serviceId))) return [];
    const course = indicator.kind === "time-to-acknowledge" ? acknowledgement(held) : restoration(held);
    if (course === undefined) return [];
    const startedIn = periodLabel(earliestOf(start), indicator.period, terms.terms.zone);
    return [{ incidentId, contractId, indicator, kind: indicator.kind, severity, terms, startedIn, clock: { start, ...targetOf(held, indicator), ...course } }];
  });
}

type Course = Pick<CaseClock, "stop" | "pauses">;

function acknowledgement({ facts }: Held): Course {
  return { stop: facts.acknowledged, pauses: pausesOf(facts, "acknowledge") };
}

/** Undefined where the incident disrupted none of the contract's services. */
function restoration({ facts, contractId, services }: Held): Course | undefined {
  const isOwn = ({ serviceId }: DisruptionRow): boolean => services.get(serviceId)?.contractId === contractId;
  if (!facts.disruptions.some(isOwn)) return undefined;
  const { stop, pauses } = restorationOf(facts.disruptions, isOwn, facts.course);
  return { stop, pauses: [...pausesOf(facts, "restore"), ...pauses] };
}

function pausesOf({ pauses }: ClockFacts, clock: "acknowledge" | "restore"): readonly CasePause[] {
  return pauses.filter((pause) => pause.clock === clock).map(({ start, end, eventId }) => ({ cause: "paused", start, end, eventId }));
}

/** Of the severity assigned last, from the original start on. */
function targetOf({ facts: { severity }, terms, calendars }: Held, { targets }: TimedIndicator): { readonly calendar: ServiceCalendar; readonly targetMs: number | undefined } {
  const target = severity === undefined ? undefined : targets[severity];
  if (target === undefined) return { calendar: aroundTheClock(terms.terms.zone), targetMs: undefined };
  return { calendar: calendars.calendar(terms, target.calendar), targetMs: parseDuration(target.within) };
}
