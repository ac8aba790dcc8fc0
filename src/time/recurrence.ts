import { RRuleTemporal } from "rrule-temporal";
import { instant, type Instant, type ZoneId } from "../kernel/brand.js";
import { ok, refuse, type Result } from "../kernel/result.js";
import { normalise, span, type Span, type SpanList } from "./span.js";
import { instantOfLocal, localOf, UTC, type LocalTime } from "./zone.js";

/** A window that comes again, by a rule of RFC 5545, section 3.3.10. */
export interface Recurrence {
  /** Begin of the first window, on the clock of `zone`, from which the rule counts. */
  readonly first: LocalTime;
  readonly zone: ZoneId;
  /** Length by the clock that runs on: a window over a change of the clocks is as long as any other. */
  readonly lengthMs: number;
  /** `FREQ=MONTHLY;BYDAY=1SU`, as `parseRule` takes it. */
  readonly rule: string;
}

/** Clocks on the wall are at most this far from UTC, either way. */
const OFFSET_MS = 26 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
/** Far more days, weeks, months or years than any contract lasts. */
const MOST_PERIODS = 200_000;
const DAY_OF_YEAR = "([1-9]\\d?|[12]\\d\\d|3[0-5]\\d|36[0-6])";
const listOf = (each: string): RegExp => new RegExp(`^${each}(,${each})*$`);
/** What a rule may be made of, each part once. Parts finer than a day are no maintenance; weeks of the year are not taken. */
const PARTS: Readonly<Record<string, RegExp>> = {
  FREQ: /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^[1-9]\d{0,3}$/,
  COUNT: /^[1-9]\d{0,4}$/,
  UNTIL: /^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3])[0-5]\d[0-5]\dZ?)?$/,
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
  BYDAY: listOf("([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)"),
  BYMONTHDAY: listOf("-?([1-9]|[12]\\d|3[01])"),
  BYMONTH: listOf("([1-9]|1[0-2])"),
  BYYEARDAY: listOf(`-?${DAY_OF_YEAR}`),
  BYSETPOS: listOf(`-?${DAY_OF_YEAR}`),
};

/** A rule as it is kept, in upper case. Refused: INVALID_INPUT for what RFC 5545 does not know, and for rules that come more often than daily. */
export function parseRule(text: string, field = "rule"): Result<string> {
  const rule = asKept(text);
  const problem = problemOf(rule);
  if (problem === undefined) return ok(rule);
  return refuse({ code: "INVALID_INPUT", field, params: { rule: text.slice(0, 200), problem }, message: `${JSON.stringify(text.slice(0, 200))} is no rule of recurrence (${problem}); write it as RFC 5545 does, like FREQ=MONTHLY;BYDAY=1SU` });
}

function asKept(text: string): string {
  return text.trim().toUpperCase().replace(/^RRULE:/, "");
}

function problemOf(rule: string): string | undefined {
  const parts = rule.length > 500 ? [] : rule.split(";").map((part) => part.split("="));
  const names = parts.map(([name = ""]) => name);
  if (!names.includes("FREQ")) return "FREQ is missing: it must be one of DAILY, WEEKLY, MONTHLY, YEARLY";
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) return `${twice} stands twice`;
  for (const [name = "", value = "", ...more] of parts) {
    const pattern = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
    if (pattern === undefined) return `${name || "an empty part"} is not taken; there are ${Object.keys(PARTS).join(", ")}`;
    if (more.length > 0 || !pattern.test(value)) return name === "FREQ" ? "its FREQ must be one of DAILY, WEEKLY, MONTHLY, YEARLY" : `${name} cannot be ${JSON.stringify(value)}`;
  }
  return problemTogether(new Map(parts.map(([name = "", value = ""]) => [name, value])), rule);
}

/** What the parts of a rule may not be beside each other: the library checks the rest of RFC 5545. */
function problemTogether(parts: ReadonlyMap<string, string>, rule: string): string | undefined {
  const isYearly = parts.get("FREQ") === "YEARLY";
  if (isYearly && /\d/.test(parts.get("BYDAY") ?? "") && !parts.has("BYMONTH")) return "a numbered weekday of a year needs its month: add BYMONTH";
  try {
    iterate(inWalls(rule, UTC), "20200101T000000Z");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : "it cannot be read";
  }
}

/** The windows that touch `within`, clipped by nothing. Begins that the clocks skip are moved to the next valid instant; of two like ones the first is meant. */
export function occurrences({ first, zone, lengthMs, rule }: Recurrence, within: Span): SpanList {
  // On the wall, as if it were UTC: the rule counts days of the calendar, whatever the clocks do.
  const from = Math.max(within.start - lengthMs - OFFSET_MS, Date.UTC(first.year, first.month - 1, first.day));
  if (from >= within.end + OFFSET_MS) return [];
  const kept = inWalls(asKept(rule), zone);
  const walls = iterate(kept, textOf(beginFor(kept, first, from))).between(new Date(from), new Date(within.end + OFFSET_MS), true);
  const windows = walls.map((wall) => instantOfLocal({ ...first, ...dateOf(wall.epochMilliseconds) }, zone, "start")).map((start) => span(start, start + lengthMs));
  return normalise(windows.filter(({ start, end }) => start < within.end && end > within.start));
}

/** Where a rule that counts days can as well begin: so many whole intervals later that it is still before `from`. The library finds the others by itself. */
function beginFor(rule: string, first: LocalTime, from: number): LocalTime {
  if (!rule.includes("FREQ=DAILY") || rule.includes("COUNT=")) return first;
  const stepMs = Number(/INTERVAL=(\d+)/.exec(rule)?.[1] ?? "1") * DAY_MS;
  const begin = Date.UTC(first.year, first.month - 1, first.day);
  return { ...first, ...dateOf(begin + Math.max(0, Math.floor((from - DAY_MS - begin) / stepMs)) * stepMs) };
}

function iterate(rule: string, first: string): RRuleTemporal {
  return new RRuleTemporal({ rruleString: `DTSTART:${first}\nRRULE:${rule}`, strict: true, maxIterations: MOST_PERIODS });
}

/** UNTIL as the clock of the zone shows it; a date alone means its whole day. */
function inWalls(rule: string, zone: ZoneId): string {
  const [until, date, time = "T235959", utc] = /UNTIL=(\d{8})(T\d{6})?(Z?)/.exec(rule) ?? [];
  if (until === undefined || date === undefined) return rule;
  const wall = `${date}${time}`;
  return rule.replace(until, `UNTIL=${utc === "Z" ? textOf(localOf(instantOf(wall), zone)) : `${wall}Z`}`);
}

/** Of `20190106T020000`, in UTC. */
function instantOf(basic: string): Instant {
  return instant(Date.parse(basic.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/, "$1-$2-$3T$4:$5:$6Z")));
}

function textOf({ year, month, day, hour, minute, second }: LocalTime): string {
  const two = (value: number): string => value.toString().padStart(2, "0");
  return `${year.toString().padStart(4, "0")}${two(month)}${two(day)}T${two(hour)}${two(minute)}${two(second)}Z`;
}

function dateOf(wallMs: number): Pick<LocalTime, "year" | "month" | "day"> {
  const wall = new Date(wallMs);
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() };
}

/** The wall-clock time from which a rule counts. */
export function firstOf(at: Instant, zone: ZoneId): LocalTime {
  return localOf(at, zone);
}
