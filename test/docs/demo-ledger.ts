import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { tellLecco } from "../../src/cli/demo/lecco.js";
import { StoryClock } from "../../src/cli/demo/tell-story.js";
import { openLedger, type OpenLedger } from "../../src/cli/open-ledger.js";
import { readConfiguration, type Configuration } from "../../src/config.js";
import { at } from "../support/given.js";

/** The demo's ledger, as it stands after its story. */
export interface DemoLedger {
  readonly ledger: OpenLedger;
  readonly configuration: Configuration;
  close(): Promise<void>;
}

export async function demoLedger(): Promise<DemoLedger> {
  const folder = await mkdtemp(join(tmpdir(), "docs-"));
  const configuration = readConfiguration({}, { dataFolder: folder });
  const clock = new StoryClock(() => at("2019-11-01T00:00:00Z"));
  const ledger = await openLedger({ configuration, logger: pino({ level: "silent" }), clock: clock.now, newEventId: clock.newEventId, notify: () => undefined });
  await tellLecco(ledger, clock);
  const close = async (): Promise<void> => {
    await ledger.close();
    await rm(folder, { recursive: true });
  };
  return { ledger, configuration, close };
}
