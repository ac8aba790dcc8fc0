import { Command } from "commander";
import { plural } from "../reports/words/plural.js";
import { EXIT, type ExitCode } from "./exit.js";
import { loadRegimes } from "./regimes/load.js";
import { readRegimes } from "./regimes/read.js";
import { textOf } from "./terms/file.js";
import { problemJson, problemsText } from "./terms/problems.js";
import { newVerb, runVerb, type CommonFlags, type Run } from "./verb.js";

/** `regimes`: legal regimes of notifications, as data files. */
export function regimesVerb(): Command {
  const command = new Command("regimes").summary("legal regimes of notifications: list them, check a file").description("Legal regimes of notifications as data: those that come with the program, and those in the folder regimes of the ledger.").showHelpAfterError("(add --help for what it takes)");
  command.addCommand(newVerb({
    name: "list", summary: "the regimes that can be decided on", description: "Prints the legal regimes, each with its stages and deadlines.", examples: ["regimes list", "regimes list --json"],
  }).action((flags: CommonFlags) => runVerb(flags, list)));
  command.addCommand(newVerb({
    name: "check", onDataFolder: false, summary: "say what is wrong in a file of regimes, and where",
    description: "Reads a file of legal regimes and says what is wrong in it, with the line. Exit code 1 if anything is wrong.", examples: ["regimes check regimes/gdpr-33.yaml"],
  }).argument("<file>", "document, in YAML or JSON").action((file: string, flags: CommonFlags) => runVerb(flags, (run) => check(run, file))));
  return command;
}

async function list({ terminal, configuration: { dataFolder } }: Run): Promise<ExitCode> {
  for (const regime of (await loadRegimes(dataFolder)).values()) {
    terminal.value({ id: regime.id, title: regime.title, source: regime.source, stages: regime.stages.map(({ id, within, after }) => ({ id, within, after: after ?? null })) });
    const stages = regime.stages.map(({ title, within, after }) => `    ${title.it}: ${within}${after === undefined ? "" : ` da ${after}`} ${terminal.paint.dim(title.en)}`);
    terminal.print([`${terminal.paint.bold(regime.id)}  ${regime.title.it} ${terminal.paint.dim(`· ${regime.title.en}`)}`, `    ${regime.binds.it}; ${regime.source}`, ...stages].join("\n"));
  }
  return EXIT.ok;
}

async function check({ terminal }: Run, file: string): Promise<ExitCode> {
  const checked = readRegimes(await textOf(file));
  const problems = checked.kind === "wrong" ? checked.problems : [];
  terminal.value({ kind: "regimes", file, problems: problems.map(problemJson) });
  terminal.print(checked.kind === "right"
    ? `${terminal.paint.green("✓")} ${file}: ${plural(checked.regimes.length, "regime", "regimes")}: ${checked.regimes.map(({ id }) => id).join(", ")}`
    : problemsText(file, problems, { mark: terminal.paint.red("✗"), width: terminal.width }));
  return problems.length === 0 ? EXIT.ok : EXIT.refused;
}
