import { expect } from "chai";
import fc from "fast-check";
import { contractId, disruptionId, entryId, incidentId, instant, ordinal, type ContractId, type DisruptionId, type Instant, type ServiceId } from "../../../src/kernel/brand.js";
import type { LedgerCommand, LedgerEvent } from "../../../src/domain/record.js";
import type { Recorded } from "../../../src/kernel/event.js";
import { standingRecords } from "../../../src/domain/standing.js";
import { SEVERITIES } from "../../../src/domain/incident/events.js";
import { termsSchema, type Terms } from "../../../src/domain/terms/terms.js";
import { caseKey, clockReadings, readingsOfIncidents, type CaseReading } from "../../../src/reports/clocks/readings.js";
import { ClockWatch } from "../../../src/reports/clocks/watch.js";
import type { ClockQueries } from "../../../src/reports/clocks/queries.js";
import { span } from "../../../src/time/span.js";
import { at } from "../../support/given.js";
import { PROTOCOLLO } from "../../support/lecco.js";
import { CLOCK_TERMS } from "../../support/terms.js";
import { recordedAfter, RECORDING_FROM, type History } from "../../readmodel/histories.js";
import { EPOCH, move, WORLD } from "../../readmodel/move.js";
import { BEGINNINGS, commandOf } from "../../readmodel/moves.js";
import { foldedLedger } from "../folded-ledger.js";
import { naiveClocks, type NaiveTerms } from "./naive-clocks.js";

const HOUR_MS = 3_600_000;
/** All that is random happens in these hours. */
const WITHIN = [EPOCH, EPOCH + 3700 * HOUR_MS] as const;

const [CLOUD, NETWORK] = [contractId("spc-cloud-lotto-1"), contractId("rete")];
const hour = (n: number) => instant(EPOCH + n * HOUR_MS);

/** A document with the same targets for both indicators; the time to restore only where one of the services was disrupted. */
function document(id: ContractId, effectiveFrom: string, targets: object, services?: readonly ServiceId[]): Terms {
  const indicators = CLOCK_TERMS.indicators.map((indicator) => ({ ...indicator, targets, ...(services !== undefined && indicator.kind === "time-to-restore" && { services }) }));
  return termsSchema.parse({ ...CLOCK_TERMS, contractId: id, effectiveFrom, indicators });
}
const SHORT = { critical: { within: "PT8H", calendar: "ufficio" }, high: { within: "PT100H", calendar: "ufficio" }, low: { within: "PT700H", calendar: "sempre" } };
const LONG = { critical: { within: "PT40H", calendar: "sempre" }, medium: { within: "PT300H", calendar: "ufficio" } };
/** One contract has no terms in the first days, and others from 22 September on. */
const AGREED: ReadonlyMap<ContractId, readonly NaiveTerms[]> = new Map([
  [CLOUD, [{ terms: document(CLOUD, "2019-09-05", SHORT), from: at("2019-09-05T00:00:00+02:00") }, { terms: document(CLOUD, "2019-09-22", LONG, [WORLD.services[0] ?? PROTOCOLLO]), from: at("2019-09-22T00:00:00+02:00") }]],
  [NETWORK, [{ terms: document(NETWORK, "2019-09-01", SHORT), from: EPOCH }]],
]);

type Taker = (command: LedgerCommand) => boolean;
/** What the rules accept of what `tell` tries, after what stands, recorded a minute apart. */
function historyOf(tell: (take: Taker, history: History) => void): History {
  const history: Recorded<LedgerEvent>[] = [];
  const take: Taker = (command) => {
    const recorded = recordedAfter(history, command, { recordedAt: instant(RECORDING_FROM + history.length * 60_000) });
    if (recorded !== undefined) history.push(recorded);
    return recorded !== undefined;
  };
  for (const command of BEGINNINGS) take(command);
  for (const each of AGREED.get(CLOUD) ?? []) agree(take, each);
  tell(take, history);
  return history;
}
function agree(take: Taker, { terms, from }: NaiveTerms): void {
  if (!take({ type: "AgreeTerms", data: { contractId: terms.contractId, terms, effectiveFrom: instant(from) } })) throw new Error("terms were refused");
}

