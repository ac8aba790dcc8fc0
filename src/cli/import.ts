import { readFile } from "node:fs/promises";
import { InvalidArgumentError, Option, type Command } from "commander";
import { EFFECTS, fileSource, FORMATS, importFile, parseMapping, takeBack, type Effect, type Format, type ImportOptions } from "../import/index.js";
import { isActorId, isImportId } from "../kernel/brand.js";
import { LedgerError, RETRYABLE } from "../kernel/errors.js";
import type { Actor } from "../kernel/event.js";
import { EXIT, type ExitCode } from "./exit.js";
import { importBar, takeBackBar } from "./progress.js";
import { openTarget, type OpenTarget } from "./import/target.js";
import { noteJson, reportJson, takeBackJson } from "./json/import.js";
import { parseId } from "./question.js";
import { importReportText, takeBackText } from "./render/import-report.js";
import { newVerb, runVerb, type CommonFlags, type Run } from "./verb.js";

interface Flags {
  readonly json?: boolean;
  readonly data?: string;
  readonly ledger?: string;
  readonly server?: string;
  readonly format?: Format;
  readonly importId?: string;
  readonly strict?: boolean;
  readonly dryRun?: boolean;
  readonly zone?: string;
  readonly encoding?: "utf-8" | "windows-1252";
  readonly site?: string;
  readonly siteName?: string;
  readonly contract?: string;
  readonly effectiveFrom?: string;
  readonly language?: string;
  readonly degree: Readonly<Record<string, Effect>>;
  readonly mapping?: string;
  readonly actor: string;
  readonly takeBack?: string;
  readonly reason?: string;
}

/** `import`: a history that someone else kept, into the ledger; and back out. */
export function importVerb(): Command {
  return newVerb({
    name: "import",
    summary: "take in a history: CSV, commands, Statuspage, cState, Google Cloud",
    description: "Records what a file tells. It can be repeated, continued after Ctrl-C, and taken back whole; what is wrong in the file is reported with its place, and the rest goes in. Goes through the server where one runs on the folder.",
    examples: [
      "import disservizi.csv --dry-run               # what would happen",
      "import disservizi.csv --zone Europe/Rome      # times without an offset are local there",
      "import disservizi.csv --strict                # all of it, or nothing",
      "import incidents.json --site provider --degree minor=none",
      'import --take-back csv.disservizi --reason "wrong year"',
    ],
  })
    .argument("[file]", "what to import: plain or gzip; its format is told from its content")
    .addOption(new Option("--format <format>", "refuse the file if it is of another format").choices(FORMATS))
    .option("--import-id <id>", "id of the import; the same again repeats or continues it (default: format and file name)")
    .option("--strict", "a problem anywhere refuses the whole file, and nothing is stored")
    .option("--dry-run", "only say what would happen")
    .option("--zone <zone>", "IANA zone of times that name none (default: such times are refused)")
    .addOption(new Option("--encoding <encoding>", "how the file's text is encoded").choices(["utf-8", "windows-1252"]))
    .option("--site <id>", "prefix of the ids of a foreign source's services and bodies (default: what the source calls itself)")
    .option("--site-name <name>", "what that source is called; needs --site")
    .option("--contract <id>", "contract under which new services run (default: one made for the site)")
    .option("--effective-from <date>", "from when new bodies, services and adoptions hold (default: 2000-01-01)")
    .option("--language <tag>", "language of the file's texts (default: it for CSV, else en)")
    .option("--degree <word=effect>", `what a word of the source becomes: ${EFFECTS.join(", ")}; may be repeated`, degree, {})
    .option("--mapping <file>", "JSON that splits a Statuspage's components over services and bodies")
    .option("--actor <id>", "who records it, as an opaque id that names no person", "anonymous")
    .option("--server <url>", "import through this server (default: the one that runs on the folder, if any)")
    .option("--take-back <import id>", "withdraw everything that an import recorded; needs --reason")
    .option("--reason <text>", "why it is taken back")
    .action((file: string | undefined, flags: Flags) => runVerb(commonOf(flags), (run) => importOrTakeBack(run, file, flags)));
}

/** The zone of a file's times is not that of the configuration. */
function commonOf({ json, data, ledger }: Flags): CommonFlags {
  return { ...(json !== undefined && { json }), ...(data !== undefined && { data }), ...(ledger !== undefined && { ledger }) };
}

function degree(text: string, before: Readonly<Record<string, Effect>>): Readonly<Record<string, Effect>> {
  const [word = "", ...rest] = text.split("=");
  const effect = EFFECTS.find((each) => each === rest.join("="));
  if (word !== "" && effect !== undefined) return { ...before, [word]: effect };
  throw new InvalidArgumentError(`It must be word=effect, the effect one of ${EFFECTS.join(", ")}.`);
}

