import fc from "fast-check";
import { DEGREES, type Degree } from "../../../src/domain/values.js";
import { dateText, dayOf, wallOf } from "./naive-clock.js";
import type { NaiveQuestion } from "./naive-assessment.js";

/** What a story is about: which period of which zone, and how long its moments are. Everything happens at whole moments. */
export interface Setting {
  readonly zone: string;
  readonly label: string;
  readonly kind: NaiveQuestion["kind"];
  readonly tick: number;
}
/** Months with a change of the clocks, ends of months and years, a leap day, zones that are half an hour off or change by half an hour. */
export const MONTHS: readonly Setting[] = [
  ...["2019-03", "2019-10", "2019-04", "2019-09", "2019-12", "2020-02"].map((label) => ({ zone: "Europe/Rome", label, kind: "month" as const, tick: 900 })),
  { zone: "America/St_Johns", label: "2019-11", kind: "month", tick: 900 },
  { zone: "Australia/Lord_Howe", label: "2019-04", kind: "month", tick: 900 },
];
export const LONGER: readonly Setting[] = [
  { zone: "Europe/Rome", label: "2019-Q1", kind: "quarter", tick: 3600 }, { zone: "Europe/Rome", label: "2019-Q4", kind: "quarter", tick: 3600 }, { zone: "Europe/Rome", label: "2019", kind: "year", tick: 3600 },
];
export const BY_SECONDS: readonly Setting[] = [
  { zone: "Europe/Rome", label: "2019-03", kind: "month", tick: 1 }, { zone: "Europe/Rome", label: "2019-10", kind: "month", tick: 1 },
];

export const SERVICES = ["posta", "protocollo", "sito"] as const;
export const BODIES = ["colico", "lecco", "valmadrera"] as const;

/** Whole moments from the beginning of the period on; they may lie before or after it. */
export type Moment = number;
/** Shapes of hours of a day; those between full hours only where moments are short enough. */
const DAY_HOURS: readonly (readonly string[])[] = [
  [], ["08:00-18:00"], ["00:00-24:00"], ["02:00-06:00"], ["22:00-24:00"], ["00:00-02:00", "03:00-24:00"], ["01:00-02:30", "03:30-04:00"], ["08:30-13:00", "14:00-17:30"], ["02:30-05:00"],
];

function isShortEnough({ tick }: Setting, hours: readonly string[]): boolean {
  return tick <= 1800 || hours.every((each) => each.split("-").every((clock) => ((Number(clock.slice(0, 2)) * 3600 + Number(clock.slice(3)) * 60) % tick) === 0));
}

const week = (setting: Setting) => {
  const hours = fc.constantFrom(...DAY_HOURS.filter((each) => isShortEnough(setting, each)));
  const working = fc.constantFrom(...DAY_HOURS.filter((each) => each.length > 0 && isShortEnough(setting, each)));
  return fc.record({ mon: working, tue: hours, wed: working, thu: hours, fri: hours, sat: hours, sun: hours });
};

function datesOf({ from, to, zone }: Frame): readonly string[] {
  const days: string[] = [];
  for (let day = dayOf(wallOf(zone, from)); day < dayOf(wallOf(zone, to)); day += 1) days.push(dateText(day));
  return days;
}
/** A setting with the seconds that its period spans. */
export interface Frame extends Setting {
  readonly from: number;
  readonly to: number;
}

const calendars = (frame: Frame) => {
  const weekly = fc.record({
    kind: fc.constant("weekly" as const), week: week(frame), onHolidays: fc.constantFrom("as-weekday" as const, [], ["08:00-18:00"].filter(() => isShortEnough(frame, ["08:00-18:00"]))),
    exceptions: fc.uniqueArray(fc.record({ date: fc.constantFrom(...datesOf(frame)), hours: fc.constantFrom(...DAY_HOURS.filter((each) => isShortEnough(frame, each))) }), { maxLength: 2, selector: ({ date }) => date }),
  });
  return fc.record({ sempre: fc.constant({ kind: "always" as const }), ufficio: weekly }, { requiredKeys: ["sempre"] });
};

