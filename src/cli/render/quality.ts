import type { Severity } from "../../../projections/rows.js";
import type { Punctuality } from "../../reports/quality/deadline.js";
import { TIME_INDICATORS } from "../../reports/quality/elapsed.js";
import type { QualityIndicators } from "../../reports/quality/report.js";
import { WORDS, type Language } from "../../reports/words/languages.js";
import { changeText, countRangeText, shareChange, shareText, timeChange, timeText } from "./quality-figures.js";
import { QUALITY_WORDS, type QualityWords } from "./quality-words.js";
import { pageWords, type Style } from "./style.js";
import { table, type Column, type Row } from "./table.js";
import { periodText } from "./time.js";
import { secondLanguage } from "./words.js";

type ColumnName = keyof QualityWords["columns"];

/** A heading of the page in both languages. */
export function qualityHeading({ speaking: { language }, paint }: Style, say: (words: QualityWords) => string): string {
  return `${paint.bold(say(QUALITY_WORDS[language]))} ${paint.dim(`· ${say(QUALITY_WORDS[secondLanguage(language)])}`)}`;
}

/** The figures as tables: what occurred, how long it took, what was done in time. */
export function qualityTables(report: QualityIndicators, style: Style): string[] {
  return [
    qualityHeading(style, ({ occurrences }) => occurrences), ...occurrencesTable(report, style), "",
    ...(report.months.length > 1 ? [qualityHeading(style, ({ months }) => months), ...monthsTable(report, style), ""] : []),
    qualityHeading(style, ({ times }) => times), ...timesTable(report, style), "",
    qualityHeading(style, ({ deadlines }) => deadlines), ...deadlinesTable(report, style), "",
  ];
}

function occurrencesTable({ occurrences: { incidents, disruptions, bySeverity } }: QualityIndicators, style: Style): string[] {
  const words = QUALITY_WORDS[style.speaking.language];
  const cells = (name: string, each: Pick<QualityIndicators["occurrences"], "incidents" | "disruptions">): string[] =>
    [name, ...[each.incidents, each.disruptions].flatMap((figure) => [String(figure.value), String(figure.before), changeText(figure)])];
  const rows = bySeverity.map((each): Row => ({
    cells: cells(severityText(each.severity, style.speaking.language), each),
    ...(each.incidents.value + each.disruptions.value === 0 && { paint: style.paint.dim }),
  }));
  const columns = [column(style, "severity"), ...(["incidents", "disruptions"] as const).flatMap((what) => [column(style, what), column(style, "before", 1), column(style, "change")])];
  return drawn(columns, [...rows, "rule", { cells: cells(words.total, { incidents, disruptions }), paint: style.paint.bold }], style);
}

function monthsTable({ months, zone }: QualityIndicators, style: Style): string[] {
  const { language } = style.speaking;
  const [first] = months;
  const severities = (first?.bySeverity ?? []).map(({ severity }) => severity);
  const columns: Column[] = [column(style, "month"), column(style, "incidents"), column(style, "disruptions"), ...severities.map((severity, index): Column => ({ titles: [severityText(severity, language), severityText(severity, secondLanguage(language))], align: "right", leavesAs: 10 - index }))];
  const rows = months.map(({ span, incidents, disruptions, bySeverity }): Row => ({
    cells: [periodText(span, zone, pageWords(style)), String(incidents), String(disruptions), ...bySeverity.map((each) => (each.incidents === 0 ? "·" : String(each.incidents)))],
    ...(incidents + disruptions === 0 && { paint: style.paint.dim }),
  }));
  return drawn(columns, rows, style);
}

function timesTable({ times }: QualityIndicators, style: Style): string[] {
  const [page, words] = [QUALITY_WORDS[style.speaking.language], WORDS[style.speaking.language]];
  const rows = TIME_INDICATORS.map((indicator): Row => {
    const { counted, open, missing, meanMs, percentile90Ms } = times[indicator];
    const measures = [meanMs, percentile90Ms].flatMap((each) => [timeText(each.value, words), timeChange(each, words, page.notComparable)]);
    return { cells: [page.indicator[indicator], ...measures, ...[counted, open, missing].map(({ value }) => String(value))], ...(counted.value === 0 && { paint: style.paint.dim }) };
  });
  const columns = [
    column(style, "time"), column(style, "mean"), column(style, "change"), column(style, "percentile"), column(style, "change", 1), column(style, "counted", 4), column(style, "open", 2), column(style, "missing", 3),
  ];
  return drawn(columns, rows, style);
}

function deadlinesTable({ improvements, reports, ...report }: QualityIndicators, style: Style): string[] {
  const serviceLevels = report.serviceLevels();
  const [page, words] = [QUALITY_WORDS[style.speaking.language], WORDS[style.speaking.language]];
  const cells = (name: string, each: Punctuality<unknown>): string[] => [
    name, countRangeText(each.inTime), countRangeText(each.late), String(each.notDone.value), String(each.notDue.value), shareText(each.share.value, words), shareText(each.share.before, words), shareChange(each.share, words, page.notComparable),
  ];
  const columns = (["deadline", "inTime", "late", "notDone", "notDue", "share", "before", "change"] as const).map((name) => column(style, name, LEAVING.get(name)));
  const levels = serviceLevels === undefined ? [] : [{ cells: [page.serviceLevels, "", "", "", "", shareText(serviceLevels.value, words), shareText(serviceLevels.before, words), shareChange(serviceLevels, words, page.notComparable)] }];
  return drawn(columns, [{ cells: cells(page.improvements, improvements) }, { cells: cells(page.reports, reports) }, ...levels], style);
}

/** Of what becomes of promises, in the order in which a narrow page does without it. */
const LEAVING: ReadonlyMap<ColumnName, number> = new Map([["notDue", 1], ["before", 2], ["change", 3]]);

export function severityText(severity: Severity | undefined, language: Language): string {
  return severity === undefined ? QUALITY_WORDS[language].noSeverity : WORDS[language].severity[severity];
}

/** The first column is one of names, the others are of figures. */
function column({ speaking: { language } }: Style, name: ColumnName, leavesAs?: number): Column {
  const titles: [string, string] = [QUALITY_WORDS[language].columns[name], QUALITY_WORDS[secondLanguage(language)].columns[name]];
  return { titles, align: NAMES.has(name) ? "left" : "right", ...(leavesAs !== undefined && { leavesAs }) };
}
const NAMES: ReadonlySet<ColumnName> = new Set(["severity", "month", "time", "deadline"]);

function drawn(columns: readonly Column[], rows: readonly (Row | "rule")[], { width, paint }: Style): string[] {
  return table(columns, rows, { width, title: paint.bold, subtitle: paint.dim });
}
