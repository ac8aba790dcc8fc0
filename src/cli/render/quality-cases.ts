import type { IncidentRow } from "../../../projections/rows.js";
import type { IncidentId } from "../../kernel/brand.js";
import { rational } from "../../kernel/rational.js";
import { TIME_INDICATORS, type TimeCase } from "../../reports/quality/elapsed.js";
import type { PromisedImprovement } from "../../reports/quality/improvements.js";
import type { QualityIndicators } from "../../reports/quality/report.js";
import { whenText } from "../../reports/words/format.js";
import { WORDS } from "../../reports/words/languages.js";
import { timeText } from "./quality-figures.js";
import { qualityHeading, severityText } from "./quality.js";
import { QUALITY_WORDS } from "./quality-words.js";
import type { Style } from "./style.js";
import { printable, wrap } from "./text.js";

/** What an incident is called; the improvements name theirs by its id. */
export type TitleOf = (id: IncidentId) => string;

/** Which incidents recur, after which ones, and what had been promised for those. */
export function recurrenceLines({ recurrences }: QualityIndicators, style: Style): string[] {
  const { paint, speaking: { language } } = style;
  const [page, words] = [QUALITY_WORDS[language], WORDS[language]];
  const { count, causeUnknown } = recurrences;
  const cases = recurrences.cases().flatMap(({ incident, cause, earlier }) => [
    ...lines(`${paint.red("◆")} ${incidentText(incident, style)}: ${words.cause[cause.category]}, ${words.party[cause.party]}`, 2, style),
    ...earlier.flatMap((each) => [
      ...lines(`${page.after} ${incidentText(each.incident, style)}`, 4, style),
      ...(each.improvements.length === 0 ? lines(paint.yellow(page.nothingPromised), 6, style) : each.improvements.flatMap((promise) => lines(improvementText(promise, style), 6, style))),
    ]),
  ]);
  return [
    qualityHeading(style, (each) => each.recurrences), ...lines(page.recurring(count.value, count.before), 2, style), ...cases,
    ...(causeUnknown.value === 0 ? [] : lines(page.causeUnknown(causeUnknown.value), 2, style).map(paint.dim)), "",
  ];
}

/** The incidents behind every figure. */
export function caseLines(report: QualityIndicators, titleOf: TitleOf, style: Style): string[] {
  const { paint, speaking: { language, zone } } = style;
  const [page, words] = [QUALITY_WORDS[language], WORDS[language]];
  const part = (title: string, texts: readonly string[]): string[] => [`  ${paint.bold(title)}`, ...(texts.length === 0 ? [paint.dim(`    ${page.noCases}`)] : texts.flatMap((text) => lines(text, 4, style)))];
  const { occurrences, times, improvements, reports } = report;
  const promise = (each: PromisedImprovement): string => `${printable(titleOf(each.improvement.incidentId))}: ${improvementText(each, style)}`;
  return [
    qualityHeading(style, ({ explanation }) => explanation),
    ...part(page.columns.incidents, occurrences.cases().incidents.map(({ row, severity }) => `${incidentText(row, style)}: ${severityText(severity, language)}`)),
    ...TIME_INDICATORS.flatMap((indicator) => part(`${page.columns.time} ${page.indicator[indicator]}`, times[indicator].cases().map((each) => timeCaseText(each, style)))),
    ...part(page.improvements, [...improvements.cases(), ...improvements.undatedCases()].map(promise)),
    ...part(page.reports, reports.cases().map(({ incident, resolved, filed, state }) =>
      [`${incidentText(incident, style)}: ${page.resolved(whenText(resolved, zone, words))}`, ...(filed === undefined ? [] : [page.filed(whenText(filed, zone, words))]), state === "not-done" ? page.notFiled : page.state[state]].join(", "))),
    "",
  ];
}

function timeCaseText(each: TimeCase, style: Style): string {
  const { language, zone } = style.speaking;
  const [page, words] = [QUALITY_WORDS[language], WORDS[language]];
  const start = `${page.startedBy[each.startedBy]} (${whenText(each.from, zone, words)})`;
  switch (each.state) {
    case "counted":
      return `${incidentText(each.incident, style)}: ${elapsedText(each.elapsedMs, style)}, ${start} – ${whenText(each.to, zone, words)}`;
    case "open":
      return `${incidentText(each.incident, style)}: ${page.soFar(elapsedText(each.elapsedMs, style))}, ${start}`;
    case "missing":
      return `${incidentText(each.incident, style)}: ${page.notRecorded}`;
  }
}

function elapsedText({ min, max }: { readonly min: number; readonly max: number }, { speaking: { language } }: Style): string {
  return timeText({ min: rational(min), max: rational(max) }, WORDS[language]);
}

/** `«Seconda linea», promesso il 22/08/2019 09:00 entro il 20/09/2019: non fatto`. */
function improvementText({ improvement: { text, promisedAt, dueAt }, completed, state }: PromisedImprovement, { speaking: { language, zone } }: Style): string {
  const [page, words] = [QUALITY_WORDS[language], WORDS[language]];
  const due = dueAt === undefined ? page.withoutDate : page.dueBy(whenText(dueAt, zone, words));
  const done = completed === undefined ? [] : [page.done(whenText(completed, zone, words))];
  const stands = state === undefined ? (completed === undefined ? [page.state["not-done"]] : []) : [page.state[state]];
  return `«${printable(text.text)}», ${page.promised} ${whenText(promisedAt, zone, words)}, ${due}: ${[...done, ...stands].join(", ")}`;
}

/** `25/09/2019 08:10 Il cloud non risponde (cloud-2019-09-25)` */
function incidentText({ incidentId, title, occurredAt }: IncidentRow, { speaking: { language, zone } }: Style): string {
  return `${whenText(occurredAt, zone, WORDS[language])} ${printable(title)} (${incidentId})`;
}

function lines(text: string, indent: number, { width }: Style): string[] {
  return wrap(text, width - indent - 2).map((line, index) => `${" ".repeat(index === 0 ? indent : indent + 2)}${line}`);
}
