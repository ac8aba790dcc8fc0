import type { Command } from "commander";
import type { Lost } from "../../domain/terms/openslo/losses.js";
import { isJsonObject, parseJson } from "../../kernel/json.js";
import { plural } from "../../reports/words/plural.js";
import { EXIT, type ExitCode } from "../exit.js";
import { newVerb, runVerb, type CommonFlags, type Run } from "../verb.js";
import { textOf } from "./file.js";
import { paragraph, problemJson, problemsText } from "./problems.js";
import type { PlacedProblem } from "./yaml.js";

/** `terms to-openslo`: terms as documents of OpenSLO v1. */
export function toOpenSloVerb(): Command {
  return newVerb({
    name: "to-openslo", onDataFolder: false,
    summary: "write a document of terms as OpenSLO v1",
    description: "Writes a document of terms as OpenSLO v1, in YAML, and says on standard error what OpenSLO cannot carry. Stores nothing. Exit code 1 if the document is wrong.",
    examples: ["terms to-openslo contract.yaml > slos.yaml", "terms to-openslo examples/terms/italian-public-contract.yaml --json"],
  }).argument("<file>", "document of terms, in YAML or JSON").action((file: string, flags: CommonFlags) => runVerb(flags, (run) => toOpenSloFrom(run, file)));
}

interface FromFlags extends CommonFlags {
  readonly contract: string;
  readonly from: string;
  readonly title?: string;
  readonly currency?: string;
  readonly cap?: string;
  readonly rest?: string;
}

/** `terms from-openslo`: terms from documents of OpenSLO v1. */
export function fromOpenSloVerb(): Command {
  return newVerb({
    name: "from-openslo", onDataFolder: false,
    summary: "make a document of terms from OpenSLO v1",
    description: "Makes a document of terms, in YAML, from the SLOs of a file with OpenSLO v1 documents. Says on standard error what of them has no place in terms, and what was assumed because nobody says it; the document marks that too. Stores nothing. Exit code 1 if the file is wrong or something is missing.",
    examples: [
      "terms from-openslo slos.yaml --contract spc-cloud --from 2020-01-01 --currency EUR > contract.yaml",
      "terms from-openslo slos.yaml --contract spc-cloud --from 2020-01-01 --rest contract-2019.yaml  # money, hours and holidays as before",
    ],
  }).argument("<file>", "documents of OpenSLO v1, in YAML or JSON")
    .requiredOption("--contract <id>", "contract that the terms are of")
    .requiredOption("--from <date>", "first day on which they hold: 2020-01-01")
    .option("--rest <file>", "document of terms from which everything is taken that neither OpenSLO nor another option says")
    .option("--currency <code>", "currency of the contract, such as EUR (default: the rest's)")
    .option("--cap <percent>", "most that all penalties come to, in per cent of the contract amount (default: the rest's, else 10)")
    .option("--title <text>", "title of the terms (default: the one in OpenSLO, the rest's)")
    .option("--zone <zone>", "zone in which periods are cut (default: the one of the SLOs, if they have one)")
    .action((file: string, flags: FromFlags) => runVerb(flags, (run) => fromOpenSloTo(run, file, flags)));
}

async function toOpenSloFrom(run: Run, file: string): Promise<ExitCode> {
  const [{ readTerms }, { toOpenSlo }, { openSloText }] = await Promise.all([import("./read.js"), import("../../domain/terms/openslo/write.js"), import("./openslo-yaml.js")]);
  const { terminal } = run;
  const checked = readTerms(await textOf(file));
  if (checked.kind === "wrong") return wrong(run, "openslo", file, checked.problems);
  const { documents, lost } = toOpenSlo(checked.terms);
  terminal.value({ kind: "openslo", file, documents, lost: lost.map(({ path, sentence, comesBack }) => ({ field: path.join("."), sentence, comesBack })) });
  terminal.print(openSloText(documents));
  if (!terminal.json) {
    list(run, "OpenSLO cannot carry", lost.filter(({ comesBack }) => !comesBack).map(placed));
    list(run, "Only the ledger reads this in it, other tools pass it over", lost.filter(({ comesBack }) => comesBack).map(placed));
  }
  return EXIT.ok;
}

