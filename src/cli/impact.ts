import { Option, type Command } from "commander";
import { isBodyId } from "../kernel/brand.js";
import { compare } from "../kernel/rational.js";
import type { ImpactReport } from "../reports/impact-report.js";
import { impactReport, impactReportsOfAll } from "../reports/impact.js";
import type { ReportOptions } from "../reports/frame.js";
import type { Speaking } from "../reports/words/sentences.js";
import { EXIT, type ExitCode } from "./exit.js";
import { impactJson } from "./json/impact.js";
import { namesIn } from "./names.js";
import { bodyImpactText, impactTableText } from "./pages.js";
import { parseId, parseTime, periodOf, withQuestion, withQuestionFlags, type Question, type QuestionFlags } from "./question.js";
import { newVerb, runVerb, type Run } from "./verb.js";

interface Flags extends QuestionFlags {
  readonly body?: string;
  readonly period: string;
  readonly asOf?: string;
  readonly explain?: boolean;
  readonly order: "name" | "lost";
}

/** `impact`: what every body, or one, suffered over a period. */
export function impactVerb(): Command {
  const verb = newVerb({
    name: "impact",
    summary: "what each body suffered over a period, and what that cost",
    description: "Prints availability, downtime, lost workstation-hours and their cost: a line for each body, or one body in detail. Works beside a running server.",
    examples: [
      "impact --period 2019-09                                # every body, September 2019",
      "impact --period 2019-09 --order lost                   # who lost most first",
      "impact --period 2019-09 --body lecco --explain         # one body, and how each figure comes about",
      "impact --period 2019-09 --known-at 2019-09-25T12:00    # as it was known at noon of the day",
      "impact --period 2019 --json | jq -r '[.body.id, .total.availability.percent.min] | @tsv'",
    ],
  });
  return withQuestionFlags(verb)
    .requiredOption("--period <period>", "a day (2019-09-25), month (2019-09), quarter (2019-Q3) or year (2019)")
    .option("--body <id>", "one body in detail")
    .option("--as-of <time>", "leave out what happened later, as if the question were put then")
    .option("--explain", "how each figure comes about: with --body, or with --json")
    .addOption(new Option("--order <order>", "order of the bodies").choices(["name", "lost"]).default("name"))
    .action((flags: Flags) => runVerb(flags, (run) => printImpact(run, flags)));
}

async function printImpact(run: Run, flags: Flags): Promise<ExitCode> {
  const { terminal, configuration: { zone } } = run;
  const options: ReportOptions = { period: periodOf(flags.period, zone).span, zone, ...(flags.asOf !== undefined && { asOf: parseTime(flags.asOf, zone, "--as-of") }) };
  return withQuestion(run, flags, (question) => {
    const { known } = question;
    const speaking: Speaking = { language: flags.language, zone, names: namesIn(known) };
    const style = { speaking, width: terminal.width, paint: terminal.paint };
    const explain = flags.explain === true;
    const reports = reportsOf(question, options, flags);
    const [only] = reports;
    for (const report of terminal.json ? reports : []) terminal.value(impactJson(report, speaking, explain));
    terminal.print(flags.body !== undefined && only !== undefined ? bodyImpactText(only, known, { style, explain }) : impactTableText(reports, known, style));
    return Promise.resolve(EXIT.ok);
  });
}

function reportsOf({ known }: Question, options: ReportOptions, { body, order }: Flags): readonly ImpactReport[] {
  if (body !== undefined) return [impactReport(known, parseId(body, isBodyId, "--body"), options)];
  const reports = impactReportsOfAll(known, options);
  if (order === "name") return reports;
  return [...reports].sort((a, b) => compare(b.total.lostWorkstationHours.max, a.total.lostWorkstationHours.max));
}
