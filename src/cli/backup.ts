import { resolve } from "node:path";
import type { Command } from "commander";
import { plural } from "../reports/words/plural.js";
import { backUp, restore, type Manifest } from "./backup/data-folder.js";
import { EXIT, type ExitCode } from "./exit.js";
import { requireEmbeddedStore } from "./open-store.js";
import { newVerb, runVerb, type CommonFlags, type Run } from "./verb.js";

/** `backup`: a copy of events and evidence. */
export function backupVerb(): Command {
  return newVerb({
    name: "backup",
    summary: "copy events and evidence into a new folder",
    description: "Copies the ledger's events and evidence, with a manifest of their digests; safe while a server runs. Read models are left out: they are built from the events.",
    examples: ["backup /backups/2026-11-23", "backup /backups/today --data /srv/ledger"],
  })
    .argument("<folder>", "folder to make; it must not exist yet")
    .action((folder: string, flags: CommonFlags) => runVerb(flags, async (run) => {
      requireEmbeddedStore(run.configuration, "back it up by that store's own means");
      const manifest = await backUp(run.configuration.dataFolder, resolve(folder), run.interruption.signal);
      return told(run, { manifest, kind: "backup", text: `${resolve(folder)} holds a copy of ${run.configuration.dataFolder}` });
    }));
}

/** `restore`: a backup into a data folder. */
export function restoreVerb(): Command {
  return newVerb({
    name: "restore",
    summary: "copy a backup into an empty data folder",
    description: "Checks every file of a backup against its manifest and copies it into the data folder, which must be empty or not exist yet. What is there is never overwritten.",
    examples: ["restore /backups/2026-11-23 --data ./data-restored", "check --data ./data-restored    # afterwards"],
  })
    .argument("<backup>", "folder that backup made")
    .action((backup: string, flags: CommonFlags) => runVerb(flags, async (run) => {
      requireEmbeddedStore(run.configuration, "restore it by that store's own means");
      const manifest = await restore(resolve(backup), run.configuration.dataFolder, run.interruption.signal);
      return told(run, { manifest, kind: "restore", text: `${run.configuration.dataFolder} holds what ${resolve(backup)} held` });
    }));
}

function told({ terminal }: Run, { manifest, kind, text }: { readonly manifest: Manifest; readonly kind: "backup" | "restore"; readonly text: string }): ExitCode {
  const { lastPosition, files } = manifest;
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  terminal.value({ kind, lastPosition, files: files.length, sizeBytes });
  terminal.print(`${text}:\n  events up to position ${lastPosition ?? "–"} and ${plural(files.length - 1, "evidence file", "evidence files")}, ${sizeBytes} bytes, each file with its digest.`);
  return EXIT.ok;
}
