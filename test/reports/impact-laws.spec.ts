import { expect } from "chai";
import fc from "fast-check";
import { disruptionId, instant, maintenanceId, type Instant } from "../../src/kernel/brand.js";
import { compare, rational, sum, toExactText } from "../../src/kernel/rational.js";
import type { FactCommand } from "../../src/domain/record.js";
import type { Degree, Scope } from "../../src/domain/values.js";
import type { When } from "../../src/time/when.js";
import { ROME } from "../../src/time/zone.js";
import type { ExplanationPart } from "../../src/reports/explanation.js";
import type { Figures } from "../../src/reports/figures.js";
import { impactReport } from "../../src/reports/impact.js";
import { naiveFigures, type NaiveBody } from "../sla/naive.js";
import { at } from "../support/given.js";
import { everyone, LECCO, POSTA, PROTOCOLLO, SPC_CLOUD, VALMADRERA } from "../support/lecco.js";
import { AFTER, catalogue, declare, join, OUTAGE, report } from "./lecco-case.js";
import { decidedCase } from "./report-case.js";

/** A day of 240 minutes: everything happens at whole minutes, so that looking at each minute on its own is exact. */
const DAY = 240;
const BASE = at("2019-09-25T00:00:00Z");
const MINUTE_MS = 60_000;
const SERVICES = [PROTOCOLLO, POSTA] as const;
const UNITS = { outage: 2, partial: 1, degraded: 0 } as const;

function minute(t: number): Instant {
  return instant(BASE + t * MINUTE_MS);
}

const moment = fc.integer({ min: 0, max: DAY });
const span = fc.tuple(moment, moment).map(([a, b]): readonly [number, number] => [Math.min(a, b), Math.max(a, b) + 1]);
const phase = fc.record({ degree: fc.constantFrom<Degree[]>("outage", "partial", "degraded"), hit: fc.constantFrom<("all" | "named" | "others")[]>("all", "named", "others") });
const story = fc.record({
  adoptions: fc.tuple(span, span),
  member: span,
  maintenance: fc.array(fc.record({ service: fc.nat(1), window: span, before: fc.boolean(), cancelled: fc.option(moment, { nil: undefined }) }), { maxLength: 3 }),
  disruptions: fc.array(fc.record({
    service: fc.nat(1), times: fc.uniqueArray(moment, { minLength: 1, maxLength: 4 }), phases: fc.array(phase, { minLength: 4, maxLength: 4 }), width: fc.nat(30), ended: fc.boolean(),
  }), { maxLength: 4 }),
  workstations: fc.uniqueArray(fc.record({ from: moment, count: fc.nat(9) }), { maxLength: 3, selector: ({ from }) => from }),
  range: span,
});
type Story = typeof story extends fc.Arbitrary<infer Told> ? Told : never;
type Told = Story["disruptions"][number];

/** The times of a disruption in order, all with a band of the same width. */
function timesOf({ times, width }: Told): readonly When[] {
  return [...times].sort((a, b) => a - b).map((t) => (width === 0 ? minute(t) : { earliest: minute(t), latest: minute(t + width) }));
}
function phasesOf({ times, phases, ended }: Told): Told["phases"] {
  return phases.slice(0, ended ? Math.max(1, times.length - 1) : times.length);
}
function scopeOf(hit: Told["phases"][number]["hit"]): Scope {
  return hit === "all" ? { kind: "all" } : { kind: "bodies", bodyIds: [hit === "named" ? LECCO : VALMADRERA] };
}

function disruptionCommands(told: Told, index: number): readonly FactCommand[] {
  const [times, phases] = [timesOf(told), phasesOf(told)];
  const named = { incidentId: OUTAGE, disruptionId: disruptionId(`d${index}`) };
  const commands = phases.flatMap(({ degree, hit }, nth): readonly FactCommand[] => {
    const occurredAt = times[nth];
    if (occurredAt === undefined) return [];
    if (nth === 0) return [{ type: "OpenDisruption", data: { ...named, occurredAt, serviceId: SERVICES[told.service] ?? PROTOCOLLO, scope: scopeOf(hit), degree } }];
    return [{ type: "RescopeDisruption", data: { ...named, occurredAt, scope: scopeOf(hit) } }, { type: "ChangeDisruptionDegree", data: { ...named, occurredAt, degree } }];
  });
  const last = times.at(-1);
  return told.ended && times.length > 1 && last !== undefined ? [...commands, { type: "EndDisruption", data: { ...named, occurredAt: last } }] : commands;
}

async function told({ adoptions, member, maintenance, disruptions, workstations, range }: Story) {
  const ledger = await decidedCase();
  await ledger.record({ at: "2019-09-01T08:00:00Z" }, ...SERVICES.map((id) => catalogue(id, id)),
    { type: "AwardContract", data: { contractId: SPC_CLOUD, title: "SPC Cloud lotto 1", supplier: "Telecom Italia", zone: ROME, effectiveFrom: at("2017-01-01T00:00:00Z") } },
    join(LECCO, "Comune di Lecco", new Date(minute(member[0])).toISOString()), { type: "LeaveBody", data: { bodyId: LECCO, effectiveFrom: minute(member[1]) } },
    ...SERVICES.flatMap((serviceId, index): FactCommand[] => {
      const [from, until] = adoptions[index === 0 ? 0 : 1];
      return [{ type: "AdoptService", data: { serviceId, bodyId: LECCO, effectiveFrom: minute(from) } }, { type: "DropService", data: { serviceId, bodyId: LECCO, effectiveFrom: minute(until) } }];
    }),
    ...workstations.map(({ from, count }) => declare(LECCO, count, new Date(minute(from)).toISOString())));
  for (const [index, { service, window, before, cancelled }] of maintenance.entries()) {
    const named = { contractId: SPC_CLOUD, maintenanceId: maintenanceId(`m${index}`) };
    const start = minute(window[0]);
    await ledger.record({ at: new Date(before ? start - 1 : start).toISOString() }, { type: "AnnounceMaintenance", data: { ...named, serviceIds: [SERVICES[service] ?? PROTOCOLLO], window: { start, end: minute(window[1]) }, text: everyone("Patching") } });
    if (cancelled !== undefined) await ledger.record({ at: AFTER }, { type: "CancelMaintenance", data: { ...named, occurredAt: minute(cancelled) } });
  }
  await ledger.record({ at: AFTER }, report(BASE), ...disruptions.flatMap(disruptionCommands));
  return impactReport(await ledger.known(AFTER), LECCO, { period: { start: minute(range[0]), end: minute(range[1]) }, zone: ROME });
}