/** Problems, and mends, that are kept to be told. */
const MOST_NOTES = { people: 100, json: 1_000_000 };

function usage(field: string, message: string): LedgerError {
  return new LedgerError({ code: "INVALID_INPUT", field, message });
}

async function importOrTakeBack(run: Run, file: string | undefined, flags: Flags): Promise<ExitCode> {
  const actor: Actor = { id: parseId(flags.actor, isActorId, "--actor"), verified: false };
  if (flags.takeBack !== undefined && file !== undefined) throw usage("--take-back", "either a file is imported, or an import taken back: leave out one of them");
  if (flags.takeBack !== undefined) return takeImportBack(run, flags, actor, flags.takeBack);
  if (file === undefined) throw usage("file", "name the file to import, or --take-back an import");
  return importOne(run, flags, actor, file);
}

async function importOne(run: Run, flags: Flags, actor: Actor, file: string): Promise<ExitCode> {
  const { terminal, interruption, clock } = run;
  const source = await fileSource(file);
  const options = { ...(await optionsOf(flags, actor)), limits: { maxNotes: terminal.json ? MOST_NOTES.json : MOST_NOTES.people }, signal: interruption.signal, clock };
  const into = await openTarget(run, { server: flags.server, access: flags.dryRun === true ? "look" : "make" });
  const bar = importBar(terminal);
  const report = await closing(run, into, () => importFile(source, into.target, { ...options, onProgress: (progress) => bar.tell(progress) }).finally(() => bar.stop()));
  for (const note of [...report.problems, ...report.mends]) terminal.value(noteJson(note));
  terminal.value(reportJson(report, into));
  terminal.print(importReportText(report, { into: nameOf(into, run), look: terminal }));
  if (report.outcome === "aborted") return EXIT.interrupted;
  return report.problemCount === 0 ? EXIT.ok : EXIT.refused;
}

async function takeImportBack(run: Run, { server, reason }: Flags, actor: Actor, text: string): Promise<ExitCode> {
  const { terminal, interruption: { signal } } = run;
  const importId = parseId(text, isImportId, "--take-back");
  if (reason === undefined || reason.trim() === "") throw usage("--reason", "say why it is taken back with --reason: that stands with every withdrawal");
  const into = await openTarget(run, { server, access: "use" });
  const bar = takeBackBar(terminal);
  const report = await closing(run, into, () => takeBack(into.target, { importId, actor, reason, signal, onProgress: (progress) => bar.tell(progress) }).finally(() => bar.stop()));
  terminal.value(takeBackJson(report));
  terminal.print(takeBackText(report, terminal));
  if (report.outcome === "aborted") return EXIT.interrupted;
  return report.outcome === "taken-back" ? EXIT.ok : EXIT.refused;
}

function nameOf({ url }: OpenTarget, { configuration: { dataFolder } }: Run): string {
  return url === undefined ? dataFolder : `the server ${url}`;
}

/** Closes the target after the work. Where the ledger could not go on, it is said that nothing is lost. */
async function closing<T>({ terminal }: Pick<Run, "terminal">, into: OpenTarget, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LedgerError && RETRYABLE.has(error.code)) terminal.note("stopped before the end. What was recorded stays; repeat the same command to go on, and nothing comes in twice");
    throw error;
  } finally {
    await into.close();
  }
}

async function optionsOf(flags: Flags, actor: Actor): Promise<ImportOptions> {
  const { importId, format, zone, encoding, strict, dryRun, site, siteName, contract, effectiveFrom, language, degree: degrees, mapping } = flags;
  if (siteName !== undefined && site === undefined) throw usage("--site-name", "--site-name needs --site, the prefix of the ids");
  return {
    actor, degrees, strict: strict === true, dryRun: dryRun === true,
    ...(importId !== undefined && { importId }), ...(format !== undefined && { format }), ...(zone !== undefined && { zone }), ...(encoding !== undefined && { encoding }),
    ...(site !== undefined && { site: { id: site, ...(siteName !== undefined && { name: siteName }) } }),
    ...(contract !== undefined && { contract }), ...(effectiveFrom !== undefined && { effectiveFrom }), ...(language !== undefined && { language }),
    ...(mapping !== undefined && { mapping: parseMapping(await mappingText(mapping)) }),
  };
}

async function mappingText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((error: unknown) => {
    throw new LedgerError({ code: "INVALID_INPUT", field: "--mapping", params: { path }, message: `the mapping ${path} cannot be read (${error instanceof Error ? error.message : String(error)})` }, { cause: error });
  });
}
