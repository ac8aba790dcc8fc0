import { once } from "node:events";
import { createInterface } from "node:readline";
import { openSqliteEventStore } from "../../src/eventstore/sqlite.js";
import { streamName } from "../../src/kernel/brand.js";
import { LedgerError } from "../../src/kernel/errors.js";
import { canonicalJson } from "../../src/kernel/json.js";
import { newEventId } from "../../src/kernel/uuid.js";

/**
 * A process that owns a data folder. `hold` announces a url and waits, `append` appends without end from several appenders, one line for each
 * acknowledged append: its stream, the revision of its last event, and the ids of its events. Refused, it says why and ends.
 */
const [verb, folder] = process.argv.slice(2);
if (folder === undefined) throw new TypeError("which data folder?");

function say(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

try {
  const store = openSqliteEventStore({ folder });
  store.announce("http://127.0.0.1:4000");
  say({ kind: "open", pid: process.pid });
  if (verb === "append") await Promise.all(Array.from({ length: 8 }, (_, n) => appendForEver(`il.lecco.incident-${process.pid}-${n}`)));
  await once(createInterface({ input: process.stdin }), "line");
  await store.close();

  async function appendForEver(stream: string): Promise<void> {
    for (let revision = -1; ; ) {
      const ids = Array.from({ length: 1 + ((revision + 2) % 4) }, () => newEventId());
      const events = ids.map((id) => ({ id, type: "ResponseRecorded", data: canonicalJson({ ids, filler: "x".repeat(300) }), metadata: "{}" }));
      const result = await store.append(streamName(stream), revision < 0 ? { kind: "no-stream" } : { kind: "exact", revision }, events);
      if (result.kind !== "appended") throw new Error(JSON.stringify(result));
      revision = result.revision;
      say({ kind: "appended", stream, revision, ids });
    }
  }
} catch (error) {
  if (!(error instanceof LedgerError)) throw error;
  say({ kind: "refused", code: error.code, message: error.message, params: error.params });
}
