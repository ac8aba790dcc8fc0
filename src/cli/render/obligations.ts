import type { Instant } from "../../kernel/brand.js";
import { rational } from "../../kernel/rational.js";
import type { Knowledge } from "../../readmodel/knowledge.js";
import { remainingMs, type BodyObligation, type ObligationStage, type StageState } from "../../reports/obligations/board.js";
import { durationText, timeText } from "../../reports/words/format.js";
import { WORDS } from "../../reports/words/languages.js";
import type { Paint } from "../terminal.js";
import { knowledgeLine } from "./frame.js";
import { heading, pageWords, type Style } from "./style.js";
import { table, type Column, type Row } from "./table.js";
import { printable, wrap } from "./text.js";
import { PAGE_WORDS, secondLanguage, type PageWords } from "./words.js";

const PAINTS: Readonly<Record<StageState, keyof Paint>> = { "not-aware": "dim", running: "cyan", "due-soon": "yellow", filed: "yellow", "filed-in-time": "green", "filed-late": "red", missed: "red" };

/** The board for people: a line a stage; below it what does not apply, and what nobody has decided, counted by incident and regime. */
export function obligationsText(board: readonly BodyObligation[], { knowledge, now, filtered, style }: { readonly knowledge: Knowledge; readonly now: Instant; readonly filtered: boolean; readonly style: Style }): string {
  const { paint } = style;
  const words = pageWords(style).obligations;
  const rows = board.flatMap((each) => each.stages.map((stage) => rowOf(each, stage, { now, style })));
  const none = board.filter(({ decision }) => decision === "does-not-apply").flatMap((each) => wrap(`${each.incidentId}, ${each.regimeId}, ${bodyName(each, style)}: ${printable(each.decided?.reason ?? "")}`, style.width - 2).map((line) => `  ${line}`));
  return [
    heading(style, (page) => page.obligations.title), knowledgeLine(knowledge, style), "",
    ...(rows.length === 0 ? [filtered ? words.noneOfThat : words.nothing] : table(columnsOf(style), rows, { width: style.width, title: paint.bold, subtitle: paint.dim })),
    ...(none.length === 0 ? [] : ["", paint.bold(words.doesNotApply), ...none]),
    ...silence(board, style),
  ].join("\n");
}

function rowOf(each: BodyObligation, stage: ObligationStage, { now, style }: { readonly now: Instant; readonly style: Style }): Row {
  const { speaking: { language, zone } } = style;
  const [words, page] = [WORDS[language], pageWords(style).obligations];
  const left = remainingMs(stage, now);
  const time = (at: Instant | undefined): string => (at === undefined ? "–" : timeText(at, zone, words));
  const remaining = left === undefined ? "–" : left < 0 ? page.late(durationText(rational(-left), words)) : durationText(rational(left), words);
  return {
    cells: [each.incidentId, bodyName(each, style), each.regimeId, printable(stage.stage.title[language]), page.state[stage.state], time(stage.dueAt), time(stage.filed?.at), remaining],
    paint: style.paint[PAINTS[stage.state]],
  };
}

function bodyName({ bodyId }: BodyObligation, { speaking: { names } }: Style): string {
  return printable(names?.body(bodyId) ?? bodyId);
}

function columnsOf({ speaking: { language } }: Style): Column[] {
  const titles = (say: (words: PageWords["obligations"]["columns"]) => string): [string, string] => [say(PAGE_WORDS[language].obligations.columns), say(PAGE_WORDS[secondLanguage(language)].obligations.columns)];
  return [
    { titles: titles(({ incident }) => incident), align: "left", shrinksTo: 9 }, { titles: titles(({ body }) => body), align: "left", shrinksTo: 9 }, { titles: titles(({ regime }) => regime), align: "left" },
    { titles: titles(({ stage }) => stage), align: "left", shrinksTo: 9 }, { titles: titles(({ state }) => state), align: "left" },
    { titles: titles(({ due }) => due), align: "left" }, { titles: titles(({ filed }) => filed), align: "left", leavesAs: 1 }, { titles: titles(({ remaining }) => remaining), align: "right" },
  ];
}

/** Silence is no answer: how many bodies of an incident nobody has decided about, regime by regime. */
function silence(board: readonly BodyObligation[], style: Style): string[] {
  const counts = new Map<string, number>();
  for (const { decision, incidentId, regimeId } of board) if (decision === "undecided") counts.set(`${incidentId}, ${regimeId}`, (counts.get(`${incidentId}, ${regimeId}`) ?? 0) + 1);
  if (counts.size === 0) return [];
  const words = pageWords(style).obligations;
  return ["", style.paint.yellow(words.undecided), ...[...counts].map(([what, count]) => `  ${what}: ${words.bodies(count)}`)];
}
