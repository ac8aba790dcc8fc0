import type { Instant } from "../../../src/kernel/brand.js";
import type { When } from "../../../src/time/when.js";
import type { Plan } from "./plans.js";

/** Figures of one period, worked out from the plans by trying every corner of every band; nothing of the product's own code is used. */
export interface NaivePeriod {
  /** By severity, `-` for none: incidents, disruptions. */
  readonly counts: Readonly<Record<string, readonly [number, number]>>;
  readonly times: Readonly<Record<string, NaiveTimes>>;
  /** Incident, then the earlier ones, the nearest first. */
  readonly recurrences: readonly (readonly string[])[];
  readonly causeUnknown: number;
  /** `incident/entry: state` */
  readonly improvements: readonly string[];
  readonly undated: readonly string[];
  readonly reports: readonly string[];
}
export interface NaiveTimes {
  /** `incident: least–most` */
  readonly counted: readonly string[];
  readonly open: readonly string[];
  readonly missing: readonly string[];
  readonly values: readonly (readonly [number, number])[];
}
interface Span {
  readonly start: number;
  readonly end: number;
}

const ends = (when: When): number[] => (typeof when === "number" ? [when] : [when.earliest, when.latest]);
const first = (when: When): number => Math.min(...ends(when));
const last = (when: When): number => Math.max(...ends(when));
const inSpan = (ms: number, { start, end }: Span): boolean => ms >= start && ms < end;

/** One pick of every list, in all ways. */
function corners(lists: readonly (readonly number[])[]): number[][] {
  return lists.reduce<number[][]>((all, list) => all.flatMap((picked) => list.map((each) => [...picked, each])), [[]]);
}

/** Least and most of a figure over all corners. */
function extremes(lists: readonly (readonly number[])[], figure: (picked: readonly number[]) => number): [number, number] {
  const all = corners(lists).map(figure);
  return [Math.min(...all), Math.max(...all)];
}

export function naivePeriod(plans: readonly Plan[], span: Span, asOf: Instant): NaivePeriod {
  const done = (when: When | undefined): when is When => when !== undefined && last(when) <= asOf;
  const mine = plans.filter((plan) => inSpan(first(plan.occurred), span) && first(plan.occurred) <= asOf);
  const severity = (plan: Plan): string => {
    const assigned = plan.severities.filter(({ at }) => done(at));
    const latest = assigned.map(({ at }) => [first(at), last(at)] as const).sort((a, b) => b[0] - a[0] || b[1] - a[1])[0];
    return assigned.findLast(({ at }) => first(at) === latest?.[0] && last(at) === latest[1])?.severity ?? "-";
  };
  const resolved = (plan: Plan): When | undefined => {
    const taken = plan.courses.filter(done);
    return taken.length % 2 === 1 ? taken.at(-1) : undefined;
  };
  const counts: Record<string, [number, number]> = { critical: [0, 0], high: [0, 0], medium: [0, 0], low: [0, 0], "-": [0, 0] };
  for (const plan of plans) {
    const place = counts[severity(plan)];
    if (place === undefined) continue;
    if (mine.includes(plan)) place[0] += 1;
    place[1] += plan.disruptions.filter(({ start }) => inSpan(first(start), span) && first(start) <= asOf).length;
  }
  return { counts, times: timesOf(mine, { done, resolved, asOf }), ...recurring(plans, mine, done), ...promised(plans, span, { done, asOf }), reports: filed(plans, span, { done, resolved, asOf }) };
}

interface State {
  readonly done: (when: When | undefined) => when is When;
  readonly resolved: (plan: Plan) => When | undefined;
  readonly asOf: number;
}

function timesOf(mine: readonly Plan[], { done, resolved, asOf }: State): NaivePeriod["times"] {
  const gap = (from: number, to: number): number => Math.max(0, to - from);
  const times: Record<string, { counted: string[]; open: string[]; missing: string[]; values: [number, number][] }> = {};
  for (const name of ["detect", "acknowledge", "inform", "restore"]) times[name] = { counted: [], open: [], missing: [], values: [] };
  const note = (name: string, plan: Plan, what: [number, number] | "open" | "missing"): void => {
    const all = times[name];
    if (what === "open" || what === "missing") all?.[what].push(plan.id);
    else {
      all?.counted.push(`${plan.id}: ${what.join("–")}`);
      all?.values.push(what);
    }
  };
  for (const plan of mine) {
    const lacking = resolved(plan) === undefined ? "open" : "missing";
    const detected = done(plan.detected) ? plan.detected : undefined;
    const reported = done(plan.reported) ? plan.reported : undefined;
    const notified = plan.notified.filter(done);
    const supplier = notified.length > 0 ? notified : [reported ?? plan.occurred];
    const said = plan.informed.filter(done);
    note("detect", plan, detected === undefined ? (plan.detected === undefined ? "missing" : "open") : extremes([ends(plan.occurred), ends(detected)], ([from = 0, to = 0]) => gap(from, to)));
    note("acknowledge", plan, done(plan.acknowledged) ? extremes([ends(plan.acknowledged), ...supplier.map(ends)], ([to = 0, ...from]) => gap(Math.min(...from), to)) : lacking);
    note("inform", plan, said.length === 0 ? lacking : extremes([ends(detected ?? reported ?? plan.occurred), ...said.map(ends)], ([from = 0, ...to]) => gap(from, Math.min(...to))));
    const begun = plan.disruptions.filter(({ start }) => first(start) <= asOf);
    const over = begun.map(({ end }) => end).filter(done);
    if (over.length < begun.length) note("restore", plan, "open");
    else if (begun.length === 0) note("restore", plan, lacking);
    else note("restore", plan, extremes([...supplier, ...over].map(ends), (picked) => gap(Math.min(...picked.slice(0, supplier.length)), Math.max(...picked.slice(supplier.length)))));
  }
  return times;
}

