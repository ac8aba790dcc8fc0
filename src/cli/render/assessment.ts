import { compare, rational, type Rational } from "../../kernel/rational.js";
import type { Money } from "../../kernel/money.js";
import type { Assessment } from "../../reports/assessment/assessment.js";
import type { Level, MeasuredAvailability, MeasuredTimes, Verdict } from "../../reports/assessment/level.js";
import { durationText, moneyText, whenText } from "../../reports/words/format.js";
import { WORDS } from "../../reports/words/languages.js";
import { levelSentence, levelTexts, penaltyLineSentence } from "../../reports/words/level-sentences.js";
import { partSentence } from "../../reports/words/sentences.js";
import { underCap } from "../../sla/penalty.js";
import { caveats, coveredText, knowledgeLine } from "./frame.js";
import { amountRange, amountText } from "./money.js";
import { heading, pageWords, type Style } from "./style.js";
import { table, type Column, type Row } from "./table.js";
import { printable, wrap } from "./text.js";
import { periodText } from "./time.js";
import { PAGE_WORDS, secondLanguage, type PageWords } from "./words.js";

/** An assessment for people: a line a level, the penalties with their arithmetic, and what is left of the cap. */
export function assessmentText(assessment: Assessment, style: Style): string {
  const { paint } = style;
  const words = pageWords(style).assessment;
  return [
    `${heading(style, (page) => page.assessment.title)}   ${paint.bold(`${printable(assessment.contract.title)}, ${periodText(assessment.period, assessment.zone, pageWords(style))}`)}`,
    paint.dim(coveredText(assessment, style)), knowledgeLine(assessment.knowledge, style),
    ...assessment.parts.flatMap(({ row }) => wrap(`${words.terms}: ${printable(row.terms.title)}${row.terms.illustrative === true ? ` ${pageWords(style).illustrativeTerms}` : ""}`, style.width).map(paint.dim)),
    "",
    ...(assessment.levels.length === 0 ? [assessedAny(assessment) ? words.noneOfThat : words.nothing] : levelTable(assessment, style)), "",
    ...arithmetic(assessment, style), ...moneyLines(assessment, style), ...caveats(assessment, style),
  ].join("\n");
}

/** The counts are of all levels, also where only those of some verdicts are shown. */
function assessedAny({ verdicts }: Assessment): boolean {
  return Object.values(verdicts).some((count) => count > 0);
}

const PAINTS: Readonly<Record<Verdict, "green" | "red" | "yellow" | "dim">> = { met: "green", breached: "red", undetermined: "yellow", "not-assessable": "dim" };

function levelTable({ levels, currency }: Assessment, style: Style): string[] {
  const { paint, width, speaking: { names, language } } = style;
  const words = WORDS[language];
  const rows = levels.map((level): Row => {
    const { indicator, bodyId, serviceId, verdict, penalty } = level;
    const subject = [bodyId === undefined ? undefined : names?.body(bodyId), serviceId === undefined ? undefined : names?.service(serviceId)].filter((each) => each !== undefined).join(", ");
    const texts = levelTexts(level, language);
    const cost = penalty === undefined ? "–" : amountRange({ min: euro(penalty.cents.min, currency), max: euro(penalty.cents.max, currency) }, words);
    return { cells: [printable(indicator.title), printable(subject === "" ? "–" : subject), texts.figure, texts.bound, words.level.verdict[verdict], cost], paint: paint[PAINTS[verdict]] };
  });
  return table(columnsOf(style), rows, { width, title: paint.bold, subtitle: paint.dim });
}

function columnsOf({ speaking: { language } }: Style): Column[] {
  const titles = (say: (words: PageWords["assessment"]) => string): [string, string] => [say(PAGE_WORDS[language].assessment), say(PAGE_WORDS[secondLanguage(language)].assessment)];
  return [
    { titles: titles(({ indicator }) => indicator), align: "left", shrinksTo: 14 },
    { titles: titles(({ subject }) => subject), align: "left", shrinksTo: 13 },
    { titles: titles(({ figure }) => figure), align: "right" },
    { titles: titles(({ threshold }) => threshold), align: "right", leavesAs: 1 },
    { titles: titles(({ verdict }) => verdict), align: "left" },
    { titles: titles(({ penalty }) => penalty), align: "right" },
  ];
}

function euro(amountCents: number, currency: string): Money {
  return { amountCents, currency };
}

/** How each penalty comes about, in the evaluation least favourable to the supplier. */
function arithmetic({ levels, currency }: Assessment, style: Style): string[] {
  const { speaking: { language }, paint, width } = style;
  const penal = levels.flatMap((level) => (level.penalty === undefined ? [] : level.penalty.lines.unfavourable.map((line) => ({ level, line }))));
  if (penal.length === 0) return [];
  const lines = penal.flatMap(({ level, line }) => wrap(`${level.name}: ${penaltyLineSentence(line, { level, currency }, language)}`, width - 4).map((text, index) => `${index === 0 ? "  " : "    "}${text}`));
  return [paint.bold(`${pageWords(style).assessment.arithmetic}${inWorstCase(levels, style)}`), ...lines, ""];
}

/** Said where banded times leave open how much it is. */
function inWorstCase(levels: readonly Level[], style: Style): string {
  const isOpen = levels.some(({ penalty }) => penalty !== undefined && penalty.cents.min !== penalty.cents.max);
  return isOpen ? ` (${pageWords(style).assessment.worstCase})` : "";
}

