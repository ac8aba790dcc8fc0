import { bodyId, contractId, disruptionId, entryId, incidentId, instant, maintenanceId, serviceId, type EventId, type Instant, type LedgerId } from "../src/kernel/brand.js";
import { newEventId } from "../src/kernel/uuid.js";
import type { Fact, LedgerEvent } from "../src/domain/record.js";
import { ROME } from "../src/time/zone.js";
import { random } from "./random.js";
import { recording, type BenchEvent, type Dated } from "./recording.js";

/** Sizes of the invented history: 200 bodies and 100 services, each body with 15 services, 118 incidents a month of 50 events each. */
export const BODIES = 200;
export const SERVICES = 100;
const SERVICES_PER_BODY = 15;
const INCIDENTS_PER_MONTH = 118;
/** 170 months make 20,060 incidents and about 1,000,000 events. */
export const MONTHS = 170;
const FIRST_MONTH = Date.UTC(2006, 0, 1);
const HOUR = 3_600_000;

export function monthStart(month: number): Instant {
  const first = new Date(FIRST_MONTH);
  return instant(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1));
}

/** Bodies, services, contract and the given months, in the order of recording. The same month is the same events in any history. */
export function* history(ledger: LedgerId, months: Iterable<number>): Generator<BenchEvent> {
  const put = recording(ledger);
  for (const fact of catalogue()) yield put(fact, FIRST_MONTH);
  for (const month of months) {
    for (const { event, at, id } of monthOf(month)) yield put(event, at, id);
  }
}

const CONTRACT = contractId("cloud");
const START = instant(Date.UTC(2005, 0, 1));
export const bodyOf = (n: number) => bodyId(`body-${String(n).padStart(3, "0")}`);
const serviceOf = (n: number) => serviceId(`service-${String(n).padStart(3, "0")}`);
const text = (said: string) => ({ text: said, language: "en", audience: { kind: "everyone" as const } });

function* catalogue(): Generator<Fact> {
  const from = { effectiveFrom: START };
  yield { type: "ContractAwarded", data: { contractId: CONTRACT, title: "Cloud", supplier: "Supplier", zone: ROME, ...from } };
  yield { type: "ContractAmended", data: { contractId: CONTRACT, amount: { amountCents: 1_000_000_00, currency: "EUR" }, reason: "More services", ...from } };
  yield { type: "FeeAgreed", data: { contractId: CONTRACT, fee: { amountCents: 12_000_00, currency: "EUR" }, per: "month", ...from } };
  yield { type: "WorkstationCostAgreed", data: { contractId: CONTRACT, yearlyCost: { amountCents: 9072, currency: "EUR" }, ...from } };
  for (let n = 0; n < BODIES; n += 1) {
    const id = { bodyId: bodyOf(n) };
    yield { type: "BodyJoined", data: { ...id, name: `Body ${n}`, kind: "municipality", ...from } };
    yield { type: "WorkstationsDeclared", data: { ...id, workstations: 5 + n, ...from } };
    if (n % 10 === 0) yield { type: "BodyRenamed", data: { ...id, name: `Body ${n} renamed`, effectiveFrom: instant(FIRST_MONTH) } };
  }
  for (let n = 0; n < SERVICES; n += 1) yield { type: "ServiceCatalogued", data: { serviceId: serviceOf(n), name: `Service ${n}`, contractId: CONTRACT, ...from } };
  for (let n = 0; n < BODIES; n += 1) {
    for (let k = 0; k < SERVICES_PER_BODY; k += 1) yield { type: "ServiceAdopted", data: { serviceId: serviceOf((n * 7 + k * 6) % SERVICES), bodyId: bodyOf(n), ...from } };
  }
  yield* farewells();
}

/** A body in fifty drops a service, and leaves, long after the last month: every month has the same bodies. */
function* farewells(): Generator<Fact> {
  const late = { effectiveFrom: monthStart(MONTHS + 1) };
  for (let n = 1; n < BODIES; n += 50) {
    yield { type: "ServiceDropped", data: { serviceId: serviceOf((n * 7) % SERVICES), bodyId: bodyOf(n), ...late } };
    yield { type: "BodyLeft", data: { bodyId: bodyOf(n), ...late } };
  }
}

/** The incidents of a month, their events interleaved as time has them. */
function monthOf(month: number): Dated[] {
  const next = random(month + 1);
  const start = monthStart(month);
  const events: Dated[] = [];
  const put = (event: LedgerEvent, at: number): EventId => {
    const id = newEventId();
    events.push({ event, at, id });
    return id;
  };
  const announced = maintenanceId(`m-${month}`);
  put({ type: "MaintenanceAnnounced", data: { contractId: CONTRACT, maintenanceId: announced, serviceIds: [serviceOf(month % SERVICES), serviceOf((month * 3 + 1) % SERVICES)], window: { start: instant(start + 300 * HOUR), end: instant(start + 304 * HOUR) }, text: text("Monthly maintenance") } }, start);
  if (month % 6 === 0) put({ type: "MaintenanceCancelled", data: { contractId: CONTRACT, maintenanceId: announced, occurredAt: instant(start + 302 * HOUR) } }, start + 302 * HOUR);
  for (let n = 0; n < INCIDENTS_PER_MONTH; n += 1) incident({ month, n, start: Math.floor(start + next() * 600 * HOUR), next }, put);
  return events.sort((a, b) => a.at - b.at);
}

interface Seed {
  readonly month: number;
  readonly n: number;
  readonly start: number;
  readonly next: () => number;
}

