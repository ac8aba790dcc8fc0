import { expect } from "chai";
import fc from "fast-check";
import { disruptionId, exclusionId, incidentId, instant, maintenanceId, ordinal, serviceId, type EventId } from "../../../src/kernel/brand.js";
import { add, compare, toExactText, ZERO, type Rational } from "../../../src/kernel/rational.js";
import { parseStream } from "../../../src/kernel/stream.js";
import { standingRecords } from "../../../src/domain/standing.js";
import type { Fact, LedgerCommand } from "../../../src/domain/record.js";
import { commandSchema } from "../../../src/domain/commands.js";
import { assess } from "../../../src/reports/assessment/assessment.js";
import { attribute } from "../../../src/reports/assessment/attribution.js";
import { canonicalFigures } from "../../../src/reports/assessment/canonical.js";
import { changesBetween, type LevelChange } from "../../../src/reports/assessment/changes.js";
import { weighClaims } from "../../../src/reports/assessment/claims.js";
import { freeze, reproduce } from "../../../src/reports/assessment/freeze.js";
import type { Knowledge } from "../../../src/readmodel/knowledge.js";
import { earliestOf } from "../../../src/time/when.js";
import { at } from "../../support/given.js";
import { everyone } from "../../support/lecco.js";
import type { AssessedCase } from "./assessed-case.js";
import { digestOf } from "./freezing.js";
import { MONTHS, SERVICES, freezable, stories, type Story } from "./stories.js";
import { AFTER, CONTRACT, frameOf, instantOf, naiveLedgerOf, periodOf, recorded, secondsOf } from "./told.js";

/** When what was frozen is corrected. */
const LATER = at("2020-09-01T08:00:00Z");

const shift = fc.integer({ min: -60, max: 60 });
const correction = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("shift" as const), which: fc.nat(200), by: shift }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("withdraw" as const), which: fc.nat(200) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("disruption" as const), service: fc.constantFrom(...SERVICES), from: fc.integer({ min: 0, max: 2700 }), length: fc.integer({ min: 1, max: 300 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("exclusion" as const), service: fc.constantFrom(...SERVICES), from: fc.integer({ min: 0, max: 2700 }), length: fc.integer({ min: 1, max: 300 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("maintenance" as const), service: fc.constantFrom(...SERVICES), from: fc.integer({ min: 0, max: 2700 }), length: fc.integer({ min: 1, max: 300 }) }) },
);
type Correction = typeof correction extends fc.Arbitrary<infer Told> ? Told : never;
const CORRECTABLE: ReadonlySet<string> = new Set(["DisruptionOpened", "DisruptionEnded", "DisruptionDegreeChanged", "DisruptionRescoped", "FeeAgreed", "ServiceAdopted", "ServiceDropped", "MaintenanceAnnounced", "MaintenanceCancelled", "ExclusionGranted"] satisfies Fact["type"][]);

/** The fact with all its times moved. */
function moved(data: unknown, byMs: number): unknown {
  if (typeof data === "number" && data > 1e11) return data + byMs;
  if (Array.isArray(data)) return data.map((each) => moved(each, byMs));
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, moved(value, byMs)]));
}

