import { Command, CommanderError } from "commander";
import { assessVerb } from "./assess.js";
import { backupVerb, restoreVerb } from "./backup.js";
import { checkVerb } from "./check.js";
import { copyVerb } from "./copy.js";
import { demoVerb } from "./demo.js";
import { EXIT, EXIT_WORDS } from "./exit.js";
import { eventsVerb } from "./events.js";
import { explainVerb } from "./explain.js";
import { impactVerb } from "./impact.js";
import { indicatorsVerb } from "./indicators.js";
import { importVerb } from "./import.js";
import { obligationsVerb } from "./obligations.js";
import { packageVersion } from "./package-folder.js";
import { regimesVerb } from "./regimes.js";
import { rebuildVerb } from "./rebuild.js";
import { whenReaderGoes } from "./terminal.js";
import { serveVerb } from "./serve.js";
import { termsVerb } from "./terms.js";
import { timelineVerb } from "./timeline.js";

const VERBS: readonly (() => Command)[] = [
  demoVerb, serveVerb, importVerb, timelineVerb, impactVerb, assessVerb, explainVerb, indicatorsVerb, obligationsVerb, eventsVerb, checkVerb, rebuildVerb, backupVerb,
  restoreVerb, copyVerb, termsVerb, regimesVerb,
];

/** The command line: one verb a file. */
export function createProgram(): Command {
  const program = new Command("incident-ledger")
    .description("Incidents of shared public IT, kept as events: timelines, and what they cost each body, as known now or at any time before.")
    .version(packageVersion(), "--version", "print the version")
    .showHelpAfterError("(add --help for what there is)")
    .addHelpText("after", `
Start with:
  $ incident-ledger demo                # the story of Lecco, in a folder of its own
  $ incident-ledger serve               # your ledger in ./data, GraphQL on 127.0.0.1:4000

Exit codes:
${Object.entries(EXIT_WORDS).map(([code, words]) => `  ${code.padStart(3)}  ${words}`).join("\n")}

Colours appear on a terminal only, and not with NO_COLOR set.`);
  for (const verb of VERBS) program.addCommand(verb());
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) command.exitOverride();
  return program;
}

/** Runs the program; leaves the exit code in `process.exitCode`. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  // Help is printed before any verb runs.
  whenReaderGoes(() => undefined);
  try {
    await createProgram().parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has said what is wrong, or printed the help that was asked for.
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
}