const rate = { rate: fc.constantFrom("1", "0.5", "25", "3.125"), rateIn: fc.constantFrom("per-mille" as const, "percent" as const), of: fc.constantFrom("period-fee" as const, "contract-amount" as const) };
interface Tier {
  readonly below: string;
  readonly rate: string;
  readonly rateIn: "per-mille" | "percent";
}
/** From the highest percentage down, the lower the dearer. */
function rising(tiers: readonly Tier[]): readonly Tier[] {
  const perMille = ({ rate: text, rateIn }: Tier): number => Number(text) * (rateIn === "percent" ? 10 : 1);
  const rates = tiers.toSorted((a, b) => perMille(a) - perMille(b));
  return tiers.toSorted((a, b) => Number(b.below) - Number(a.below)).map((tier, index) => ({ ...(rates[index] ?? tier), below: tier.below }));
}
const penalty = fc.oneof(
  fc.record({ kind: fc.constant("per-step" as const), ...rate, step: fc.constantFrom("0.1", "0.25", "1", "5"), unit: fc.constant("percentage-points" as const), counting: fc.constantFrom("commenced" as const, "whole" as const) }),
  fc.record({ of: rate.of, tiers: fc.uniqueArray(fc.record({ below: fc.constantFrom("99.95", "99", "95", "80", "50"), rate: rate.rate, rateIn: rate.rateIn }), { minLength: 1, maxLength: 3, selector: ({ below }) => below }) })
    .map(({ of, tiers }) => ({ kind: "tiers" as const, of, tiers: rising(tiers) })),
);
const missed = <Penalty>(own: fc.Arbitrary<Penalty>) => fc.option(own, { nil: undefined, freq: 3 }).map((given) => (given === undefined ? { missed: "finding" as const } : { missed: "penalty" as const, penalty: given }));
const someServices = fc.option(fc.subarray([...SERVICES], { minLength: 1 }), { nil: undefined }).map((services) => (services === undefined ? {} : { services }));

const availability = ({ kind }: Setting) => fc.tuple(fc.constantFrom("sempre", "ufficio"), fc.constantFrom("body-and-service" as const, "service" as const, "contract" as const), fc.constantFrom("100", "99.95", "99.5", "99", "98", "97", "95", "93", "90", "85", "80", "70", "50", "0"), missed(penalty), someServices)
  .map(([calendar, per, threshold, cost, services]) => ({ title: "Disponibilità", kind: "availability" as const, period: kind, calendar, per, threshold, decimals: 2, ...cost, ...services }));
const failures = ({ kind }: Setting) => fc.tuple(fc.nat(2), missed(fc.record({ kind: fc.constant("per-case" as const), amountCents: fc.nat(100_000) })), someServices)
  .map(([most, cost, services]) => ({ title: "Guasti", kind: "failures" as const, period: kind, most, ...cost, ...services }));

const windows = (frame: Frame) => fc.array(fc.record({
  at: fc.constantFrom("02:00", "23:00", "00:00", "12:00", ...(frame.tick <= 1800 ? ["02:30"] : [])), length: fc.constantFrom("PT3H", "PT6H", "PT30H"),
  when: fc.constantFrom({ rule: "FREQ=MONTHLY;BYDAY=1SU", first: "2019-01-06" }, { rule: "FREQ=MONTHLY;BYDAY=-1SU", first: "2019-01-27" }, { rule: "FREQ=WEEKLY;BYDAY=SU,WE", first: "2019-01-02" }, { rule: "FREQ=MONTHLY;BYMONTHDAY=15", first: "2019-01-15" }, { rule: "FREQ=DAILY;INTERVAL=5", first: "2019-02-27" }),
  services: someServices,
}), { maxLength: 2 }).map((all) => all.filter(({ at, length }) => isShortEnough(frame, [`${at}-24:00`]) && Number(length.slice(2, -1)) * 3600 % frame.tick === 0)
  .map(({ at, length, when: { rule, first }, services }, index) => ({ name: `finestra-${index}`, rule, first: `${first}T${at}`, length, ...services })));

const document = (frame: Frame) => fc.record({
  calendars: calendars(frame), holidays: fc.constantFrom({}, { country: "IT", yearly: [{ day: "12-06", name: "San Nicolò" }] }, { days: [{ date: "2019-10-15", name: "Patrono" }] }),
  weights: fc.constantFrom(undefined, { partial: "0.5", degraded: "0.25" }, { partial: "0.333", degraded: "0.001" }, { partial: "0", degraded: "1" }),
  wholeService: fc.constantFrom("any" as const, "all" as const, "mean" as const),
  announced: fc.constantFrom("excluded" as const, "excluded" as const, "counted" as const), notice: fc.constantFrom(undefined, "PT72H"), most: fc.constantFrom(undefined, "PT3H", "PT9H"), windows: windows(frame),
  indicators: fc.tuple(availability(frame), fc.array(availability(frame), { maxLength: 1 }), fc.array(failures(frame), { maxLength: 1 })),
  apportionment: fc.constantFrom("lost-workstation-hours" as const, "workstations" as const, "equally" as const),
});
export type Document = ReturnType<typeof document> extends fc.Arbitrary<infer Told> ? Told : never;

