import { Option, type Command } from "commander";
import { loopbackAddress } from "../http/address.js";
import { LANGUAGES, type Language } from "../reports/words/languages.js";
import { openDemoFolder } from "./demo/folder.js";
import { greeting, printStory, type Shown } from "./demo/pages.js";
import { demoQueries } from "./demo/queries.js";
import { tellLecco } from "./demo/lecco.js";
import { StoryClock } from "./demo/tell-story.js";
import { EXIT, type ExitCode } from "./exit.js";
import { createLogger, logNotice } from "./logger.js";
import { openCounted, serveUntilInterrupted } from "./serving.js";
import { newVerb, runVerb, type CommonFlags, type Run } from "./verb.js";

interface Flags extends CommonFlags {
  readonly language: Language;
  readonly serve: boolean;
}

/** `demo`: the story of Lecco in a fresh ledger: told, shown and served. */
export function demoVerb(): Command {
  return newVerb({
    name: "demo",
    summary: "the outage of Lecco, 25 September 2019, in a ledger of its own",
    description: "Records the story of Lecco in a fresh ledger, prints its timeline and what each body suffered, and serves it over GraphQL. Keeps to a folder of its own, which is gone when it ends.",
    examples: [
      "demo                             # prints, then serves on 127.0.0.1:4000 until Ctrl-C",
      "demo --no-serve --language en    # prints in English, and ends",
      "demo --data ./lecco              # keeps the ledger in a new folder",
    ],
    onDataFolder: false,
  })
    .option("--data <folder>", "keep the ledger in this folder, which must be new or empty (default: a temporary one; DATA_DIR is not used)")
    .option("--host <address>", "address of this machine to listen on (default: HOST, else 127.0.0.1)")
    .option("--port <port>", "port to listen on, 0 for any that is free (default: PORT, else 4000)")
    .option("--zone <zone>", "IANA zone in which periods are cut and times told (default: ZONE, else Europe/Rome)")
    .addOption(new Option("--language <language>", "language of the pages").choices(LANGUAGES).default("it"))
    .option("--no-serve", "print, and end")
    .action((flags: Flags) => runVerb(flags, (run) => demo(run, flags)));
}

async function demo(run: Run, { data, language, serve }: Flags): Promise<ExitCode> {
  if (serve) await loopbackAddress(run.configuration.host);
  const folder = await openDemoFolder(data);
  try {
    return await demoIn({ ...run, configuration: { ...run.configuration, dataFolder: folder.path, eventStoreUrl: undefined, evidenceFolder: undefined } }, { language, serve, isKept: folder.isKept });
  } finally {
    await folder.removeUnlessKept();
  }
}

async function demoIn(run: Run, { serve, ...shown }: Shown & { readonly serve: boolean }): Promise<ExitCode> {
  const { configuration, interruption } = run;
  // The pages are not to be broken by a line of log for each request; LOG_LEVEL=debug shows them.
  const logger = createLogger(configuration.logLevel === "info" ? "warn" : configuration.logLevel);
  const clock = new StoryClock(run.clock);
  const { ledger, metrics } = await openCounted({ configuration, logger, clock: clock.now, newEventId: clock.newEventId, notify: logNotice(logger) });
  try {
    await tellLecco(ledger, clock);
    if (!serve) {
      await printStory(ledger, run, shown);
      return interruption.interrupted ? EXIT.interrupted : EXIT.ok;
    }
    const queries = await demoQueries();
    await serveUntilInterrupted({
      ledger, run, metrics, exampleQueries: queries,
      greet: async (url) => {
        await printStory(ledger, run, shown);
        greeting(run, { ...shown, url, queries });
      },
    });
    return EXIT.ok;
  } finally {
    await ledger.close();
  }
}
