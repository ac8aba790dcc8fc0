import type { Command } from "commander";
import { loopbackAddress } from "../http/address.js";
import { EXIT, type ExitCode } from "./exit.js";
import { createLogger, logNotice } from "./logger.js";
import { openCounted, serveUntilInterrupted } from "./serving.js";
import { newVerb, runVerb, type CommonFlags, type Run } from "./verb.js";

/** `serve`: the ledger of a data folder over GraphQL. */
export function serveVerb(): Command {
  return newVerb({
    name: "serve",
    summary: "serve the ledger of a data folder over GraphQL",
    description: "Serves the ledger, which is made where there is none, on this machine only. Logs JSON lines on standard error. Ctrl-C ends it; nothing acknowledged is ever lost.",
    examples: [
      "serve                                # ./data on 127.0.0.1:4000",
      "serve --data /srv/ledger --port 0    # another folder, any free port",
      "LOG_LEVEL=warn incident-ledger serve # fewer lines in the log",
    ],
  })
    .option("--host <address>", "address of this machine to listen on (default: HOST, else 127.0.0.1)")
    .option("--port <port>", "port to listen on, 0 for any that is free (default: PORT, else 4000)")
    .action((flags: CommonFlags) => runVerb(flags, serve));
}

async function serve(run: Run): Promise<ExitCode> {
  const { configuration, terminal, clock } = run;
  await loopbackAddress(configuration.host);
  const logger = createLogger(configuration.logLevel);
  const { ledger, metrics } = await openCounted({ configuration, logger, clock, notify: logNotice(logger) });
  try {
    await serveUntilInterrupted({
      ledger, run, metrics,
      greet: (url) => {
        const { dataFolder, ledgerId } = configuration;
        terminal.value({ kind: "serving", url, dataFolder, ledgerId });
        terminal.print(`Ledger ${terminal.paint.bold(ledgerId)} in ${dataFolder}\n  GraphQL   ${terminal.paint.cyan(`${url}/graphql`)}\n  Explorer  ${terminal.paint.cyan(`${url}/explorer/`)}\nCtrl-C ends it.`);
        logger.info({ url, dataFolder, ledgerId }, "serving");
      },
    });
  } finally {
    await ledger.close();
  }
  return EXIT.ok;
}
