import { expect } from "chai";
import { exclusionId, maintenanceId } from "../../src/kernel/brand.js";
import { toExactText } from "../../src/kernel/rational.js";
import type { LedgerCommand } from "../../src/domain/record.js";
import { termsSchema } from "../../src/domain/terms/terms.js";
import { impactReport } from "../../src/reports/impact.js";
import { at } from "../support/given.js";
import { everyone, LECCO, PROTOCOLLO, SPC_CLOUD } from "../support/lecco.js";
import { TERMS } from "../support/terms.js";
import { AFTER, outage, over, report, standing } from "./lecco-case.js";
import { decidedCase, type ReportCase } from "./report-case.js";
import { storedCase } from "./stored-case.js";

const OFFICE = ["08:00-18:00"];
const WEEK = { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE, sat: [], sun: [] };
const [AVAILABILITY] = TERMS.indicators;
const PATRONAL = { country: "IT", yearly: [{ day: "12-06", name: "San Nicolò" }] };
/** Terms that differ from the usual ones of the specs, from the beginning of a date's day in Rome. */
function agree(from: string, changed: object = {}): LedgerCommand {
  const midnight = at(`${from}T00:00:00${from > "2019-03-31" && from < "2019-10-28" ? "+02:00" : "+01:00"}`);
  return { type: "AgreeTerms", data: { contractId: SPC_CLOUD, terms: termsSchema.parse({ ...TERMS, effectiveFrom: from, ...changed }), effectiveFrom: midnight } };
}
const inOffice = { calendars: { ufficio: { kind: "weekly", week: WEEK, onHolidays: [] } }, holidays: PATRONAL, indicators: [{ ...AVAILABILITY, calendar: "ufficio" }] };
const announce = (id: string, start: string, end: string): LedgerCommand =>
  ({ type: "AnnounceMaintenance", data: { contractId: SPC_CLOUD, maintenanceId: maintenanceId(id), serviceIds: [PROTOCOLLO], window: { start: at(start), end: at(end) }, text: everyone("Aggiornamento") } });

