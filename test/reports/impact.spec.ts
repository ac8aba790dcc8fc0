import { expect } from "chai";
import { bodyId, durationMs, entryId, incidentId, position, streamName, type EventId } from "../../src/kernel/brand.js";
import { LedgerError } from "../../src/kernel/errors.js";
import { compare, rational, sum, toExactText, type Rational } from "../../src/kernel/rational.js";
import type { LedgerCommand } from "../../src/domain/record.js";
import { impactReport, impactReports, impactReportsOfAll } from "../../src/reports/impact.js";
import type { ImpactReport } from "../../src/reports/impact-report.js";
import type { ExplanationPart } from "../../src/reports/explanation.js";
import type { Figures } from "../../src/reports/figures.js";
import { COLICO, everyone, LECCO, POSTA, PROTOCOLLO, SPC_CLOUD, VALMADRERA } from "../support/lecco.js";
import { at } from "../support/given.js";
import { payload } from "../readmodel/moves.js";
import {
  adopt, AFTER, agreeCost, announce, cancel, declare, DOWN, drop, end, join, open, OUTAGE, outage, over, report, standing,
} from "./lecco-case.js";
import { decidedCase, type OpenCase, type ReportCase } from "./report-case.js";
import { storedCase } from "./stored-case.js";

const HOUR = Number(durationMs(3_600_000));

/** "min" where the figure is one, "min..max" where banded times leave it open. */
function exact({ min, max }: { readonly min: Rational; readonly max: Rational }): string {
  return min === max ? toExactText(min) : `${toExactText(min)}..${toExactText(max)}`;
}
function hoursDown(figures: Figures<ExplanationPart>): string {
  const { min, max } = figures.downtimeMs;
  const [a, b] = [rational(min.numerator, min.denominator * BigInt(HOUR)), rational(max.numerator, max.denominator * BigInt(HOUR))];
  return min === max ? toExactText(a) : `${toExactText(a)}..${toExactText(b)}`;
}
function percent({ availability }: Figures<ExplanationPart>): string {
  if (availability.kind === "not-assessable") return availability.kind;
  const { min, max } = availability.percent;
  return min === max ? min : `${min}..${max}`;
}
function service(impact: ImpactReport, id = PROTOCOLLO): Figures<ExplanationPart> {
  const found = impact.services.find(({ serviceId }) => serviceId === id);
  if (found === undefined) throw new Error(`${id} is not in the report`);
  return found;
}
function withdrawal(eventId: EventId | undefined): LedgerCommand {
  if (eventId === undefined) throw new Error("nothing was recorded");
  return { type: "WithdrawRecord", data: { category: "incident", subjectId: OUTAGE, eventId, reason: "Filed by mistake." } };
}
/** What must hold of every explanation: no gap, no overlap, and sums that are the figures. */
function addsUp(impact: ImpactReport): void {
  for (const figures of [...impact.services, impact.total]) {
    const { favourable, unfavourable } = figures.explanation();
    for (const parts of [favourable, unfavourable]) {
      const ends = parts.map((part) => part.end);
      expect(parts.map(({ start }) => start)).to.deep.equal([impact.covered.start, ...ends.slice(0, -1)]);
      expect(ends.at(-1)).to.equal(impact.covered.end);
    }
    const counted = (parts: readonly ExplanationPart[]) => parts.flatMap((part) => (part.kind === "counted" ? [part] : []));
    const agreed = [favourable, unfavourable].map((parts) => counted(parts).reduce((total, part) => total + part.end - part.start, 0));
    expect([Math.min(...agreed), Math.max(...agreed)]).to.deep.equal([figures.agreedMs.min, figures.agreedMs.max]);
    const down = [favourable, unfavourable].map((parts) => sum(counted(parts).map(({ downtimeMs }) => downtimeMs))).sort(compare);
    expect(down.map(toExactText)).to.deep.equal([figures.downtimeMs.min, figures.downtimeMs.max].map(toExactText));
    const lost = sum(counted(unfavourable).map(({ lostWorkstationHours }) => lostWorkstationHours));
    expect(toExactText(lost)).to.equal(toExactText(figures.lostWorkstationHours.max));
  }
}

const CASES: readonly (readonly [string, OpenCase])[] = [["folded from decided commands", decidedCase], ["stored, and read from the read models", storedCase]];

