import type { ConcerningEntry, DisruptionImpact, ImpactReport } from "../../reports/impact-report.js";
import { durationText } from "../../reports/words/format.js";
import { WORDS } from "../../reports/words/languages.js";
import { costSentence, factSentence, partSentence } from "../../reports/words/sentences.js";
import type { Evaluations } from "../../reports/range.js";
import { exactRange, figureTexts, type FigureTexts } from "./figures.js";
import { ILLUSTRATIVE_MARK, isIllustrative, withoutMark } from "./illustrative.js";
import { amountRange } from "./money.js";
import { heading, pageWords, type Style } from "./style.js";
import { table, type Column } from "./table.js";
import { printable, wrap } from "./text.js";
import { fullTime, shortDate, whenBeside } from "./time.js";
import { isBand, type When } from "../../time/when.js";
import { PAGE_WORDS, secondLanguage, type PageWords } from "./words.js";

/** One body: a line a service, the total and its cost; its disruptions; what was done and said about them. */
export function bodyImpact(report: ImpactReport, style: Style, explain: boolean): string[] {
  return [
    ...servicesTable(report, style),
    ...costLines(report, style),
    "",
    ...disruptionLines(report, style),
    ...entryLines(report.responses(), style, (words) => words.responses),
    ...entryLines(report.communications(), style, (words) => words.communications),
    ...(explain ? explanationLines(report, style) : []),
  ];
}

function servicesTable(report: ImpactReport, style: Style): string[] {
  const { language } = style.speaking;
  const words = WORDS[language];
  const titles = (say: (columns: PageWords["columns"]) => string): [string, string] => [say(PAGE_WORDS[language].columns), say(PAGE_WORDS[secondLanguage(language)].columns)];
  const columns: Column[] = [
    { titles: titles(({ service }) => service), align: "left", shrinksTo: 16 },
    { titles: titles(({ agreed }) => agreed), align: "right", leavesAs: 0 },
    { titles: titles(({ availability }) => availability), align: "right" },
    { titles: titles(({ downtime }) => downtime), align: "right" },
    { titles: titles(({ lostHours }) => lostHours), align: "right", leavesAs: 1 },
  ];
  const cells = (name: string, { agreed, availability, downtime, lostHours }: FigureTexts): string[] => [name, agreed, availability, downtime, lostHours];
  const rows = report.services.map((each) => ({ cells: cells(printable(each.service.name), figureTexts(each, words)) }));
  const total = { cells: cells(pageWords(style).total, figureTexts(report.total, words)), paint: style.paint.bold };
  return table(columns, [...rows, "rule", total], { width: style.width, title: style.paint.bold, subtitle: style.paint.dim });
}

function costLines({ costs }: ImpactReport, style: Style): string[] {
  if (costs.length === 0) return [];
  const amounts = costs.map(({ cost }) => amountRange(cost, WORDS[style.speaking.language])).join(" + ");
  return ["", `${style.paint.bold(pageWords(style).columns.cost)}  ${amounts}`];
}

function disruptionLines({ disruptions, services }: ImpactReport, style: Style): string[] {
  const page = pageWords(style);
  if (disruptions.length === 0) return [page.noDisruptions, ""];
  const name = (id: DisruptionImpact["serviceId"]): string => services.find(({ serviceId }) => serviceId === id)?.service.name ?? id;
  const lines = disruptions.flatMap((disruption) => {
    const { words, end, alone } = { words: WORDS[style.speaking.language], end: disruption.end === undefined ? page.goingOn : spanEnd(disruption.start, disruption.end, style), alone: disruption.aloneDowntimeMs };
    const degrees = [...new Set(disruption.phases.map(({ degree }) => degree))].map((degree) => words.degree[degree]).join(", ");
    const text = `${printable(name(disruption.serviceId))}: ${degrees}, ${spanStart(disruption.start, style)} – ${end}, ${page.alone(exactRange(alone, (ms) => durationText(ms, words)))} (${disruption.disruptionId}${disruption.incident === undefined ? "" : `, ${printable(disruption.incident.title)}`})`;
    return bullet(text, style, style.paint.red("▼"));
  });
  return [heading(style, (words) => words.disruptions), ...lines, ""];
}

function spanStart(when: When, { speaking: { zone } }: Style): string {
  const at = isBand(when) ? when.earliest : when;
  return `${shortDate(at, zone)} ${whenBeside(when, at, zone)}`;
}
function spanEnd(start: When, end: When, { speaking: { zone } }: Style): string {
  return whenBeside(end, isBand(start) ? start.earliest : start, zone);
}

function entryLines(entries: readonly ConcerningEntry[], style: Style, title: (words: PageWords) => string): string[] {
  if (entries.length === 0) return [];
  const lines = entries.flatMap(({ entry }) => {
    const illustrative = isIllustrative(entry.actor);
    const sentence = factSentence(entry.fact, style.speaking);
    const time = isBand(entry.occurred) ? shortDate(entry.started, style.speaking.zone) : fullTime(entry.started, style.speaking.zone);
    return bullet(`${time}  ${printable(illustrative ? withoutMark(sentence) : sentence)}`, style, illustrative ? style.paint.dim(ILLUSTRATIVE_MARK) : " ");
  });
  return [heading(style, title), ...lines, ""];
}

function bullet(text: string, { width }: Style, mark: string): string[] {
  return wrap(text, width - 4).map((line, index) => (index === 0 ? `  ${mark} ${line}` : `    ${line}`));
}

function explanationLines(report: ImpactReport, style: Style): string[] {
  const { speaking, paint } = style;
  const services = report.services.flatMap((service) => [`  ${paint.bold(printable(service.service.name))}`, ...evaluated(service.explanation(), style, (part) => printable(partSentence(part, speaking)))]);
  const total = [`  ${paint.bold(pageWords(style).total)}`, ...evaluated(report.total.explanation(), style, (part) => printable(partSentence(part, speaking)))];
  const costs = report.contractCosts.flatMap((cost) => [`  ${paint.bold(`${pageWords(style).columns.cost}, ${cost.contractId}`)}`, ...evaluated(cost.explanation(), style, (part) => costSentence(part, speaking))]);
  return [heading(style, (words) => words.explanation), ...services, ...total, ...costs, ""];
}

function evaluated<Part>({ favourable, unfavourable }: Evaluations<readonly Part[]>, style: Style, sentence: (part: Part) => string): string[] {
  const { paint, width } = style;
  const page = pageWords(style);
  const lines = (parts: readonly Part[]): string[] => parts.flatMap((part) => wrap(sentence(part), width - 6).map((line, index) => `${index === 0 ? "    " : "      "}${line}`));
  if (favourable === unfavourable) return lines(favourable);
  return [paint.yellow(`    ${page.favourable}`), ...lines(favourable), paint.yellow(`    ${page.unfavourable}`), ...lines(unfavourable)];
}