for (const { name, openCase } of [{ name: "folded in memory", openCase: decidedCase }, { name: "read from the read models", openCase: storedCase }]) {
  describe(`impact under the terms of a contract, ${name}`, () => {
    let ledger: ReportCase;
    beforeEach(async () => (ledger = await standing(openCase)));
    afterEach(() => ledger.close());

    async function figures(period: string) {
      const impact = impactReport(await ledger.known(AFTER), LECCO, over(period));
      const found = impact.services.find(({ serviceId }) => serviceId === PROTOCOLLO);
      if (found === undefined) throw new Error("the service is in the report");
      const parts = found.explanation().favourable;
      expect(parts.reduce((total, part) => total + (part.kind === "counted" ? part.end - part.start : 0), 0), "the parts add up").to.equal(found.agreedMs.min);
      return { agreedHours: found.agreedMs.min / 3_600_000, downHours: toExactText({ ...found.downtimeMs.min, denominator: found.downtimeMs.min.denominator * 3_600_000n }), down: Number(found.downtimeMs.min.numerator) / Number(found.downtimeMs.min.denominator) / 3_600_000, parts };
    }

    it("worked example 3: an outage over All Saints' Day loses 2 hours of October and 1.5 of November", async () => {
      await ledger.record({ at: "2019-11-04T12:00:00Z" }, agree("2019-01-01", inOffice), report(at("2019-10-31T15:00:00Z")), ...outage(at("2019-10-31T16:00:00+01:00"), at("2019-11-04T09:30:00+01:00")));
      expect((await figures("2019-10")).down).to.equal(2);
      const november = await figures("2019-11");
      expect(november.down).to.equal(1.5);
      expect(november.agreedHours).to.equal(20 * 10);
      expect(new Set(november.parts.flatMap((part) => (part.kind === "not-owed" ? [part.reason] : [])))).to.deep.equal(new Set(["outside-service-hours"]));
    });

    it("weighs by the terms that hold at each moment, and splits where they change", async () => {
      await ledger.record({ at: "2019-09-20T12:00:00Z" }, agree("2019-01-01"), agree("2019-09-11", { weights: { partial: "0.25", degraded: "0.125" } }), report(at("2019-09-10T06:00:00Z")),
        ...outage(at("2019-09-10T22:00:00+02:00"), at("2019-09-11T04:00:00+02:00"), { degree: "partial" }), ...outage(at("2019-09-12T00:00:00+02:00"), at("2019-09-12T08:00:00+02:00"), { id: "lento", degree: "degraded" }));
      expect((await figures("2019-09")).down).to.equal(2 * 0.5 + 4 * 0.25 + 8 * 0.125);
    });

    it("excludes maintenance with the notice asked for, and no more of it in a month than allowed", async () => {
      await ledger.record({ at: "2019-08-30T12:00:00Z" }, agree("2019-01-01", { maintenance: { announced: "excluded", notice: "PT72H", atMostPerMonth: "PT5H" } }));
      await ledger.record({ at: "2019-09-01T00:00:00Z" }, announce("prima", "2019-09-04T00:00:00Z", "2019-09-04T03:00:00Z"), announce("tardi", "2019-09-03T23:59:59Z", "2019-09-04T00:00:00Z"), announce("seconda", "2019-09-10T00:00:00Z", "2019-09-10T04:00:00Z"));
      const { agreedHours, parts } = await figures("2019-09");
      expect(agreedHours).to.equal(720 - 5);
      expect(parts.flatMap((part) => (part.kind === "excluded" && part.by.kind === "maintenance" ? [[part.by.maintenanceId, (part.end - part.start) / 3_600_000]] : []))).to.deep.equal([["prima", 3], ["seconda", 2]]);
    });

    it("knows from the whole month how much maintenance is left to a day of it", async () => {
      await ledger.record({ at: "2019-08-30T12:00:00Z" }, agree("2019-01-01", { maintenance: { announced: "excluded", atMostPerMonth: "PT5H" } }),
        announce("prima", "2019-09-04T00:00:00Z", "2019-09-04T04:00:00Z"), announce("seconda", "2019-09-10T00:00:00Z", "2019-09-10T04:00:00Z"));
      expect((await figures("2019-09-10")).agreedHours).to.equal(23);
    });

    it("counts announced maintenance where the terms say so, and excludes windows that need no announcement", async () => {
      await ledger.record({ at: "2019-08-30T12:00:00Z" }, announce("prima", "2019-09-04T00:00:00Z", "2019-09-04T03:00:00Z"),
        agree("2019-01-01", { maintenance: { announced: "counted", windows: [{ name: "prima-domenica", rule: "FREQ=MONTHLY;BYDAY=1SU", first: "2019-01-06T02:00", length: "PT4H" }] } }));
      const { agreedHours, parts } = await figures("2019-09");
      expect(agreedHours).to.equal(716);
      expect(parts.flatMap((part) => (part.kind === "excluded" ? [part.by] : []))).to.have.length(1).and.to.have.nested.property("[0].window", "prima-domenica");
    });

    it("takes out what was granted in a dispute, named before any maintenance, and nothing of other services", async () => {
      const granted = { contractId: SPC_CLOUD, period: "2019-09", occurredAt: at("2019-10-10T08:00:00Z"), exclusionId: exclusionId("forza-maggiore"), serviceIds: [PROTOCOLLO], text: everyone("Allagamento") };
      await ledger.record({ at: "2019-08-30T12:00:00Z" }, announce("prima", "2019-09-25T00:00:00Z", "2019-09-25T03:00:00Z"));
      await ledger.record({ at: "2019-10-12T12:00:00Z" }, report(at("2019-09-25T06:00:00Z")), ...outage(at("2019-09-25T06:00:00Z"), at("2019-09-25T09:00:00Z")),
        { type: "GrantExclusion", data: { ...granted, spans: [{ start: at("2019-09-25T02:00:00Z"), end: at("2019-09-25T08:00:00Z") }] } });
      const { agreedHours, down, parts } = await figures("2019-09");
      expect([agreedHours, down]).to.deep.equal([720 - 8, 1]);
      expect(parts.flatMap((part) => (part.kind === "excluded" ? [part.by.kind] : []))).to.deep.equal(["maintenance", "granted", "granted"]);
    });
  });
}
