import { FORMAT_NAMES, placeText, type Created, type Format, type ImportReport, type Mend, type Problem, type TakeBackReport } from "../../import/index.js";
import { plural } from "../../reports/words/plural.js";
import type { Paint } from "../terminal.js";
import { padEnd, printable, widthOf, wrap } from "./text.js";

/** Most of each that a page lists; all of them are in the JSON. */
const MOST = { problems: 20, mends: 5 };
/** A place longer than this has its text on the lines below it. */
const PLACE_WIDTH = 28;
/** What the things are called that are counted in a file of each format. */
const ITEMS: Readonly<Record<Format, readonly [one: string, many: string]>> = {
  csv: ["incident", "incidents"], commands: ["command", "commands"], statuspage: ["incident or maintenance", "incidents and maintenances"],
  cstate: ["version of an issue", "versions of issues"], "google-cloud": ["incident", "incidents"],
};
const OUTCOMES: Readonly<Record<ImportReport["outcome"], string>> = {
  imported: "imported", rehearsed: "looked at only, nothing was stored", refused: "refused whole, nothing was stored", aborted: "stopped before the end",
};
const THINGS: readonly (readonly [keyof Created, string, string])[] = [
  ["contracts", "contract", "contracts"], ["bodies", "body", "bodies"], ["services", "service", "services"], ["adoptions", "adoption", "adoptions"],
  ["incidents", "incident", "incidents"], ["disruptions", "disruption", "disruptions"], ["maintenance", "maintenance", "maintenances"],
];

export interface Look {
  readonly paint: Paint;
  readonly width: number;
}

/** What an import came to, for people. */
export function importReportText(report: ImportReport, { into, look }: { readonly into: string; readonly look: Look }): string {
  const { paint } = look;
  const { importId, format, outcome, items, accepted, repeated, leftAlone } = report;
  const good = outcome === "imported" || outcome === "rehearsed";
  const would = outcome === "rehearsed";
  return [
    `${paint.bold(importId)}  ${(good ? paint.green : paint.yellow)(OUTCOMES[outcome])}  ${paint.dim(`${FORMAT_NAMES[format]}, into ${into}`)}`,
    `  ${plural(items, ...ITEMS[format])} read: ${plural(accepted, "event", "events")} ${would ? "would be recorded" : "recorded"}${repeated === 0 ? "" : `; ${repeated} there already`}${leftAlone === 0 ? "" : `; ${plural(leftAlone, "record", "records")} left as people withdrew them`}`,
    ...createdLines(report.created, would),
    ...problemLines(report, look),
    ...mendLines(report, look),
    ...nextLines(report, look),
  ].join("\n");
}

function createdLines(created: Created, would: boolean): string[] {
  const made = THINGS.flatMap(([key, one, many]) => (created[key] === 0 ? [] : [plural(created[key], one, many)]));
  return made.length === 0 ? [] : [`  ${would ? "would be new" : "new"}: ${made.join(", ")}`];
}

function problemLines({ problems, problemCount }: ImportReport, look: Look): string[] {
  if (problemCount === 0) return [];
  const title = look.paint.red(`${plural(problemCount, "problem", "problems")}; what each names was not taken:`);
  return [title, ...noteLines(problems.slice(0, MOST.problems), look), ...more(problemCount, MOST.problems, look)];
}

function mendLines({ mends, mendCount }: ImportReport, look: Look): string[] {
  if (mendCount === 0) return [];
  const title = look.paint.yellow(`${mendCount} mended, taken in another form than written:`);
  return [title, ...noteLines(mends.slice(0, MOST.mends), look), ...more(mendCount, MOST.mends, look)];
}

/** Places in a column of their own, and what is said of each beside them. */
function noteLines(notes: readonly (Problem | Mend)[], look: Look): string[] {
  const places = Math.min(PLACE_WIDTH, Math.max(...notes.map(({ place }) => widthOf(placeText(place)))));
  return notes.flatMap((note) => noted(note, places, look));
}

function noted(note: Problem | Mend, places: number, { paint, width }: Look): string[] {
  const place = printable(placeText(note.place));
  const code = note.kind === "problem" ? `${note.code}: ` : "";
  const text = wrap(printable(`${code}${note.message}`), width - places - 4);
  const beside = widthOf(place) <= places ? (text.shift() ?? "") : "";
  return [`  ${paint.bold(padEnd(place, places))}  ${beside}`.trimEnd(), ...text.map((line) => `${" ".repeat(places + 4)}${line}`)];
}

function more(count: number, shown: number, { paint }: Look): string[] {
  return count > shown ? [paint.dim(`  … and ${count - shown} more; --json lists them all`)] : [];
}

function nextLines({ outcome, importId, accepted }: ImportReport, { paint }: Look): string[] {
  switch (outcome) {
    case "imported":
      return accepted === 0 ? [] : [paint.dim(`To take it back whole: incident-ledger import --take-back ${importId} --reason "…"`)];
    case "aborted":
      return ["What is in stays in. Repeat the same command to go on: nothing comes in twice."];
    case "refused":
      return ["Mend the lines and import again, or leave out --strict to take the rest."];
    case "rehearsed":
      return [];
  }
}

/** What taking an import back came to, for people. */
export function takeBackText({ importId, outcome, events, withdrawn, withdrawnBefore, notWithdrawn }: TakeBackReport, { paint, width }: Look): string {
  const words = { "taken-back": paint.green("taken back whole"), partly: paint.yellow("taken back in part"), aborted: paint.yellow("stopped before the end: repeat the same command to go on") }[outcome];
  return [
    `${paint.bold(importId)}  ${words}`,
    `  of ${plural(events, "event", "events")}: ${withdrawn} withdrawn, ${withdrawnBefore} withdrawn before, ${notWithdrawn.length} not withdrawn`,
    ...notWithdrawn.slice(0, MOST.problems).flatMap(({ type, stream, refusal }) => wrap(`${type} in ${stream}: ${printable(refusal.message)}`, width - 4).map((line, index) => `  ${index === 0 ? "" : "  "}${line}`)),
    ...more(notWithdrawn.length, MOST.problems, { paint, width }),
  ].join("\n");
}
