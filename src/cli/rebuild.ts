import { join } from "node:path";
import { Option, type Command } from "commander";
import { PROJECTIONS } from "../../projections/index.js";
import { openReadModel } from "../readmodel/open.js";
import { plural } from "../reports/words/plural.js";
import { EXIT, type ExitCode } from "./exit.js";
import { noticeText } from "./logger.js";
import { READ_MODELS_FILE } from "./open-ledger.js";
import { openOwnedStore, openStoreForReading } from "./open-store.js";
import { newVerb, runVerb, type CommonFlags, type Run } from "./verb.js";

interface Flags extends CommonFlags {
  readonly projection?: readonly string[];
}

/** `rebuild`: the read models, anew from the events. */
export function rebuildVerb(): Command {
  return newVerb({
    name: "rebuild",
    summary: "build the read models anew from the events",
    description: "Builds the read models anew beside the present ones, which go on being read until the new ones are complete. A new release does this by itself where it needs to. Not beside a running server: it owns the folder.",
    examples: ["rebuild", "rebuild --projection timeline bodies", "rebuild --data /srv/ledger"],
  })
    .addOption(new Option("--projection <names...>", "only these of them (default: all)").choices(PROJECTIONS.map(({ name }) => name)))
    .action((flags: Flags) => runVerb(flags, (run) => rebuild(run, flags)));
}

async function rebuild({ configuration, terminal, interruption }: Run, { projection }: Flags): Promise<ExitCode> {
  // Opened for writing, a folder without a ledger would get one.
  await (await openStoreForReading(configuration)).close();
  const { dataFolder, ledgerId } = configuration;
  const owned = await openOwnedStore(configuration);
  try {
    const readModel = await openReadModel({
      store: owned.store, ledgerId, file: join(dataFolder, READ_MODELS_FILE),
      notify: (notice) => {
        const text = noticeText(notice);
        if (text !== undefined) terminal.note(text);
      },
    });
    try {
      const done = await Promise.race([readModel.rebuild(projection).then(() => true), interruption.comes.then(() => false)]);
      if (!done) return EXIT.interrupted;
      const names = projection ?? readModel.status().map(({ name }) => name);
      terminal.value({ kind: "rebuild", events: readModel.eventCount, readModels: names });
      terminal.print(`${plural(names.length, "read model", "read models")} built anew from ${plural(readModel.eventCount, "event", "events")}.`);
      return EXIT.ok;
    } finally {
      await readModel.close();
    }
  } finally {
    await owned.close();
  }
}
