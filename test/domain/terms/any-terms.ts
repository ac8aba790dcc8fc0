import fc from "fast-check";
import { termsSchema, type Terms } from "../../../src/domain/terms/terms.js";
import { SEVERITIES } from "../../../src/domain/incident/events.js";
import { titleSchema } from "../../../src/domain/terms/values.js";

/** Random documents of terms, as the schema takes them. */
const name = fc.oneof(fc.constantFrom("uptime", "uptime-2", "uptime-posta", "sempre", "ufficio", "a-"), fc.stringMatching(/^[a-z][a-z0-9-]{0,62}$/));
const id = fc.oneof(fc.constantFrom("posta", "Posta", "posta-2", "protocollo", "spc-cloud", "a~b"), fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/));
const title = fc.oneof(fc.constantFrom("Disponibilità mensile", "à".repeat(63), "à".repeat(64), "62 e un punto…"), fc.string({ minLength: 1, maxLength: 120, unit: "grapheme" })).filter((text) => titleSchema.safeParse(text).success);
/** Without zeros at its end: those that were written are kept only where the rest has them. */
export const anyPercent = fc.integer({ min: 0, max: 100_000_000 }).map((millionths) => `${Math.floor(millionths / 1e6)}.${(millionths % 1e6).toString().padStart(6, "0")}`.replace(/\.?0+$/, "")).map((text) => (text === "" ? "0" : text));
const percent = fc.oneof(fc.constantFrom("100", "99.5", "99.999999", "0", "0.000001", "90"), anyPercent);
const duration = fc.integer({ min: 1, max: 9999 }).map((minutes) => `PT${minutes}M`);
const date = fc.date({ min: new Date("2000-01-01T00:00:00Z"), max: new Date("2100-12-31T00:00:00Z"), noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10));
const calendar = fc.oneof(
  fc.constant({ kind: "always" as const }),
  fc.constant({ kind: "weekly" as const, week: { mon: ["08:00-18:00"], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }, onHolidays: [] }),
);
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const consequence = fc.constantFrom({ missed: "finding" }, { missed: "penalty", penalty: { kind: "tiers", of: "period-fee", tiers: [{ below: "99", rate: "10", rateIn: "percent" }] } });
const shared = { title, period: fc.constantFrom("month", "quarter", "year"), services: some(fc.uniqueArray(id, { minLength: 1, maxLength: 4 })), consequence };

function indicator(calendars: readonly string[]) {
  const used = fc.constantFrom(...calendars);
  const target = some(fc.record({ within: duration, calendar: used }));
  const targets = fc.record(Object.fromEntries(SEVERITIES.map((severity) => [severity, target]))).filter((all) => Object.values(all).some((each) => each !== undefined));
  return fc.oneof(
    fc.record({ kind: fc.constant("availability"), ...shared, calendar: used, per: fc.constantFrom("body-and-service", "service", "contract"), threshold: percent, decimals: fc.integer({ min: 0, max: 6 }) }),
    fc.record({ kind: fc.constantFrom("time-to-acknowledge", "time-to-restore"), ...shared, targets, shareInTime: percent }),
    fc.record({ kind: fc.constant("failures"), ...shared, consequence: fc.constant({ missed: "finding" }), most: fc.nat({ max: 100_000 }) }),
  );
}

const fields = fc.dictionary(name, calendar, { minKeys: 1, maxKeys: 3, noNullPrototype: true }).chain((calendars) => fc.record({
  format: fc.constant(1),
  illustrative: some(fc.constant(true)),
  title,
  contractId: id,
  effectiveFrom: date,
  zone: fc.constantFrom("Europe/Rome", "UTC", "Etc/UTC", "America/Argentina/Buenos_Aires"),
  currency: fc.constantFrom("EUR", "CHF"),
  holidays: fc.constantFrom({}, { country: "IT" }, { days: [{ date: "2019-12-06", name: "San Nicolò" }] }),
  calendars: fc.constant(calendars),
  weights: some(fc.constant({ partial: "0.5", degraded: "0.25" })),
  wholeService: fc.constantFrom("any", "all", "mean"),
  maintenance: fc.constantFrom({ announced: "counted" }, { announced: "excluded", notice: "PT72H" }),
  indicators: fc.array(fc.tuple(name, indicator(Object.keys(calendars))), { minLength: 1, maxLength: 4 }).map((all) => unique(all.map(([key, { consequence: what, ...rest }]) => ({ id: key, ...rest, ...what })))),
  cap: fc.record({ percent }),
  apportionment: fc.constantFrom("lost-workstation-hours", "workstations", "equally"),
}));

function unique<T extends { readonly id: string }>(all: readonly T[]): readonly T[] {
  return all.filter(({ id: key }, index) => all.findIndex((each) => each.id === key) === index);
}

/** Fields that are undefined are left out, as a file leaves them out. */
export const anyTerms: fc.Arbitrary<Terms> = fields.map((candidate) => termsSchema.parse(JSON.parse(JSON.stringify(candidate))));
