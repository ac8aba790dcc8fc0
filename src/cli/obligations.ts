import { Option, type Command } from "commander";
import { isBodyId, isIncidentId } from "../kernel/brand.js";
import { DECISIONS, remainingMs, STAGE_STATES, type BodyObligation, type Decision, type StageState } from "../reports/obligations/board.js";
import { obligationBoard } from "../reports/obligations/report.js";
import { csvText } from "./csv.js";
import { EXIT, type ExitCode } from "./exit.js";
import { instantJson } from "./json/values.js";
import { namesIn } from "./names.js";
import { parseId, parseTime, withQuestion, withQuestionFlags, type QuestionFlags } from "./question.js";
import { loadRegimes } from "./regimes/load.js";
import { obligationsText } from "./render/obligations.js";
import { newVerb, runVerb, type Run } from "./verb.js";

interface Flags extends QuestionFlags {
  readonly incident?: string;
  readonly body?: string;
  readonly state?: readonly StageState[];
  readonly decision?: readonly Decision[];
  readonly asOf?: string;
  readonly csv?: boolean;
}

/** `obligations`: what legal regimes ask, what is due, done, missed, and undecided. */
export function obligationsVerb(): Command {
  const verb = newVerb({
    name: "obligations",
    summary: "legal notifications: what is due, done, missed, and undecided",
    description: "Prints the board of legal obligations: for each incident, regime and body the stages with their deadlines, the next due first; then what nobody has decided. Works beside a running server.",
    examples: [
      "obligations                                         # the whole board",
      "obligations --incident cloud-2019-09-25             # one incident, its undecided bodies too",
      "obligations --state missed due-soon                 # what is late, and what soon will be",
      "obligations --csv > obblighi.csv",
    ],
  });
  return withQuestionFlags(verb)
    .option("--incident <id>", "only of this incident")
    .option("--body <id>", "only of this body")
    .addOption(new Option("--state <states...>", "only with a stage in one of these states").choices(STAGE_STATES))
    .addOption(new Option("--decision <decisions...>", "only decided so").choices(DECISIONS))
    .option("--as-of <time>", "leave out what happened later, as if the question were put then")
    .addOption(new Option("--csv", "a record a stage, for a spreadsheet").conflicts("json"))
    .action((flags: Flags) => runVerb(flags, (run) => printBoard(run, flags)));
}

async function printBoard(run: Run, flags: Flags): Promise<ExitCode> {
  const { terminal, configuration: { zone, dataFolder } } = run;
  const regimes = await loadRegimes(dataFolder);
  return withQuestion(run, flags, ({ known, knowledge }) => {
    const now = flags.asOf === undefined ? knowledge.instant : parseTime(flags.asOf, zone, "--as-of");
    const filter = {
      ...(flags.incident !== undefined && { incidentId: parseId(flags.incident, isIncidentId, "--incident") }), ...(flags.body !== undefined && { bodyId: parseId(flags.body, isBodyId, "--body") }),
      ...(flags.state !== undefined && { states: flags.state }), ...(flags.decision !== undefined && { decisions: flags.decision }),
    };
    const board = obligationBoard(known, { regimes, now, filter });
    const style = { speaking: { language: flags.language, zone, names: namesIn(known) }, width: terminal.width, paint: terminal.paint };
    if (terminal.json) for (const each of board) terminal.value(obligationJson(each, now));
    else if (flags.csv === true) terminal.write(csvText(COLUMNS, board.flatMap((each) => recordsOf(each, now))));
    else terminal.print(obligationsText(board, { knowledge, now, filtered: Object.keys(filter).length > 0, style }));
    return Promise.resolve(EXIT.ok);
  });
}

function obligationJson({ incidentId, regimeId, bodyId, decision, decided, awareness, stages }: BodyObligation, now: Parameters<typeof remainingMs>[1]) {
  return {
    incidentId, regimeId, bodyId, decision, reason: decided?.reason ?? null, decidedAt: decided === undefined ? null : instantJson(decided.at), awareSince: awareness === undefined ? null : instantJson(awareness.at),
    stages: stages.map((each) => ({
      id: each.stage.id, state: each.state, from: each.from === undefined ? null : instantJson(each.from), dueAt: each.dueAt === undefined ? null : instantJson(each.dueAt), remainingMs: remainingMs(each, now) ?? null,
      filedAt: each.filed === undefined ? null : instantJson(each.filed.at), reference: each.filed?.reference ?? null,
    })),
  };
}

const COLUMNS = ["incident", "regime", "body", "decision", "reason", "aware since", "stage", "state", "due", "filed", "reference", "remaining ms"] as const;

function recordsOf({ incidentId, regimeId, bodyId, decision, decided, awareness, stages }: BodyObligation, now: Parameters<typeof remainingMs>[1]): readonly (readonly (string | number | undefined)[])[] {
  const head = [incidentId, regimeId, bodyId, decision, decided?.reason, awareness && instantJson(awareness.at)];
  if (stages.length === 0) return [head];
  return stages.map((each) => [...head, each.stage.id, each.state, each.dueAt && instantJson(each.dueAt), each.filed && instantJson(each.filed.at), each.filed?.reference, remainingMs(each, now)]);
}
