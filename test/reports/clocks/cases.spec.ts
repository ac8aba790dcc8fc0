import { expect } from "chai";
import { casesOf } from "../../../src/reports/clocks/cases.js";
import { nextChangeOf } from "../../../src/reports/clocks/readings.js";
import { span } from "../../../src/time/span.js";
import { at } from "../../support/given.js";
import { SPC_CLOUD } from "../../support/lecco.js";
import { end, open, OUTAGE, outage, report } from "../lecco-case.js";
import { decidedCase, type OpenCase, type ReportCase } from "../report-case.js";
import { storedCase } from "../stored-case.js";
import { acknowledge, agreed, assign, iso, LATER, LINE, notify, pause, reading, readings, reopen, resolve, resume } from "./clock-case.js";

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

    it("without a disruption of the contract there is nothing to restore, and without terms no clock", async () => {
      await ledger.record(RECORDED, report(FRIDAY), assign("high", FRIDAY), open(FRIDAY, { service: LINE }));
      expect((await readings(ledger, LATER)).map((each) => each.case.kind)).to.deep.equal(["time-to-acknowledge"]);
      expect((await readings(ledger, LATER)).map((each) => each.case.contractId)).to.deep.equal([SPC_CLOUD]);
    });
  });
}
