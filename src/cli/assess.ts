import type { Command } from "commander";
import { Option } from "commander";
import { isContractId, type Instant } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import { assess, type Assessment } from "../reports/assessment/assessment.js";
import { computationsOf, reproduce } from "../reports/assessment/freeze.js";
import { VERDICTS, type Verdict } from "../reports/assessment/level.js";
import { assessedPeriod, type AssessedPeriod } from "../reports/assessment/period.js";
import { notKnown } from "../reports/not-known.js";
import { EVERYTHING } from "../readmodel/knowledge.js";
import { isZoneId } from "../time/zone.js";
import { csvText } from "./csv.js";
import { EXIT, type ExitCode } from "./exit.js";
import { assessmentJson, LEVEL_COLUMNS, levelRows } from "./json/assessment.js";
import { namesIn } from "./names.js";
import { count, parseId, parseTime, withQuestion, withQuestionFlags, type Question, type QuestionFlags } from "./question.js";
import { assessmentText } from "./render/assessment.js";
import { newVerb, runVerb, type Run } from "./verb.js";

interface Flags extends QuestionFlags {
  readonly contract: string;
  readonly period: string;
  readonly number?: number;
  readonly verdict?: readonly Verdict[];
  readonly asOf?: string;
  readonly csv?: boolean;
}

/** `assess`: which service levels of a contract were met in a period, and what missing them costs. */
export function assessVerb(): Command {
  const verb = newVerb({
    name: "assess",
    summary: "which service levels were met in a period, and what missing them costs",
    description: "Prints each figure beside its threshold, its verdict, and the penalty with its arithmetic; below, what is left of the contract's cap. Works beside a running server.",
    examples: [
      "assess --contract spc-cloud --period 2019-09                      # September 2019, as known now",
      "assess --contract spc-cloud --period 2019-09 --number 1           # computation 1, as it was frozen",
      "assess --contract spc-cloud --period 2019-09 --verdict breached   # only what was missed",
      "assess --contract spc-cloud --period 2019-Q3 --csv > q3.csv       # for a spreadsheet",
    ],
  });
  return withQuestionFlags(verb)
    .requiredOption("--contract <id>", "the contract")
    .requiredOption("--period <period>", "a month (2019-09), quarter (2019-Q3) or year (2019), cut in the contract's zone")
    .addOption(new Option("--number <n>", "a frozen computation, worked out anew from what was known then").argParser(count))
    .addOption(new Option("--verdict <verdicts...>", "only levels of these verdicts").choices(VERDICTS))
    .addOption(new Option("--as-of <time>", "leave out what happened later, as if the question were put then").conflicts("number"))
    .addOption(new Option("--csv", "the levels as CSV, for a spreadsheet").conflicts("json"))
    .action((flags: Flags) => runVerb(flags, (run) => printAssessment(run, flags)));
}

async function printAssessment(run: Run, flags: Flags): Promise<ExitCode> {
  const { terminal, configuration: { zone } } = run;
  return withQuestion(run, flags, async (question) => {
    const assessment = onlyVerdicts(await asked(question, flags, flags.asOf === undefined ? undefined : parseTime(flags.asOf, zone, "--as-of")), flags.verdict);
    const speaking = { language: flags.language, zone: assessment.zone, names: namesIn(question.known) };
    if (terminal.json) terminal.value(assessmentJson(assessment, speaking));
    else if (flags.csv === true) terminal.write(csvText(LEVEL_COLUMNS, levelRows(assessment, speaking)));
    else terminal.print(assessmentText(assessment, { speaking, width: terminal.width, paint: terminal.paint }));
    return EXIT.ok;
  });
}

function onlyVerdicts(assessment: Assessment, verdicts: readonly Verdict[] | undefined): Assessment {
  return verdicts === undefined ? assessment : { ...assessment, levels: assessment.levels.filter(({ verdict }) => verdicts.includes(verdict)) };
}

/** The contract and the period of a command line. Throws LedgerError INVALID_ID, NOT_FOUND, INVALID_PERIOD. */
export function contractPeriod({ known }: Question, flags: { readonly contract: string; readonly period: string }): { readonly contractId: Assessment["contract"]["contractId"]; readonly period: AssessedPeriod } {
  const contractId = parseId(flags.contract, isContractId, "--contract");
  const contract = known.contracts([contractId]).get(contractId);
  if (contract === undefined || !isZoneId(contract.zone)) throw notKnown("contract", contractId);
  const period = assessedPeriod(flags.period, contract.zone, "--period");
  if (!period.ok) throw new LedgerError(period.refusal);
  return { contractId, period: period.value };
}

async function asked(question: Question, flags: Flags, asOf: Instant | undefined): Promise<Assessment> {
  const { contractId, period } = contractPeriod(question, flags);
  if (flags.number === undefined) return assess(question.known, contractId, period, asOf === undefined ? {} : { asOf });
  const all = computationsOf(question.known, contractId, period.label);
  const frozen = all.find(({ data }) => data.number === flags.number);
  if (frozen === undefined) {
    throw new LedgerError({ code: "NOT_FOUND", field: "--number", params: { number: flags.number }, message: `${contractId} has no computation ${flags.number} for ${period.label}; ${all.length === 0 ? "none is computed yet" : `there are ${all.length}`}` });
  }
  const { readModel } = question.ledger;
  const then = await readModel.resolve({ kind: "event", eventId: frozen.data.lastEventId }, question.knowledge.instant);
  return reproduce(readModel.at(then, EVERYTHING), frozen.data);
}
