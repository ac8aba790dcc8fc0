import type { Instant } from "../../kernel/brand.js";
import { canonicalJson } from "../../kernel/json.js";
import type { Fact } from "../../domain/record.js";
import type { EntryCorrection, TimelineEntry } from "../../reports/timeline-entry.js";
import { factSentence, headline } from "../../reports/words/sentences.js";
import type { When } from "../../time/when.js";
import { actorName, ILLUSTRATIVE_MARK, isIllustrative, withoutMark } from "./illustrative.js";
import { markOf } from "./marks.js";
import { pageWords, type Style } from "./style.js";
import { padEnd, printable, widthOf, wrap } from "./text.js";
import { dayKey, fullTime, longDate, timeBeside, whenBeside, zoneAbbreviation } from "./time.js";

/** Where recorded times stand at the right, the page must be so wide. */
const WIDE = 96;
const GAP = "  ";

/** Draws timelines page by page: a heading a day, an entry with its time, its sign and when it was recorded, and below it what was said before and why. */
export class TimelinePage {
  readonly #style: Style;
  #day = "";
  /** Whether anything drawn so far was marked as illustrative. */
  hasIllustrative = false;

  constructor(style: Style) {
    this.#style = style;
  }

  lines(entries: readonly TimelineEntry[]): string[] {
    const { speaking: { zone } } = this.#style;
    const times = entries.map((entry) => this.#timeOf(entry));
    const timeWidth = Math.max(5, ...times.map(widthOf));
    return entries.flatMap((entry, index) => {
      const key = dayKey(entry.started, zone);
      const isNewDay = key !== this.#day;
      const above = isNewDay ? [...(this.#day === "" ? [] : [""]), this.#dayHeading(entry.started)] : [];
      this.#day = key;
      return [...above, ...this.#entryLines(entry, padEnd(times[index] ?? "", timeWidth))];
    });
  }

  #dayHeading(at: Instant): string {
    const { speaking: { zone }, paint } = this.#style;
    return `${paint.bold(longDate(at, zone, pageWords(this.#style)))} ${paint.dim(zoneAbbreviation(at, zone))}`;
  }

  /** What is effective from a date begins with it: no time of day is shown. */
  #timeOf({ fact, occurred, started }: TimelineEntry): string {
    if ("effectiveFrom" in fact.data) return pageWords(this.#style).fromThatDay;
    return whenBeside(occurred, started, this.#style.speaking.zone);
  }

  #entryLines(entry: TimelineEntry, time: string): string[] {
    const { paint, width, speaking } = this.#style;
    const recorded = width >= WIDE ? this.#recorded(entry) : "";
    const left = widthOf(time) + GAP.length + 4;
    const room = width - left - GAP.length - (recorded === "" ? 0 : widthOf(recorded) + GAP.length);
    const said = wrap(this.#plain(entry, headline(entry, speaking)), room);
    const { sign, paint: colour } = markOf(entry);
    const ink = entry.state === "withdrawn" ? paint.dim : (text: string) => text;
    const [first = "", ...rest] = said;
    const sideMark = isIllustrative(entry.actor) ? paint.dim(ILLUSTRATIVE_MARK) : " ";
    return [
      `${GAP}${paint.cyan(time)} ${paint[colour](sign)} ${sideMark} ${ink(padEnd(first, recorded === "" ? 0 : room))}${recorded === "" ? "" : GAP + paint.dim(recorded)}`.trimEnd(),
      ...rest.map((line) => `${" ".repeat(left + 1)}${ink(line)}`),
      ...this.#amendments(entry).flatMap((text) => wrap(text, width - left - 3).map((line, index) => `${" ".repeat(left + 1)}${paint.yellow(`${index === 0 ? "✎" : " "} ${line}`)}`)),
    ];
  }

  #recorded({ recordedAt, started, actor }: TimelineEntry): string {
    return `${pageWords(this.#style).recorded} ${timeBeside(recordedAt, started, this.#style.speaking.zone)} ${printable(actorName(actor))}`;
  }

  #amendments(entry: TimelineEntry): string[] {
    const { was, because, withdrawn } = pageWords(this.#style);
    const { zone } = this.#style.speaking;
    const by = (saying: { recordedAt: Instant; actor: TimelineEntry["actor"] }): string => `(${printable(actorName(saying.actor))}, ${fullTime(saying.recordedAt, zone)})`;
    const corrected = entry.corrections.map((correction) => `${was}: ${this.#before(entry, correction)}; ${because} ${this.#reason(entry, correction.reason)} ${by(correction)}`);
    const { withdrawal } = entry;
    return withdrawal === undefined ? corrected : [...corrected, `${withdrawn}, ${because} ${this.#reason(entry, withdrawal.reason)} ${by(withdrawal)}`];
  }

  #reason(entry: TimelineEntry, reason: string): string {
    return `«${this.#plain(entry, reason)}»`;
  }

  /** What the record said before a correction: its time where only that changed, else its sentence, with its time where that changed too. */
  #before(entry: TimelineEntry, { before, after, changed }: EntryCorrection): string {
    const { speaking } = this.#style;
    const [old, now] = [occurredOf(before), occurredOf(after)];
    const time = old === undefined || now === undefined || canonicalJson(old) === canonicalJson(now) ? undefined : whenBeside(old, entry.started, speaking.zone);
    if (time !== undefined && changed.every((field) => field === "occurredAt")) return time;
    const sentence = this.#plain(entry, factSentence(before, speaking));
    return time === undefined ? sentence : `${time} ${sentence}`;
  }

  #plain({ actor }: TimelineEntry, text: string): string {
    if (!isIllustrative(actor)) return printable(text);
    this.hasIllustrative = true;
    return printable(withoutMark(text));
  }
}

function occurredOf({ data }: Fact): When | undefined {
  return "occurredAt" in data ? data.occurredAt : undefined;
}

/** What the signs mean, in a line or two. */
export function legend(style: Style, { hasIllustrative }: TimelinePage): string[] {
  const words = pageWords(style);
  const signs = words.legend.map(([mark, meaning]) => `${mark} ${meaning}`);
  const all = hasIllustrative ? [...signs, `${ILLUSTRATIVE_MARK} ${words.illustrative}`] : signs;
  return wrap(all.map((each) => each.replaceAll(" ", "\u00a0")).join("  "), style.width).map((line) => style.paint.dim(line.replaceAll("\u00a0", " ")));
}
