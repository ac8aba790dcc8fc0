import type { ContractId, IncidentId, Instant } from "../../kernel/brand.js";
import { grouped } from "../../readmodel/row-queries.js";
import { readClock, type ClockReading, type ClockState } from "../../sla/clock.js";
import { nextChangeAt } from "../../sla/clock-change.js";
import type { Span } from "../../time/span.js";
import { casesOf, type CasesOfIncidents, type ClockCase } from "./cases.js";
import type { ClockQueries } from "./queries.js";

/** Where the clock of a case stands. */
export interface CaseReading {
  readonly case: ClockCase;
  readonly reading: ClockReading;
  readonly asOf: Instant;
}

/** Which clocks; all that is given must hold. */
export interface ClockFilter {
  readonly states?: readonly ClockState[] | undefined;
  readonly contractId?: ContractId | undefined;
  readonly incidentId?: IncidentId | undefined;
  /** That started within it, running or not. Without it, and without an incident, only clocks that still run are looked at. */
  readonly started?: Span | undefined;
}

export interface ReadingQuestion {
  /** As of when; what happened later is left out. */
  readonly now: Instant;
  readonly filter: ClockFilter;
}

/** Where clocks stand, the one that is due first coming first, those without a due time last; then by incident, contract and indicator. */
export function clockReadings(ledger: ClockQueries, { now, filter: { states, contractId, incidentId, started } }: ReadingQuestion): readonly CaseReading[] {
  const contractIds = contractId === undefined ? undefined : new Set([contractId]);
  const cases = casesOf(ledger, { incidents: askedOf(incidentId, started), contractIds, asOf: now });
  const runningOnly = incidentId === undefined && started === undefined;
  return cases
    .filter(({ clock }) => clock.stop === undefined || !runningOnly)
    .map((each) => readCase(each, now))
    .filter((each) => isWithin(started, each) && (states?.includes(each.reading.state) ?? true))
    .sort(byDue);
}

/** Of several incidents, all their clocks; each list in the order of `clockReadings`. */
export function readingsOfIncidents(ledger: ClockQueries, ids: readonly IncidentId[], asOf: Instant): ReadonlyMap<IncidentId, readonly CaseReading[]> {
  const readings = casesOf(ledger, { incidents: { kind: "named", ids }, asOf }).map((each) => readCase(each, asOf));
  return grouped(readings.sort(byDue), (each) => each.case.incidentId);
}

export function readCase(each: ClockCase, asOf: Instant): CaseReading {
  return { case: each, reading: readClock(each.clock, asOf), asOf };
}

/** When it stands differently if nothing is recorded and nothing happens; undefined where it stays so. */
export function nextChangeOf({ case: { clock }, asOf }: CaseReading): Instant | undefined {
  return nextChangeAt(clock, asOf);
}

/** Names a case, among all of a ledger. */
export function caseKey({ incidentId, contractId, indicator }: ClockCase): string {
  return `${incidentId}/${contractId}/${indicator.id}`;
}

/** For sorting: what is due first comes first. */
export function dueRank({ reading: { dueAt } }: CaseReading): number {
  return dueAt?.earliest ?? Number.MAX_SAFE_INTEGER;
}

function askedOf(incidentId: IncidentId | undefined, started: Span | undefined): CasesOfIncidents {
  if (incidentId !== undefined) return { kind: "named", ids: [incidentId] };
  return started === undefined ? { kind: "may-run" } : { kind: "started-in", span: started };
}

function isWithin(started: Span | undefined, { case: { clock } }: CaseReading): boolean {
  if (started === undefined) return true;
  const start = typeof clock.start === "number" ? clock.start : clock.start.earliest;
  return started.start <= start && start < started.end;
}

function byDue(a: CaseReading, b: CaseReading): number {
  return dueRank(a) - dueRank(b) || (caseKey(a.case) < caseKey(b.case) ? -1 : 1);
}
