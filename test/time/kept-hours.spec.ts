import { expect } from "chai";
import fc from "fast-check";
import { alwaysOpen, serviceHours, type DayHours } from "../../src/time/calendar.js";
import { keptHours } from "../../src/time/kept-hours.js";
import { span } from "../../src/time/span.js";
import { ROME } from "../../src/time/zone.js";
import { at } from "../support/given.js";

const DAY_MS = 86_400_000;
const NIGHT: DayHours = [{ from: 0, to: 6 * 3_600_000 }, { from: 22 * 3_600_000, to: DAY_MS }];
/** Open over midnight, where the blocks end that are kept. */
const NIGHTS = { ...alwaysOpen(ROME), week: [NIGHT, NIGHT, NIGHT, NIGHT, NIGHT, NIGHT, NIGHT] as const };
const ALWAYS = alwaysOpen(ROME);

describe("hours that are kept", () => {
  it("are those that are expanded anew, within any span, in any order of asking", () =>
    fc.assert(fc.property(fc.constantFrom(NIGHTS, ALWAYS), fc.integer({ min: 0, max: 400 * 24 }), fc.integer({ min: -5, max: 300 * 24 }), (calendar, from, hours) => {
      const start = at("2019-01-01T00:00:00Z") + from * 3_600_000;
      const within = span(start, start + hours * 3_600_000);
      expect(keptHours(calendar, within)).to.deep.equal(serviceHours(calendar, within));
    }), { numRuns: 60 }));
  it("are there before 1970 too", () => {
    const within = span(-100 * DAY_MS, 3 * DAY_MS);
    expect(keptHours(NIGHTS, within)).to.deep.equal(serviceHours(NIGHTS, within));
  });
});