/** As random histories are made, but of exact times. */
const scattered = fc.array(move, { minLength: 20, maxLength: 120, size: "max" }).map((moves) => historyOf((take, history) => {
  for (const each of AGREED.get(NETWORK) ?? []) agree(take, each);
  for (const each of moves) {
    const standing = standingRecords(history).filter(({ withdrawn, fact }) => !withdrawn && "incidentId" in fact.data);
    const command = commandOf({ ...each, band: 0 }, standing);
    // The terms are those of AGREED alone: the second implementation looks them up there.
    if (command.type !== "AgreeTerms") take(command);
  }
}));

const DEEDS = ["break", "break elsewhere", "mend", "resolve", "reopen", "pause", "resume", "assign", "notify", "acknowledge", "withdraw"] as const;
const step = fc.record({ deed: fc.constantFrom(...DEEDS), gap: fc.nat(40), back: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(60)), what: fc.nat(1000) });
type Step = typeof step extends fc.Arbitrary<infer Made> ? Made : never;

/** One incident with two contracts' services, told deed by deed: broken, mended, resolved, reopened, paused. Terms of the other contract come some time. */
const stories = fc.tuple(fc.array(step, { minLength: 8, maxLength: 40, size: "max" }), fc.nat(40), fc.boolean()).map(([steps, late, named]) => historyOf((take, history) => {
  const base = { incidentId: STORY, occurredAt: hour(110) };
  take({ type: "ReportIncident", data: { ...base, title: "Guasto", ...(named && { contractId: CLOUD }) } });
  let now = 110;
  for (const [index, each] of steps.entries()) {
    if (index === late % steps.length) for (const document of AGREED.get(NETWORK) ?? []) agree(take, document);
    now += each.gap;
    for (const command of commandsOf(each, index, hour(Math.max(110, now - each.back)), history)) take(command);
  }
}));
const STORY = incidentId("guasto");

function commandsOf({ deed, what }: Step, index: number, occurredAt: Instant, history: History): readonly LedgerCommand[] {
  const base = { incidentId: STORY, occurredAt };
  const clock = what % 2 === 0 ? "restore" : "acknowledge";
  const open = (service: ServiceId | undefined): LedgerCommand => ({ type: "OpenDisruption", data: { ...base, disruptionId: disruptionId(`d${index}`), serviceId: service ?? PROTOCOLLO, scope: { kind: "all" }, degree: "outage" } });
  const facts = standingRecords(history).filter(({ withdrawn, fact }) => !withdrawn && "incidentId" in fact.data && fact.data.incidentId === STORY);
  const broken = facts.flatMap(({ fact }) => (fact.type === "DisruptionOpened" ? [fact.data.disruptionId] : []));
  const mend = (ids: readonly DisruptionId[]): readonly LedgerCommand[] => ids.map((id) => ({ type: "EndDisruption", data: { ...base, disruptionId: id } }));
  switch (deed) {
    case "break":
      return [open(WORLD.services[0])];
    case "break elsewhere":
      return [open(WORLD.services[1])];
    case "mend":
      return mend(broken.slice(-1));
    case "resolve":
      return [...mend(broken), { type: "ResolveIncident", data: base }];
    case "reopen":
      return [{ type: "ReopenIncident", data: { ...base, reason: "Di nuovo ferma" } }];
    case "pause":
      return [{ type: "PauseClock", data: { ...base, clock, reason: "In attesa" } }];
    case "resume":
      return [{ type: "ResumeClock", data: { ...base, clock } }];
    case "assign":
      return [{ type: "AssignSeverity", data: { ...base, severity: SEVERITIES[what % SEVERITIES.length] ?? "high" } }];
    case "notify":
      return [{ type: "NotifySupplier", data: { ...base, entryId: entryId(`e${index}`), channel: "phone" } }];
    case "acknowledge":
      return [{ type: "AcknowledgeIncident", data: base }];
    case "withdraw": {
      const one = facts[what % Math.max(1, facts.length)];
      return one === undefined || one.fact.type === "IncidentReported" ? [] : [{ type: "WithdrawRecord", data: { category: "incident", subjectId: STORY, eventId: one.eventId, reason: "Errore" } }];
    }
  }
}
const told = fc.oneof(scattered, stories);
const INCIDENTS = [...WORLD.incidents, STORY];

function allOf(ledger: ClockQueries, asOf: Instant): readonly CaseReading[] {
  return [...readingsOfIncidents(ledger, INCIDENTS, asOf).values()].flat();
}
function ledgerOf(history: History): ClockQueries {
  return foldedLedger(history, { knownAt: { kind: "now" }, ordinal: ordinal(history.length), position: history.at(-1)?.position, instant: RECORDING_FROM, provisional: true }, () => undefined);
}
const asked = fc.oneof(fc.integer({ min: -10, max: 3650 }), fc.integer({ min: 100, max: 900 }));

