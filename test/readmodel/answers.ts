import { expect } from "chai";
import { instant, type EventId, type IncidentId } from "../../src/kernel/brand.js";
import type { TimeSpan } from "../../src/kernel/projection.js";
import type { IncidentFilter, KnownLedger, Page, PageRequest } from "../../src/readmodel/known-ledger.js";
import { EPOCH, WORLD } from "./move.js";
import { REGIME } from "./service-level-moves.js";

const HOUR_MS = 3_600_000;
export function hours(from: number, to: number): TimeSpan {
  return { start: instant(EPOCH + from * HOUR_MS), end: instant(EPOCH + to * HOUR_MS) };
}
/** Spans that begin, end and lie at the hours at which things happen in random histories. */
export const SPANS: readonly TimeSpan[] = [hours(0, 2400), hours(0, 700), hours(300, 301), hours(700, 1400), hours(1399, 1500), hours(-500, 0), hours(2000, 9000)];
export const FILTERS: readonly IncidentFilter[] = [
  {}, ...SPANS.map((span) => ({ span })), { statuses: ["open"] }, { statuses: ["resolved", "closed"] }, { severities: ["critical", "low"] },
  ...WORLD.bodies.map((bodyId) => ({ bodyId })), ...WORLD.services.map((serviceId) => ({ serviceId })), ...WORLD.contracts.map((contractId) => ({ contractId })),
  { text: "RETE" }, { text: "incidente 09" }, { text: "nessuna ☎️" }, { text: "%" }, { span: hours(700, 1400), statuses: ["open"], text: "incidente" },
];
const ORDERS = (["ascending", "descending"] as const).flatMap((direction) => [{ by: "started", direction } as const, { by: "recorded", direction } as const]);
const NAME_ORDERS = (["ascending", "descending"] as const).flatMap((direction) => [{ by: "name", direction } as const, { by: "id", direction } as const]);

/** Types of entries that are asked for apart. */
export const MILESTONES = ["SeverityAssigned", "IncidentResolved", "IncidentReopened", "MembersInformed"] as const;

/** What was asked, and all that was answered, in the order of the answer. */
export type Answers = Readonly<Record<string, unknown>>;

/** Everything that can be asked of a ledger whose ids are those of random histories and `eventIds`. Lists are read page by page. */
export function answersOf(known: KnownLedger, eventIds: readonly EventId[]): Answers {
  return plain({ ...ofIds(known, eventIds), ...ofLists(known), ...ofSpans(known), ...ofIncidents(known, WORLD.incidents), positions: known.positionsOf(eventIds), notUnderstood: known.notUnderstood() });
}

function ofIds(known: KnownLedger, eventIds: readonly EventId[]): Answers {
  const { bodies, services, contracts, incidents } = WORLD;
  return {
    bodies: known.bodies(bodies), services: known.services(services), contracts: known.contracts(contracts), incidents: known.incidents(incidents),
    timelineEntries: known.timelineEntries(eventIds), workstationsOfBodies: known.workstationsOfBodies(bodies), adoptionsOfBodies: known.adoptionsOfBodies(bodies),
    adoptionsOfServices: known.adoptionsOfServices(services), servicesOfContracts: known.servicesOfContracts(contracts), agreementsOfContracts: known.agreementsOfContracts(contracts),
    maintenanceOfContracts: known.maintenanceOfContracts(contracts), termsOfContracts: known.termsOfContracts(contracts),
    penaltiesOfContracts: known.penaltiesOfContracts(contracts), assessmentsOfContracts: known.assessmentsOfContracts(contracts), exclusionsOfContracts: known.exclusionsOfContracts(contracts),
  };
}

