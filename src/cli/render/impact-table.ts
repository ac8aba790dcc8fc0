import { add, compare, divide, floor, rational, ZERO, type Rational } from "../../kernel/rational.js";
import type { BodyId } from "../../kernel/brand.js";
import type { Money } from "../../kernel/money.js";
import type { ImpactReport } from "../../reports/impact-report.js";
import type { Range } from "../../reports/range.js";
import { WORDS } from "../../reports/words/languages.js";
import { exactRange, figureTexts, isNothing, twoDecimals } from "./figures.js";
import { amountRange } from "./money.js";
import type { Style } from "./style.js";
import { pageWords } from "./style.js";
import { table, type Column, type Row } from "./table.js";
import { printable } from "./text.js";
import { PAGE_WORDS, secondLanguage, type PageWords } from "./words.js";

/** Workstations of each body at the end of what a report covers, as a text. */
export type Workstations = ReadonlyMap<BodyId, string>;

/** A bar of so many columns stands for the longest downtime. */
const BAR_WIDTH = 12;

/** One line a body: what was owed, what was lost, what that cost; below it all of them together. */
export function impactTable(reports: readonly ImpactReport[], workstations: Workstations, style: Style): string[] {
  const { paint, width } = style;
  const longest = reports.map(({ total }) => total.downtimeMs.max).reduce((a, b) => (compare(a, b) < 0 ? b : a), ZERO);
  const rows = reports.map((report): Row => {
    const cells = cellsOf(report, workstations.get(report.body.bodyId) ?? "–", style);
    const untouched = isNothing(report.total.downtimeMs);
    return { cells: [...cells, bar(report.total.downtimeMs.max, longest)], ...(untouched && { paint: paint.dim }) };
  });
  const last: Row = { cells: totalCells(reports, style), paint: paint.bold };
  return table(columnsOf(style), [...rows, "rule", last], { width, title: paint.bold, subtitle: paint.dim });
}

function columnsOf(style: Style): Column[] {
  const { language } = style.speaking;
  const titles = (say: (words: PageWords["columns"]) => string): [string, string] => [say(PAGE_WORDS[language].columns), say(PAGE_WORDS[secondLanguage(language)].columns)];
  return [
    { titles: titles(({ body }) => body), align: "left", shrinksTo: 20 },
    { titles: titles(({ workstations }) => workstations), align: "right", leavesAs: 1 },
    { titles: titles(({ availability }) => availability), align: "right" },
    { titles: titles(({ downtime }) => downtime), align: "right" },
    { titles: titles(({ lostHours }) => lostHours), align: "right", leavesAs: 2 },
    { titles: titles(({ cost }) => cost), align: "right" },
    { titles: ["", ""], align: "left", leavesAs: 0 },
  ];
}

function cellsOf(report: ImpactReport, workstations: string, { speaking: { language } }: Style): string[] {
  const words = WORDS[language];
  const { availability, downtime, lostHours } = figureTexts(report.total, words);
  const cost = report.costs.map((each) => (each.cost.max.amountCents === 0 ? "–" : amountRange(each.cost, words))).join(" + ");
  return [printable(report.body.name), workstations, availability, downtime, lostHours, cost];
}

/** Eighths of a column are drawn too. */
function bar(value: Rational, longest: Rational): string {
  if (longest.numerator === 0n) return "";
  const eighths = Number(floor(divide(rational(value.numerator * BigInt(BAR_WIDTH * 8), value.denominator), longest)));
  return "█".repeat(Math.floor(eighths / 8)) + (" ▏▎▍▌▋▊▉"[eighths % 8] ?? "").trim();
}

function totalCells(reports: readonly ImpactReport[], style: Style): string[] {
  const words = WORDS[style.speaking.language];
  const lost = reports.map(({ total }) => total.lostWorkstationHours).reduce((a, b) => ({ min: add(a.min, b.min), max: add(a.max, b.max) }), { min: ZERO, max: ZERO });
  const costs = [...totalCosts(reports).values()].map((cost) => amountRange(cost, words)).join(" + ");
  return [pageWords(style).totalOfBodies(reports.length), "", "", "", exactRange(lost, (hours) => twoDecimals(hours, words)), costs];
}

/** The lines' own, rounded, amounts added up, so that the column's sum is right. */
function totalCosts(reports: readonly ImpactReport[]): Map<string, Range<Money>> {
  const totals = new Map<string, Range<Money>>();
  for (const { currency, cost } of reports.flatMap(({ costs }) => costs)) {
    const before = totals.get(currency);
    const sum = (which: "min" | "max"): Money => ({ amountCents: (before?.[which].amountCents ?? 0) + cost[which].amountCents, currency });
    totals.set(currency, { min: sum("min"), max: sum("max") });
  }
  return totals;
}
