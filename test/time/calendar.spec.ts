import { expect } from "chai";
import fc from "fast-check";
import { instant, type Instant } from "../../src/kernel/brand.js";
import { ALL_DAY, alwaysOpen, serviceHours, type DayHours, type CalendarRules } from "../../src/time/calendar.js";
import { dateText, parseDate, type DateText, type LocalDate } from "../../src/time/day.js";
import { holidayCalendar } from "../../src/time/holidays.js";
import { normalise, span, subtract, totalMs, type SpanList } from "../../src/time/span.js";
import { afterWorking, workingMs } from "../../src/time/working-time.js";
import { ROME, UTC } from "../../src/time/zone.js";
import { at } from "../support/given.js";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const hours = (from: number, to: number): DayHours => [{ from: from * HOUR_MS, to: to * HOUR_MS }];
const NONE: DayHours = [];
const italian = holidayCalendar({ country: "IT", yearly: [{ month: 12, day: 6, name: "San Nicolò, patrono di Lecco" }], days: new Map() });
/** Monday to Friday, 8 to 18, without Italian holidays and the patron saint's day of Lecco. */
const OFFICE: CalendarRules = {
  zone: ROME, week: [hours(8, 18), hours(8, 18), hours(8, 18), hours(8, 18), hours(8, 18), NONE, NONE], onHolidays: NONE,
  isHoliday: (date) => italian(date) !== undefined, exceptions: new Map(),
};
const rome = (text: string): Instant => at(text);

describe("service hours", () => {
  it("around the clock, October 2019 has 745 hours and March 743", () => {
    expect(totalMs(serviceHours(alwaysOpen(ROME), span(rome("2019-10-01T00:00:00+02:00"), rome("2019-11-01T00:00:00+01:00"))))).to.equal(745 * HOUR_MS);
    expect(totalMs(serviceHours(alwaysOpen(ROME), span(rome("2019-03-01T00:00:00+01:00"), rome("2019-04-01T00:00:00+02:00"))))).to.equal(743 * HOUR_MS);
  });

  it("worked example 3: from Thu 31 October 16:00 to Mon 4 November 09:30, with All Saints between", () => {
    const outage = span(rome("2019-10-31T16:00:00+01:00"), rome("2019-11-04T09:30:00+01:00"));
    const november = rome("2019-11-01T00:00:00+01:00");
    expect(totalMs(serviceHours(OFFICE, span(outage.start, november)))).to.equal(2 * HOUR_MS);
    expect(totalMs(serviceHours(OFFICE, span(november, outage.end)))).to.equal(1.5 * HOUR_MS);
  });

  it("a window that the clocks skip is gone, and one that they repeat is twice as long", () => {
    const [each] = [hours(2, 3)];
    const night: CalendarRules = { ...alwaysOpen(ROME), week: [each, each, each, each, each, each, each] };
    const on = (from: string, to: string): number => totalMs(serviceHours(night, span(rome(from), rome(to)))) / HOUR_MS;
    expect(on("2019-03-31T00:00:00+01:00", "2019-04-01T00:00:00+02:00")).to.equal(0);
    expect(on("2019-10-27T00:00:00+02:00", "2019-10-28T00:00:00+01:00")).to.equal(2);
    expect(on("2019-10-26T00:00:00+02:00", "2019-10-27T00:00:00+02:00")).to.equal(1);
  });

  it("exceptions come before holidays, and holidays before the weekday", () => {
    const exceptions = new Map<DateText, DayHours>([["2019-11-01", hours(9, 12)], ["2019-11-05", NONE], ["2019-11-09", ALL_DAY]]);
    const calendar = { ...OFFICE, exceptions };
    const of = (day: string): number => totalMs(serviceHours(calendar, span(rome(`2019-11-${day}T00:00:00+01:00`), rome(`2019-11-${day}T23:59:59.999+01:00`) + 1)));
    expect([of("01"), of("04"), of("05"), of("09"), of("10")].map((ms) => ms / HOUR_MS)).to.deep.equal([3, 10, 0, 24, 0]);
    expect(totalMs(serviceHours(OFFICE, span(rome("2019-12-06T00:00:00+01:00"), rome("2019-12-07T00:00:00+01:00")))), "the patron saint").to.equal(0);
    const onHolidays = { ...OFFICE, onHolidays: hours(10, 11) };
    expect(totalMs(serviceHours(onHolidays, span(rome("2019-04-22T00:00:00+02:00"), rome("2019-04-23T00:00:00+02:00")))), "Easter Monday").to.equal(HOUR_MS);
  });
});

