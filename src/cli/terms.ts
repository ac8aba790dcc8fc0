import { Command } from "commander";
import { plural } from "../reports/words/plural.js";
import { EXIT, type ExitCode } from "./exit.js";
import { textOf } from "./terms/file.js";
import { fromOpenSloVerb, toOpenSloVerb } from "./terms/openslo.js";
import { problemJson, problemsText } from "./terms/problems.js";
import type { CheckedTerms } from "./terms/read.js";
import { newVerb, runVerb, type CommonFlags, type Run } from "./verb.js";

/** `terms`: what is agreed with a supplier, as a document. */
export function termsVerb(): Command {
  const command = new Command("terms").summary("terms of a contract: check a document, print its schema, OpenSLO in and out").description("Terms of a contract as a document, in YAML or JSON: service levels, how they are measured, and what it costs to miss them.").showHelpAfterError("(add --help for what it takes)");
  command.addCommand(newVerb({
    name: "check", onDataFolder: false,
    summary: "say what is wrong in a document of terms, and where",
    description: "Reads a document of terms and says what is wrong in it, with the line. Stores nothing. Exit code 1 if anything is wrong.",
    examples: ["terms check contract.yaml", "terms check examples/terms/italian-public-contract.yaml --json"],
  }).argument("<file>", "document, in YAML or JSON").action((file: string, flags: CommonFlags) => runVerb(flags, (run) => check(run, file))));
  command.addCommand(newVerb({
    name: "schema", onDataFolder: false,
    summary: "print the JSON Schema of a document of terms",
    description: "Prints the JSON Schema (draft 2020-12) of a document of terms, every field described; editors check and complete with it.",
    examples: ["terms schema > terms.schema.json"],
  }).action((flags: CommonFlags) => runVerb(flags, schema)));
  command.addCommand(toOpenSloVerb());
  command.addCommand(fromOpenSloVerb());
  return command;
}

async function check({ terminal }: Run, file: string): Promise<ExitCode> {
  const { readTerms } = await import("./terms/read.js");
  const checked = readTerms(await textOf(file));
  const problems = checked.kind === "wrong" ? checked.problems : [];
  terminal.value({ kind: "terms", file, problems: problems.map(problemJson) });
  terminal.print(checked.kind === "right" ? rightText(file, checked, terminal) : problemsText(file, problems, { mark: terminal.paint.red("✗"), width: terminal.width }));
  return problems.length === 0 ? EXIT.ok : EXIT.refused;
}

async function schema({ terminal }: Run): Promise<ExitCode> {
  const { termsJsonSchema } = await import("./terms/read.js");
  const json = termsJsonSchema();
  if (terminal.json) terminal.value(json);
  else terminal.print(JSON.stringify(json, undefined, 2));
  return EXIT.ok;
}

function rightText(file: string, { terms }: Extract<CheckedTerms, { kind: "right" }>, { paint }: Run["terminal"]): string {
  const { title, contractId, effectiveFrom, zone, indicators, illustrative } = terms;
  const lines = indicators.map((each) => `  ${each.id}: ${each.title} (${each.kind}, by ${each.period}; missed it is a ${each.missed})`);
  return [`${paint.green("✓")} ${file}: ${title}${illustrative === true ? paint.dim(" (illustrative)") : ""}`, `  for ${contractId} from ${effectiveFrom} on, in ${zone}; ${plural(indicators.length, "indicator", "indicators")}:`, ...lines].join("\n");
}
