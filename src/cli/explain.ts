import { Option, type Command } from "commander";
import { isBodyId, isServiceId } from "../kernel/brand.js";
import { assess } from "../reports/assessment/assessment.js";
import { levelsNamed } from "../reports/assessment/levels-named.js";
import { contractPeriod } from "./assess.js";
import { csvText } from "./csv.js";
import { EXIT, type ExitCode } from "./exit.js";
import { explainedJson, PART_COLUMNS, partRows } from "./json/assessment.js";
import { namesIn } from "./names.js";
import { parseId, parseTime, withQuestion, withQuestionFlags, type QuestionFlags } from "./question.js";
import { explanationText } from "./render/assessment.js";
import { newVerb, runVerb, type Run } from "./verb.js";

interface Flags extends QuestionFlags {
  readonly contract: string;
  readonly period: string;
  readonly indicator: string;
  readonly body?: string;
  readonly service?: string;
  readonly asOf?: string;
  readonly csv?: boolean;
}

/** `explain`: how one figure of an assessment comes about, part by part. */
export function explainVerb(): Command {
  const verb = newVerb({
    name: "explain",
    summary: "how one figure of an assessment comes about, part by part",
    description: "Prints which seconds counted and which did not, because of which disruption, clause, maintenance or exclusion, and the arithmetic of the penalty. The parts add up to the whole exactly.",
    examples: [
      "explain --contract spc-cloud --indicator disponibilita --body lecco --service protocollo --period 2019-09",
      "explain --contract spc-cloud --indicator ripristino --period 2019-Q3   # case by case",
    ],
  });
  return withQuestionFlags(verb)
    .requiredOption("--contract <id>", "the contract")
    .requiredOption("--indicator <id>", "the indicator, as the terms name it")
    .requiredOption("--period <period>", "a month (2019-09), quarter (2019-Q3) or year (2019), cut in the contract's zone")
    .option("--body <id>", "only this body's figure")
    .option("--service <id>", "only this service's figure")
    .option("--as-of <time>", "leave out what happened later, as if the question were put then")
    .addOption(new Option("--csv", "a record a part, or a case, as CSV, for a spreadsheet").conflicts("json"))
    .action((flags: Flags) => runVerb(flags, (run) => printExplanation(run, flags)));
}

async function printExplanation(run: Run, flags: Flags): Promise<ExitCode> {
  const { terminal, configuration: { zone } } = run;
  return withQuestion(run, flags, (question) => {
    const { contractId, period } = contractPeriod(question, flags);
    const only = {
      indicatorId: flags.indicator,
      ...(flags.body !== undefined && { bodyId: parseId(flags.body, isBodyId, "--body") }), ...(flags.service !== undefined && { serviceId: parseId(flags.service, isServiceId, "--service") }),
    };
    const assessment = assess(question.known, contractId, period, { only, ...(flags.asOf !== undefined && { asOf: parseTime(flags.asOf, zone, "--as-of") }) });
    const explained = { ...assessment, levels: levelsNamed(assessment, only, "--indicator") };
    const speaking = { language: flags.language, zone: assessment.zone, names: namesIn(question.known) };
    if (terminal.json) for (const level of explained.levels) terminal.value(explainedJson(level, assessment.currency, speaking));
    else if (flags.csv === true) terminal.write(csvText(PART_COLUMNS, partRows(explained.levels, speaking)));
    else terminal.print(explanationText(explained, { speaking, width: terminal.width, paint: terminal.paint }));
    return Promise.resolve(EXIT.ok);
  });
}
