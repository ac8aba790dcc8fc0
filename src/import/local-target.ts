import { LedgerError } from "../kernel/errors.js";
import type { ImportId } from "../kernel/brand.js";
import type { Recorded } from "../kernel/event.js";
import { streamOf, streamPrefix } from "../kernel/stream.js";
import { decodeStored, loadHistory, unavailable } from "../app/history.js";
import type { Ledger } from "../app/ledger.js";
import type { LedgerEvent } from "../domain/record.js";
import type { EventStore, StoredEvent } from "../eventstore/port.js";
import type { ImportTarget } from "./target.js";

const PAGE = 1000;

/** The ledger of this process as an import's target. */
export function localTarget({ store, ledger }: { readonly store: EventStore; readonly ledger: Ledger }): ImportTarget {
  return {
    submit: (submission) => ledger.submit(submission),
    history: async (category, id) => {
      const loaded = await loadHistory(store, streamOf(ledger.ledgerId, category, id));
      if (loaded.kind === "refused") throw new LedgerError(loaded.refusal);
      return loaded.history.events;
    },
    eventsOfImport: (importId) => eventsOfImport(store, streamPrefix(ledger.ledgerId), importId),
  };
}

/** Reads the ledger from end to end; events that this release does not understand are passed over: it cannot have imported them. */
async function* eventsOfImport(store: EventStore, prefix: string, importId: ImportId): AsyncGenerator<Recorded<LedgerEvent>> {
  let from: StoredEvent["position"] | undefined;
  for (;;) {
    const page = await store.readAll({ direction: "forwards", limit: PAGE, filter: { streamPrefix: prefix }, ...(from !== undefined && { from }) });
    if (page.kind === "store-unavailable") throw new LedgerError(unavailable(page.reason));
    for (const stored of page.events) {
      if (!stored.metadata.includes(importId)) continue;
      const recorded = decodeStored(stored);
      if (!("refusal" in recorded) && recorded.meta.importId === importId) yield recorded;
    }
    if (page.isEnd || page.next === undefined) return;
    from = page.next;
  }
}
