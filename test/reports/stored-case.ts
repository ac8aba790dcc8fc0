import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandId } from "../../src/kernel/brand.js";
import { createLedger } from "../../src/app/ledger.js";
import { openSqliteEventStore } from "../../src/eventstore/sqlite.js";
import { EVERYTHING } from "../../src/readmodel/knowledge.js";
import { openReadModel } from "../../src/readmodel/open.js";
import { at } from "../support/given.js";
import { actorOf, eventIdOf, LEDGER, type ReportCase } from "./report-case.js";

/** Far more than a batch of a few events takes. */
const PATIENCE_MS = 10_000;

/** The whole way: commands through the application into the embedded store, and queries of the real read models. */
export async function storedCase(): Promise<ReportCase> {
  const folder = await mkdtemp(join(tmpdir(), "incident-ledger-"));
  let now = at("2018-01-01T00:00:00Z");
  let events = 0;
  let commands = 0;
  let statements = 0;
  const store = openSqliteEventStore({ folder });
  const ledger = createLedger({
    store, ledgerId: LEDGER, clock: () => now, newEventId: () => eventIdOf(events++), evidence: { sizeOf: () => Promise.resolve(undefined) },
  });
  const readModel = await openReadModel({ store, ledgerId: LEDGER, file: join(folder, "readmodels.sqlite"), notify: () => undefined, onStatement: () => (statements += 1) });
  return {
    record: async (how, ...given) => {
      now = at(how.at);
      const ids = [];
      for (const command of given) {
        const { sourceRecordedAt, importId } = how;
        const result = await ledger.submit({
          command, commandId: commandId(`c-${commands++}`), actor: actorOf(how),
          ...(sourceRecordedAt !== undefined && { sourceRecordedAt: at(sourceRecordedAt) }), ...(importId !== undefined && { importId }),
        });
        if (result.kind === "refused") throw new Error(`${command.type} was refused: ${result.refusal.message}`);
        ids.push(...result.events.map(({ id }) => id));
      }
      return ids;
    },
    known: async (asked, knownAt = { kind: "now" }) => {
      await readModel.waitUntilCaughtUp(PATIENCE_MS);
      return readModel.at(await readModel.resolve(knownAt, at(asked)), EVERYTHING);
    },
    questions: () => statements,
    close: async () => {
      await readModel.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