function moneyLines({ penaltyCents, currency, cap, missingBases }: Assessment, style: Style): string[] {
  const { paint, speaking: { language } } = style;
  const [words, page] = [WORDS[language], pageWords(style).assessment];
  const total = `${page.total}: ${amountRange({ min: euro(penaltyCents.min, currency), max: euro(penaltyCents.max, currency) }, words)}`;
  const missing = missingBases.map(({ indicatorId, of }) => paint.red(page.missingBase(indicatorId, page.base[of])));
  if (cap === undefined) return [paint.bold(total), page.noCap, ...missing];
  const { dueCents } = underCap(penaltyCents.max, { capCents: cap.cap.amountCents, usedCents: cap.usedCents - cap.ownCents });
  const due = dueCents < penaltyCents.max ? [paint.yellow(page.cut(amountText(euro(dueCents, currency), words)))] : [];
  return [paint.bold(total), page.cap(amountText(cap.cap, words), amountText(euro(cap.usedCents, cap.cap.currency), words), amountText(euro(cap.leftCents, cap.cap.currency), words)), ...due, ...missing];
}

/** Levels with how each comes about. */
export function explanationText(assessment: Assessment, style: Style): string {
  const { paint, speaking: { language } } = style;
  return [
    `${heading(style, (page) => page.assessment.title)}   ${paint.bold(`${printable(assessment.contract.title)}, ${periodText(assessment.period, assessment.zone, pageWords(style))}`)}`,
    paint.dim(coveredText(assessment, style)), knowledgeLine(assessment.knowledge, style), "",
    ...assessment.levels.flatMap((level) => [paint.bold(levelSentence(level, language)), paint.dim(`  ${level.name}`), ...explained(level, style), ...penaltyOf(level, assessment.currency, style), ""]),
    ...caveats(assessment, style),
  ].join("\n");
}

function explained(level: Level, style: Style): string[] {
  const { measured } = level;
  switch (measured.kind) {
    case "availability":
      return [...partLines(measured, style), ...summed(measured, style)];
    case "time-to-acknowledge":
    case "time-to-restore":
      return caseLines(measured, style);
    case "failures":
      return measured.failures.flatMap(({ incidentId, disruptionId, at }) => indented(`${whenText(at, style.speaking.zone, WORDS[style.speaking.language])}: ${incidentId}/${disruptionId}`, style));
  }
}

function partLines(measured: MeasuredAvailability, style: Style): string[] {
  return measured.explanation().flatMap(({ serviceId, parts }) => {
    const lines = (all: (typeof parts)["favourable"]): string[] => all.flatMap((part) => indented(printable(partSentence(part, style.speaking)), style));
    const page = pageWords(style);
    const names = measured.explanation().length > 1 ? [`  ${printable(style.speaking.names?.service(serviceId) ?? serviceId)}`] : [];
    return parts.favourable === parts.unfavourable ? [...names, ...lines(parts.favourable)] : [...names, style.paint.yellow(`  ${page.favourable}`), ...lines(parts.favourable), style.paint.yellow(`  ${page.unfavourable}`), ...lines(parts.unfavourable)];
  });
}

/** What the parts add up to. */
function summed({ agreedMs, downtimeMs }: MeasuredAvailability, style: Style): string[] {
  const words = WORDS[style.speaking.language];
  const between = (min: Rational, max: Rational): string => (compare(min, max) === 0 ? durationText(min, words) : `${durationText(min, words)} – ${durationText(max, words)}`);
  return indented(pageWords(style).assessment.summed(between(rational(agreedMs.min), rational(agreedMs.max)), between(downtimeMs.min, downtimeMs.max)), style);
}

function caseLines({ cases }: MeasuredTimes, style: Style): string[] {
  const { speaking: { language, zone } } = style;
  const [words, page] = [WORDS[language], pageWords(style).assessment];
  const length = ({ min, max }: { readonly min: number; readonly max: number }): string => (min === max ? durationText(rational(min), words) : `${durationText(rational(min), words)}–${durationText(rational(max), words)}`);
  return cases.flatMap(({ incidentId, severity, start, reading, targetMs }) => indented(`${incidentId} (${severity === undefined ? "–" : words.severity[severity]}), ${whenText(start, zone, words)}: ${page.took(length(reading.elapsedMs), targetMs === undefined ? "–" : durationText(rational(targetMs), words))}, ${page.state[reading.state]}`, style));
}

function penaltyOf(level: Level, currency: string, style: Style): string[] {
  const { penalty } = level;
  if (penalty === undefined) return [];
  const { speaking: { language }, paint } = style;
  const words = WORDS[language];
  const base = (penalty.base?.pieces ?? []).flatMap(({ start, end, money, per }) => indented(`${whenText(start, style.speaking.zone, words)} – ${whenText(end, style.speaking.zone, words)}: ${moneyText(money.amountCents, money.currency, words)}${per === undefined ? "" : ` ${pageWords(style).assessment.per[per]}`}`, style));
  const lines = penalty.lines.unfavourable.flatMap((line) => indented(penaltyLineSentence(line, { level, currency }, language), style));
  return [`  ${paint.bold(`${pageWords(style).assessment.penalty}${inWorstCase([level], style)}`)}`, ...base, ...lines];
}

function indented(text: string, { width }: Style): string[] {
  return wrap(text, width - 6).map((line, index) => `${index === 0 ? "    " : "      "}${line}`);
}
