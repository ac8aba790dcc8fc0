import fc from "fast-check";

/** A rule of RFC 5545, taken apart. `byDay` as it is written: `1SU`. */
export interface Rule {
  readonly freq: "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";
  readonly interval: number;
  readonly count: number | undefined;
  readonly weekStart: "MO" | "SU";
  readonly byDay: readonly string[];
  readonly byMonthDay: readonly number[];
  readonly byMonth: readonly number[];
  readonly byYearDay: readonly number[];
  readonly bySetPos: readonly number[];
}

const DAY_MS = 86_400_000;
const WEEKDAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

/** Rules of every shape that are allowed, some of which never come. */
export const rules: fc.Arbitrary<Rule> = fc.record({
  freq: fc.constantFrom("DAILY", "WEEKLY", "MONTHLY", "YEARLY"), interval: fc.oneof({ weight: 2, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 9 })), count: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined, freq: 4 }),
  weekStart: fc.constantFrom("MO", "SU"), byDay: some(fc.tuple(fc.constantFrom(0, 0, 1, 2, 4, 5, -1, -2, -5), fc.constantFrom(...WEEKDAYS)).map(([n, day]) => `${n === 0 ? "" : n}${day}`), 2),
  byMonthDay: some(fc.constantFrom(1, 2, 13, 15, 28, 29, 30, 31, -1, -2, -28, -31), 3), byMonth: some(fc.integer({ min: 1, max: 12 }), 3),
  byYearDay: some(fc.constantFrom(1, 60, 100, 365, 366, -1, -31, -366), 6), bySetPos: some(fc.constantFrom(1, 2, 4, -1, -2), 4),
}).map(allowed);

function some<T>(each: fc.Arbitrary<T>, freq: number): fc.Arbitrary<readonly T[]> {
  return fc.option(fc.uniqueArray(each, { minLength: 1, maxLength: 3 }), { nil: [], freq: 1 }).chain((list) => fc.nat(freq).map((n) => (n === 0 ? list : [])));
}

/** Without what may not stand beside the rest (RFC 5545, section 3.3.10). */
function allowed(rule: Rule): Rule {
  const byMonthDay = rule.freq === "WEEKLY" ? [] : rule.byMonthDay;
  const byYearDay = rule.freq === "YEARLY" ? rule.byYearDay : [];
  const isNumbered = rule.freq === "MONTHLY" || (rule.freq === "YEARLY" && rule.byMonth.length > 0);
  const byDay = isNumbered ? rule.byDay : [...new Set(rule.byDay.map((day) => day.slice(-2)))];
  const isNarrowed = byDay.length + byMonthDay.length + byYearDay.length + rule.byMonth.length > 0;
  return { ...rule, byMonthDay, byYearDay, byDay, bySetPos: isNarrowed ? rule.bySetPos : [] };
}

export function textOf({ freq, interval, count, weekStart, ...by }: Rule): string {
  const list = (name: string, values: readonly (string | number)[]): readonly string[] => (values.length === 0 ? [] : [`${name}=${values.join(",")}`]);
  return [
    `FREQ=${freq}`, `INTERVAL=${interval}`, ...(count === undefined ? [] : [`COUNT=${count}`]), `WKST=${weekStart}`, ...list("BYDAY", by.byDay), ...list("BYMONTHDAY", by.byMonthDay), ...list("BYMONTH", by.byMonth),
    ...list("BYYEARDAY", by.byYearDay), ...list("BYSETPOS", by.bySetPos),
  ].join(";");
}

/** The days on which a rule comes from `first` on and before `until`, found by a look at every day; times of day in UTC stay as that of `first`. */
export function daysOf(rule: Rule, first: number, until: number): readonly number[] {
  const sets = new Map<number, number[]>();
  const periodOfFirst = periodOf(rule, first);
  // From the begin of the period that `first` lies in: positions are counted from there.
  for (let at = first - 366 * DAY_MS; at < until + 366 * DAY_MS; at += DAY_MS) {
    const period = periodOf(rule, at);
    if (period < periodOfFirst || (period - periodOfFirst) % rule.interval !== 0 || !matches(rule, at, first)) continue;
    const set = sets.get(period) ?? [];
    sets.set(period, set);
    set.push(at);
  }
  const chosen = [...sets.values()].flatMap((set) => (rule.bySetPos.length === 0 ? set : set.filter((_, index) => rule.bySetPos.includes(index + 1) || rule.bySetPos.includes(index - set.length))));
  return chosen.filter((at) => at >= first).slice(0, rule.count ?? Infinity).filter((at) => at < until);
}

/** A number of the day, week, month or year. */
function periodOf({ freq, weekStart }: Rule, at: number): number {
  const day = Math.floor(at / DAY_MS);
  switch (freq) {
    case "DAILY":
      return day;
    case "WEEKLY":
      return Math.floor((day + (weekStart === "MO" ? 3 : 4)) / 7);
    case "MONTHLY":
      return new Date(at).getUTCFullYear() * 12 + new Date(at).getUTCMonth();
    case "YEARLY":
      return new Date(at).getUTCFullYear();
  }
}

function matches(rule: Rule, at: number, first: number): boolean {
  const { freq, byDay, byMonth, byMonthDay, byYearDay } = rule;
  const [day, begin] = [new Date(at), new Date(first)];
  const [year, month, dayOfMonth] = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
  const days = Math.round((Date.UTC(year, month) - Date.UTC(year, month - 1)) / DAY_MS);
  const daysOfYear = Math.round((Date.UTC(year + 1, 0) - Date.UTC(year, 0)) / DAY_MS);
  const dayOfYear = Math.floor((at - Date.UTC(year, 0)) / DAY_MS) + 1;
  if (byMonth.length > 0 && !byMonth.includes(month)) return false;
  if (byMonthDay.length > 0 && !byMonthDay.includes(dayOfMonth) && !byMonthDay.includes(dayOfMonth - days - 1)) return false;
  if (byYearDay.length > 0 && !byYearDay.includes(dayOfYear) && !byYearDay.includes(dayOfYear - daysOfYear - 1)) return false;
  const name = WEEKDAYS[day.getUTCDay()] ?? "";
  const names = [name, `${Math.ceil(dayOfMonth / 7)}${name}`, `-${Math.ceil((days - dayOfMonth + 1) / 7)}${name}`];
  if (byDay.length > 0) return byDay.some((each) => names.includes(each));
  if (byMonthDay.length > 0 || byYearDay.length > 0) return true;
  switch (freq) {
    case "DAILY":
      return true;
    case "WEEKLY":
      return day.getUTCDay() === begin.getUTCDay();
    case "MONTHLY":
      return dayOfMonth === begin.getUTCDate();
    case "YEARLY":
      return dayOfMonth === begin.getUTCDate() && (byMonth.length > 0 || month === begin.getUTCMonth() + 1);
  }
}
