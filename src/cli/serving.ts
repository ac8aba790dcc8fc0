import type { Metrics } from "../http/metrics.js";
import type { ExampleQuery } from "../http/explorer.js";
import type { ReadModelNotice } from "../readmodel/port.js";
import { openLedger, type OpenLedger, type OpenLedgerOptions } from "./open-ledger.js";
import type { Run } from "./verb.js";

export interface Serving {
  readonly ledger: OpenLedger;
  readonly run: Run;
  readonly metrics: Metrics;
  /** What the explorer opens with. */
  readonly exampleQueries?: readonly ExampleQuery[];
  /** Called when the server listens; what it says is said before anyone is served by it for long. */
  readonly greet: (url: string) => void | Promise<void>;
}

/** Opens a ledger that is to be served, with its use counted. Rejects as `openLedger` does. */
export async function openCounted(options: OpenLedgerOptions): Promise<{ readonly ledger: OpenLedger; readonly metrics: Metrics }> {
  const { Metrics } = await import("../http/metrics.js");
  const metrics = new Metrics({ ofProcess: true });
  const notify = (notice: ReadModelNotice): void => {
    if (notice.kind === "store-interrupted") metrics.storeInterrupted();
    options.notify(notice);
  };
  const ledger = await openLedger({ ...options, notify, observer: metrics.store, onRetry: () => metrics.commandRetried() });
  return { ledger, metrics };
}

/** Serves a ledger until it is told to end. The ledger stays open. Rejects with LedgerError ADDRESS_REFUSED or INVALID_CONFIGURATION, what `greet` rejects with. */
export async function serveUntilInterrupted({ ledger, run, metrics, exampleQueries, greet }: Serving): Promise<void> {
  const { configuration: { host, port, readyLagSeconds }, interruption } = run;
  // Loaded only to serve: the other verbs start in half the time without it.
  const { createServer } = await import("../http/server.js");
  const server = createServer(ledger, { host, port, evidence: ledger.evidence, logger: ledger.logger, metrics, readyLagMs: readyLagSeconds * 1000, ...(exampleQueries !== undefined && { exampleQueries }) });
  try {
    const { url } = await server.listen();
    ledger.announce(url);
    await greet(url);
    await interruption.comes;
  } finally {
    await server.close();
  }
}
