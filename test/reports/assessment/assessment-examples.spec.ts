import { expect } from "chai";
import { entryId, maintenanceId } from "../../../src/kernel/brand.js";
import { multiply, rational, toExactText, toFlooredDecimal } from "../../../src/kernel/rational.js";
import type { LedgerCommand } from "../../../src/domain/record.js";
import { termsSchema } from "../../../src/domain/terms/terms.js";
import { affectedBodies } from "../../../src/reports/assessment/affected.js";
import { assess, type Assessment } from "../../../src/reports/assessment/assessment.js";
import { freeze } from "../../../src/reports/assessment/freeze.js";
import type { Level } from "../../../src/reports/assessment/level.js";
import { levelsMet } from "../../../src/reports/assessment/levels-met.js";
import { assessedPeriod } from "../../../src/reports/assessment/period.js";
import { frozenTime } from "../../../src/reports/terms/recorded-time.js";
import { parsePeriod } from "../../../src/time/period.js";
import type { When } from "../../../src/time/when.js";
import { ROME } from "../../../src/time/zone.js";
import { liveTime } from "../../../src/reports/terms/time-source.js";
import type { Span } from "../../../src/time/span.js";
import { at, nthId } from "../../support/given.js";
import { everyone, LECCO, PROTOCOLLO, SPC_CLOUD, VALMADRERA } from "../../support/lecco.js";
import { TERMS } from "../../support/terms.js";
import { AFTER, adopt, catalogue, declare, drop, end, join, open, OUTAGE, outage, report } from "../lecco-case.js";
import { digestOf } from "./freezing.js";
import { assessedCase, type AssessedCase } from "./assessed-case.js";

const [AVAILABILITY] = TERMS.indicators;
const OFFICE = ["08:00-18:00"];
const IN_OFFICE = { calendars: { ufficio: { kind: "weekly", week: { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE, sat: [], sun: [] }, onHolidays: [] } } };
const FAILURES = { id: "guasti", title: "Guasti", kind: "failures", period: "month", most: 0, missed: "penalty", penalty: { kind: "per-case", amountCents: 5000 } };

/** Terms that differ from the usual ones of the specs, from a local midnight. */
function agree(changed: object = {}, from = "2019-01-01", midnight = `${from}T00:00:00+01:00`): LedgerCommand {
  return { type: "AgreeTerms", data: { contractId: SPC_CLOUD, terms: termsSchema.parse({ ...TERMS, effectiveFrom: from, ...changed }), effectiveFrom: at(midnight) } };
}
function withIndicator(changed: object): object {
  return { indicators: [{ ...AVAILABILITY, ...changed }] };
}
function announce(id: string, start: string, over: string): LedgerCommand {
  return { type: "AnnounceMaintenance", data: { contractId: SPC_CLOUD, maintenanceId: maintenanceId(id), serviceIds: [PROTOCOLLO], window: { start: at(start), end: at(over) }, text: everyone("Aggiornamento") } };
}

