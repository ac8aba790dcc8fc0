import { expect } from "chai";
import fc from "fast-check";
import { instant, type Instant } from "../../src/kernel/brand.js";
import { nextChangeAt } from "../../src/sla/clock-change.js";
import { readClock, type Clock, type ClockState, type Pause } from "../../src/sla/clock.js";
import { alwaysOpen, type DayHours } from "../../src/time/calendar.js";
import { latestOf, type When } from "../../src/time/when.js";
import { ROME } from "../../src/time/zone.js";
import { at } from "../support/given.js";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const NONE: DayHours = [];
const DAY: DayHours = [{ from: 8 * HOUR_MS, to: 18 * HOUR_MS }];
const OFFICE = { ...alwaysOpen(ROME), week: [DAY, DAY, DAY, DAY, DAY, NONE, NONE] as const };
const FRIDAY: Clock = { calendar: OFFICE, start: at("2019-10-25T16:30:00+02:00"), stop: undefined, pauses: [], targetMs: 4 * HOUR_MS };
const stateAt = (clock: Clock, now: number): ClockState => readClock(clock, instant(now)).state;
const changeAfter = (clock: Clock, now: string): string | undefined => {
  const next = nextChangeAt(clock, at(now));
  return next === undefined ? undefined : new Date(next).toISOString();
};

describe("when a clock changes next, if nothing is recorded", () => {
  it("is when three quarters of the target are used up, and one millisecond after it is due; a breach stays", () => {
    expect(changeAfter(FRIDAY, "2019-10-25T16:30:00+02:00")).to.equal("2019-10-28T08:30:00.000Z");
    expect(changeAfter(FRIDAY, "2019-10-28T09:29:59.999+01:00")).to.equal("2019-10-28T08:30:00.000Z");
    expect(changeAfter(FRIDAY, "2019-10-28T09:30:00+01:00")).to.equal("2019-10-28T09:30:00.001Z");
    expect(changeAfter(FRIDAY, "2019-10-28T10:30:00+01:00")).to.equal("2019-10-28T09:30:00.001Z");
    expect(changeAfter(FRIDAY, "2019-10-28T10:30:00.001+01:00")).to.equal(undefined);
  });
  it("goes over the hours of service: due at closing time, it is breached when they open again", () => {
    const due: Clock = { ...FRIDAY, targetMs: 1.5 * HOUR_MS };
    expect(changeAfter(due, "2019-10-25T17:59:00+02:00")).to.equal("2019-10-28T07:00:00.001Z");
    expect(changeAfter({ ...FRIDAY, targetMs: 1 }, "2019-10-25T16:30:00+02:00")).to.equal("2019-10-25T14:30:00.001Z");
  });
  it("is the end of a pause that is known, and never while one goes on; a stop that lies ahead decides", () => {
    const pause: Pause = { start: at("2019-10-25T17:00:00+02:00"), end: at("2019-10-28T09:00:00+01:00") };
    expect(changeAfter({ ...FRIDAY, pauses: [pause] }, "2019-10-25T16:59:00+02:00")).to.equal("2019-10-25T15:00:00.000Z");
    expect(changeAfter({ ...FRIDAY, pauses: [pause] }, "2019-10-26T12:00:00+02:00")).to.equal("2019-10-28T08:00:00.000Z");
    expect(changeAfter({ ...FRIDAY, pauses: [{ ...pause, end: undefined }] }, "2019-10-26T12:00:00+02:00")).to.equal(undefined);
    expect(changeAfter({ ...FRIDAY, stop: at("2019-10-25T16:40:00+02:00") }, "2019-10-25T16:35:00+02:00")).to.equal("2019-10-25T14:40:00.000Z");
    expect(changeAfter({ ...FRIDAY, targetMs: undefined }, "2019-10-25T16:35:00+02:00")).to.equal(undefined);
  });

  const BASE = at("2019-10-24T00:00:00Z");
  const moment = fc.integer({ min: 0, max: 6 * 24 * 60 }).map((minutes) => instant(BASE + minutes * MINUTE_MS));
  const when: fc.Arbitrary<When> = fc.oneof(moment, fc.tuple(moment, fc.integer({ min: 1, max: 300 })).map(([earliest, minutes]) => ({ earliest, latest: instant(earliest + minutes * MINUTE_MS) })));
  const pause: fc.Arbitrary<Pause> = fc.tuple(when, fc.option(fc.integer({ min: 0, max: 2000 }), { nil: undefined })).map(([start, minutes]) => ({ start, end: minutes === undefined ? undefined : instant(latestOf(start) + minutes * MINUTE_MS) }));
  const clocks: fc.Arbitrary<Clock> = fc.record({
    calendar: fc.constantFrom(OFFICE, alwaysOpen(ROME)), start: when, stop: fc.option(when, { nil: undefined }), pauses: fc.array(pause, { maxLength: 3 }),
    targetMs: fc.option(fc.integer({ min: 1, max: 3000 * 60_000 }), { nil: undefined, freq: 10 }),
  });

  it("is exact: constant until the millisecond before, another state then; without one, the same for ever (law)", () =>
    fc.assert(fc.property(clocks, moment, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }), (clock, now, parts) => {
      const state = stateAt(clock, now);
      const next: Instant | undefined = nextChangeAt(clock, now);
      const until = next ?? instant(now + 400 * 24 * HOUR_MS);
      for (const part of parts) expect(stateAt(clock, now + Math.floor((until - now - 1) * part))).to.equal(state);
      if (next === undefined) return;
      expect(stateAt(clock, next - 1)).to.equal(state);
      expect(stateAt(clock, next)).to.not.equal(state);
    }), { numRuns: 1000 }));

  it("minute by minute, no change is passed over (law)", () =>
    fc.assert(fc.property(clocks, moment, (clock, now) => {
      const whole = { ...clock, targetMs: clock.targetMs === undefined ? undefined : Math.ceil(clock.targetMs / (4 * MINUTE_MS)) * 4 * MINUTE_MS };
      const next = nextChangeAt(whole, now) ?? Infinity;
      for (let minute: number = now; minute < now + 2 * 24 * HOUR_MS; minute += MINUTE_MS) {
        // A breach comes a millisecond after the minute in which it was due.
        const seen = stateAt(whole, minute) !== stateAt(whole, now);
        expect(seen ? next <= minute : next > minute || minute === now).to.equal(true);
        if (seen) return;
      }
    }), { numRuns: 40 }));
});
