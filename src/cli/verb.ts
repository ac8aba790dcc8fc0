import { Command } from "commander";
import { readConfiguration, type Configuration, type Overrides } from "../config.js";
import { instant, type Instant } from "../kernel/brand.js";
import { EXIT, exitCodeOf, type ExitCode } from "./exit.js";
import { interruption, type Interruption } from "./interrupt.js";
import { createTerminal, type Terminal } from "./terminal.js";

/** What every verb runs with. */
export interface Run {
  readonly terminal: Terminal;
  readonly configuration: Configuration;
  readonly interruption: Interruption;
  readonly clock: () => Instant;
}

/** The one clock of the program. */
export const clock = (): Instant => instant(Date.now());

export interface VerbOptions {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** Lines below the options in `--help`: a command and, after a `#`, what it does. */
  readonly examples: readonly string[];
  /** Whether it works on a ledger's data folder, and so takes `--data` and `--ledger`. Default: yes. */
  readonly onDataFolder?: boolean;
}

/** A verb with what all verbs have: its help with examples, `--json`, and where the ledger lies. */
export function newVerb({ name, summary, description, examples, onDataFolder = true }: VerbOptions): Command {
  const command = new Command(name).summary(summary).description(description).showHelpAfterError("(add --help for what it takes)");
  if (onDataFolder) {
    command.option("--data <folder>", "folder of the ledger (default: DATA_DIR, else ./data)");
    command.option("--ledger <id>", "which ledger of the store (default: LEDGER_ID, else default)");
  }
  command.option("--json", "print one JSON value a line, for programs");
  return command.addHelpText("after", `\nExamples:\n${examples.map((line) => `  $ incident-ledger ${line}`).join("\n")}`);
}

/** Flags that override the environment, as commander gives them. */
export interface CommonFlags {
  readonly json?: boolean;
  readonly data?: string;
  readonly ledger?: string;
  readonly host?: string;
  readonly port?: string;
  readonly zone?: string;
}

/**
 * Runs a verb from its flags to the exit code: configuration, terminal, Ctrl-C, and errors said instead of thrown. What the verb opened it
 * must have closed when it returns or throws.
 */
export async function runVerb(flags: CommonFlags, work: (run: Run) => Promise<ExitCode>): Promise<void> {
  const terminal = createTerminal({ json: flags.json === true, debug: process.env["LOG_LEVEL"] === "debug" || process.env["LOG_LEVEL"] === "trace" });
  const stop = interruption(() => terminal.note("stopping…"));
  try {
    const configuration = readConfiguration(process.env, overridesOf(flags));
    process.exitCode = await work({ terminal, configuration, interruption: stop, clock });
  } catch (error) {
    // What is broken off by Ctrl-C is no failure of its own.
    if (stop.interrupted && isAbort(error)) process.exitCode = EXIT.interrupted;
    else {
      terminal.failure(error);
      process.exitCode = exitCodeOf(error);
    }
  } finally {
    stop.dispose();
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

function overridesOf({ data, ledger, host, port, zone }: CommonFlags): Overrides {
  return { dataFolder: data, ledgerId: ledger, host, port, zone };
}
