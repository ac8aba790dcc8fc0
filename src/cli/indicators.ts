import { Option, type Command } from "commander";
import type { Instant, ZoneId } from "../kernel/brand.js";
import { levelsMet } from "../reports/assessment/levels-met.js";
import { qualityIndicators } from "../reports/quality/indicators.js";
import { periodBefore, type Period } from "../time/period.js";
import { toLocalDate } from "../time/text.js";
import { EXIT, type ExitCode } from "./exit.js";
import { qualityJson } from "./json/quality.js";
import { namesIn } from "./names.js";
import { qualityText } from "./pages.js";
import { parseTime, periodOf, withQuestion, withQuestionFlags, type QuestionFlags } from "./question.js";
import { casesCsv, figuresCsv } from "./render/quality-csv.js";
import { newVerb, runVerb, type Run } from "./verb.js";

interface Flags extends QuestionFlags {
  readonly period?: string;
  readonly asOf?: string;
  readonly csv?: boolean;
  readonly explain?: boolean;
}

/** `indicators`: the quality indicators of a period, beside those of the period before. */
export function indicatorsVerb(): Command {
  const verb = newVerb({
    name: "indicators",
    summary: "the quality indicators of a period, beside the period before",
    description: "Prints incidents and disruptions by severity, the times to detect, acknowledge, inform and restore, recurrences with what had been promised, and what was done in time. Works beside a running server.",
    examples: [
      "indicators                                             # the last month that is over",
      "indicators --period 2019-Q3                            # a quarter, month by month",
      "indicators --period 2019-09 --explain                  # the incidents behind every figure",
      "indicators --period 2019 --csv > indicatori-2019.csv   # for a spreadsheet",
      "indicators --period 2019-09 --json | jq '.times.restore.meanMs.value.max.exact'",
    ],
  });
  return withQuestionFlags(verb)
    .option("--period <period>", "a day (2019-09-25), month (2019-09), quarter (2019-Q3) or year (2019) (default: the last month that is over)")
    .option("--as-of <time>", "leave out what happened later, as if the question were put then")
    .option("--explain", "the incidents behind every figure")
    .addOption(new Option("--csv", "comma-separated values (RFC 4180) for a spreadsheet: a line a figure; with --explain, a line an incident").conflicts("json"))
    .action((flags: Flags) => runVerb(flags, (run) => printIndicators(run, flags)));
}

async function printIndicators(run: Run, flags: Flags): Promise<ExitCode> {
  const { terminal, configuration: { zone }, clock } = run;
  const period = flags.period === undefined ? lastMonth(clock(), zone) : periodOf(flags.period, zone);
  const asOf = flags.asOf === undefined ? undefined : parseTime(flags.asOf, zone, "--as-of");
  return withQuestion(run, flags, ({ known }) => {
    const report = qualityIndicators(known, { period, serviceLevels: (asked) => levelsMet(known, asked, asOf), ...(asOf !== undefined && { asOf }) });
    const explain = flags.explain === true;
    if (flags.csv === true) terminal.write(explain ? casesCsv(report) : figuresCsv(report));
    else if (terminal.json) terminal.value(qualityJson(report, explain));
    else {
      const style = { speaking: { language: flags.language, zone, names: namesIn(known) }, width: terminal.width, paint: terminal.paint };
      terminal.print(qualityText(report, known, { style, explain }));
    }
    return Promise.resolve(EXIT.ok);
  });
}

function lastMonth(now: Instant, zone: ZoneId): Period {
  return periodBefore(periodOf(toLocalDate(now, zone).slice(0, 7), zone));
}