async function fromOpenSloTo(run: Run, file: string, flags: FromFlags): Promise<ExitCode> {
  const [{ readDocuments }, { readTerms }, { fromOpenSlo }, { termsText }] = await Promise.all([import("./yaml.js"), import("./read.js"), import("../../domain/terms/openslo/read.js"), import("./openslo-yaml.js")]);
  const { contract: contractId, from: effectiveFrom, title, zone, currency, cap: capPercent } = flags;
  const read = readDocuments(await textOf(file));
  if (read.kind === "wrong") return wrong(run, "terms", file, read.problems);
  const rest = flags.rest === undefined ? undefined : readTerms(await textOf(flags.rest));
  if (rest?.kind === "wrong") return wrong(run, "terms", flags.rest ?? "", rest.problems);
  const result = fromOpenSlo(read.documents.map(({ value }) => value), { contractId, effectiveFrom, title, zone, currency, capPercent, rest: rest?.terms });
  const inFile = ({ document, path, field, sentence }: Noted): PlacedProblem => {
    const found = document === undefined ? undefined : read.documents[document];
    if (found === undefined) return { field: run.terminal.json ? field : (FLAGS.get(field) ?? field), line: undefined, sentence };
    return { field: [nameOf(found.value), field].filter((part) => part !== "").join(", "), line: found.lineOf(path), sentence };
  };
  if (result.kind === "wrong") return wrong(run, "terms", file, result.problems.map(inFile).toSorted(byLine));
  const { terms, assumed } = result;
  const lost = result.lost.map(inFile).toSorted(byLine);
  const plain: unknown = parseJson(JSON.stringify(terms));
  run.terminal.value({ kind: "terms", file, terms: isJsonObject(plain) ? plain : {}, lost: lost.map(problemJson), assumed: assumed.map(({ path, sentence }) => ({ field: path.join("."), sentence })) });
  run.terminal.print(termsText(terms, assumed));
  if (!run.terminal.json) {
    list(run, "Terms have no place for", lost);
    list(run, "Assumed, since nobody says it; check each", assumed.map(placed));
  }
  return EXIT.ok;
}

interface Noted {
  readonly document: number | undefined;
  readonly path: readonly PropertyKey[];
  readonly field: string;
  readonly sentence: string;
}

/** Flags that give a field of terms. */
const FLAGS: ReadonlyMap<string, string> = new Map([["contractId", "--contract"], ["effectiveFrom", "--from"], ["title", "--title"], ["zone", "--zone"], ["currency", "--currency"], ["cap.percent", "--cap"]]);

/** What stands nowhere comes first. */
const byLine = (a: PlacedProblem, b: PlacedProblem): number => (a.line ?? 0) - (b.line ?? 0);
const placed = ({ path, sentence }: Pick<Lost, "path" | "sentence">): PlacedProblem => ({ field: path.join("."), line: undefined, sentence });

/** `SLO posta-uptime`, as far as a document says it. */
function nameOf(value: unknown): string {
  if (!isJsonObject(value)) return "";
  const { kind, metadata } = value;
  const name = isJsonObject(metadata) ? metadata["name"] : undefined;
  return [kind, name].filter((part) => typeof part === "string").join(" ");
}

/** What is wrong goes to standard error, so that nothing follows a pipe; in JSON it is the answer. */
function wrong({ terminal }: Run, kind: string, file: string, problems: readonly PlacedProblem[]): ExitCode {
  terminal.value({ kind, file, problems: problems.map(problemJson) });
  if (!terminal.json) terminal.note(problemsText(file, problems, { mark: "✗", width: terminal.width }));
  return EXIT.refused;
}

function list({ terminal }: Run, heading: string, entries: readonly PlacedProblem[]): void {
  if (entries.length > 0) terminal.note([`${heading} (${plural(entries.length, "entry", "entries")}):`, ...entries.flatMap((each) => paragraph(each, terminal.width))].join("\n"));
}