/** `maintenance of services 3`: the answer for the fourth of SPANS. */
function ofSpans(known: KnownLedger): Answers {
  const { bodies, services, contracts, incidents } = WORLD;
  return Object.fromEntries(
    SPANS.flatMap((span, n): (readonly [string, unknown])[] => [
      [`maintenance of services ${n}`, known.maintenanceOfServices(services, span)],
      [`disruptions of services ${n}`, known.disruptionsOfServices(services, span)],
      [`clocks within ${n}`, known.clocksWithin(span)],
      [`timeline of incidents ${n}`, known.timelineOfIncidents(incidents, span)],
      [`timeline of bodies ${n}`, known.timelineOfBodies(bodies, span)],
      [`timeline of services ${n}`, known.timelineOfServices(services, span)],
      [`timeline of contracts ${n}`, known.timelineOfContracts(contracts, span)],
      [`incidents during ${n}`, known.incidentsDuring(span)],
      [`disruptions begun in ${n}`, known.disruptionsBegunIn(span)],
      [`improvements due in ${n}`, known.improvementsDueIn(span)],
      [`timeline ${n}`, allRows((page) => known.listTimeline(span, page), 7)],
    ]),
  );
}

function ofIncidents(known: KnownLedger, incidents: readonly IncidentId[]): Answers {
  return {
    disruptionsOfIncidents: known.disruptionsOfIncidents(incidents), communicationsOfIncidents: known.communicationsOfIncidents(incidents),
    evidenceOfIncidents: known.evidenceOfIncidents(incidents), evidenceOfDigests: known.evidenceOfDigests(["a".repeat(64), "b".repeat(64)]),
    timelineOfIncidents: known.timelineOfIncidents(incidents), clocksOfIncidents: known.clocksOfIncidents(incidents),
    improvementsOfIncidents: known.improvementsOfIncidents(incidents),
    obligationsOfIncidents: known.obligationsOfIncidents(incidents), obligationsOfRegimes: known.obligationsOfRegimes([REGIME]), allObligations: known.allObligations(),
    entriesOfIncidents: known.entriesOfIncidents(incidents, MILESTONES), noEntriesOfIncidents: known.entriesOfIncidents(incidents, []),
  };
}

function ofLists(known: KnownLedger): Answers {
  const incidents = ORDERS.flatMap((order) => FILTERS.map((filter, n): readonly [string, unknown] => [`incidents ${order.by} ${order.direction} ${n}`, allRows((page) => known.listIncidents(filter, order, page), 2)]));
  const named = NAME_ORDERS.flatMap((order): (readonly [string, unknown])[] => [
    [`bodies ${order.by} ${order.direction}`, allRows((page) => known.listBodies(order, page), 2)],
    [`services ${order.by} ${order.direction}`, allRows((page) => known.listServices(order, page), 2)],
    [`contracts ${order.by} ${order.direction}`, allRows((page) => known.listContracts(order, page), 1)],
  ]);
  return Object.fromEntries([...incidents, ...named]);
}

/** Says the first question that is answered otherwise. */
export function expectSame(answers: Answers, expected: Answers): void {
  expect(Object.keys(answers).sort()).to.deep.equal(Object.keys(expected).sort());
  for (const [question, answer] of Object.entries(expected)) expect(answers[question], question).to.deep.equal(answer);
}

/** A list from its first page to its last. */
export function allRows<Row>(list: (page: PageRequest) => Page<Row>, first: number): readonly Row[] {
  const rows: Row[] = [];
  for (let after: string | undefined; ; ) {
    const page = list({ first, ...(after !== undefined && { after }) });
    rows.push(...page.edges.map(({ row }) => row));
    if (!page.hasNextPage) return rows;
    after = page.endCursor;
  }
}

/** Without what JSON does not tell apart: maps as pairs, nothing that is undefined. The pairs of a map have no order. */
export function plain(answers: object): Answers {
  const value: unknown = JSON.parse(JSON.stringify(answers, (_, each: unknown) => (each instanceof Map ? { map: [...each].sort(([a], [b]) => (a < b ? -1 : 1)) } : each)));
  if (typeof value !== "object" || value === null) throw new TypeError("answers are an object");
  return { ...value };
}
