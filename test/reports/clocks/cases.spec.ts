import { expect } from "chai";
import { casesOf } from "../../../src/reports/clocks/cases.js";
import { nextChangeOf } from "../../../src/reports/clocks/readings.js";
import { span } from "../../../src/time/span.js";
import { at } from "../../support/given.js";
import { POSTA, SPC_CLOUD } from "../../support/lecco.js";
import { CLOCK_TERMS } from "../../support/terms.js";
import { end, open, OUTAGE, outage, report } from "../lecco-case.js";
import { decidedCase, type OpenCase, type ReportCase } from "../report-case.js";
import { storedCase } from "../stored-case.js";
import { acknowledge, agree, agreed, assign, correct, iso, LATER, LINE, NETWORK, notify, pause, reading, readings, reopen, resolve, resume, withdraw } from "./clock-case.js";

const HOUR_MS = 3_600_000;
const RECORDED = { at: "2019-11-20T08:00:00Z" };
/** Worked example 5: Fri 25 October 2019, 16:30. */
const FRIDAY = at("2019-10-25T16:30:00+02:00");

const WAYS: readonly (readonly [string, OpenCase])[] = [["folded", decidedCase], ["through the store", storedCase]];
for (const [way, openCase] of WAYS) {
  describe(`clocks of incidents under terms, ${way}`, () => {
    let ledger: ReportCase;
    beforeEach(async () => {
      ledger = await agreed(openCase);
    });
    afterEach(() => ledger.close());

    it("worked example 5: due on Monday at 10:30; a pause moves it to 12:30; raising the severity keeps the pause", async () => {
      await ledger.record(RECORDED, report(at("2019-10-25T16:20:00+02:00")), notify(FRIDAY), assign("high", FRIDAY), open(FRIDAY));
      const first = await reading(ledger, "ripristino", "2019-10-28T09:00:00+01:00");
      expect(first.reading.state).to.equal("running");
      expect([iso(first.reading.dueAt?.earliest), first.reading.remainingMs?.min, iso(nextChangeOf(first))]).to.deep.equal(["2019-10-28T09:30:00.000Z", 1.5 * HOUR_MS, "2019-10-28T08:30:00.000Z"]);

      await ledger.record(RECORDED, pause(at("2019-10-25T17:00:00+02:00")), resume(at("2019-10-28T09:00:00+01:00")));
      expect(iso((await reading(ledger, "ripristino", "2019-10-28T10:00:00+01:00")).reading.dueAt?.latest)).to.equal("2019-10-28T11:30:00.000Z");
      expect((await reading(ledger, "ripristino", "2019-10-27T10:00:00+01:00")).reading).to.deep.include({ state: "paused", dueAt: undefined });

      await ledger.record(RECORDED, assign("critical", at("2019-10-28T09:30:00+01:00")));
      const raised = await reading(ledger, "ripristino", "2019-10-28T10:00:00+01:00");
      expect([raised.case.severity, raised.case.clock.targetMs, iso(raised.reading.dueAt?.earliest)]).to.deep.equal(["critical", 2 * HOUR_MS, "2019-10-28T09:30:00.000Z"]);
      expect((await reading(ledger, "ripristino", "2019-10-28T09:15:00+01:00")).case.severity, "as of before it was raised").to.equal("high");
      expect((await reading(ledger, "ripristino", "2019-10-28T10:30:00.001+01:00")).reading.state).to.equal("breached");
    });

    it("belongs to the period of the indicator in which it started, under the terms in force then", async () => {
      await ledger.record(RECORDED, report(at("2019-09-30T23:50:00+02:00")), assign("high", FRIDAY), ...outage(FRIDAY, at("2019-10-28T10:00:00+01:00")), acknowledge(FRIDAY));
      const known = await ledger.known(LATER);
      const inSpan = (from: string, to: string) => casesOf(known, { incidents: { kind: "started-in", span: span(at(from), at(to)) }, asOf: at(LATER) });
      expect(inSpan("2019-09-30T00:00:00+02:00", "2019-10-01T00:00:00+02:00").map(({ indicator, startedIn, kind }) => [indicator.id, kind, startedIn])).to.deep.equal([
        ["presa-in-carico", "time-to-acknowledge", "2019-09"], ["ripristino", "time-to-restore", "2019-Q3"],
      ]);
      expect(inSpan("2019-10-01T00:00:00+02:00", "2019-11-01T00:00:00+01:00")).to.deep.equal([]);
      expect(inSpan("2019-09-30T23:50:00.001+02:00", "2019-10-01T00:00:00+02:00")).to.deep.equal([]);
      expect(casesOf(known, { incidents: { kind: "named", ids: [OUTAGE] }, contractIds: new Set(), asOf: at(LATER) })).to.deep.equal([]);
    });

    it("reopening resumes the clock: what lies between the stop before it and the reopening does not count", async () => {
      await ledger.record(RECORDED, report(at("2019-10-23T09:00:00+02:00")), assign("high", at("2019-10-23T09:00:00+02:00")),
        ...outage(at("2019-10-23T09:00:00+02:00"), at("2019-10-23T11:00:00+02:00")), resolve(at("2019-10-23T11:30:00+02:00")), reopen(at("2019-10-23T15:00:00+02:00")));
      const running = await reading(ledger, "ripristino", "2019-10-25T16:30:00+02:00");
      expect(running.reading.state, "nothing new is broken, but it was reopened").to.equal("breached");
      expect(iso(running.reading.dueAt?.earliest)).to.equal("2019-10-23T15:00:00.000Z");
      await ledger.record(RECORDED, open(at("2019-10-23T14:50:00+02:00"), { id: "again" }), end(at("2019-10-23T16:30:00+02:00"), "again"));
      const { reading: { state, elapsedMs }, case: { clock } } = await reading(ledger, "ripristino", LATER);
      expect([state, elapsedMs.max, iso(Number(clock.stop))]).to.deep.equal(["met", 3.5 * HOUR_MS, "2019-10-23T14:30:00.000Z"]);
      expect(clock.pauses.map(({ cause }) => cause)).to.deep.equal(["reopened"]);
      expect((await reading(ledger, "ripristino", "2019-10-23T12:00:00+02:00")).reading, "as of when it was over").to.deep.include({ state: "met", elapsedMs: { min: 2 * HOUR_MS, max: 2 * HOUR_MS } });
    });

    it("a disruption that is recorded later and went on all the time leaves no stop before the reopening", async () => {
      const down = (hour: string) => at(`2019-10-23T${hour}:00+02:00`);
      await ledger.record(RECORDED, report(down("09:00")), assign("medium", down("09:00")), ...outage(down("09:00"), down("11:00")), resolve(down("11:30")), reopen(down("15:00")), ...outage(down("10:00"), down("16:00"), { id: "all-the-time" }));
      expect((await reading(ledger, "ripristino", LATER)).reading.elapsedMs.max).to.equal(7 * HOUR_MS);
      await ledger.record(RECORDED, ...outage(down("12:00"), down("15:30"), { id: "after" }));
      expect((await reading(ledger, "ripristino", LATER)).case.clock.pauses).to.deep.equal([]);
    });

    it("reopened for a service of another contract, it stays as it was; for nothing new, it runs until it is resolved again", async () => {
      const down = (hour: string) => at(`2019-10-23T${hour}:00+02:00`);
      await ledger.record(RECORDED, report(down("09:00")), assign("medium", down("09:00")), ...outage(down("09:00"), down("11:00")), resolve(down("11:30")), reopen(down("12:00")));
      expect((await reading(ledger, "ripristino", "2019-10-23T12:30:00+02:00")).reading).to.deep.include({ state: "running", elapsedMs: { min: 2.5 * HOUR_MS, max: 2.5 * HOUR_MS } });
      await ledger.record(RECORDED, ...outage(down("12:00"), down("13:00"), { id: "linea", service: LINE }));
      expect((await reading(ledger, "ripristino", LATER)).case.clock).to.deep.include({ stop: down("11:00"), pauses: [] });
      await ledger.record(RECORDED, resolve(down("13:30")), reopen(down("14:00")), resolve(down("15:00")));
      const { case: { clock }, reading: { elapsedMs } } = await reading(ledger, "ripristino", LATER);
      expect([clock.stop, clock.pauses.map(({ start, end: until }) => [start, until]), elapsedMs.max]).to.deep.equal([down("15:00"), [[down("11:00"), down("14:00")]], 3 * HOUR_MS]);
    });

    it("what is corrected counts as corrected, what is withdrawn not at all", async () => {
      await ledger.record(RECORDED, report(FRIDAY), assign("high", FRIDAY), open(FRIDAY));
      const [, resumed] = await ledger.record(RECORDED, pause(at("2019-10-25T17:00:00+02:00")), resume(at("2019-10-28T09:00:00+01:00")));
      const due = async () => iso((await reading(ledger, "ripristino", "2019-10-28T10:00:00+01:00")).reading.dueAt?.earliest);
      expect(await due()).to.equal("2019-10-28T11:30:00.000Z");
      await ledger.record(RECORDED, correct(resumed, { incidentId: OUTAGE, clock: "restore", occurredAt: at("2019-10-28T09:45:00+01:00") }));
      expect(await due()).to.equal("2019-10-28T12:15:00.000Z");
      await ledger.record(RECORDED, withdraw(resumed));
      expect((await reading(ledger, "ripristino", "2019-10-28T10:00:00+01:00")).reading).to.deep.include({ state: "paused", dueAt: undefined });
    });

    it("bands leave open what they leave open: two readings, and a verdict only where both agree", async () => {
      const band = (earliest: string, latest: string) => ({ earliest: at(`2019-10-23T${earliest}:00+02:00`), latest: at(`2019-10-23T${latest}:00+02:00`) });
      await ledger.record(RECORDED, report(band("09:00", "09:30")), assign("high", band("09:00", "09:30")), ...outage(band("09:00", "09:30"), band("12:45", "13:15")), acknowledge(band("09:40", "09:50")));
      const { reading: restored, case: { clock } } = await reading(ledger, "ripristino", LATER);
      expect([restored.state, restored.elapsedMs, clock.start]).to.deep.equal(["undetermined", { min: 3.25 * HOUR_MS, max: 4.25 * HOUR_MS }, band("09:00", "09:30")]);
      expect((await reading(ledger, "presa-in-carico", LATER)).reading.state).to.equal("met");
    });

    it("an incident without a contract makes a case for each whose services it disrupted; an indicator of some services only where one of them was", async () => {
      const [first, second] = CLOCK_TERMS.indicators;
      const terms = { ...CLOCK_TERMS, contractId: NETWORK, indicators: [first, second].flatMap((each, index) => (each === undefined ? [] : [{ ...each, ...(index === 0 && { services: [POSTA] }) }])) };
      await ledger.record(RECORDED, agree(terms), { type: "ReportIncident", data: { incidentId: OUTAGE, occurredAt: FRIDAY, title: "Fermi" } }, assign("high", FRIDAY), open(FRIDAY));
      const names = async () => (await readings(ledger, LATER)).map((each) => `${each.case.contractId} ${each.case.indicator.id}`);
      expect(await names()).to.have.members([`${SPC_CLOUD} presa-in-carico`, `${SPC_CLOUD} ripristino`]);
      await ledger.record(RECORDED, open(FRIDAY, { id: "linea", service: LINE }));
      expect(await names()).to.have.members([`${SPC_CLOUD} presa-in-carico`, `${SPC_CLOUD} ripristino`, `${NETWORK} ripristino`]);
      await ledger.record(RECORDED, open(FRIDAY, { id: "posta", service: POSTA }));
      expect(await names()).to.include(`${NETWORK} presa-in-carico`);
      expect((await readings(ledger, LATER, { contractId: NETWORK })).map((each) => each.case.contractId)).to.deep.equal([NETWORK, NETWORK]);
    });

    it("without a disruption of the contract there is nothing to restore, and without terms no clock", async () => {
      await ledger.record(RECORDED, report(FRIDAY), assign("high", FRIDAY), open(FRIDAY, { service: LINE }));
      expect((await readings(ledger, LATER)).map((each) => each.case.kind)).to.deep.equal(["time-to-acknowledge"]);
      expect((await readings(ledger, LATER)).map((each) => each.case.contractId)).to.deep.equal([SPC_CLOUD]);
    });
  });
}
