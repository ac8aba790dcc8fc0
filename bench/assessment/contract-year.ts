import { bodyId, disruptionId, incidentId, instant, maintenanceId, serviceId, type EventId, type LedgerId } from "../../src/kernel/brand.js";
import { newEventId } from "../../src/kernel/uuid.js";
import type { Fact, LedgerEvent } from "../../src/domain/record.js";
import type { Scope } from "../../src/domain/values.js";
import { ROME } from "../../src/time/zone.js";
import type { When } from "../../src/time/when.js";
import { random } from "../random.js";
import { recording, type BenchEvent, type Dated } from "../recording.js";
import { BENCH_TERMS, CONTRACT } from "./terms.js";

/** 100 bodies with all 40 services; one in ten takes them up in the course of the year. Each incident has four disruptions. */
export const BODIES = 100;
export const SERVICES = 40;
export const DISRUPTIONS_PER_INCIDENT = 4;
export const YEAR = 2019;
export const MONTHS = Array.from({ length: 12 }, (_, month) => month);
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const AWARDED = instant(Date.UTC(YEAR - 1, 0, 1));
const DEGREES = ["outage", "outage", "partial", "degraded"] as const;

export const bodyOf = (n: number) => bodyId(`body-${String(n).padStart(3, "0")}`);
const serviceOf = (n: number) => serviceId(`service-${String(n).padStart(2, "0")}`);
const text = (said: string) => ({ text: said, language: "it", audience: { kind: "everyone" as const } });
type Put = (event: LedgerEvent, at: number) => EventId;

/** A contract with `incidents` incidents over the whole year, of which the given months are recorded. The same month is the same events in any such history. */
export function* contractYear(ledger: LedgerId, incidents: number, months: readonly number[] = MONTHS): Generator<BenchEvent> {
  const put = recording(ledger);
  for (const fact of catalogue()) yield put(fact, AWARDED);
  for (const month of months) {
    const count = Math.floor(((month + 1) * incidents) / 12) - Math.floor((month * incidents) / 12);
    for (const { event, at, id } of monthOf(month, count)) yield put(event, at, id);
  }
}

function* catalogue(): Generator<Fact> {
  const from = { effectiveFrom: AWARDED };
  const money = (amountCents: number) => ({ amountCents, currency: "EUR" });
  yield { type: "ContractAwarded", data: { contractId: CONTRACT, title: "Cloud", supplier: "Fornitore", zone: ROME, amount: money(10_000_000_00), ...from } };
  yield { type: "FeeAgreed", data: { contractId: CONTRACT, fee: money(120_000_00), per: "month", ...from } };
  yield { type: "TermsAgreed", data: { contractId: CONTRACT, terms: BENCH_TERMS, effectiveFrom: AWARDED } };
  for (let n = 0; n < SERVICES; n += 1) yield { type: "ServiceCatalogued", data: { serviceId: serviceOf(n), name: `Servizio ${n}`, contractId: CONTRACT, ...from } };
  for (let n = 0; n < BODIES; n += 1) {
    const id = { bodyId: bodyOf(n) };
    yield { type: "BodyJoined", data: { ...id, name: `Ente ${n}`, kind: "municipality", ...from } };
    yield { type: "WorkstationsDeclared", data: { ...id, workstations: 5 + n, ...from } };
    const effectiveFrom = n % 10 === 3 ? instant(Date.UTC(YEAR, 3, 10 + n)) : AWARDED;
    for (let k = 0; k < SERVICES; k += 1) yield { type: "ServiceAdopted", data: { serviceId: serviceOf(k), ...id, effectiveFrom } };
  }
}

