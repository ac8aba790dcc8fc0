import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { withoutPassword } from "../eventstore/eventstoredb/address.js";
import { copyEvents, type CopyReport } from "../eventstore/copy.js";
import { createFileEvidence } from "../evidence/files.js";
import { LedgerError } from "../kernel/errors.js";
import { streamPrefix } from "../kernel/stream.js";
import { plural } from "../reports/words/plural.js";
import { copyEvidence, type EvidenceReport } from "./copy/evidence.js";
import { EXIT, type ExitCode } from "./exit.js";
import { evidenceFolderOf } from "./open-ledger.js";
import { openOwnedStore, openServerStore, openStoreForReading, type OwnedStore, type StorePlace } from "./open-store.js";
import { copyBar } from "./progress.js";
import { newVerb, runVerb, type CommonFlags, type Run } from "./verb.js";

interface Flags extends CommonFlags {
  readonly to: string;
}

/** `copy`: a ledger into another store. */
export function copyVerb(): Command {
  return newVerb({
    name: "copy",
    summary: "copy a ledger into another store, verified event by event",
    description: "Copies the ledger's events from the data folder, or from the store that EVENTSTORE_URL names, into another folder or another server. Ids, revisions and recorded times stay; every event is read back and compared. "
      + "Run again it goes on from where it was, and verifies what is there. Into a folder the evidence is copied too. Safe while the ledger is served; what is recorded meanwhile is copied by the next run.",
    examples: [
      "copy --to 'esdb://node1:2113,node2:2113,node3:2113'   # from ./data to a cluster",
      "EVENTSTORE_URL=esdb://node1:2113 incident-ledger copy --to ./data-back",
      "copy --data /srv/ledger --to /mnt/other/ledger         # from a folder to another",
    ],
  })
    .requiredOption("--to <target>", "folder (made where there is none), or connection string of EventStoreDB or KurrentDB")
    .action((flags: Flags) => runVerb(flags, (run) => copy(run, flags.to)));
}

async function copy(run: Run, to: string): Promise<ExitCode> {
  const { configuration, interruption: { signal } } = run;
  const target = targetOf(to);
  mustBeAnother(configuration, target);
  const source = await openStoreForReading(configuration);
  try {
    const into = await openTarget(target);
    const bar = copyBar(run.terminal);
    try {
      const report = await copyEvents({ source, target: into.store, filter: { streamPrefix: streamPrefix(configuration.ledgerId) }, onProgress: (progress) => bar.tell(progress), signal }).finally(() => bar.stop());
      const evidence = target.kind === "folder" && report.isWhole ? await copyEvidence(evidenceOf(evidenceFolderOf(configuration)), evidenceOf(evidenceFolderOf({ ...target.place, evidenceFolder: undefined })), signal) : undefined;
      return told(run, target, { report, evidence });
    } finally {
      await into.close();
    }
  } finally {
    await source.close();
  }
}

type Target = { readonly kind: "folder"; readonly place: StorePlace } | { readonly kind: "server"; readonly url: string };

function targetOf(text: string): Target {
  return /^[a-z+]+:\/\//i.test(text) ? { kind: "server", url: text } : { kind: "folder", place: { dataFolder: resolve(text), eventStoreUrl: undefined } };
}
function nameOf(target: Target): string {
  return target.kind === "server" ? withoutPassword(target.url) : target.place.dataFolder;
}

function mustBeAnother({ dataFolder, eventStoreUrl }: StorePlace, target: Target): void {
  const isSame = target.kind === "server" ? target.url === eventStoreUrl : eventStoreUrl === undefined && target.place.dataFolder === resolve(dataFolder);
  if (!isSame) return;
  throw new LedgerError({ code: "INVALID_CONFIGURATION", field: "--to", message: `--to ${nameOf(target)} is where the ledger is already; name another folder or server` });
}

async function openTarget(target: Target): Promise<Pick<OwnedStore, "store" | "close">> {
  if (target.kind === "folder") return openOwnedStore(target.place);
  const store = await openServerStore(target.url);
  return { store, close: () => store.close() };
}

function evidenceOf(folder: string) {
  return { folder, isThere: existsSync(folder), store: createFileEvidence({ folder, limitBytes: Number.MAX_SAFE_INTEGER }) };
}

interface Copied {
  readonly report: CopyReport;
  readonly evidence: EvidenceReport | undefined;
}

function told({ configuration, terminal, interruption }: Run, target: Target, { report, evidence }: Copied): ExitCode {
  const { found, copied, isWhole } = report;
  terminal.value({ kind: "copy", to: nameOf(target), found, copied, isWhole, evidenceCopied: evidence?.copied ?? null, evidenceFound: evidence?.found ?? null, evidenceProblems: [...(evidence?.problems ?? [])] });
  const counts = `${plural(found, "event was", "events were")} there already, ${plural(copied, "event", "events")} copied; each compared with the source.`;
  if (interruption.interrupted || !isWhole) {
    terminal.print(`Broken off. ${counts} The same command goes on from here.`);
    return EXIT.interrupted;
  }
  terminal.print(`${nameOf(target)} holds the ledger ${configuration.ledgerId}:\n  ${counts}`);
  if (evidence !== undefined) terminal.print(`  ${plural(evidence.found, "evidence file was", "evidence files were")} there already, ${plural(evidence.copied, "file", "files")} copied.`);
  else if (existsSync(evidenceFolderOf(configuration))) terminal.print(`  The evidence files stay in ${evidenceFolderOf(configuration)}: name that folder in EVIDENCE_DIR where the ledger is served.`);
  terminal.print("  Positions are the new store's own; ids, revisions and recorded times are as they were.");
  for (const problem of evidence?.problems ?? []) terminal.note(`evidence: ${problem}`);
  return (evidence?.problems.length ?? 0) === 0 ? EXIT.ok : EXIT.refused;
}
