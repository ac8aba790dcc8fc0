import { expect } from "chai";
import { serviceId } from "../../src/kernel/brand.js";
import { LedgerError } from "../../src/kernel/errors.js";
import { rational, sum, toExactText } from "../../src/kernel/rational.js";
import { serviceAvailability, SERVICE_MODES, type ServiceAvailability, type ServiceMode } from "../../src/reports/service-availability.js";
import { at } from "../support/given.js";
import { COLICO, LECCO, POSTA, PROTOCOLLO, VALMADRERA } from "../support/lecco.js";
import { adopt, AFTER, announce, declare, join, open, outage, over, report, standing } from "./lecco-case.js";
import { decidedCase, type OpenCase, type ReportCase } from "./report-case.js";
import { storedCase } from "./stored-case.js";

const HOUR = 3_600_000;
const CASES: readonly (readonly [string, OpenCase])[] = [["folded from decided commands", decidedCase], ["stored, and read from the read models", storedCase]];
const clock = (time: string) => at(`2019-09-25T${time}:00Z`);

function hoursDown({ modes }: ServiceAvailability, mode: ServiceMode): string {
  const { min, max } = modes[mode].downtimeMs;
  const hours = [min, max].map(({ numerator, denominator }) => toExactText(rational(numerator, denominator * BigInt(HOUR))));
  return min === max ? (hours[0] ?? "") : hours.join("..");
}
function addsUp({ modes, covered }: ServiceAvailability): void {
  for (const mode of SERVICE_MODES) {
    const { favourable, unfavourable } = modes[mode].explanation();
    for (const parts of [favourable, unfavourable]) {
      expect(parts.map(({ start }) => start)).to.deep.equal([covered.start, ...parts.slice(0, -1).map(({ end }) => end)]);
      expect(parts.at(-1)?.end).to.equal(covered.end);
    }
    const counted = unfavourable.flatMap((part) => (part.kind === "counted" ? [part] : []));
    expect(toExactText(sum(counted.map(({ downtimeMs }) => downtimeMs)))).to.equal(toExactText(modes[mode].downtimeMs.max));
    expect(toExactText(sum(counted.map(({ lostWorkstationHours }) => lostWorkstationHours)))).to.equal(toExactText(modes[mode].lostWorkstationHours.max));
  }
}

for (const [how, openCase] of CASES) {
  describe(`availability of a service, ${how}`, () => {
    let ledger: ReportCase;
    beforeEach(async () => {
      ledger = await standing(openCase);
    });
    afterEach(() => ledger.close());
    const posta = async (period = "2019-09", asOf?: string): Promise<ServiceAvailability> => {
      const availability = serviceAvailability(await ledger.known(AFTER), POSTA, over(period, asOf));
      addsUp(availability);
      return availability;
    };

    it("takes the largest, the smallest or the mean weight of the bodies owed it", async () => {
      await ledger.record({ at: "2019-09-25T20:00:00Z" }, report(clock("08:00")), ...outage(clock("08:00"), clock("10:00"), { service: POSTA, scope: { kind: "bodies", bodyIds: [LECCO] } }),
        ...outage(clock("09:00"), clock("11:00"), { id: "slow", service: POSTA, degree: "partial" }));
      const availability = await posta();
      // Lecco with 100 workstations: 1 1 ½; Valmadrera with 20: 0 ½ ½.
      expect(SERVICE_MODES.map((mode) => hoursDown(availability, mode))).to.deep.equal(["5/2", "1", toExactText(sum([rational(100, 120), rational(110, 120), rational(1, 2)]))]);
      expect(SERVICE_MODES.map((mode) => toExactText(availability.modes[mode].lostWorkstationHours.min))).to.deep.equal(["270", "270", "270"]);
      expect(availability.disruptions.map(({ disruptionId, bodyIds }) => [disruptionId, bodyIds])).to.deep.equal([["protocollo-down", [LECCO]], ["slow", [LECCO, VALMADRERA]]]);
      const named = (mode: ServiceMode) => availability.modes[mode].explanation().favourable.flatMap((part) => (part.kind === "counted" && part.hitBodyIds.length > 0 ? [[part.cause?.disruptionId, part.hitBodyIds.length]] : []));
      expect(named("any")).to.deep.equal([["protocollo-down", 1], ["protocollo-down", 2], ["slow", 2]]);
      expect(named("all")).to.deep.equal([[undefined, 1], ["slow", 2], ["slow", 2]]);
    });
    it("is unweighted where nobody has workstations", async () => {
      await ledger.record({ at: "2019-09-25T20:00:00Z" }, declare(LECCO, 0, "2019-01-01T00:00:00+01:00"), declare(VALMADRERA, 0, "2019-01-01T00:00:00+01:00"),
        report(clock("08:00")), ...outage(clock("08:00"), clock("10:00"), { service: POSTA, scope: { kind: "bodies", bodyIds: [LECCO] } }));
      expect(hoursDown(await posta(), "mean")).to.equal("1");
    });
    it("is owed while any body has it, in whose name the parts count", async () => {
      await ledger.record({ at: "2019-09-25T20:00:00Z" }, join(COLICO, "Comune di Colico"), adopt(PROTOCOLLO, COLICO, "2019-09-20T00:00:00+02:00"), declare(COLICO, 5));
      const availability = serviceAvailability(await ledger.known(AFTER), PROTOCOLLO, over("2019-09"));
      addsUp(availability);
      expect(availability.bodies.map(({ bodyId, agreedMs }) => [bodyId, agreedMs / HOUR])).to.deep.equal([[COLICO, 11 * 24], [LECCO, 720]]);
      expect(availability.modes.any.agreedMs.min).to.equal(720 * HOUR);
      expect(availability.modes.any.explanation().favourable.map((part) => part.kind === "counted" && [part.bodyIds.length, part.workstations])).to.deep.equal([[1, 100], [2, 105]]);
    });
    it("leaves out announced maintenance, and counts what is open up to then", async () => {
      await ledger.record({ at: "2019-09-20T08:00:00Z" }, announce("2019-09-24T20:00:00Z", "2019-09-24T22:00:00Z", [POSTA]));
      await ledger.record({ at: "2019-09-25T20:00:00Z" }, report(clock("08:00")), open(clock("08:00"), { service: POSTA }));
      const availability = await posta("2019-09", "2019-09-25T10:00:00Z");
      expect([hoursDown(availability, "all"), availability.provisional]).to.deep.equal(["2", ["period-not-over", "disruption-open"]]);
      expect(availability.modes.all.explanation().favourable.map(({ kind }) => kind)).to.deep.equal(["counted", "excluded", "counted", "counted"]);
    });
    it("of banded times is a least and a most", async () => {
      await ledger.record({ at: "2019-09-25T20:00:00Z" }, report(clock("08:00")), ...outage({ earliest: clock("08:00"), latest: clock("09:00") }, clock("10:00"), { service: POSTA }));
      const availability = await posta();
      expect(SERVICE_MODES.map((mode) => hoursDown(availability, mode))).to.deep.equal(["1..2", "1..2", "1..2"]);
    });
    it("is not assessable while nobody has it", async () => {
      const early = serviceAvailability(await ledger.known(AFTER), POSTA, over("2017-09"));
      expect([early.modes.any.availability, early.bodies]).to.deep.equal([{ kind: "not-assessable" }, []]);
      addsUp(early);
    });
    it("refuses a service that is not known", async () => {
      const known = await ledger.known(AFTER);
      expect(() => serviceAvailability(known, serviceId("telefono"), over("2019-09"))).to.throw(LedgerError).with.property("code", "NOT_FOUND");
    });
  });
}
