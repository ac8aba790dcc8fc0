import { contractId, incidentId } from "../../kernel/brand.js";
import type { ExampleQuery } from "../../http/explorer.js";
import { EVERYTHING } from "../../readmodel/knowledge.js";
import type { KnownLedger } from "../../readmodel/known-ledger.js";
import { assess } from "../../reports/assessment/assessment.js";
import { assessedPeriod } from "../../reports/assessment/period.js";
import { impactReportsOfAll } from "../../reports/impact.js";
import type { ImpactReport } from "../../reports/impact-report.js";
import type { Language } from "../../reports/words/languages.js";
import { assessmentJson } from "../json/assessment.js";
import { impactJson } from "../json/impact.js";
import { entryJson } from "../json/timeline.js";
import { namesIn } from "../names.js";
import type { OpenLedger } from "../open-ledger.js";
import { impactTableText, timelinePages, timelineText } from "../pages.js";
import { periodOf } from "../question.js";
import { assessmentText } from "../render/assessment.js";
import { DEMO_WORDS } from "../render/demo-words.js";
import type { Style } from "../render/style.js";
import type { Run } from "../verb.js";

/** How the demo is shown. */
export interface Shown {
  readonly language: Language;
  /** Whether its folder stays when it ends. */
  readonly isKept: boolean;
}

const MONTH = "2019-09";
const INCIDENT = incidentId("cloud-2019-09-25");

const CONTRACT = contractId("spc-cloud-lotto-1");

/** The incident from beginning to end, what each body suffered in that month, and which service levels were missed in it. */
export async function printStory(ledger: OpenLedger, run: Pick<Run, "terminal" | "configuration" | "clock">, { language }: Pick<Shown, "language">): Promise<void> {
  const { terminal, configuration: { zone }, clock } = run;
  const known = ledger.readModel.at(await ledger.readModel.resolve({ kind: "now" }, clock()), EVERYTHING);
  const style: Style = { speaking: { language, zone, names: namesIn(known) }, width: terminal.width, paint: terminal.paint };
  const pages = timelinePages(known, { subject: { kind: "incident", incidentId: INCIDENT } });
  const reports = impactReportsOfAll(known, { period: periodOf(MONTH, zone).span, zone });
  if (terminal.json) printJson(pages, reports, { run, style });
  else printPages(pages, reports, { run, style, known });
  const period = assessedPeriod(MONTH, zone);
  if (!period.ok) return;
  const assessment = assess(known, CONTRACT, period.value);
  if (terminal.json) terminal.value(assessmentJson(assessment, style.speaking));
  else terminal.print(`\n${assessmentText(assessment, style)}`);
}

type Pages = ReturnType<typeof timelinePages>;

function printJson(pages: Pages, reports: readonly ImpactReport[], { run: { terminal }, style }: { readonly run: Pick<Run, "terminal">; readonly style: Style }): void {
  for (const entries of pages) for (const entry of entries) terminal.value(entryJson(entry, style.speaking));
  for (const report of reports) terminal.value(impactJson(report, style.speaking, false));
}

function printPages(pages: Pages, reports: readonly ImpactReport[], { run: { terminal }, style, known }: { readonly run: Pick<Run, "terminal">; readonly style: Style; readonly known: KnownLedger }): void {
  terminal.print();
  for (const text of timelineText(pages, style, { title: known.incidents([INCIDENT]).get(INCIDENT)?.title ?? INCIDENT, known })) terminal.print(text);
  terminal.print(`\n${impactTableText(reports, known, style)}`);
}

export interface Greeting extends Shown {
  readonly url: string;
  readonly queries: readonly ExampleQuery[];
}

/** Where the demo is served, three queries to paste, and how to end it. */
export function greeting({ terminal, configuration: { dataFolder } }: Run, { url, queries, language, isKept }: Greeting): void {
  const words = DEMO_WORDS[language];
  const { paint } = terminal;
  terminal.value({ kind: "serving", url, dataFolder });
  terminal.print(`\n${paint.bold(words.paste)}`);
  for (const { title, query } of queries) terminal.print(`\n${paint.dim(`# ${title}`)}\n${query.trimEnd()}`);
  terminal.print([
    "",
    `${words.explorer.padEnd(WORD_COLUMNS)}${paint.cyan(`${url}/explorer/`)}`,
    `${"GraphQL".padEnd(WORD_COLUMNS)}${paint.cyan(`${url}/graphql`)}`,
    `${words.folder.padEnd(WORD_COLUMNS)}${dataFolder}${isKept ? "" : paint.dim(` (${words.temporary})`)}`,
    words.end,
  ].join("\n"));
}

const WORD_COLUMNS = 11;