function naive({ adoptions, member, maintenance, disruptions, workstations }: Story): NaiveBody {
  return {
    services: SERVICES.map((_, index) => ({
      owed: [adoptions[index === 0 ? 0 : 1]].map(([from, until]) => [Math.max(from, member[0]), Math.min(until, member[1])] as const),
      excluded: maintenance.filter((each) => each.service === index && each.before).map(({ window, cancelled }) => [window[0], Math.min(window[1], cancelled ?? Infinity)] as const),
    })),
    disruptions: disruptions.map((each, index) => {
      const inMinutes = (when: When): When => (typeof when === "number" ? minuteOf(when) : { earliest: minuteOf(when.earliest), latest: minuteOf(when.latest) });
      const times = timesOf(each).map(inMinutes);
      const phases = phasesOf(each);
      const changes = phases.flatMap(({ degree, hit }, nth) => {
        const when = times[nth];
        const unitsOf = (held: Degree) => (hit === "others" ? ("missed" as const) : UNITS[held]);
        // The scope changes first, and the degree by a record of its own: where their time is a band, the new scope may meet the old degree.
        const between = nth === 0 ? degree : (phases[nth - 1]?.degree ?? degree);
        return when === undefined ? [] : [{ at: when, units: unitsOf(between) }, { at: when, units: unitsOf(degree) }];
      });
      const last = times.at(-1);
      return { id: `d${index}`, service: each.service, changes, ...(each.ended && times.length > 1 && last !== undefined && { end: last }) };
    }),
    workstations: workstations.map(({ from, count }) => [from, count] as const).sort(([a], [b]) => a - b),
  };
}
function minuteOf(at: Instant): Instant {
  return instant((at - BASE) / MINUTE_MS);
}

describe("impact, against looking at every minute on its own", () => {
  function same(figures: Figures<ExplanationPart> | undefined, body: NaiveBody, which: number | "total", range: readonly [number, number]): void {
    const sides = { min: naiveFigures(body, which, range, "best"), max: naiveFigures(body, which, range, "worst") };
    if (figures === undefined) return void expect(sides.max.agreed).to.equal(0);
    for (const side of ["min", "max"] as const) {
      const { agreed, downUnits, lostUnits } = sides[side];
      expect(figures.agreedMs[side]).to.equal(agreed * MINUTE_MS);
      expect(toExactText(figures.downtimeMs[side])).to.equal(toExactText(rational(downUnits * MINUTE_MS, 2)));
      expect(toExactText(figures.lostWorkstationHours[side])).to.equal(toExactText(rational(lostUnits, 120)));
    }
  }

  it("gives the same figures, service by service and in total", async () => {
    await fc.assert(fc.asyncProperty(story, async (case_) => {
      const impact = await told(case_);
      const body = naive(case_);
      for (const [index, id] of SERVICES.entries()) same(impact.services.find(({ serviceId }) => serviceId === id), body, index, case_.range);
      same(impact.total, body, "total", case_.range);
    }), { numRuns: 300 });
  });
  it("explains every figure by parts that follow each other and add up to it exactly", async () => {
    await fc.assert(fc.asyncProperty(story, async (case_) => {
      const impact = await told(case_);
      for (const figures of [...impact.services, impact.total]) {
        const { favourable, unfavourable } = figures.explanation();
        const totals = [favourable, unfavourable].map((parts) => {
          expect(parts.map(({ start }) => start)).to.deep.equal([impact.covered.start, ...parts.slice(0, -1).map(({ end }) => end)]);
          expect(parts.at(-1)?.end).to.equal(impact.covered.end);
          const counted = parts.flatMap((part) => (part.kind === "counted" ? [part] : []));
          for (const { start, end, weight, downtimeMs } of counted) expect(compare(downtimeMs, rational(weight.numerator * BigInt(end - start), weight.denominator))).to.equal(0);
          return [sum(counted.map(({ downtimeMs }) => downtimeMs)), sum(counted.map(({ lostWorkstationHours }) => lostWorkstationHours))].map(toExactText);
        });
        expect(totals).to.deep.equal([[figures.downtimeMs.min, figures.lostWorkstationHours.min].map(toExactText), [figures.downtimeMs.max, figures.lostWorkstationHours.max].map(toExactText)]);
      }
    }), { numRuns: 100 });
  });
  it("loses no more in total than in all services together, and no less than in the worst", async () => {
    await fc.assert(fc.asyncProperty(story, async (case_) => {
      const { services, total } = await told(case_);
      const each = services.map(({ downtimeMs }) => downtimeMs.max);
      expect(compare(total.downtimeMs.max, sum(each))).to.be.at.most(0);
      for (const one of each) expect(compare(total.downtimeMs.max, one)).to.be.at.least(0);
    }), { numRuns: 100 });
  });
});