describe("the worked examples, assessed", () => {
  let ledger: AssessedCase;
  beforeEach(() => {
    ledger = assessedCase();
    ledger.record(at("2018-06-01T08:00:00Z"),
      { type: "AwardContract", data: { contractId: SPC_CLOUD, title: "SPC Cloud lotto 1", supplier: "Telecom Italia", zone: ROME, effectiveFrom: at("2017-01-01T00:00:00+01:00") } },
      { type: "AgreeFee", data: { contractId: SPC_CLOUD, fee: { amountCents: 1_200_000, currency: "EUR" }, per: "month", effectiveFrom: at("2017-01-01T00:00:00+01:00") } },
      catalogue(PROTOCOLLO, "Protocollo informatico"), join(LECCO, "Comune di Lecco"), declare(LECCO, 100), adopt(PROTOCOLLO, LECCO));
  });

  function happened(...commands: readonly LedgerCommand[]): void {
    ledger.record(at(AFTER), report(at("2019-09-01T00:00:00+02:00")), ...commands);
  }
  function assessed(period: string): Assessment {
    const month = assessedPeriod(period, ROME);
    if (!month.ok) throw new Error(month.refusal.message);
    return assess(ledger.known(at(AFTER)), SPC_CLOUD, month.value);
  }
  function only(period: string): Level {
    const { levels } = assessed(period);
    if (levels.length !== 1 || levels[0] === undefined) throw new Error(`${levels.length} levels`);
    return levels[0];
  }
  function figures({ measured, verdict, penalty }: Level) {
    if (measured.kind !== "availability") throw new Error("an availability");
    const { share, downtimeMs, agreedMs } = measured;
    return { verdict, agreedMs: agreedMs.min, downtimeMs: toExactText(downtimeMs.min), percent: share && toFlooredDecimal(multiply(share.min, rational(100)), 4), cents: penalty?.cents, steps: penalty?.lines.favourable.map(({ count }) => Number(count)) };
  }
  const fromStart = (ms: number): When => at(new Date(at("2019-09-10T00:00:00Z") + ms).toISOString());
  /** Down for so many milliseconds of September. */
  const down = (ms: number): readonly LedgerCommand[] => outage(fromStart(0), fromStart(ms));

  it("1: an hour lost in the night in which the clocks go back", () => {
    ledger.record(at(AFTER), agree());
    happened(...outage(at("2019-10-27T02:30:00+02:00"), at("2019-10-27T02:30:00+01:00")));
    expect(figures(only("2019-10"))).to.deep.include({ agreedMs: 2_682_000_000, downtimeMs: "3600000", percent: "99.8657", verdict: "met" });
  });
  it("2: where disruptions overlap, the largest weight counts once", () => {
    ledger.record(at(AFTER), agree());
    happened(...outage(at("2019-09-10T10:00:00+02:00"), at("2019-09-10T12:00:00+02:00")), ...outage(at("2019-09-10T11:00:00+02:00"), at("2019-09-10T14:00:00+02:00"), { id: "a-meta", degree: "partial" }));
    expect(figures(only("2019-09")).downtimeMs).to.equal(String(3 * 3_600_000));
  });
  it("3: over All Saints' Day and a weekend, in service hours", () => {
    ledger.record(at(AFTER), agree({ ...IN_OFFICE, ...withIndicator({ calendar: "ufficio" }) }));
    happened(...outage(at("2019-10-31T16:00:00+01:00"), at("2019-11-04T09:30:00+01:00")));
    expect([figures(only("2019-10")).downtimeMs, figures(only("2019-11")).downtimeMs]).to.deep.equal([String(2 * 3_600_000), String(1.5 * 3_600_000)]);
  });
  it("4: 12,960 s of September meet 99.5 %, a millisecond more breaches it", () => {
    ledger.record(at(AFTER), agree());
    happened(...down(12_960_000));
    expect(figures(only("2019-09"))).to.deep.include({ verdict: "met", percent: "99.5000", cents: undefined });
    ledger.record(at(AFTER), ...outage(fromStart(20_000_000), fromStart(20_000_001), { id: "un-millisecondo" }));
    expect(figures(only("2019-09"))).to.deep.include({ verdict: "breached", percent: "99.4999", cents: { min: 1200, max: 1200 }, steps: [1] });
  });
  it("4, in a band: a millisecond that leaves it open is undetermined, and may cost nothing", () => {
    ledger.record(at(AFTER), agree());
    happened(open(fromStart(0)), end({ earliest: at("2019-09-10T03:36:00.000Z"), latest: at("2019-09-10T03:36:00.001Z") }));
    expect(figures(only("2019-09"))).to.deep.include({ verdict: "undetermined", cents: { min: 0, max: 1200 } });
    const known = ledger.known(at(AFTER));
    const edges = [...known.contracts([SPC_CLOUD]).values()].map((row) => ({ row, cursor: "" }));
    const metIn = (label: string, asOf?: string): unknown => {
      const period = parsePeriod(label, ROME);
      return period.ok && levelsMet({ ...known, listContracts: () => ({ edges, hasNextPage: false, endCursor: undefined }) }, period.value, asOf === undefined ? undefined : at(asOf));
    };
    expect(metIn("2019-09")).to.deep.equal({ met: 0, undetermined: 1, assessed: 1 });
    expect([metIn("2019-Q3"), metIn("2019")], "with the months within them").to.deep.equal([{ met: 2, undetermined: 1, assessed: 3 }, { met: 11, undetermined: 1, assessed: 12 }]);
    expect(metIn("2019", "2019-09-01T00:00:00+02:00"), "as far as they have begun").to.deep.equal({ met: 8, undetermined: 0, assessed: 8 });
    expect(metIn("2019-09-10"), "a day").to.equal(undefined);
  });
  it("4, by a banded cancellation: what a time within the band would overturn is not certain, though both of its ends breach", () => {
    const windowOf = announce("dieci-giorni", "2019-09-10T00:00:00Z", "2019-09-20T00:00:00Z");
    const cancelled = (occurredAt: When): LedgerCommand => ({ type: "CancelMaintenance", data: { contractId: SPC_CLOUD, maintenanceId: maintenanceId("dieci-giorni"), occurredAt } });
    const verdictFor = (occurredAt: When): unknown => {
      const own = assessedCase();
      own.record(at("2018-06-01T08:00:00Z"), { type: "AwardContract", data: { contractId: SPC_CLOUD, title: "SPC Cloud lotto 1", supplier: "Telecom Italia", zone: ROME, effectiveFrom: at("2017-01-01T00:00:00+01:00") } },
        catalogue(PROTOCOLLO, "Protocollo informatico"), join(LECCO, "Comune di Lecco"), adopt(PROTOCOLLO, LECCO), agree(withIndicator({ threshold: "99.3", missed: "finding", penalty: undefined })), windowOf);
      own.record(at(AFTER), cancelled(occurredAt), report(at("2019-09-01T00:00:00+02:00")), ...outage(fromStart(0), at("2019-09-10T10:00:00Z")), ...outage(at("2019-09-25T00:00:00Z"), at("2019-09-25T04:00:00Z"), { id: "fuori" }));
      const month = assessedPeriod("2019-09", ROME);
      return month.ok && assess(own.known(at(AFTER)), SPC_CLOUD, month.value).levels.map(({ verdict }) => verdict);
    };
    const [first, last] = [at("2019-09-10T00:00:00Z"), at("2019-09-20T00:00:00Z")];
    expect([first, at("2019-09-10T10:00:00Z"), last].map(verdictFor)).to.deep.equal([["breached"], ["met"], ["breached"]]);
    expect(verdictFor({ earliest: first, latest: last })).to.deep.equal(["undetermined"]);
  });
  for (const { threshold, downMs, percent, counting, steps } of [
    { threshold: "99.5", downMs: 18_662_400, percent: "99.2800", counting: "commenced", steps: 3 },
    { threshold: "99.9", downMs: 10_368_000, percent: "99.6000", counting: "commenced", steps: 3 },
    { threshold: "99.5", downMs: 20_736_000, percent: "99.2000", counting: "whole", steps: 3 },
    { threshold: "99.5", downMs: 20_735_999, percent: "99.2000", counting: "whole", steps: 2 },
    { threshold: "99.9", downMs: 10_368_001, percent: "99.5999", counting: "commenced", steps: 4 },
  ] as const) {
    it(`6: ${percent} % under ${threshold} %, steps that are ${counting}: ${steps} after ${downMs} ms`, () => {
      ledger.record(at(AFTER), agree(withIndicator({ threshold, penalty: { kind: "per-step", rate: "1", rateIn: "per-mille", of: "period-fee", step: "0.1", unit: "percentage-points", counting } })));
      happened(...down(downMs));
      expect(figures(only("2019-09"))).to.deep.include({ verdict: "breached", percent, steps: [steps], cents: { min: steps * 1200, max: steps * 1200 } });
    });
  }
  it("is not assessable where nothing is owed: not 100 %", () => {
    ledger.record(at(AFTER), agree({ calendars: { una: { kind: "weekly", week: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }, onHolidays: ["08:00-18:00"] } }, ...withIndicator({ calendar: "una" }) }));
    expect(only("2019-09")).to.deep.include({ verdict: "not-assessable", penalty: undefined });
  });

  describe("to the millisecond", () => {
    it("counts what lies outside of maintenance", () => {
      ledger.record(at("2019-08-01T08:00:00Z"), agree(), announce("notte", "2019-09-10T00:00:00.001Z", "2019-09-10T00:59:59.999Z"));
      happened(...down(3_600_000));
      expect(figures(only("2019-09"))).to.deep.include({ agreedMs: 2_592_000_000 - 3_599_998, downtimeMs: "2" });
    });
    it("excludes what was announced a millisecond before it began or with just the notice asked for, and nothing later", () => {
      ledger.record(at("2019-08-01T08:00:00Z"), agree({ maintenance: { announced: "excluded", notice: "PT72H" } }));
      ledger.record(at("2019-09-07T00:00:00.000Z"), announce("in-tempo", "2019-09-10T00:00:00.000Z", "2019-09-10T01:00:00Z"));
      ledger.record(at("2019-09-08T00:00:00.001Z"), announce("tardi", "2019-09-11T00:00:00.000Z", "2019-09-11T01:00:00Z"));
      expect(figures(only("2019-09")).agreedMs).to.equal(2_592_000_000 - 3_600_000);
    });
  });

  it("allows a month its maintenance once, also where the terms change in it", () => {
    const limited = { maintenance: { announced: "excluded", atMostPerMonth: "PT5H" } };
    ledger.record(at("2019-08-01T08:00:00Z"), agree(limited), agree(limited, "2019-09-11", "2019-09-11T00:00:00+02:00"), announce("prima", "2019-09-04T00:00:00Z", "2019-09-04T03:00:00Z"), announce("seconda", "2019-09-20T00:00:00Z", "2019-09-20T04:00:00Z"));
    const { levels } = assessed("2019-09");
    expect(levels.map((level) => figures(level).agreedMs / 3_600_000)).to.deep.equal([240 - 3, 480 - 2]);
  });
  it("counts what earlier terms took out of the month by their own hours, whatever the later ones call theirs", () => {
    const limited = { maintenance: { announced: "excluded", atMostPerMonth: "PT5H" } };
    ledger.record(at("2019-08-01T08:00:00Z"), agree({ ...limited, ...IN_OFFICE, ...withIndicator({ calendar: "ufficio" }) }), agree(limited, "2019-09-11", "2019-09-11T00:00:00+02:00"),
      announce("prima", "2019-09-04T16:00:00Z", "2019-09-04T23:00:00Z"), announce("seconda", "2019-09-20T00:00:00Z", "2019-09-20T07:00:00Z"));
    const { levels } = assessed("2019-09");
    expect(levels.map((level) => figures(level).agreedMs / 3_600_000), "the first was after hours").to.deep.equal([70, 480 - 5]);
  });

  it("freezes the hours that shares rest on, also where no level of the period is by them", () => {
    ledger.record(at(AFTER), agree({ calendars: { ...IN_OFFICE.calendars, ...TERMS.calendars }, indicators: [{ ...AVAILABILITY, id: "trimestrale", period: "quarter", calendar: "ufficio" }, AVAILABILITY] }));
    happened(...outage(at("2019-09-10T06:00:00+02:00"), at("2019-09-10T10:00:00+02:00")));
    const month = assessedPeriod("2019-09", ROME);
    const known = ledger.known(at(AFTER));
    if (!month.ok) throw new Error(month.refusal.message);
    const computed = freeze(known, SPC_CLOUD, month.value, { lastEventId: nthId(0), now: at(AFTER), data: { zoneData: "", holidayData: "" }, digestOf });
    expect(affectedBodies(known, computed, frozenTime(computed.frozen)).map(({ bodyId, lostWorkstationHours }) => [bodyId, toExactText(lostWorkstationHours)])).to.deep.equal([[LECCO, "200"]]);
  });

  it("shares a penalty for a late answer among those whom the incident hit, also where that was in the month before", () => {
    const late = { id: "presa", title: "Presa in carico", kind: "time-to-acknowledge", period: "month", shareInTime: "100", missed: "penalty", targets: { high: { within: "PT1H", calendar: "sempre" } }, penalty: { kind: "per-case", amountCents: 50_000 } };
    const evening = at("2019-09-30T20:00:00+02:00");
    ledger.record(at(AFTER), agree({ indicators: [late] }), join(VALMADRERA, "Comune di Valmadrera"), report(evening), ...outage(evening, at("2019-09-30T23:00:00+02:00")),
      { type: "AssignSeverity", data: { incidentId: OUTAGE, occurredAt: evening, severity: "high" } },
      { type: "NotifySupplier", data: { incidentId: OUTAGE, entryId: entryId("telefonata"), channel: "phone", occurredAt: at("2019-10-01T08:00:00+02:00") } },
      { type: "AcknowledgeIncident", data: { incidentId: OUTAGE, occurredAt: at("2019-10-01T12:00:00+02:00") } });
    expect(only("2019-10")).to.deep.include({ verdict: "breached" });
    const known = ledger.known(at(AFTER));
    const affectedIn = (span: Span) => affectedBodies(known, { contractId: SPC_CLOUD, span, zone: ROME, occurredAt: at(AFTER) }, liveTime());
    expect(affectedIn(assessed("2019-10").assessed.span)).to.deep.equal([{ bodyId: LECCO, lostWorkstationHours: rational(0), workstations: rational(100) }]);
    expect(affectedIn(assessed("2019-11").assessed.span), "nothing was, and nobody").to.deep.equal([]);
  });

  it("is provisional while a disruption goes on that hit what was owed, and not by one that came after the body had left the service", () => {
    ledger.record(at(AFTER), agree(), join(VALMADRERA, "Comune di Valmadrera"), adopt(PROTOCOLLO, VALMADRERA), drop(PROTOCOLLO, LECCO, "2019-09-10T00:00:00+02:00"));
    happened(open(at("2019-09-20T00:00:00+02:00")));
    expect(assessed("2019-09").levels.map(({ bodyId, open: goesOn }) => [bodyId, goesOn])).to.deep.equal([[LECCO, false], [VALMADRERA, true]]);
  });

  it("speaks of money in the currency of the terms of the period, whatever is agreed for later", () => {
    ledger.record(at(AFTER), agree(), agree({ currency: "CHF" }, "2021-01-01"));
    happened(...outage(at("2019-09-10T06:00:00+02:00"), at("2019-09-10T16:00:00+02:00")));
    expect(assessed("2019-09")).to.have.property("currency", "EUR");
    expect(assessed("2019-09").penaltyCents.min).to.be.greaterThan(0);
  });

  describe("failures", () => {
    const count = (): unknown => {
      const { measured, verdict, penalty } = only("2019-09");
      return measured.kind === "failures" && { count: measured.count, verdict, cents: penalty?.cents };
    };
    const agreedInOffice = (): void => void ledger.record(at(AFTER), agree({ ...IN_OFFICE, indicators: [{ ...AVAILABILITY, period: "year", calendar: "ufficio" }, FAILURES] }));

    it("count where they began in service hours, at their first moment too, and not at the first after them", () => {
      agreedInOffice();
      happened(...outage(at("2019-09-10T08:00:00+02:00"), at("2019-09-10T09:00:00+02:00")), ...outage(at("2019-09-10T18:00:00+02:00"), at("2019-09-11T09:00:00+02:00"), { id: "dopo" }), ...outage(at("2019-09-11T07:59:59.999+02:00"), at("2019-09-11T09:00:00+02:00"), { id: "prima" }));
      expect(count()).to.deep.equal({ count: { min: 1, max: 1 }, verdict: "breached", cents: { min: 5000, max: 5000 } });
    });
    it("are not assessable where nothing was owed: none is not few", () => {
      ledger.record(at(AFTER), agree({ indicators: [FAILURES] }), drop(PROTOCOLLO, LECCO, "2019-09-01T00:00:00+02:00"));
      expect([only("2019-08").verdict, only("2019-09").verdict]).to.deep.equal(["met", "not-assessable"]);
    });
    it("are uncertain where they may have begun outside of service hours", () => {
      agreedInOffice();
      happened(...outage({ earliest: at("2019-09-10T07:00:00+02:00"), latest: at("2019-09-10T08:00:00+02:00") }, at("2019-09-10T09:00:00+02:00")));
      expect(count(), "the last moment of the band is in them").to.deep.equal({ count: { min: 0, max: 1 }, verdict: "undetermined", cents: { min: 0, max: 5000 } });
    });
  });
});