for (const [how, openCase] of CASES) {
  describe(`impact of a body, ${how}`, () => {
    let ledger: ReportCase;
    beforeEach(async () => {
      ledger = await standing(openCase);
    });
    afterEach(() => ledger.close());

    async function lecco(period: string, { now = AFTER, asOf }: { now?: string; asOf?: string } = {}): Promise<ImpactReport> {
      const impact = impactReport(await ledger.known(now), LECCO, over(period, asOf));
      addsUp(impact);
      return impact;
    }

    it("counts one hour in the fold of October 2019 (worked example 1)", async () => {
      const start = at("2019-10-27T02:30:00+02:00");
      await ledger.record({ at: "2019-10-28T08:00:00Z" }, report(start), ...outage(start, at("2019-10-27T02:30:00+01:00")));
      const figures = service(await lecco("2019-10"));
      expect(figures.agreedMs).to.deep.equal({ min: 745 * HOUR, max: 745 * HOUR });
      expect([hoursDown(figures), percent(figures)]).to.deep.equal(["1", "99.8657"]);
      expect(figures.availability.kind === "assessable" && compare(figures.availability.value.min, rational(2_682_000 - 3600, 2_682_000))).to.equal(0);
      expect(exact(figures.lostWorkstationHours)).to.equal("100");
    });

    it("never counts overlapping disruptions twice (worked example 2)", async () => {
      const clock = (time: string) => at(`2019-09-25T${time}:00+02:00`);
      const second = incidentId("network");
      await ledger.record({ at: "2019-09-25T20:00:00Z" }, report(clock("10:00")), ...outage(clock("10:00"), clock("12:00")),
        report(clock("11:00"), second), ...outage(clock("11:00"), clock("14:00"), { id: "slow", incident: second, degree: "partial" }));
      const impact = await lecco("2019-09");
      expect(hoursDown(service(impact))).to.equal("3");
      expect(impact.disruptions.map(({ disruptionId, aloneDowntimeMs }) => [disruptionId, exact(aloneDowntimeMs)])).to.deep.equal([[DOWN, String(2 * HOUR)], ["slow", String(1.5 * HOUR)]]);
      const named = service(impact).explanation().favourable.flatMap((part) => (part.kind === "counted" && part.cause !== undefined ? [`${part.cause.disruptionId} ${toExactText(part.weight)}`] : []));
      expect(named).to.deep.equal([`${DOWN} 1`, `${DOWN} 1`, "slow 1/2"]);
    });

    it("tells a millisecond (worked example 4)", async () => {
      const start = at("2019-09-01T00:00:00+02:00");
      await ledger.record({ at: "2019-09-28T08:00:00Z" }, report(start), ...outage(start, at("2019-09-01T03:36:00.001+02:00")));
      const { availability } = service(await lecco("2019-09"));
      if (availability.kind !== "assessable") throw new Error("it is");
      expect(compare(availability.value.min, rational(995, 1000))).to.equal(-1);
      expect(compare(availability.value.min, rational(2_592_000_000 - 12_960_001, 2_592_000_000))).to.equal(0);
      expect(availability.percent.min).to.equal("99.4999");
    });

    it("names the lower id where two disruptions weigh the same", async () => {
      const [start, until] = [at("2019-09-25T08:00:00Z"), at("2019-09-25T09:00:00Z")];
      await ledger.record({ at: "2019-09-25T20:00:00Z" }, report(start), ...outage(start, until, { id: "b" }), ...outage(start, until, { id: "a-1" }), ...outage(start, until, { id: "a" }));
      const [, part] = service(await lecco("2019-09")).explanation().favourable;
      expect(part?.kind === "counted" && part.cause?.disruptionId).to.equal("a");
    });

    it("resolves a disruption of all bodies by what each had adopted at the time", async () => {
      const start = at("2019-09-25T08:00:00Z");
      await ledger.record({ at: "2019-09-25T20:00:00Z" }, adopt(PROTOCOLLO, VALMADRERA, "2019-09-25T10:00:00Z"), report(start), ...outage(start, at("2019-09-25T11:00:00Z")));
      const [first, second] = impactReports(await ledger.known(AFTER), [LECCO, VALMADRERA], over("2019-09"));
      if (first === undefined || second === undefined) throw new Error("two reports");
      expect([hoursDown(service(first)), hoursDown(service(second))]).to.deep.equal(["3", "1"]);
      addsUp(second);
      expect(second.disruptions.map(({ clipped }) => clipped)).to.deep.equal([{ start: at("2019-09-25T10:00:00Z"), end: at("2019-09-25T11:00:00Z") }]);
      expect(service(second).agreedMs.min).to.equal(at("2019-10-01T00:00:00+02:00") - at("2019-09-25T10:00:00Z"));
      expect(service(second).explanation().favourable[0]).to.include({ kind: "not-owed", reason: "not-adopted" });
    });

    it("keeps to the bodies that a scope names, phase by phase", async () => {
      const start = at("2019-09-25T08:00:00Z");
      await ledger.record({ at: "2019-09-25T20:00:00Z" }, report(start), open(start, { service: POSTA, scope: { kind: "bodies", bodyIds: [VALMADRERA] } }),
        { type: "RescopeDisruption", data: { incidentId: OUTAGE, disruptionId: DOWN, scope: { kind: "all" }, occurredAt: at("2019-09-25T09:00:00Z") } },
        { type: "ChangeDisruptionDegree", data: { incidentId: OUTAGE, disruptionId: DOWN, degree: "partial", occurredAt: at("2019-09-25T10:00:00Z") } },
        end(at("2019-09-25T12:00:00Z")));
      const [first, second] = impactReports(await ledger.known(AFTER), [LECCO, VALMADRERA], over("2019-09"));
      if (first === undefined || second === undefined) throw new Error("two reports");
      expect([hoursDown(service(first, POSTA)), hoursDown(service(second, POSTA))]).to.deep.equal(["2", "3"]);
      expect([exact(first.total.lostWorkstationHours), exact(second.total.lostWorkstationHours)]).to.deep.equal(["200", "60"]);
    });

    it("owes a body nothing before it joined and after it left", async () => {
      const left = "2019-09-11T00:00:00+02:00";
      await ledger.record({ at: "2019-09-01T08:00:00Z" }, join(COLICO, "Comune di Colico", "2019-09-10T00:00:00+02:00"), adopt(POSTA, COLICO), { type: "LeaveBody", data: { bodyId: COLICO, effectiveFrom: at(left) } });
      const impact = impactReport(await ledger.known(AFTER), COLICO, over("2019-09"));
      expect(impact.total.agreedMs.min).to.equal(24 * HOUR);
      expect(impact.total.explanation().favourable.map(({ kind }) => kind)).to.deep.equal(["not-owed", "counted", "not-owed"]);
      expect(impact.total.explanation().favourable[0]).to.include({ reason: "not-a-member" });
      addsUp(impact);
    });

    it("loses an hour once in the total, and shows it in each service", async () => {
      const [start, until] = [at("2019-09-25T08:00:00Z"), at("2019-09-25T10:00:00Z")];
      await ledger.record({ at: "2019-09-25T20:00:00Z" }, report(start), ...outage(start, until), ...outage(start, until, { id: "posta-down", service: POSTA, degree: "partial" }));
      const impact = await lecco("2019-09");
      expect(impact.services.map((each) => [each.serviceId, exact(each.lostWorkstationHours)])).to.deep.equal([[POSTA, "100"], [PROTOCOLLO, "200"]]);
      expect([hoursDown(impact.total), exact(impact.total.lostWorkstationHours), impact.total.agreedMs.min]).to.deep.equal(["2", "200", 720 * HOUR]);
    });

    it("follows the workstations as they change", async () => {
      const start = at("2019-09-25T08:00:00Z");
      await ledger.record({ at: "2019-09-25T20:00:00Z" }, declare(LECCO, 40, "2019-09-25T09:00:00Z"), report(start), ...outage(start, at("2019-09-25T10:00:00Z")));
      expect(exact((await lecco("2019-09")).total.lostWorkstationHours)).to.equal("140");
    });

    describe("maintenance", () => {
      const [from, to] = ["2019-09-25T20:00:00Z", "2019-09-26T00:00:00Z"];
      const down = () => [report(at("2019-09-25T19:00:00Z")), ...outage(at("2019-09-25T19:00:00Z"), at("2019-09-26T01:00:00Z"))];

      it("is excluded, with whatever happened in it, when it was recorded before its window", async () => {
        await ledger.record({ at: "2019-09-25T19:59:59.999Z" }, announce(from, to));
        await ledger.record({ at: "2019-09-26T08:00:00Z" }, ...down());
        const impact = await lecco("2019-09");
        expect([service(impact).agreedMs.min, hoursDown(service(impact))]).to.deep.equal([716 * HOUR, "2"]);
        expect(impact.total.agreedMs.min).to.equal(720 * HOUR);
        expect(hoursDown(impact.total)).to.equal("2");
        expect(service(impact).explanation().favourable.map(({ kind }) => kind)).to.deep.equal(["counted", "counted", "excluded", "counted", "counted"]);
      });
      it("is not when it was recorded as its window began", async () => {
        await ledger.record({ at: from }, announce(from, to));
        await ledger.record({ at: "2019-09-26T08:00:00Z" }, ...down());
        expect([service(await lecco("2019-09")).agreedMs.min, hoursDown(service(await lecco("2019-09")))]).to.deep.equal([720 * HOUR, "6"]);
      });
      it("gives back the rest of its window when it is cancelled", async () => {
        await ledger.record({ at: "2019-09-20T08:00:00Z" }, announce(from, to));
        await ledger.record({ at: "2019-09-26T08:00:00Z" }, cancel(at("2019-09-25T21:00:00Z")), ...down());
        expect([service(await lecco("2019-09")).agreedMs.min, hoursDown(service(await lecco("2019-09")))]).to.deep.equal([719 * HOUR, "5"]);
      });
      it("takes out nothing by a correction that came after its window began, but what had been announced in time", async () => {
        const corrected = async (recordedAt: string, start: string, ended: string): Promise<number> => {
          const own = await standing(openCase);
          const [eventId] = await own.record({ at: "2019-09-20T08:00:00Z" }, announce(from, to));
          const { data } = announce(start, ended);
          if (eventId === undefined) throw new TypeError("it was recorded");
          await own.record({ at: recordedAt }, { type: "CorrectRecord", data: { category: "contract", subjectId: SPC_CLOUD, eventId, data: payload(data), reason: "Altre ore" } });
          const agreedMs = service(impactReport(await own.known(AFTER), LECCO, over("2019-09"))).agreedMs.min;
          await own.close();
          return 720 - agreedMs / HOUR;
        };
        const afterwards = "2019-10-05T08:00:00Z";
        expect(await corrected(afterwards, "2019-09-10T00:00:00Z", "2019-09-10T12:00:00Z"), "moved over something else").to.equal(0);
        expect(await corrected(afterwards, "2019-09-25T22:00:00Z", "2019-09-26T06:00:00Z"), "moved by two hours and made longer").to.equal(2);
        expect(await corrected(afterwards, "2019-09-25T21:00:00Z", "2019-09-25T22:00:00Z"), "made shorter").to.equal(1);
        expect(await corrected("2019-09-24T08:00:00Z", "2019-09-25T22:00:00Z", "2019-09-26T06:00:00Z"), "announced anew in time").to.equal(8);
      });
      it("goes by the source's record where that is asked for", async () => {
        await ledger.record({ at: "2019-10-05T08:00:00Z", sourceRecordedAt: "2019-09-20T08:00:00Z" }, announce(from, to));
        const bySource = await ledger.known(AFTER, { kind: "sourceRecordedAt", instant: at(AFTER) });
        expect(service(impactReport(bySource, LECCO, over("2019-09"))).agreedMs.min).to.equal(716 * HOUR);
        expect(service(await lecco("2019-09")).agreedMs.min).to.equal(720 * HOUR);
      });
    });

    describe("cost", () => {
      it("divides by the hours of the calendar year in which they were agreed", async () => {
        const start = at("2019-09-25T08:00:00Z");
        await ledger.record({ at: "2019-09-25T20:00:00Z" }, agreeCost(9072, "2019-01-01T00:00:00+01:00"), report(start), ...outage(start, at("2019-09-25T11:00:00Z")));
        const { costs, contractCosts } = await lecco("2019-09");
        expect(costs.map(({ currency, exactCents, cost }) => [currency, exact(exactCents), cost.min])).to.deep.equal([["EUR", toExactText(rational(300 * 9072, 8760)), { amountCents: 311, currency: "EUR" }]]);
        const [part] = contractCosts[0]?.explanation().favourable ?? [];
        expect([part?.year, part && toExactText(part.unionHours), part && toExactText(part.lostWorkstationHours)]).to.deep.equal([2019, "8760", "300"]);
      });
      it("is worked out anew where the cost or the year changes, and its parts add up", async () => {
        const start = at("2018-12-31T22:00:00Z");
        await ledger.record({ at: "2019-09-25T20:00:00Z" }, agreeCost(9883, "2018-01-01T00:00:00+01:00"), agreeCost(9072, "2019-01-01T00:00:00+01:00"), report(start), ...outage(start, at("2019-01-01T01:00:00Z")));
        const { period } = over("2019");
        const impact = impactReport(await ledger.known(AFTER), LECCO, { ...over("2019"), period: { start: at("2018-12-01T00:00:00+01:00"), end: period.end } });
        const [cost] = impact.contractCosts;
        const parts = cost?.explanation().favourable ?? [];
        expect(parts.map(({ year, lostWorkstationHours, cents }) => [year, toExactText(lostWorkstationHours), toExactText(cents)])).to.deep.equal([
          [2018, "100", toExactText(rational(100 * 9883, 8760))], [2019, "200", toExactText(rational(200 * 9072, 8760))],
        ]);
        expect(cost && exact(cost.exactCents)).to.equal(toExactText(sum(parts.map(({ cents }) => cents))));
      });
      it("divides by what was agreed in the year, not by what the period covers", async () => {
        const start = at("2019-09-25T08:00:00Z");
        await ledger.record({ at: "2019-06-01T08:00:00Z" }, announce("2019-08-10T00:00:00+02:00", "2019-08-11T00:00:00+02:00"));
        await ledger.record({ at: "2019-09-25T20:00:00Z" }, agreeCost(9072, "2018-01-01T00:00:00+01:00"), drop(PROTOCOLLO, LECCO, "2019-10-01T00:00:00+02:00"),
          drop(POSTA, LECCO, "2019-07-01T00:00:00+02:00"), report(start), ...outage(start, at("2019-09-25T09:00:00Z")));
        const [part] = (await lecco("2019-09")).contractCosts[0]?.explanation().favourable ?? [];
        expect(part && toExactText(part.unionHours)).to.equal(String((at("2019-10-01T00:00:00+02:00") - at("2019-01-01T00:00:00+01:00")) / HOUR - 24));
      });
      it("is absent where none is agreed", async () => {
        expect((await lecco("2019-09")).costs).to.deep.equal([]);
      });
    });

    describe("as of when, and known when", () => {
      const start = at("2019-09-25T08:00:00Z");
      const record = () => ledger.record({ at: "2019-09-25T08:30:00Z" }, report(start), open(start));

      it("counts what is open up to then, and says that it is provisional", async () => {
        await record();
        const impact = await lecco("2019-09", { now: "2019-09-25T10:00:00Z" });
        expect(hoursDown(service(impact))).to.equal("2");
        expect([impact.covered.end, impact.provisional]).to.deep.equal([at("2019-09-25T10:00:00Z"), ["period-not-over", "disruption-open"]]);
        expect(impact.disruptions.map(({ open: going, end: over }) => [going, over])).to.deep.equal([[true, undefined]]);
        expect(service(impact).agreedMs.min).to.equal(at("2019-09-25T10:00:00Z") - at("2019-09-01T00:00:00+02:00"));
      });
      it("cuts at an earlier asOf, also what ended since", async () => {
        await record();
        await ledger.record({ at: "2019-09-25T12:00:00Z" }, end(at("2019-09-25T11:00:00Z")));
        expect(hoursDown(service(await lecco("2019-09")))).to.equal("3");
        expect((await lecco("2019-09")).provisional).to.deep.equal([]);
        const then = await lecco("2019-09", { asOf: "2019-09-25T09:00:00Z" });
        expect([hoursDown(service(then)), then.provisional]).to.deep.equal(["1", ["period-not-over", "disruption-open"]]);
      });
      it("owes nothing of a period that has not begun", async () => {
        const impact = impactReport(await ledger.known("2019-08-01T00:00:00Z"), LECCO, over("2019-09"));
        expect([percent(impact.total), impact.services, impact.total.explanation().favourable]).to.deep.equal(["not-assessable", [], []]);
      });
      it("answers as before a correction, and as after it", async () => {
        const [, opened] = await record();
        await ledger.record({ at: "2019-09-25T11:00:00Z" }, end(at("2019-09-25T10:00:00Z")));
        const before = await ledger.known(AFTER);
        if (opened === undefined || before.knowledge.position === undefined) throw new Error("recorded");
        const data = { incidentId: OUTAGE, disruptionId: DOWN, serviceId: PROTOCOLLO, scope: { kind: "all" }, degree: "outage", occurredAt: at("2019-09-25T06:00:00Z") };
        await ledger.record({ at: "2019-09-26T08:00:00Z" }, { type: "CorrectRecord", data: { category: "incident", subjectId: OUTAGE, eventId: opened, data, reason: "The log of the firewall shows it." } });
        const of = async (knownAt?: Parameters<ReportCase["known"]>[1]) => hoursDown(service(impactReport(await ledger.known(AFTER, knownAt), LECCO, over("2019-09"))));
        expect(await of()).to.equal("4");
        expect(await of({ kind: "position", position: before.knowledge.position })).to.equal("2");
        expect(await of({ kind: "recordedAt", instant: at("2019-09-26T07:59:00Z") })).to.equal("2");
        expect(await of({ kind: "recordedAt", instant: at("2019-09-26T08:00:00Z") })).to.equal("4");
      });
      it("forgets a disruption that was withdrawn", async () => {
        const [, opened] = await record();
        await ledger.record({ at: "2019-09-26T08:00:00Z" }, withdrawal(opened));
        const impact = await lecco("2019-09");
        expect([hoursDown(service(impact)), percent(service(impact)), impact.disruptions]).to.deep.equal(["0", "100.0000", []]);
      });
    });

    describe("banded times", () => {
      const band = (from: string, to: string) => ({ earliest: at(`2019-09-25T${from}:00Z`), latest: at(`2019-09-25T${to}:00Z`) });

      it("give a least and a most, each explained", async () => {
        await ledger.record({ at: "2019-09-25T20:00:00Z" }, report(band("08:00", "09:00")), ...outage(band("08:00", "09:00"), band("11:00", "13:00")));
        const impact = await lecco("2019-09");
        expect(hoursDown(service(impact))).to.equal("2..5");
        expect(percent(service(impact))).to.equal("99.3055..99.7222");
        expect(service(impact).agreedMs.min).to.equal(service(impact).agreedMs.max);
        expect(impact.disruptions.map(({ clipped, aloneDowntimeMs }) => [clipped, exact(aloneDowntimeMs)])).to.deep.equal([
          [{ start: at("2019-09-25T08:00:00Z"), end: at("2019-09-25T13:00:00Z") }, `${2 * HOUR}..${5 * HOUR}`],
        ]);
      });
      it("matter only where the body is owed the service", async () => {
        await ledger.record({ at: "2019-09-25T20:00:00Z" }, report(band("08:00", "09:00")), ...outage(band("08:00", "09:00"), band("11:00", "13:00")));
        const [impact] = impactReports(await ledger.known(AFTER), [VALMADRERA], over("2019-09"));
        expect(impact && [hoursDown(impact.total), impact.disruptions]).to.deep.equal(["0", []]);
      });
      it("of a cancellation leave the agreed time open", async () => {
        await ledger.record({ at: "2019-09-20T08:00:00Z" }, announce("2019-09-25T08:00:00Z", "2019-09-25T12:00:00Z"));
        await ledger.record({ at: "2019-09-25T20:00:00Z" }, cancel(band("09:00", "10:00")), report(at("2019-09-25T08:00:00Z")), ...outage(at("2019-09-25T08:00:00Z"), at("2019-09-25T12:00:00Z")));
        const figures = service(await lecco("2019-09"));
        expect([figures.agreedMs, hoursDown(figures)]).to.deep.equal([{ min: 718 * HOUR, max: 719 * HOUR }, "2..3"]);
      });
    });

    it("gives what was done and said that concerns the body, when it is asked for", async () => {
      const [start, until] = [at("2019-09-25T08:00:00Z"), at("2019-09-25T10:00:00Z")];
      const text = (words: string, audience: { kind: "everyone" } | { kind: "lead-body" } | { kind: "bodies"; bodyIds: (typeof LECCO)[] }) => ({ text: words, language: "en", audience });
      const done = (entry: string, audience: Parameters<typeof text>[1], disruptionIds?: (typeof DOWN)[]) =>
        ({ type: "RecordResponse" as const, data: { incidentId: OUTAGE, entryId: entryId(entry), occurredAt: until, text: text(entry, audience), ...(disruptionIds !== undefined && { disruptionIds }) } });
      const [, , , , , mistaken] = await ledger.record({ at: "2019-09-25T20:00:00Z" }, report(start), ...outage(start, until),
        done("for-all", { kind: "everyone" }), done("inside", { kind: "lead-body" }), done("mistaken", { kind: "everyone" }),
        done("for-lecco", { kind: "bodies", bodyIds: [LECCO] }), done("for-others", { kind: "bodies", bodyIds: [VALMADRERA] }), done("protocollo", { kind: "everyone" }, [DOWN]));
      await ledger.record({ at: "2019-10-03T08:00:00Z" }, withdrawal(mistaken),
        { type: "InformMembers", data: { incidentId: OUTAGE, entryId: entryId("letter"), occurredAt: at("2019-10-02T08:00:00Z"), channel: "certified-email", text: text("letter", { kind: "everyone" }) } });
      const impact = await lecco("2019-09");
      const ids = (entries: ReturnType<ImpactReport["responses"]>) => entries.map(({ entry, inPeriod }) => [entry.entryId, inPeriod]);
      expect(ids(impact.responses())).to.deep.equal([["for-all", true], ["for-lecco", true], ["protocollo", true]]);
      expect(ids(impact.communications())).to.deep.equal([["letter", false]]);
      const then = await lecco("2019-09", { asOf: "2019-09-25T09:00:00Z" });
      expect([then.responses(), then.communications()]).to.deep.equal([[], []]);
      const [other] = impactReports(await ledger.known(AFTER), [VALMADRERA], over("2019-09"));
      expect(other?.responses()).to.deep.equal([]);
    });

    it("asks the same number of questions for one body and for sixty", async () => {
      const start = at("2019-09-25T08:00:00Z");
      const many = Array.from({ length: 60 }, (_, index) => bodyId(`comune-${index}`));
      await ledger.record({ at: "2019-09-25T20:00:00Z" }, agreeCost(9072, "2019-01-01T00:00:00+01:00"), report(start), ...outage(start, at("2019-09-25T10:00:00Z")),
        { type: "InformMembers", data: { incidentId: OUTAGE, entryId: entryId("letter"), occurredAt: start, channel: "email", text: everyone("It is down.") } });
      await ledger.record({ at: "2019-09-25T20:00:00Z" }, ...many.flatMap((id) => [join(id, id), adopt(PROTOCOLLO, id), adopt(POSTA, id)]));
      const queries = await ledger.known(AFTER);
      const asked = (bodies: readonly (typeof LECCO)[]): number => {
        const before = ledger.questions();
        const impacts = impactReports(queries, bodies, over("2019-09"));
        for (const impact of impacts) expect([impact.responses().length, impact.communications().length, impact.total.explanation().favourable.length]).to.deep.equal([0, 1, 3]);
        expect(impacts).to.have.length(bodies.length);
        return ledger.questions() - before;
      };
      expect(asked(many)).to.equal(asked([LECCO]));
      expect(asked(many)).to.be.at.most(16);
    });
    it("reports on all bodies, by name", async () => {
      expect(impactReportsOfAll(await ledger.known(AFTER), over("2019-09")).map(({ body }) => body.name)).to.deep.equal(["Comune di Lecco", "Comune di Valmadrera"]);
    });
    it("refuses a body that is not known, and leaves it out of many", async () => {
      const known = await ledger.known(AFTER);
      expect(() => impactReport(known, bodyId("nowhere"), over("2019-09"))).to.throw(LedgerError, /no body "nowhere"/);
      expect(impactReports(known, [bodyId("nowhere"), LECCO], over("2019-09")).map(({ body }) => body.bodyId)).to.deep.equal([LECCO]);
    });
  });
}

describe("impact of a body on a ledger with events that are not understood", () => {
  it("says which of them its figures may depend on", async () => {
    const unknown = (stream: string) => ({ stream: streamName(stream), position: position("7"), type: "BodyMoved", schemaVersion: 1, reason: "unknown-type" as const, detail: "not known" });
    const ledger = await standing(decidedCase);
    const all = ["il.lecco.body-lecco", "il.lecco.body-valmadrera", "il.lecco.service-posta", "il.lecco.incident-x", "il.lecco.contract-other"].map(unknown);
    const { notUnderstood } = impactReport({ ...(await ledger.known(AFTER)), notUnderstood: () => all }, LECCO, over("2019-09"));
    expect(notUnderstood.map(({ stream }) => stream)).to.deep.equal(["il.lecco.body-lecco", "il.lecco.service-posta", "il.lecco.incident-x"]);
  });
});
