import type { ContractId, IncidentId, Instant, ServiceId } from "../../../src/kernel/brand.js";
import { standingRecords } from "../../../src/domain/standing.js";
import type { Fact } from "../../../src/domain/record.js";
import type { Terms } from "../../../src/domain/terms/terms.js";
import { serviceCalendar } from "../../../src/domain/terms/calendars.js";
import { parseDuration } from "../../../src/domain/terms/values.js";
import { serviceHours } from "../../../src/time/calendar.js";
import { span, type SpanList } from "../../../src/time/span.js";
import type { When } from "../../../src/time/when.js";
import type { History } from "../../readmodel/histories.js";

const HOUR_MS = 3_600_000;
type Of<Type extends Fact["type"]> = Extract<Fact, { type: Type }>;

/** One clock as it is read by looking at each hour on its own: everything happens at whole hours, and nothing is known as a band. */
export interface NaiveClock {
  readonly name: string;
  readonly state: string;
  readonly elapsedHours: number;
}

/** Two documents at most: which holds at an hour, and the open hours of its calendars. */
export interface NaiveTerms {
  readonly terms: Terms;
  readonly from: number;
}
const hoursOf = new Map<Terms, Map<string, ReadonlySet<number>>>();

function isOpen(terms: Terms, calendar: string | undefined, hour: number, within: readonly [number, number]): boolean {
  if (calendar === undefined) return true;
  const calendars = hoursOf.get(terms) ?? new Map<string, ReadonlySet<number>>();
  hoursOf.set(terms, calendars);
  const open = calendars.get(calendar) ?? openHours(terms, calendar, within);
  calendars.set(calendar, open);
  return open.has(hour);
}
function openHours(terms: Terms, calendar: string, [from, to]: readonly [number, number]): ReadonlySet<number> {
  const found = terms.calendars[calendar];
  const spans: SpanList = found === undefined ? [] : serviceHours(serviceCalendar(found, terms.holidays, terms.zone), span(from, to));
  const hours = new Set<number>();
  for (let hour = from; hour < to; hour += HOUR_MS) if (spans.some(({ start, end }) => start <= hour && hour < end)) hours.add(hour);
  return hours;
}

function exact(when: When): Instant {
  if (typeof when === "number") return when;
  throw new TypeError("a band, where all is exact");
}

