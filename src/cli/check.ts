import type { Command } from "commander";
import { checkDataFolder, type CheckResult } from "./check/data-folder.js";
import { EXIT, type ExitCode } from "./exit.js";
import { requireEmbeddedStore } from "./open-store.js";
import { printable, wrap } from "./render/text.js";
import { newVerb, runVerb, type CommonFlags, type Run } from "./verb.js";

/** `check`: a data folder from end to end. */
export function checkVerb(): Command {
  return newVerb({
    name: "check",
    summary: "verify a data folder from end to end",
    description: "Verifies the ledger's file, every event, every evidence file, and that the read models equal a fresh fold of the events. Changes nothing, and works beside a running server. Exit code 1 if anything is wrong.",
    examples: ["check", "check --data /srv/ledger", "check --json | jq 'select(.problems != [])'"],
  }).action((flags: CommonFlags) => runVerb(flags, check));
}

async function check({ configuration, terminal, interruption }: Run): Promise<ExitCode> {
  requireEmbeddedStore(configuration, "check it by that store's own means");
  const { dataFolder, ledgerId } = configuration;
  const wrong = new Set<CheckResult["check"]>();
  for await (const result of checkDataFolder(dataFolder, ledgerId)) {
    if (result.problems.length > 0) wrong.add(result.check);
    terminal.value({ kind: "check", check: result.check, looked: result.looked, problems: [...result.problems] });
    terminal.print(resultText(result, terminal));
    if (interruption.interrupted) return EXIT.interrupted;
  }
  terminal.print(`\n${verdict(dataFolder, wrong, terminal)}`);
  return wrong.size === 0 ? EXIT.ok : EXIT.refused;
}

/** What was found, and what to do about it. */
function verdict(dataFolder: string, wrong: ReadonlySet<CheckResult["check"]>, { paint }: Pick<Run["terminal"], "paint">): string {
  if (wrong.size === 0) return paint.green(`${dataFolder} is whole.`);
  const onlyReadModels = wrong.size === 1 && wrong.has("read-models");
  if (onlyReadModels) return `${paint.yellow(`The events in ${dataFolder} are whole, its read models are not:`)} incident-ledger rebuild makes them anew.`;
  return `${paint.red(`${dataFolder} is not whole.`)} Stop what writes to it, keep it as it is, and restore the last backup into another folder: incident-ledger restore.`;
}

function resultText({ title, looked, problems }: CheckResult, { paint, width }: Pick<Run["terminal"], "paint" | "width">): string {
  const mark = problems.length === 0 ? paint.green("✓") : paint.red("✗");
  const lines = problems.flatMap((problem) => wrap(printable(problem), width - 4).map((line, index) => `  ${index === 0 ? "" : "  "}${line}`));
  return [`${mark} ${title} ${paint.dim(`(${looked})`)}`, ...lines].join("\n");
}
