import { instant, type EventId, type Instant } from "../../kernel/brand.js";
import type { FrozenTime } from "../../domain/assessment/events.js";
import type { ServiceCalendar } from "../../time/calendar.js";
import { normalise, span, type Span, type SpanList } from "../../time/span.js";
import type { TimeSource } from "./time-source.js";

/** Zone and holiday data that something was expanded with. */
export type TimeData = Pick<FrozenTime, "zoneData" | "holidayData">;

/** Expansions of one calendar or window, over the hull of all that was asked. */
interface Asked {
  readonly termsId: EventId;
  readonly name: string;
  hull: Span;
  readonly expand: (within: Span) => SpanList;
}

/** A source that keeps in mind what it was asked, so that a frozen computation holds exactly what it rests on. */
export class RecordedTime implements TimeSource {
  readonly #source: TimeSource;
  readonly #calendars = new Map<string, Asked>();
  readonly #windows = new Map<string, Asked>();
  readonly #months = new Set<Instant>();

  constructor(source: TimeSource) {
    this.#source = source;
  }

  calendar: TimeSource["calendar"] = onePerName((row, name) => ({ expand: (within) => this.hours(row, name, within) }));

  hours: TimeSource["hours"] = (row, name, within) => {
    note(this.#calendars, { termsId: row.eventId, name, hull: within, expand: (wide) => this.#source.hours(row, name, wide) });
    return this.#source.hours(row, name, within);
  };

  windows: TimeSource["windows"] = (row, window, within) => {
    note(this.#windows, { termsId: row.eventId, name: window.name, hull: within, expand: (wide) => this.#source.windows(row, window, wide) });
    return this.#source.windows(row, window, within);
  };

  months: TimeSource["months"] = (zone, within) => {
    const months = this.#source.months(zone, within);
    for (const { start, end } of months) this.#months.add(start).add(end);
    return months;
  };

  /** All that was asked, expanded. */
  frozen({ zoneData, holidayData }: TimeData): FrozenTime {
    const calendars = sorted(this.#calendars).map(({ termsId, name, hull, expand }) => ({ termsId, calendar: name, spans: packed(expand(hull)) }));
    const windows = sorted(this.#windows).map(({ termsId, name, hull, expand }) => ({ termsId, window: name, spans: packed(expand(hull)) }));
    return { zoneData, holidayData, months: [...this.#months].sort((a, b) => a - b), calendars, windows };
  }
}

/** Hours that a calendar was expanded to are kept with the object. */
function onePerName(make: TimeSource["calendar"]): TimeSource["calendar"] {
  const made = new Map<string, ServiceCalendar>();
  return (row, name) => {
    const key = `${row.eventId}/${name}`;
    const calendar = made.get(key) ?? make(row, name);
    made.set(key, calendar);
    return calendar;
  };
}

function note(kept: Map<string, Asked>, asked: Asked): void {
  const key = `${asked.termsId}/${asked.name}`;
  const before = kept.get(key);
  if (before === undefined) kept.set(key, asked);
  else before.hull = span(Math.min(before.hull.start, asked.hull.start), Math.max(before.hull.end, asked.hull.end));
}

function sorted(kept: ReadonlyMap<string, Asked>): readonly Asked[] {
  return [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, asked]) => asked);
}

function packed(spans: SpanList): number[] {
  return spans.flatMap(({ start, end }) => [start, end]);
}

/** What was frozen, in place of this machine's zone and holiday data. */
export function frozenTime({ calendars, windows, months }: FrozenTime): TimeSource {
  const hours = new Map(calendars.map(({ termsId, calendar, spans }) => [`${termsId}/${calendar}`, unpacked(spans)]));
  const kept = new Map(windows.map(({ termsId, window, spans }) => [`${termsId}/${window}`, unpacked(spans)]));
  const whole = months.flatMap((start, index) => {
    const end = months[index + 1];
    return end === undefined ? [] : [span(start, end)];
  });
  const overlapping = (spans: SpanList, within: Span): SpanList => spans.filter(({ start, end }) => start < within.end && end > within.start);
  const clipped = (spans: SpanList, within: Span): SpanList =>
    overlapping(spans, within).map(({ start, end }) => ({ start: instant(Math.max(start, within.start)), end: instant(Math.min(end, within.end)) }));
  const hoursOf: TimeSource["hours"] = (row, name, within) => clipped(hours.get(`${row.eventId}/${name}`) ?? [], within);
  return {
    calendar: onePerName((row, name) => ({ expand: (within) => hoursOf(row, name, within) })),
    hours: hoursOf,
    windows: (row, window, within) => overlapping(kept.get(`${row.eventId}/${window.name}`) ?? [], within),
    months: (_zone, within) => overlapping(whole, within),
  };
}

function unpacked(times: readonly number[]): SpanList {
  return normalise(Array.from({ length: times.length / 2 }, (_, index) => span(times[index * 2] ?? 0, times[index * 2 + 1] ?? 0)));
}
