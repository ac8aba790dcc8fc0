import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteEventStore } from "../../src/eventstore/sqlite.js";
import { describeEventStoreContract } from "../contract/event-store.contract.js";

describeEventStoreContract("embedded SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "incident-ledger-"));
  return {
    open: (options = {}) => Promise.resolve(openSqliteEventStore({ folder, ...options })),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
});