/** All of a story but its setting. */
const plot = (frame: Frame) => {
  const count = Math.round((frame.to - frame.from) / frame.tick);
  const day = Math.round(86_400 / frame.tick);
  const anywhere = fc.integer({ min: -3 * day, max: count + 2 * day });
  const within = fc.integer({ min: 0, max: count - 1 });
  const spanOf = (most: number) => fc.tuple(anywhere, fc.integer({ min: 1, max: Math.max(1, most) })).map(([from, length]): readonly [Moment, Moment] => [from, from + length]);
  const long = fc.oneof({ weight: 2, arbitrary: fc.constant([-10 * day, undefined] as const) }, { weight: 3, arbitrary: fc.tuple(anywhere, fc.option(fc.integer({ min: 1, max: count }), { nil: undefined })).map(([from, length]) => [from, length === undefined ? undefined : from + length] as const) });
  const phase = fc.record({ degree: fc.constantFrom<Degree[]>(...DEGREES), scope: fc.option(fc.subarray([...BODIES], { minLength: 1 }), { nil: undefined }), changes: fc.constantFrom("degree" as const, "scope" as const) });
  const near = fc.integer({ min: 1, max: 3 * day });
  const disruption = fc.record({ service: fc.constantFrom(...SERVICES), begins: anywhere, gaps: fc.array(near, { maxLength: 3 }), width: fc.oneof(fc.constant(0), fc.constant(0), fc.nat(Math.ceil(day / 4)), fc.nat(2 * day)), phases: fc.array(phase, { minLength: 4, maxLength: 4 }), ended: fc.boolean(), incident: fc.nat(1) });
  return fc.record({
    bodies: fc.tuple(...BODIES.map(() => fc.record({
      member: long, adopted: fc.tuple(...SERVICES.map(() => fc.option(long, { nil: undefined, freq: 5 }))), workstations: fc.uniqueArray(fc.tuple(anywhere, fc.nat(9)), { maxLength: 2, selector: ([from]) => from }),
    }))),
    documents: fc.array(document(frame), { minLength: 1, maxLength: 3 }), changes: fc.uniqueArray(fc.constantFrom(...datesOf(frame).slice(1)), { minLength: 2, maxLength: 2 }), beforehand: fc.boolean(),
    maintenance: fc.array(fc.record({ services: fc.subarray([...SERVICES], { minLength: 1 }), window: spanOf(day), before: fc.constantFrom(-1, 0, 1, 4 * day), cancelled: fc.option(fc.tuple(fc.integer({ min: -2, max: day }), fc.nat(4)), { nil: undefined }) }), { maxLength: 3 }),
    granted: fc.array(fc.record({ services: fc.subarray([...SERVICES], { minLength: 1 }), spans: fc.array(spanOf(2 * day), { minLength: 1, maxLength: 2 }) }), { maxLength: 2 }),
    disruptions: fc.array(disruption, { maxLength: 6, size: "max" }),
    fees: fc.uniqueArray(fc.record({ from: anywhere, cents: fc.nat(10_000_000), per: fc.constantFrom("month" as const, "quarter" as const, "year" as const), currency: fc.constantFrom("EUR", "EUR", "EUR", "EUR", "CHF") }), { maxLength: 2, selector: ({ from }) => from }),
    standingFee: fc.option(fc.nat(100_000_000), { nil: undefined, freq: 6 }),
    amounts: fc.uniqueArray(fc.record({ from: anywhere, cents: fc.nat(1_000_000_000) }), { maxLength: 3, selector: ({ from }) => from }),
    asOf: fc.option(within, { nil: undefined, freq: 3 }),
  });
};
type Plot = ReturnType<typeof plot> extends fc.Arbitrary<infer Told> ? Told : never;
export interface Story extends Plot {
  readonly frame: Frame;
}

/** A story with all that a computation needs: terms that hold from before the period, a fee and an amount, and an end. */
export function freezable(story: Story): Story {
  return { ...story, beforehand: true, asOf: undefined, fees: story.fees.filter(({ currency }) => currency === "EUR"), standingFee: story.standingFee ?? 1_234_567, amounts: [{ from: 0, cents: 98_765_432 }, ...story.amounts.slice(1)] };
}

/** Random stories in one of the settings. */
export function stories(frames: readonly Frame[]): fc.Arbitrary<Story> {
  return fc.constantFrom(...frames).chain((frame) => plot(frame).map((told) => ({ ...told, frame })));
}