describe("working time", () => {
  const due = (from: string, workingHours: number, pauses: SpanList = []): string | undefined => {
    const found = afterWorking(OFFICE, { from: rome(from), lengthMs: workingHours * HOUR_MS, pauses });
    return found === undefined ? undefined : new Date(found).toISOString();
  };

  it("worked example 5: four service hours from Fri 25 October 16:30 are over on Mon 28 at 10:30, with the pause at 12:30", () => {
    expect(due("2019-10-25T16:30:00+02:00", 4)).to.equal("2019-10-28T09:30:00.000Z");
    expect(due("2019-10-25T16:30:00+02:00", 4, [span(rome("2019-10-25T17:00:00+02:00"), rome("2019-10-28T09:00:00+01:00"))])).to.equal("2019-10-28T11:30:00.000Z");
  });

  it("that is over with the day is over then, and not the next morning; none takes no time", () => {
    expect(due("2019-10-25T16:30:00+02:00", 1.5)).to.equal("2019-10-25T16:00:00.000Z");
    expect(due("2019-10-26T16:30:00+02:00", 0)).to.equal("2019-10-26T14:30:00.000Z");
  });

  it("never comes during a pause without end, nor where there are no hours", () => {
    expect(due("2019-10-25T16:30:00+02:00", 4, [span(rome("2019-10-25T17:00:00+02:00"), 8.64e15)])).to.equal(undefined);
    expect(afterWorking({ ...OFFICE, week: [NONE, NONE, NONE, NONE, NONE, NONE, NONE] }, { from: rome("2019-10-25T16:30:00+02:00"), lengthMs: 1, pauses: [] })).to.equal(undefined);
  });
});

const DAYS: readonly DayHours[] = [NONE, ALL_DAY, hours(8, 18), [...hours(8, 12), ...hours(14, 17.5)], hours(0, 2.5), hours(2.5, 24), hours(2, 3)];
const dayHours = fc.constantFrom(...DAYS);
const someCalendar: fc.Arbitrary<CalendarRules> = fc.record({
  zone: fc.constantFrom(ROME, UTC),
  week: fc.tuple(dayHours, dayHours, dayHours, dayHours, dayHours, dayHours, dayHours),
  onHolidays: fc.option(dayHours, { nil: undefined }),
  isHoliday: fc.constant((date: LocalDate) => date.day % 9 === 0),
  exceptions: fc.uniqueArray(fc.tuple(fc.constantFrom<DateText>("2019-10-27", "2019-10-25", "2019-03-31", "2020-02-29"), dayHours), { selector: ([day]) => day }).map((days) => new Map(days)),
});
/** Around a change of the clocks, or a leap day. */
const moment = fc.tuple(fc.constantFrom("2019-10-25T00:00:00Z", "2019-03-29T00:00:00Z", "2020-02-27T00:00:00Z"), fc.integer({ min: 0, max: 5 * 24 * 60 })).map(([day, minutes]) => at(day) + minutes * MINUTE_MS);

/** Minute by minute, by what the clock on the wall shows, as the platform tells it. */
function naiveMinutes(calendar: CalendarRules, from: number, to: number): number[] {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone: calendar.zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
  const open: number[] = [];
  for (let now = from; now < to; now += MINUTE_MS) {
    const [, date = "", hour = "", minute = ""] = /^(\S+), (\d\d):(\d\d)$/.exec(format.format(now)) ?? [];
    const local = parseDate(date) ?? expect.fail(date);
    const exception = [...calendar.exceptions].find(([day]) => day === date)?.[1];
    const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
    const onDay = exception ?? (calendar.onHolidays !== undefined && calendar.isHoliday(local) ? calendar.onHolidays : (calendar.week[weekday] ?? NONE));
    const clockMs = (Number(hour) * 60 + Number(minute)) * MINUTE_MS;
    if (onDay.some((each) => each.from <= clockMs && clockMs < each.to)) open.push(now);
  }
  return open;
}