/** Fifty events: what a serious incident leaves behind. */
function incident({ month, n, start, next }: Seed, put: (event: LedgerEvent, at: number) => EventId): void {
  const id = incidentId(`i-${month}-${n}`);
  const base = (minutes: number) => ({ incidentId: id, occurredAt: instant(start + minutes * 60_000) });
  const say = (event: LedgerEvent, minutes: number): EventId => put(event, start + minutes * 60_000);
  say({ type: "IncidentReported", data: { ...base(0), title: `Incident ${n} of month ${month}`, contractId: CONTRACT, detectedAt: instant(start), description: text("Several services do not answer; the supplier has been called.") } }, 1);
  say({ type: "SeverityAssigned", data: { ...base(1), severity: n % 3 === 0 ? "critical" : "high" } }, 2);
  say({ type: "SupplierNotified", data: { ...base(3), entryId: entryId("n1"), channel: "phone", text: text("Called the supplier's desk and opened a ticket.") } }, 4);
  say({ type: "IncidentAcknowledged", data: base(10) }, 11);
  for (let d = 0; d < 4; d += 1) disruption({ seed: { month, n, start, next }, d, base }, say);
  for (let r = 0; r < 10; r += 1) {
    say({ type: "ResponseRecorded", data: { ...base(20 + r * 6), entryId: entryId(`r${r}`), text: text(`Step ${r}: followed the emergency procedure with the bodies concerned and kept a log of it.`), ...(r % 2 === 0 && { disruptionIds: [disruptionId("d0")] }) } }, 21 + r * 6);
  }
  for (let m = 0; m < 4; m += 1) say({ type: "MembersInformed", data: { ...base(25 + m * 20), entryId: entryId(`m${m}`), channel: "email", text: text("Update to all members: work is going on, next update within the hour.") } }, 26 + m * 20);
  say({ type: "ClockPaused", data: { ...base(40), clock: "restore", reason: "Waiting for access to the building" } }, 41);
  say({ type: "ClockResumed", data: { ...base(60), clock: "restore" } }, 61);
  afterwards(base, say);
}

type Base = (minutes: number) => { readonly incidentId: ReturnType<typeof incidentId>; readonly occurredAt: Instant };
type Say = (event: LedgerEvent, minutes: number) => EventId;

function disruption({ seed, d, base }: { readonly seed: Seed; readonly d: number; readonly base: Base }, say: Say): void {
  const id = { disruptionId: disruptionId(`d${d}`) };
  const service = serviceOf(Math.floor(seed.next() * SERVICES));
  const first = Math.floor(seed.next() * BODIES);
  const some = { kind: "bodies" as const, bodyIds: Array.from({ length: 5 }, (_, n) => bodyOf((first + n * 37) % BODIES)) };
  const opened: Extract<Fact, { type: "DisruptionOpened" }> = { type: "DisruptionOpened", data: { ...base(d), ...id, serviceId: service, scope: { kind: "all" }, degree: "outage" } };
  const openedId = say(opened, d + 2);
  say({ type: "DisruptionRescoped", data: { ...base(30 + d), ...id, scope: some } }, 31 + d);
  say({ type: "DisruptionDegreeChanged", data: { ...base(50 + d), ...id, degree: "partial" } }, 51 + d);
  say({ type: "DisruptionEnded", data: { ...base(90 + d * 10), ...id } }, 91 + d * 10);
  if (d < 2) {
    const after = { ...opened, data: { ...opened.data, occurredAt: instant(base(d).occurredAt + 30_000) } };
    say({ type: "RecordCorrected", data: { eventId: openedId, factVersion: 1, before: opened, after, reason: "The monitoring log shows half a minute later" } }, 140 + d);
  }
}

function afterwards(base: Base, say: Say): void {
  say({ type: "IncidentResolved", data: base(150) }, 151);
  say({ type: "CauseAttributed", data: { ...base(200), category: "network", party: "supplier", text: text("A switch failed and its spare did not take over.") } }, 201);
  say({ type: "SupplierStatementReceived", data: { ...base(300), entryId: entryId("s1"), text: text("The supplier's account of the failure."), claimedStart: base(2).occurredAt, claimedEnd: base(80).occurredAt } }, 301);
  say({ type: "EvidenceAttached", data: { ...base(310), entryId: entryId("e1"), sha256: "ab".repeat(32), fileName: "log.txt", mediaType: "text/plain", sizeBytes: 1234 } }, 311);
  say({ type: "ImprovementPromised", data: { ...base(320), entryId: entryId("p1"), text: text("A second spare and a test of it every quarter.") } }, 321);
  say({ type: "ImprovementCompleted", data: { ...base(900), entryId: entryId("p1") } }, 901);
  say({ type: "ReportFiled", data: { ...base(910), entryId: entryId("f1"), title: "Report to the assembly" } }, 911);
  const mistaken: Fact = { type: "ResponseRecorded", data: { ...base(915), entryId: entryId("x1"), text: text("Filed under the wrong incident.") } };
  const mistakenId = say(mistaken, 916);
  say({ type: "RecordWithdrawn", data: { eventId: mistakenId, factVersion: 2, fact: mistaken, reason: "It belongs to another incident" } }, 920);
  say({ type: "IncidentReopened", data: { ...base(930), reason: "One question was left" } }, 931);
  say({ type: "IncidentResolved", data: base(940) }, 941);
  say({ type: "IncidentClosed", data: base(1000) }, 1001);
}