describe("clocks of random incidents, against one that looks at each hour on its own", () => {
  it("stand the same, and have run as long, whatever was recorded, corrected and withdrawn, as of any hour", function () {
    this.timeout(60_000);
    const seen = new Map<string, number>();
    fc.assert(fc.property(told, fc.array(asked, { minLength: 6, maxLength: 6 }), (history, hours) => {
      const ledger = ledgerOf(history);
      for (const asOf of hours.map(hour)) {
        const expected = INCIDENTS.flatMap((id) => naiveClocks(history, id, { agreed: AGREED, asOf, within: WITHIN }));
        const readings = allOf(ledger, asOf);
        const actual = readings.map(({ case: each, reading: { state, elapsedMs } }) => ({ name: caseKey(each), state, elapsedHours: elapsedMs.min / HOUR_MS }));
        const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);
        expect(actual.sort(byName)).to.deep.equal([...expected].sort(byName));
        for (const { state } of actual) seen.set(state, (seen.get(state) ?? 0) + 1);
      }
    }), { numRuns: 300 });
    expect([...seen.keys()].sort(), "all states that exact times allow").to.deep.equal(["at-risk", "breached", "met", "no-target", "paused", "running"]);
  });

  it("are found by a span of their start, and while they run, as by looking at every incident", () =>
    fc.assert(fc.property(told, asked, fc.integer({ min: 1, max: 1500 }), (history, from, length) => {
      const ledger = ledgerOf(history);
      const now = hour(from);
      const all = allOf(ledger, now);
      const names = (readings: readonly { readonly case: Parameters<typeof caseKey>[0] }[]) => readings.map((each) => caseKey(each.case)).sort();
      expect(names(clockReadings(ledger, { now, filter: {} }))).to.deep.equal(names(all.filter((each) => each.case.clock.stop === undefined)));
      const started = span(now - length * HOUR_MS, now);
      expect(names(clockReadings(ledger, { now, filter: { started } }))).to.deep.equal(names(all.filter(({ case: { clock } }) => Number(clock.start) >= started.start && Number(clock.start) < started.end)));
    }), { numRuns: 60 }));
});

describe("clocks that are watched", () => {
  it("tell each change once: what was told leads from how they stood to how they stand, through time and through what is recorded", () =>
    fc.assert(fc.property(told, fc.array(fc.oneof(fc.nat(400), fc.nat(20)), { minLength: 4, maxLength: 60, size: "max" }), (history, steps) => {
      const states = new Map<string, string | undefined>();
      let [known, now] = [BEGINNINGS.length, 0];
      const ledger = () => ledgerOf(history.slice(0, known));
      const watch = new ClockWatch(ledger(), hour(now), {});
      const stand = () => new Map(allOf(ledger(), hour(now)).map((each) => [caseKey(each.case), each.reading.state]));
      for (const [key, state] of stand()) states.set(key, state);
      let last = 0;
      const take = (changes: ReturnType<ClockWatch["pass"]>): void => {
        for (const { at, before, after, reading } of changes) {
          const key = caseKey(reading.case);
          expect(states.get(key)).to.equal(before);
          expect(before).to.not.equal(after);
          expect(at).to.be.at.least(last);
          last = at;
          if (after === undefined) states.delete(key);
          else states.set(key, after);
        }
      };
      for (const step of steps) {
        now += step;
        take(watch.pass(hour(now)));
        expect(states).to.deep.equal(stand());
        const event = history[known];
        if (event === undefined) continue;
        known += 1;
        const { data } = event.event.type === "RecordWithdrawn" ? event.event.data.fact : event.event.type === "RecordCorrected" ? event.event.data.after : event.event;
        if ("incidentId" in data) take(watch.record(ledger(), data.incidentId));
        else {
          take(watch.record(ledger(), "any"));
          // What terms do to clocks that have all stopped is not told.
          const over = [...ledger().clocksOfIncidents(INCIDENTS).values()].filter(({ ended }) => ended <= hour(now)).map(({ incidentId }) => `${incidentId}/`);
          const isOver = (key: string): boolean => over.some((id) => key.startsWith(id));
          for (const key of [...states.keys()].filter(isOver)) states.delete(key);
          for (const [key, state] of stand()) if (isOver(key)) states.set(key, state);
        }
        expect(states).to.deep.equal(stand());
      }
    }), { numRuns: 150 }));
});