describe("service hours and working time, against a clock that is read minute by minute", () => {
  const someSpan = fc.tuple(moment, fc.integer({ min: 0, max: 3 * 24 * 60 })).map(([start, minutes]) => span(start, start + minutes * MINUTE_MS));

  it("are the same minutes where no edge of the hours lies within a change of the clocks", () =>
    fc.assert(fc.property(someCalendar, someSpan, (calendar, within) => {
      const expected = normalise(naiveMinutes(calendar, within.start, within.end).map((minute) => span(minute, minute + MINUTE_MS)));
      const actual = serviceHours(calendar, within);
      const edges = (list: DayHours): boolean => list.some(({ from, to }) => [from, to].some((edge) => edge > 2 * HOUR_MS && edge < 3 * HOUR_MS));
      const isAmbiguous = [...calendar.week, ...calendar.exceptions.values(), calendar.onHolidays ?? NONE].some(edges);
      if (isAmbiguous) expect(totalMs(subtract(expected, actual)), "a start is the first, an end the second of two like times: never less").to.equal(0);
      else expect(actual).to.deep.equal(expected);
    }), { numRuns: 300 }));

  it("a due time is the first moment at which the working time has passed", () =>
    fc.assert(fc.property(someCalendar, moment, fc.integer({ min: 1, max: 24 * 60 }), fc.array(someSpan, { maxLength: 3 }), (calendar, from, minutes, paused) => {
      const pauses = normalise(paused);
      const lengthMs = minutes * MINUTE_MS;
      const found = afterWorking(calendar, { from: instant(from), lengthMs, pauses });
      if (found === undefined) {
        expect(workingMs(calendar, { from: instant(from), to: instant(from + 400 * 24 * HOUR_MS), pauses })).to.be.below(lengthMs);
        return;
      }
      expect(workingMs(calendar, { from: instant(from), to: found, pauses })).to.equal(lengthMs);
      expect(workingMs(calendar, { from: instant(from), to: instant(found - 1), pauses })).to.equal(lengthMs - 1);
    }), { numRuns: 150 }));
});

describe("holidays", () => {
  it("of Italy, with the day that was added in 2026, those of a town, and single days", () => {
    const days = new Map<DateText, string>([["2019-09-25", "chiusura straordinaria"]]);
    const named = holidayCalendar({ country: "IT", yearly: [{ month: 12, day: 6, name: "San Nicolò" }], days });
    const of = (text: string): string | undefined => named(parseDate(text) ?? expect.fail(text));
    for (const day of ["01-01", "01-06", "04-21", "04-22", "04-25", "05-01", "06-02", "08-15", "11-01", "12-08", "12-25", "12-26"]) expect(of(`2019-${day}`), day).to.be.a("string");
    expect([of("2019-12-06"), of("2019-09-25"), of("2019-05-12"), of("2019-10-04")]).to.deep.equal(["San Nicolò", "chiusura straordinaria", undefined, undefined]);
    expect(of("2026-10-04")).to.match(/San Francesco/);
    expect(of("2026-04-06")).to.match(/Angelo/);
    const none = holidayCalendar({ country: undefined, yearly: [], days: new Map() });
    expect(none({ year: 2019, month: 12, day: 25 })).to.equal(undefined);
  });
  it("dates are days of the calendar, or none", () => {
    expect(["2019-02-29", "2019-13-01", "2019-1-1", "x"].map(parseDate)).to.deep.equal([undefined, undefined, undefined, undefined]);
    expect(dateText({ year: 2020, month: 2, day: 29 })).to.equal("2020-02-29");
  });
});