/** Follows an incident through its hours: when it was disrupted, paused, taken for over. */
export function naiveClocks(history: History, incidentId: IncidentId, { agreed, asOf, within }: { readonly agreed: ReadonlyMap<ContractId, readonly NaiveTerms[]>; readonly asOf: number; readonly within: readonly [number, number] }): readonly NaiveClock[] {
  const all = standingRecords(history.map(({ id, event }) => ({ id, event }))).filter(({ withdrawn }) => !withdrawn).map(({ fact }) => fact);
  const contractOf = new Map<ServiceId, ContractId>(all.flatMap((fact) => (fact.type === "ServiceCatalogued" ? [[fact.data.serviceId, fact.data.contractId] as const] : [])));
  const own = all.filter((fact) => "incidentId" in fact.data && fact.data.incidentId === incidentId && (!("occurredAt" in fact.data) || exact(fact.data.occurredAt) <= asOf || fact.type === "IncidentReported"));
  const of = <Type extends Fact["type"]>(type: Type): readonly Of<Type>[] => own.filter((fact): fact is Of<Type> => fact.type === type);
  const [report] = of("IncidentReported");
  if (report === undefined) return [];
  const calls = of("SupplierNotified").map(({ data }) => exact(data.occurredAt));
  const start = calls.length > 0 ? Math.min(...calls) : exact(report.data.reportedAt ?? report.data.occurredAt);
  if (start > asOf) return [];
  const severity = of("SeverityAssigned").reduce<Of<"SeverityAssigned"> | undefined>((last, next) => (last === undefined || exact(next.data.occurredAt) >= exact(last.data.occurredAt) ? next : last), undefined)?.data.severity;
  const broken = of("DisruptionOpened").map(({ data }) => ({
    service: data.serviceId, contract: contractOf.get(data.serviceId), from: exact(data.occurredAt),
    to: of("DisruptionEnded").find((each) => each.data.disruptionId === data.disruptionId)?.data.occurredAt,
  })).map((each) => ({ ...each, to: each.to === undefined ? Infinity : exact(each.to) }));
  const contracts = report.data.contractId === undefined ? [...new Set(broken.flatMap(({ contract }) => contract ?? []))] : [report.data.contractId];
  const course = own.flatMap((fact) => (fact.type === "IncidentResolved" || fact.type === "IncidentReopened" ? [{ over: fact.type === "IncidentResolved", at: exact(fact.data.occurredAt) }] : []));
  return contracts.flatMap((contractId) => {
    const terms = (agreed.get(contractId) ?? []).filter(({ from }) => from <= start).at(-1)?.terms;
    if (terms === undefined) return [];
    return terms.indicators.flatMap((indicator): NaiveClock[] => {
      if (indicator.kind !== "time-to-acknowledge" && indicator.kind !== "time-to-restore") return [];
      if (indicator.services !== undefined && !broken.some(({ service }) => indicator.services?.includes(service))) return [];
      const target = severity === undefined ? undefined : indicator.targets[severity];
      const clock = indicator.kind === "time-to-acknowledge" ? "acknowledge" : "restore";
      const paused: [number, number][] = [];
      for (const fact of own) {
        if (fact.type === "ClockPaused" && fact.data.clock === clock) paused.push([exact(fact.data.occurredAt), Infinity]);
        if (fact.type === "ClockResumed" && fact.data.clock === clock) paused.push([paused.pop()?.[0] ?? 0, exact(fact.data.occurredAt)]);
      }
      let stop = clock === "acknowledge" ? exact(of("IncidentAcknowledged")[0]?.data.occurredAt ?? FOR_EVER) : Infinity;
      const stood = [...paused];
      if (clock === "restore") {
        if (!broken.some(({ contract }) => contract === contractId)) return [];
        const restored = restoredBy(broken, contractId, course);
        stop = restored.stop;
        stood.push(...restored.stood);
      }
      const end = Math.min(stop, asOf);
      let elapsed = 0;
      for (let hour = start; hour < end; hour += HOUR_MS) if (isOpen(terms, target?.calendar, hour, within) && !stood.some(([from, to]) => from <= hour && hour < to)) elapsed += 1;
      const name = `${incidentId}/${contractId}/${indicator.id}`;
      if (target === undefined) return [{ name, state: "no-target", elapsedHours: elapsed }];
      const most = (parseDuration(target.within) ?? 0) / HOUR_MS;
      const isPaused = stood.some(([from, to]) => from <= asOf && asOf < to);
      const running = isPaused ? "paused" : elapsed * 4 >= most * 3 ? "at-risk" : "running";
      return [{ name, state: elapsed > most ? "breached" : stop <= asOf ? "met" : running, elapsedHours: elapsed }];
    });
  });
}
const FOR_EVER: When = exactly(8.64e15);
function exactly(ms: number): Instant {
  return span(ms, ms).start;
}

interface Broken {
  readonly contract: ContractId | undefined;
  readonly from: number;
  readonly to: number;
}

/** Goes through the course of the incident from the front: each time that it is reopened, the clock goes on from where it had stopped. */
function restoredBy(broken: readonly Broken[], contractId: ContractId, course: readonly { readonly over: boolean; readonly at: number }[]): { readonly stop: number; readonly stood: [number, number][] } {
  const stood: [number, number][] = [];
  const left = new Set(broken);
  let stop = Infinity;
  let reopened: number | undefined;
  let resolved = Infinity;
  const close = (until: number): void => {
    const ended = [...left].filter(({ to }) => to <= until || until === Infinity);
    for (const each of ended) left.delete(each);
    const own = ended.filter(({ contract }) => contract === contractId);
    // Reopened for others only: it stays as it was.
    if (reopened !== undefined && own.length === 0 && ended.length > 0) return;
    const wasDown = reopened !== undefined && [...own, ...left].some(({ contract, from }) => contract === contractId && from <= stop);
    if (reopened !== undefined && stop < Infinity && !wasDown) stood.push([stop, reopened]);
    stop = own.length > 0 ? Math.max(...own.map(({ to }) => to)) : resolved;
  };
  for (const { over, at } of course) {
    if (over) {
      resolved = at;
      continue;
    }
    close(at);
    [reopened, resolved] = [at, Infinity];
  }
  close(Infinity);
  return { stop, stood };
}
