import { expect } from "chai";
import fc from "fast-check";
import { instant, type Instant } from "../../src/kernel/brand.js";
import { readClock, type Clock, type Pause } from "../../src/sla/clock.js";
import { alwaysOpen, serviceHours, type DayHours, type CalendarRules } from "../../src/time/calendar.js";
import { holidayCalendar } from "../../src/time/holidays.js";
import { span } from "../../src/time/span.js";
import { earliestOf, latestOf, type When } from "../../src/time/when.js";
import { ROME } from "../../src/time/zone.js";
import { at } from "../support/given.js";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const NONE: DayHours = [];
const OFFICE_HOURS: DayHours = [{ from: 8 * HOUR_MS, to: 18 * HOUR_MS }];
const italian = holidayCalendar({ country: "IT", yearly: [], days: new Map() });
const OFFICE: CalendarRules = {
  zone: ROME, week: [OFFICE_HOURS, OFFICE_HOURS, OFFICE_HOURS, OFFICE_HOURS, OFFICE_HOURS, NONE, NONE], onHolidays: NONE,
  isHoliday: (date) => italian(date) !== undefined, exceptions: new Map(),
};
/** Reported on Fri 25 October 2019 at 16:30, to be restored within four service hours. */
const FRIDAY: Clock = { calendar: OFFICE, start: at("2019-10-25T16:30:00+02:00"), stop: undefined, pauses: [], targetMs: 4 * HOUR_MS };
const WEEKEND: Pause = { start: at("2019-10-25T17:00:00+02:00"), end: at("2019-10-28T09:00:00+01:00") };
const stateAt = (clock: Clock, now: string): string => readClock(clock, at(now)).state;
const iso = (dueAt: { readonly earliest: Instant; readonly latest: Instant } | undefined): readonly string[] => (dueAt === undefined ? [] : [dueAt.earliest, dueAt.latest].map((each) => new Date(each).toISOString()));

describe("clocks of an incident", () => {
  it("worked example 5: due on Monday at 10:30, with the pause at 12:30, and after a raise of severity by the new target with the same pause", () => {
    const now = at("2019-10-28T09:30:00+01:00");
    expect(iso(readClock(FRIDAY, now).dueAt)).to.deep.equal(["2019-10-28T09:30:00.000Z", "2019-10-28T09:30:00.000Z"]);
    const paused = { ...FRIDAY, pauses: [WEEKEND] };
    expect(iso(readClock(paused, now).dueAt)[0]).to.equal("2019-10-28T11:30:00.000Z");
    expect(iso(readClock({ ...paused, targetMs: 2 * HOUR_MS }, now).dueAt)[0]).to.equal("2019-10-28T09:30:00.000Z");
  });

  it("runs, is at risk from three quarters on, and is breached one millisecond after it was due, with nothing recorded meanwhile", () => {
    expect(["2019-10-25T17:00:00+02:00", "2019-10-27T12:00:00+01:00", "2019-10-28T09:29:59.999+01:00"].map((now) => stateAt(FRIDAY, now))).to.deep.equal(["running", "running", "running"]);
    expect(["2019-10-28T09:30:00+01:00", "2019-10-28T10:30:00+01:00", "2019-10-28T10:30:00.001+01:00"].map((now) => stateAt(FRIDAY, now))).to.deep.equal(["at-risk", "at-risk", "breached"]);
    expect(readClock(FRIDAY, at("2019-10-28T09:00:00+01:00"))).to.deep.include({ elapsedMs: { min: 2.5 * HOUR_MS, max: 2.5 * HOUR_MS }, remainingMs: { min: 1.5 * HOUR_MS, max: 1.5 * HOUR_MS } });
  });

  it("is met when it stops on the dot, breached a millisecond later, and knows nothing of what happens after it was asked", () => {
    const stopped = (stop: string): Clock => ({ ...FRIDAY, stop: at(stop) });
    expect(stateAt(stopped("2019-10-28T10:30:00+01:00"), "2019-12-01T00:00:00+01:00")).to.equal("met");
    expect(stateAt(stopped("2019-10-28T10:30:00.001+01:00"), "2019-12-01T00:00:00+01:00")).to.equal("breached");
    expect(stateAt(stopped("2019-10-28T10:30:00+01:00"), "2019-10-28T09:00:00+01:00")).to.equal("running");
  });

  it("stands still while it is paused: nothing is due until it goes on", () => {
    const open: Clock = { ...FRIDAY, pauses: [{ start: WEEKEND.start, end: undefined }] };
    const reading = readClock(open, at("2019-11-20T12:00:00+01:00"));
    expect(reading).to.deep.include({ state: "paused", dueAt: undefined, elapsedMs: { min: 0.5 * HOUR_MS, max: 0.5 * HOUR_MS } });
    expect(stateAt({ ...FRIDAY, pauses: [WEEKEND] }, "2019-10-26T12:00:00+02:00")).to.equal("paused");
    expect(readClock({ ...FRIDAY, pauses: [WEEKEND] }, at("2019-10-26T12:00:00+02:00")).dueAt, "its end is not known yet").to.equal(undefined);
  });

  it("is undetermined where the bands of its times allow both", () => {
    const band = (earliest: string, latest: string): When => ({ earliest: at(earliest), latest: at(latest) });
    const clock: Clock = { ...FRIDAY, start: band("2019-10-25T16:00:00+02:00", "2019-10-25T16:30:00+02:00"), stop: band("2019-10-28T10:15:00+01:00", "2019-10-28T10:45:00+01:00") };
    const reading = readClock(clock, at("2019-12-01T00:00:00+01:00"));
    expect(reading).to.deep.include({ state: "undetermined", elapsedMs: { min: 3.75 * HOUR_MS, max: 4.75 * HOUR_MS } });
    expect(iso(reading.dueAt)).to.deep.equal(["2019-10-28T09:00:00.000Z", "2019-10-28T09:30:00.000Z"]);
    expect(stateAt({ ...clock, targetMs: 3 * HOUR_MS }, "2019-12-01T00:00:00+01:00")).to.equal("breached");
    expect(stateAt({ ...clock, targetMs: 5 * HOUR_MS }, "2019-12-01T00:00:00+01:00")).to.equal("met");
  });

  it("without a target only measures", () => {
    expect(readClock({ ...FRIDAY, targetMs: undefined }, at("2019-10-28T10:30:00+01:00"))).to.deep.equal({ state: "no-target", elapsedMs: { min: 4 * HOUR_MS, max: 4 * HOUR_MS }, dueAt: undefined, remainingMs: undefined });
  });
});

