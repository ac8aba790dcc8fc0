import { join } from "node:path";
import { openReadOnlyEventStore } from "../../src/eventstore/sqlite.js";
import { openReadModel } from "../../src/readmodel/open.js";
import { LEDGER } from "./histories.js";
import { disturbed, inBatchesOf } from "./stand-ins.js";

/** Catches up in batches of `size` and is gone as by `kill -9` in the midst of the transaction that folds the event at `position`. */
const [folder = "", size = "", position = ""] = process.argv.slice(2);

await openReadModel({
  store: inBatchesOf(openReadOnlyEventStore(folder), Number(size)),
  ledgerId: LEDGER,
  file: join(folder, "readmodels.sqlite"),
  notify: () => undefined,
  projections: disturbed("disruptions", (recorded) => {
    if (recorded.position === position) process.kill(process.pid, "SIGKILL");
  }),
});
