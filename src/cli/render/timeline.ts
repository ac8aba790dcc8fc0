import type { TimelineEntry } from "../../reports/timeline-entry.js";
import { amendmentSentences, headline, type Speaking } from "../../reports/words/sentences.js";
import { isBand, type When } from "../../time/when.js";
import { localOf, offsetMs } from "../../time/zone.js";
import type { Instant, ZoneId } from "../../kernel/brand.js";
import type { Paint } from "../terminal.js";
import { padEnd, printable, wrap } from "./text.js";

export interface TimelineStyle {
  readonly speaking: Speaking;
  readonly width: number;
  readonly paint: Paint;
}

/** A timeline for people: a heading a day, a line an entry, and below it what it said before, who changed it and why. */
export function renderTimeline(entries: readonly TimelineEntry[], style: TimelineStyle): string {
  const lines: string[] = [];
  let day = "";
  for (const entry of entries) {
    const today = dayText(entry.started, style.speaking.zone);
    if (today !== day) {
      if (day !== "") lines.push("");
      lines.push(style.paint.bold(today));
      day = today;
    }
    lines.push(...entryLines(entry, style));
  }
  return lines.join("\n");
}

const TIME_WIDTH = 13;

function entryLines(entry: TimelineEntry, { speaking, width, paint }: TimelineStyle): string[] {
  const room = width - TIME_WIDTH - 4;
  const [first = "", ...rest] = wrap(printable(headline(entry, speaking)), room);
  const gone = entry.state === "withdrawn";
  const said = (line: string): string => (gone ? paint.dim(line) : line);
  const time = paint.cyan(padEnd(clockText(entry.occurred, speaking.zone), TIME_WIDTH));
  const lines = [`${time} ${mark(entry, paint)} ${said(first)}`, ...rest.map((line) => `${" ".repeat(TIME_WIDTH)}   ${said(line)}`)];
  for (const sentence of amendmentSentences(entry, speaking)) {
    lines.push(...wrap(printable(sentence), room - 2).map((line, index) => paint.yellow(`${" ".repeat(TIME_WIDTH)}   ${index === 0 ? "↳ " : "  "}${line}`)));
  }
  return lines;
}

type EntryType = TimelineEntry["type"];
const BREAKS: ReadonlySet<EntryType> = new Set<EntryType>(["IncidentReported", "DisruptionOpened", "IncidentReopened"]);
const MENDS: ReadonlySet<EntryType> = new Set<EntryType>(["DisruptionEnded", "IncidentResolved"]);

/** What broke, what was mended, what the lead body did; the rest is a dot. */
function mark({ state, type }: TimelineEntry, paint: Paint): string {
  if (state === "withdrawn") return paint.dim("✗");
  if (BREAKS.has(type)) return paint.red("▼");
  if (MENDS.has(type)) return paint.green("▲");
  return type === "ResponseRecorded" ? paint.magenta("●") : "•";
}

const WEEKDAYS = ["domenica", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato"];
const MONTHS = ["gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"];

/** `mercoledì 25 settembre 2019 (UTC+2)`: the offset says which hour is meant when the clocks change. */
export function dayText(at: Instant, zone: ZoneId): string {
  const { year, month, day } = localOf(at, zone);
  const weekday = WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? "";
  const minutes = Math.round(offsetMs(at, zone) / 60_000);
  const offset = `UTC${minutes < 0 ? "−" : "+"}${Math.floor(Math.abs(minutes) / 60)}${minutes % 60 === 0 ? "" : `:${String(Math.abs(minutes) % 60).padStart(2, "0")}`}`;
  return `${weekday} ${day} ${MONTHS[month - 1] ?? ""} ${year} (${offset})`;
}

/** `08:10`, or `08:10–08:40` for a band within a day. */
function clockText(when: When, zone: ZoneId): string {
  if (!isBand(when)) return clock(when, zone);
  const [from, to] = [clock(when.earliest, zone), clock(when.latest, zone)];
  return dayText(when.earliest, zone) === dayText(when.latest, zone) ? `${from}–${to}` : `${from}–…`;
}
function clock(at: Instant, zone: ZoneId): string {
  const { hour, minute } = localOf(at, zone);
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