/** The incidents of a month and its maintenance, their events interleaved as time has them. */
function monthOf(month: number, incidents: number): readonly Dated[] {
  const next = random(month + 1);
  const start = Date.UTC(YEAR, month, 1, 6);
  const events: Dated[] = [];
  const put: Put = (event, at) => {
    const id = newEventId();
    events.push({ event, at, id });
    return id;
  };
  for (let n = 0; n < 4; n += 1) maintenance(`m-${month}-${n}`, { window: start + (3 + 6 * n) * DAY + 14 * HOUR, serviceIds: [0, 1, 2].map((k) => serviceOf((month * 7 + n * 3 + k) % SERVICES)) }, put);
  for (let n = 0; n < incidents; n += 1) incident(`i-${month}-${n}`, { start: Math.floor((start + next() * 26 * DAY) / MINUTE) * MINUTE, next }, put);
  return events.sort((a, b) => a.at - b.at);
}

function maintenance(id: string, { window, serviceIds }: { readonly window: number; readonly serviceIds: readonly ReturnType<typeof serviceOf>[] }, put: Put): void {
  const announced = { contractId: CONTRACT, maintenanceId: maintenanceId(id), serviceIds: [...serviceIds], window: { start: instant(window), end: instant(window + 3 * HOUR) } };
  put({ type: "MaintenanceAnnounced", data: { ...announced, text: text("Manutenzione mensile") } }, window - 10 * DAY);
}

interface Seed {
  /** When it began, in ms. */
  readonly start: number;
  readonly next: () => number;
}

/** Reported, graded and acknowledged, with its disruptions, then resolved. */
function incident(name: string, { start, next }: Seed, put: Put): void {
  const base = { incidentId: incidentId(name) };
  const at = (ms: number) => ({ ...base, occurredAt: instant(ms) });
  put({ type: "IncidentReported", data: { ...at(start), title: `Disservizio ${name}`, contractId: CONTRACT } }, start);
  put({ type: "SeverityAssigned", data: { ...at(start + MINUTE), severity: next() < 0.3 ? "critical" : "high" } }, start + MINUTE);
  const acknowledged = start + Math.floor(next() * 20) * MINUTE;
  put({ type: "IncidentAcknowledged", data: at(acknowledged) }, acknowledged);
  let last = acknowledged;
  for (let d = 0; d < DISRUPTIONS_PER_INCIDENT; d += 1) last = Math.max(last, disruption({ ...base, disruptionId: disruptionId(`d${d}`) }, { start: start + d * MINUTE, next }, put));
  put({ type: "IncidentResolved", data: at(last) }, last);
}

/** Minutes to hours long, one in seven of named bodies, one in twenty with a banded begin, one in five milder in its second half. Returns its end. */
function disruption(id: { readonly incidentId: ReturnType<typeof incidentId>; readonly disruptionId: ReturnType<typeof disruptionId> }, { start, next }: Seed, put: Put): number {
  const end = start + Math.ceil(5 + next() ** 6 * 480) * MINUTE;
  const occurredAt: When = next() < 0.05 ? { earliest: instant(start), latest: instant(start + 2 * MINUTE) } : instant(start);
  const degree = DEGREES[Math.floor(next() * DEGREES.length)] ?? "outage";
  const opened = { ...id, occurredAt, serviceId: serviceOf(Math.floor(next() * SERVICES)), scope: scopeOf(next), degree };
  put({ type: "DisruptionOpened", data: opened }, start + MINUTE);
  const middle = start + Math.floor((end - start) / 2 / MINUTE) * MINUTE;
  if (degree === "outage" && next() < 0.4) put({ type: "DisruptionDegreeChanged", data: { ...id, occurredAt: instant(middle), degree: "partial" } }, middle);
  put({ type: "DisruptionEnded", data: { ...id, occurredAt: instant(end) } }, end);
  return end;
}

function scopeOf(next: () => number): Scope {
  if (next() > 1 / 7) return { kind: "all" };
  const first = Math.floor(next() * BODIES);
  return { kind: "bodies", bodyIds: [0, 1, 2].map((n) => bodyOf((first + n * 37) % BODIES)) };
}
