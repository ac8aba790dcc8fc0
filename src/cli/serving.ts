import type { ExampleQuery } from "../http/explorer.js";
import type { OpenLedger } from "./open-ledger.js";
import type { Run } from "./verb.js";

export interface Serving {
  readonly ledger: OpenLedger;
  readonly run: Run;
  /** What the explorer opens with. */
  readonly exampleQueries?: readonly ExampleQuery[];
  /** Called when the server listens; what it says is said before anyone is served by it for long. */
  readonly greet: (url: string) => void | Promise<void>;
}

/** Serves a ledger until it is told to end. The ledger stays open. Rejects with LedgerError ADDRESS_REFUSED or INVALID_CONFIGURATION, what `greet` rejects with. */
export async function serveUntilInterrupted({ ledger, run, exampleQueries, greet }: Serving): Promise<void> {
  const { configuration: { host, port }, interruption } = run;
  // Loaded only to serve: the other verbs start in half the time without it.
  const { createServer } = await import("../http/server.js");
  const server = createServer(ledger, { host, port, evidence: ledger.evidence, logger: ledger.logger, ...(exampleQueries !== undefined && { exampleQueries }) });
  try {
    const { url } = await server.listen();
    ledger.announce(url);
    await greet(url);
    await interruption.comes;
  } finally {
    await server.close();
  }
}
