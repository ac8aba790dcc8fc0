import fc from "fast-check";
import { actorId, commandId, disruptionId, entryId, incidentId, instant, position, streamName, type EventId, type IncidentId, type Instant } from "../../../src/kernel/brand.js";
import type { Recorded } from "../../../src/kernel/event.js";
import { SEVERITIES, type CAUSE_CATEGORIES, type PARTIES } from "../../../src/domain/incident/events.js";
import type { Fact, LedgerEvent } from "../../../src/domain/record.js";
import type { When } from "../../../src/time/when.js";
import { at } from "../../support/given.js";
import { everyone, POSTA } from "../../support/lecco.js";
import { eventIdOf } from "../report-case.js";

const HOUR_MS = 3_600_000;
export const EPOCH = at("2019-01-01T00:00:00Z");
/** Days from there in which incidents occur. */
export const DAYS = 320;

/** All that an incident's figures depend on, as it is in the end. */
export interface Plan {
  readonly id: IncidentId;
  readonly occurred: When;
  readonly detected: When | undefined;
  readonly reported: When | undefined;
  readonly severities: readonly { readonly at: When; readonly severity: (typeof SEVERITIES)[number] }[];
  readonly notified: readonly When[];
  readonly acknowledged: When | undefined;
  readonly informed: readonly When[];
  readonly disruptions: readonly { readonly start: When; readonly end: When | undefined }[];
  readonly causes: readonly { readonly at: When; readonly category: (typeof CAUSE_CATEGORIES)[number]; readonly party: (typeof PARTIES)[number] }[];
  readonly improvements: readonly { readonly promised: When; readonly due: Instant | undefined; readonly done: When | undefined }[];
  /** Resolved, reopened, resolved again, …, each later than the one before. */
  readonly courses: readonly When[];
  readonly reports: readonly When[];
}

/** From five to twenty-one o'clock UTC, away from the hours at which clocks are changed. */
const moment = (least: number, most: number): fc.Arbitrary<Instant> =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: 5, max: 21 })).map(([day, hour]) => instant(EPOCH + (day * 24 + hour) * HOUR_MS));
const when = (least: number, most: number): fc.Arbitrary<When> =>
  fc.tuple(moment(least, most), fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 60 }))).map(([from, hours]) => (hours === 0 ? from : { earliest: from, latest: instant(from + hours * HOUR_MS) }));
const few = <T>(arbitrary: fc.Arbitrary<T>, most: number): fc.Arbitrary<T[]> => fc.array(arbitrary, { maxLength: most });
const perhaps = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

function planFrom(day: number): fc.Arbitrary<Omit<Plan, "id">> {
  const [soon, later] = [when(day - 1, day + 3), when(day, day + 40)];
  return fc.record({
    occurred: when(day, day), detected: perhaps(soon), reported: perhaps(soon), notified: few(soon, 3), acknowledged: perhaps(soon), informed: few(soon, 3),
    severities: few(fc.record({ at: soon, severity: fc.constantFrom(...SEVERITIES) }), 2),
    disruptions: few(fc.record({ start: when(day - 40, day + 40), end: perhaps(when(day, day + 60)) }), 3),
    causes: few(fc.record({ at: later, category: fc.constantFrom("network", "network", "power", "unknown"), party: fc.constantFrom("supplier", "supplier", "supplier", "unknown") }), 3),
    improvements: few(fc.record({ promised: later, due: perhaps(moment(day, day + 120)), done: perhaps(when(day, day + 120)) }), 2),
    courses: few(fc.integer({ min: 1, max: 40 }), 3).map((steps) => steps.reduce<When[]>((all, _step, n) => [...all, instant(EPOCH + (day + steps.slice(0, n + 1).reduce((sum, each) => sum + each, 0)) * 24 * HOUR_MS + 12 * HOUR_MS)], [])),
    reports: few(when(day, day + 80), 2),
  });
}

export const plans: fc.Arbitrary<readonly Plan[]> = fc
  .array(fc.integer({ min: 0, max: DAYS }).chain(planFrom), { minLength: 3, maxLength: 40 })
  .map((all) => all.map((plan, n) => ({ ...plan, id: incidentId(`incidente-${n}`) })));