const ROME = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Rome", dateStyle: "short", timeStyle: "medium" });
const wall = (ms: number): string => ROME.format(ms);

/** What the clock on the wall showed six months before, as a text that sorts. */
function sixMonthsBefore(ms: number): string {
  const [date = "", clock = ""] = wall(ms).split(" ");
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const [y, m] = month > 6 ? [year, month - 6] : [year - 1, month + 6];
  for (let d = day; ; d -= 1) {
    const text = `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
    if (new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)) return `${text} ${clock}`;
  }
}

function recurring(plans: readonly Plan[], mine: readonly Plan[], done: State["done"]): Pick<NaivePeriod, "recurrences" | "causeUnknown"> {
  const cause = (plan: Plan): string | undefined => {
    let latest: Plan["causes"][number] | undefined;
    for (const each of plan.causes) {
      if (!done(each.at)) continue;
      if (latest === undefined || first(each.at) > first(latest.at) || (first(each.at) === first(latest.at) && last(each.at) >= last(latest.at))) latest = each;
    }
    return latest === undefined || latest.category === "unknown" || latest.party === "unknown" ? undefined : `${latest.category}/${latest.party}`;
  };
  const begins = (plan: Plan): number => first(plan.occurred);
  const recurrences = mine.flatMap((plan) => {
    const earlier = plans.filter((other) => cause(plan) !== undefined && cause(other) === cause(plan) && begins(other) < begins(plan) && wall(begins(other)) >= sixMonthsBefore(begins(plan)));
    return earlier.length === 0 ? [] : [[plan.id, ...earlier.sort((a, b) => begins(b) - begins(a) || Number(b.id.split("-")[1]) - Number(a.id.split("-")[1])).map(({ id }) => id)]];
  });
  return { recurrences, causeUnknown: mine.filter((plan) => cause(plan) === undefined).length };
}

/** In time, late, or either, in every corner. */
function verdict(lists: readonly (readonly number[])[], inTime: (picked: readonly number[]) => boolean): string {
  const all = corners(lists).map(inTime);
  return all.every((each) => each) ? "in-time" : all.some((each) => each) ? "undetermined" : "late";
}

function promised(plans: readonly Plan[], span: Span, { done, asOf }: Pick<State, "done" | "asOf">): Pick<NaivePeriod, "improvements" | "undated"> {
  const [improvements, undated]: [string[], string[]] = [[], []];
  for (const plan of plans) {
    plan.improvements.forEach(({ promised: at, due, done: completed }, n) => {
      const name = `${plan.id}/m${n}`;
      if (!done(at)) return;
      if (due === undefined && inSpan(first(at), span)) undated.push(name);
      if (due === undefined || !inSpan(due, span)) return;
      improvements.push(`${name}: ${done(completed) ? verdict([ends(completed)], ([when = 0]) => when <= due) : due < asOf ? "not-done" : "not-due"}`);
    });
  }
  return { improvements, undated };
}

function filed(plans: readonly Plan[], span: Span, { done, resolved, asOf }: State): readonly string[] {
  const day = (ms: number): number => Date.parse(`${wall(ms).slice(0, 10)}T00:00:00Z`) / 86_400_000;
  return plans.flatMap((plan) => {
    const over = resolved(plan);
    if (over === undefined || !inSpan(first(over), span) || first(plan.occurred) > asOf) return [];
    const reports = plan.reports.filter(done);
    if (reports.length === 0) return [`${plan.id}: ${day(asOf) > day(last(over)) + 30 ? "not-done" : "not-due"}`];
    return [`${plan.id}: ${verdict([ends(over), ...reports.map(ends)], ([end = 0, ...files]) => day(Math.min(...files)) <= day(end) + 30)}`];
  });
}