function commandOf(told: Correction, index: number, { into, story }: { readonly into: AssessedCase; readonly story: Story }): LedgerCommand | undefined {
  const spanOf = ({ from, length }: { readonly from: number; readonly length: number }) => ({ start: instantOf(secondsOf(story, from)), end: instantOf(secondsOf(story, from + length)) });
  switch (told.kind) {
    case "shift":
    case "withdraw": {
      const own = into.events.filter(({ event }) => CORRECTABLE.has(event.type));
      const chosen = own[told.which % Math.max(1, own.length)];
      const parsed = chosen === undefined ? undefined : parseStream(chosen.stream);
      if (chosen === undefined || parsed === undefined) return undefined;
      const about = { category: parsed.category, subjectId: parsed.id, eventId: chosen.id, reason: "Il registro del fornitore" };
      if (told.kind === "withdraw") return command({ type: "WithdrawRecord", data: about });
      const holds = standingRecords(into.events.filter(({ stream }) => stream === chosen.stream)).find(({ eventId }) => eventId === chosen.id);
      return holds === undefined ? undefined : command({ type: "CorrectRecord", data: { ...about, data: moved(holds.fact.data, told.by * story.frame.tick * 1000) } });
    }
    case "disruption": {
      const { start } = spanOf(told);
      return { type: "OpenDisruption", data: { incidentId: incidentId("guasto-0"), disruptionId: disruptionId(`tardi-${index}`), serviceId: serviceId(told.service), occurredAt: start, scope: { kind: "all" }, degree: "outage" } };
    }
    case "exclusion":
      return { type: "GrantExclusion", data: { contractId: CONTRACT, period: story.frame.label, occurredAt: LATER, exclusionId: exclusionId(`tardi-${index}`), serviceIds: [serviceId(told.service)], spans: [spanOf(told)], text: everyone("Allagamento") } };
    case "maintenance":
      return { type: "AnnounceMaintenance", data: { contractId: CONTRACT, maintenanceId: maintenanceId(`tardi-${index}`), serviceIds: [serviceId(told.service)], window: spanOf(told), text: everyone("Aggiornamento") } };
  }
}
function command(value: unknown): LedgerCommand | undefined {
  const parsed = commandSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** What changes come to for each level, in milliseconds, cents and cases. */
function totals(changes: readonly LevelChange[]): ReadonlyMap<string, string> {
  const sums = new Map<string, { numbers: number[]; lost: Rational[] }>();
  for (const { name, agreedMsDelta: agreed, downtimeMsDelta: lost, countDelta: count, centsDelta: cents } of changes) {
    const before = sums.get(name) ?? { numbers: [0, 0, 0, 0, 0, 0], lost: [ZERO, ZERO] };
    const numbers = [agreed.min, agreed.max, count.min, count.max, cents.min, cents.max].map((value, index) => value + (before.numbers[index] ?? 0));
    sums.set(name, { numbers, lost: [lost.min, lost.max].map((value, index) => add(value, before.lost[index] ?? ZERO)) });
  }
  const isSome = ({ numbers, lost }: { readonly numbers: readonly number[]; readonly lost: readonly Rational[] }): boolean => numbers.some((value) => value !== 0) || lost.some((value) => compare(value, ZERO) !== 0);
  return new Map([...sums].filter(([, sum]) => isSome(sum)).map(([name, { numbers, lost }]) => [name, [...numbers, ...lost.map(toExactText)].join(" ")] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe("differences from a frozen computation", function () {
  this.timeout(60_000);

  it("are the sum of what each later event changed, level by level, in milliseconds and in cents; every event that changed a figure is named", async () => {
    let causes = 0;
    await fc.assert(fc.asyncProperty(stories(MONTHS.slice(0, 4).map(frameOf)), fc.array(correction, { minLength: 1, maxLength: 8 }), async (told, corrections) => {
      const story = freezable(told);
      const into = recorded(naiveLedgerOf(story), story.frame.label);
      const seenBy = into.events.length;
      const lastEventId = into.events.at(-1)?.id;
      if (lastEventId === undefined) throw new RangeError("a story leaves events");
      const computed = freeze(into.known(AFTER), CONTRACT, periodOf(story), { lastEventId, now: AFTER, data: { zoneData: "", holidayData: "" }, digestOf });
      into.record(AFTER, { type: "ComputeAssessment", data: computed });
      for (const [index, each] of corrections.entries()) {
        const given = commandOf(each, index, { into, story });
        if (given !== undefined) into.offer(each.kind === "maintenance" ? instant(computed.span.start - 86_400_000) : LATER, given);
      }
      const at = (after: number) => {
        const known = into.known(LATER, after);
        return { knowledge: known.knowledge, assessment: assess(known, CONTRACT, periodOf(story), { asOf: LATER }) };
      };
      const then = into.known(AFTER, seenBy);
      const before = { knowledge: then.knowledge, assessment: reproduce(then, computed) };
      const after = at(into.events.length);
      const attributed = await attribute(before, after, {
        at: (knowledge) => Promise.resolve(at(knowledge.ordinal).assessment),
        halfway: (earlier, later) => Promise.resolve(later.ordinal - earlier.ordinal < 2 ? undefined : knowledgeAfter(then.knowledge, Math.floor((earlier.ordinal + later.ordinal) / 2))),
        eventOf: (knowledge) => Promise.resolve(into.events[knowledge.ordinal - 1]?.id),
      });
      expect([...totals(attributed.flatMap(({ changes }) => changes))]).to.deep.equal([...totals(changesBetween(before.assessment, after.assessment))]);
      const named = attributed.flatMap(({ cause }) => (cause.kind === "event" ? [cause.eventId] : []));
      const figures = Array.from({ length: into.events.length - seenBy + 1 }, (_, index) => canonicalFigures(at(seenBy + index).assessment));
      const changing = figures.flatMap((each, index): EventId[] => (index > 0 && each !== figures[index - 1] ? [into.events[seenBy + index - 1]?.id ?? lastEventId] : []));
      // Where events undo each other, figures come back, and what lies between may be passed over.
      const comesBack = new Set(figures.filter((each, index) => each !== figures[index - 1])).size < changing.length + 1;
      if (comesBack) expect(changing).to.include.members(named);
      else expect(named).to.deep.equal(changing);
      causes += named.length;
    }), { numRuns: 60 });
    expect(causes, "there is something to attribute").to.be.greaterThan(10);
  });

  it("that a supplier claims are worth what the ledger would come to if it said the same", () => {
    let worth = 0;
    fc.assert(fc.property(stories(MONTHS.map(frameOf)), fc.array(fc.tuple(shift, shift, fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 3 }), (told, shifts) => {
      // Of one phase: where a claim cuts off a change of degree or scope, no record could say the same.
      const story = freezable({ ...told, disruptions: told.disruptions.map((each) => ({ ...each, gaps: each.gaps.slice(0, 1), ended: true })).filter(({ gaps }) => gaps.length > 0) });
      const ledger = naiveLedgerOf(story);
      const claimed = ledger.disruptions.map((each, index) => {
        const [byStart, byEnd, isStart, isEnd] = shifts[index] ?? [0, 0, false, false];
        const [phase] = each.phases;
        const times = { start: phase?.at[0] ?? 0, end: each.end?.[0] ?? 0 };
        const start = times.start + (isStart ? byStart * story.frame.tick : 0);
        const end = Math.max(start, times.end + (isEnd ? byEnd * story.frame.tick : 0));
        return { each, start, end, isClaimed: isStart || isEnd || end !== times.end };
      });
      const claims = claimed.filter(({ isClaimed }) => isClaimed).map(({ each, start, end }) => ({ incidentId: incidentId(each.incident), disruptionId: disruptionId(each.id), claimedStart: instantOf(start), claimedEnd: instantOf(end) }));
      const theirs = claimed.map(({ each, start, end, isClaimed }) => (isClaimed ? { ...each, phases: each.phases.map((phase) => ({ ...phase, at: [start, start] as const })), end: [end, end] as const } : each));
      const options = { asOf: AFTER };
      const ours = recorded(ledger, story.frame.label).known(AFTER);
      const [mine, other] = [assess(ours, CONTRACT, periodOf(story), options), assess(recorded({ ...ledger, disruptions: theirs }, story.frame.label).known(AFTER), CONTRACT, periodOf(story), options)];
      const { recordedOf, worthOf } = weighClaims(ours, CONTRACT, periodOf(story), { claims, options });
      const together = worthOf(claims);
      expect([...totals(together.changes)]).to.deep.equal([...totals(changesBetween(mine, other))]);
      expect(together.centsDelta).to.deep.equal({ min: other.penaltyCents.min - mine.penaltyCents.min, max: other.penaltyCents.max - mine.penaltyCents.max });
      for (const claim of claims) expect(earliestOf(recordedOf(claim)?.end ?? instantOf(0))).to.equal(instantOf(ledger.disruptions.find(({ id }) => disruptionId(id) === claim.disruptionId)?.end?.[0] ?? 0));
      worth += Number(together.changes.length > 0);
    }), { numRuns: 60 });
    expect(worth, "claims that change something").to.be.greaterThan(0);
  });
});

function knowledgeAfter(from: Knowledge, count: number): Knowledge {
  return { ...from, ordinal: ordinal(count) };
}