/** The facts of a plan, in an order that the rules of an incident would take. */
function factsOf({ id, ...plan }: Plan): readonly Fact[] {
  const base = { incidentId: id };
  const entry = (name: string, n: number) => ({ ...base, entryId: entryId(`${name}${n}`) });
  const { occurred, detected, reported, acknowledged } = plan;
  return [
    { type: "IncidentReported", data: { ...base, occurredAt: occurred, title: `Incidente ${id}`, ...(detected !== undefined && { detectedAt: detected }), ...(reported !== undefined && { reportedAt: reported }) } },
    ...plan.severities.map(({ at: occurredAt, severity }): Fact => ({ type: "SeverityAssigned", data: { ...base, occurredAt, severity } })),
    ...plan.disruptions.flatMap(({ start, end }, n): Fact[] => [
      { type: "DisruptionOpened", data: { ...base, disruptionId: disruptionId(`d${n}`), serviceId: POSTA, scope: { kind: "all" }, degree: "outage", occurredAt: start } },
      ...(end === undefined ? [] : [{ type: "DisruptionEnded" as const, data: { ...base, disruptionId: disruptionId(`d${n}`), occurredAt: end } }]),
    ]),
    ...plan.notified.map((occurredAt, n): Fact => ({ type: "SupplierNotified", data: { ...entry("n", n), occurredAt, channel: "phone" } })),
    ...plan.informed.map((occurredAt, n): Fact => ({ type: "MembersInformed", data: { ...entry("i", n), occurredAt, channel: "email", text: everyone("La posta è ferma.") } })),
    ...(acknowledged === undefined ? [] : [{ type: "IncidentAcknowledged" as const, data: { ...base, occurredAt: acknowledged } }]),
    ...plan.causes.map(({ at: occurredAt, category, party }): Fact => ({ type: "CauseAttributed", data: { ...base, occurredAt, category, party } })),
    ...plan.improvements.flatMap(({ promised, due, done }, n): Fact[] => [
      { type: "ImprovementPromised", data: { ...entry("m", n), occurredAt: promised, text: everyone("Seconda linea"), ...(due !== undefined && { dueAt: due }) } },
      ...(done === undefined ? [] : [{ type: "ImprovementCompleted" as const, data: { ...entry("m", n), occurredAt: done } }]),
    ]),
    ...plan.courses.map((occurredAt, n): Fact => (n % 2 === 0 ? { type: "IncidentResolved", data: { ...base, occurredAt } } : { type: "IncidentReopened", data: { ...base, occurredAt, reason: "Di nuovo ferma" } })),
    ...plan.reports.map((occurredAt, n): Fact => ({ type: "ReportFiled", data: { ...entry("r", n), occurredAt, title: "Relazione" } })),
  ];
}

/** What was said wrongly at first: another time. */
function mistaken(fact: Fact, hours: number): Fact {
  const moved = (time: When): When => (typeof time === "number" ? instant(time + hours * HOUR_MS) : { earliest: instant(time.earliest + hours * HOUR_MS), latest: instant(time.latest + hours * HOUR_MS) });
  if (fact.type === "SupplierNotified") return { ...fact, data: { ...fact.data, occurredAt: moved(fact.data.occurredAt) } };
  if (fact.type === "MembersInformed") return { ...fact, data: { ...fact.data, occurredAt: moved(fact.data.occurredAt) } };
  if (fact.type === "IncidentReported") return { ...fact, data: { ...fact.data, occurredAt: moved(fact.data.occurredAt) } };
  return fact.type === "ImprovementPromised" ? { ...fact, data: { ...fact.data, dueAt: EPOCH } } : fact;
}

/**
 * The events of a ledger in which the plans hold in the end. `noise`: for each fact, whether it was told at once (0), told wrongly and corrected (1 …), or told
 * together with one that was withdrawn again (negative).
 */
export function ledgerOf(all: readonly Plan[], noise: readonly number[]): readonly Recorded<LedgerEvent>[] {
  const events: Recorded<LedgerEvent>[] = [];
  const take = (event: LedgerEvent, id: IncidentId): EventId => {
    const number = events.length;
    const recordedAt = instant(EPOCH + 3000 * 24 * HOUR_MS + number);
    const meta = { schemaVersion: 1, actor: { id: actorId("ente-capofila"), verified: false }, commandId: commandId(`c${number}`), commandDigest: "", correlationId: "", causationId: "", recordedAt };
    events.push({ event, id: eventIdOf(number), stream: streamName(`il.lecco.incident-${id}`), revision: number, position: position(String(number + 1).padStart(16, "0")), meta });
    return eventIdOf(number);
  };
  let step = 0;
  for (const plan of all) {
    for (const fact of factsOf(plan)) {
      const kind = noise[step++ % Math.max(1, noise.length)] ?? 0;
      const first = kind > 0 ? mistaken(fact, kind) : fact;
      if (kind < 0) {
        const wrong: Fact = { type: "MembersInformed", data: { incidentId: plan.id, entryId: entryId(`x${step}`), occurredAt: plan.occurred, channel: "email", text: everyone("Di un altro incidente.") } };
        take({ type: "RecordWithdrawn", data: { eventId: take(wrong, plan.id), factVersion: 1, fact: wrong, reason: "Di un altro incidente" } }, plan.id);
      }
      const eventId = take(first, plan.id);
      if (first !== fact) take({ type: "RecordCorrected", data: { eventId, factVersion: 1, before: first, after: fact, reason: "Ora sbagliata" } }, plan.id);
    }
  }
  return events;
}
