import type { Command } from "commander";
import { isBodyId, isContractId, isIncidentId, isServiceId } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import type { TimelineQuestion, TimelineSubject } from "../reports/timeline.js";
import type { Speaking } from "../reports/words/sentences.js";
import { EXIT, type ExitCode } from "./exit.js";
import { entryJson } from "./json/timeline.js";
import { namesIn } from "./names.js";
import { timelinePages, timelineText } from "./pages.js";
import { count, parseId, periodOf, withQuestion, withQuestionFlags, type QuestionFlags } from "./question.js";
import { periodText } from "./render/time.js";
import { PAGE_WORDS } from "./render/words.js";
import { newVerb, runVerb, type Run } from "./verb.js";

interface Flags extends QuestionFlags {
  readonly incident?: string;
  readonly body?: string;
  readonly service?: string;
  readonly contract?: string;
  readonly period?: string;
  readonly limit?: number;
}

/** `timeline`: what happened, in the order in which it happened, with what was said before and why it changed. */
export function timelineVerb(): Command {
  const verb = newVerb({
    name: "timeline",
    summary: "what happened, in order, with corrections and withdrawals",
    description: "Prints the timeline of an incident, a body, a service, a contract or the whole ledger. Works beside a running server.",
    examples: [
      "timeline --period 2019-09-25                       # a day of the whole ledger",
      "timeline --incident cloud-2019-09-25               # one incident from beginning to end",
      "timeline --body lecco --period 2019-Q3             # what concerned one body",
      "timeline --body lecco --known-at 2019-09-25T12:00  # as it was known at noon",
      "timeline --json | jq .sentence",
    ],
  });
  return withQuestionFlags(verb)
    .option("--incident <id>", "of one incident")
    .option("--body <id>", "of one body")
    .option("--service <id>", "of one service")
    .option("--contract <id>", "of one contract")
    .option("--period <period>", "only what may have happened in a day (2019-09-25), month (2019-09), quarter (2019-Q3) or year (2019)")
    .option("--limit <count>", "at most so many entries", count)
    .action((flags: Flags) => runVerb(flags, (run) => printTimeline(run, flags)));
}

async function printTimeline(run: Run, flags: Flags): Promise<ExitCode> {
  const { terminal, configuration: { zone }, interruption } = run;
  const subject = subjectOf(flags);
  const period = flags.period === undefined ? undefined : periodOf(flags.period, zone);
  const question: TimelineQuestion = { subject, ...(period !== undefined && { span: period.span }) };
  return withQuestion(run, flags, async ({ known }) => {
    const speaking: Speaking = { language: flags.language, zone, names: namesIn(known) };
    const pages = timelinePages(known, question, flags.limit);
    const goesOn = (): Promise<boolean> => new Promise((resolve) => setImmediate(() => resolve(!terminal.gone && !interruption.interrupted)));
    if (terminal.json) {
      for (const entries of pages) {
        for (const entry of entries) terminal.value(entryJson(entry, speaking));
        if (!(await goesOn())) break;
      }
    } else {
      const title = [titleOf(subject), period === undefined ? "" : periodText(period.span, zone, PAGE_WORDS[flags.language])].filter((part) => part !== "").join(", ");
      const style = { speaking, width: terminal.width, paint: terminal.paint };
      for (const text of timelineText(pages, style, { title, known })) {
        terminal.print(text);
        if (!(await goesOn())) break;
      }
    }
    return interruption.interrupted ? EXIT.interrupted : EXIT.ok;
  });
}

function titleOf(subject: TimelineSubject): string {
  switch (subject.kind) {
    case "incident":
      return subject.incidentId;
    case "body":
      return subject.bodyId;
    case "service":
      return subject.serviceId;
    case "contract":
      return subject.contractId;
    case "ledger":
      return "";
  }
}

/** Throws LedgerError INVALID_INPUT for more than one subject, INVALID_ID. */
function subjectOf({ incident, body, service, contract }: Flags): TimelineSubject {
  const subjects: TimelineSubject[] = [
    ...(incident === undefined ? [] : [{ kind: "incident", incidentId: parseId(incident, isIncidentId, "--incident") } as const]),
    ...(body === undefined ? [] : [{ kind: "body", bodyId: parseId(body, isBodyId, "--body") } as const]),
    ...(service === undefined ? [] : [{ kind: "service", serviceId: parseId(service, isServiceId, "--service") } as const]),
    ...(contract === undefined ? [] : [{ kind: "contract", contractId: parseId(contract, isContractId, "--contract") } as const]),
  ];
  if (subjects.length > 1) throw new LedgerError({ code: "INVALID_INPUT", message: "a timeline is of one thing: give one of --incident, --body, --service and --contract, or none for the whole ledger" });
  return subjects[0] ?? { kind: "ledger" };
}