const DAY = at("2019-10-24T00:00:00Z");
const moment = fc.integer({ min: 0, max: 6 * 24 * 60 }).map((minutes) => instant(DAY + minutes * MINUTE_MS));
const when: fc.Arbitrary<When> = fc.oneof(moment, fc.tuple(moment, fc.integer({ min: 1, max: 300 })).map(([earliest, minutes]) => ({ earliest, latest: instant(earliest + minutes * MINUTE_MS) })));
const pause: fc.Arbitrary<Pause> = fc.tuple(when, fc.option(fc.integer({ min: 0, max: 2000 }), { nil: undefined })).map(([start, minutes]) => ({ start, end: minutes === undefined ? undefined : instant(latestOf(start) + minutes * MINUTE_MS) }));

describe("clocks, against one that is read minute by minute", () => {
  const CALENDARS = [OFFICE, alwaysOpen(ROME)];
  const OPEN = new Map(CALENDARS.map((calendar) => [calendar, serviceHours(calendar, span(DAY - 24 * HOUR_MS, DAY + 40 * 24 * HOUR_MS))]));
  /** Minutes of the calendar between `from` and `to` in none of the pauses, counted one by one. */
  function naiveMs(calendar: CalendarRules, from: number, to: number, pauses: readonly (readonly [number, number])[]): number {
    const open = OPEN.get(calendar) ?? [];
    let total = 0;
    for (let now = from; now < to; now += MINUTE_MS) if (open.some(({ start, end }) => start <= now && now < end) && !pauses.some(([start, end]) => start <= now && now < end)) total += MINUTE_MS;
    return total;
  }

  it("the time that has passed is the same at its shortest and its longest, and the verdict follows from it", () =>
    fc.assert(fc.property(fc.record({ calendar: fc.constantFrom(...CALENDARS), start: when, stop: fc.option(when, { nil: undefined }), pauses: fc.array(pause, { maxLength: 3 }), targetMs: fc.integer({ min: 1, max: 3000 }).map((minutes) => minutes * MINUTE_MS) }), moment, (clock, now) => {
      const { calendar, start, stop, pauses, targetMs } = clock;
      const { state, elapsedMs } = readClock(clock, now);
      const isOver = stop !== undefined && latestOf(stop) <= now;
      const end: When = isOver ? stop : now;
      const min = naiveMs(calendar, latestOf(start), earliestOf(end), pauses.map((each) => [earliestOf(each.start), Math.min(now, each.end === undefined ? now : latestOf(each.end))] as const));
      const max = naiveMs(calendar, earliestOf(start), latestOf(end), pauses.map((each) => [latestOf(each.start), Math.min(now, each.end === undefined ? now : earliestOf(each.end))] as const));
      expect(elapsedMs).to.deep.equal({ min, max });
      if (min > targetMs) expect(state).to.equal("breached");
      else if (isOver) expect(state).to.equal(max <= targetMs ? "met" : "undetermined");
      else expect(state).to.be.oneOf(["running", "at-risk", "paused"]);
    }), { numRuns: 200 }));

  it("without pauses that go on, the time that is left and the due time agree", () =>
    fc.assert(fc.property(moment, fc.integer({ min: 1, max: 3000 }), moment, (start, minutes, now) => {
      const { dueAt, state } = readClock({ calendar: OFFICE, start, stop: undefined, pauses: [], targetMs: minutes * MINUTE_MS }, now);
      expect(state === "breached").to.equal(dueAt !== undefined && serviceHours(OFFICE, span(dueAt.latest, Math.max(dueAt.latest, now))).length > 0);
    }), { numRuns: 200 }));
});
