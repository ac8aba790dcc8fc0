import type { EventFilter, EventStore, StoredEvent } from "../eventstore/port.js";
import type { Position } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import { unavailable } from "./resolve.js";

const PAGE = 1000;

/** This ledger's events up to and with `last`, in order, a page at a time. Throws LedgerError STORE_UNAVAILABLE. */
export async function* eventsUpTo(store: EventStore, filter: EventFilter, last: Position | undefined): AsyncGenerator<readonly StoredEvent[]> {
  if (last === undefined) return;
  let from: Position | undefined;
  for (;;) {
    const page = await store.readAll({ direction: "forwards", limit: PAGE, filter, ...(from !== undefined && { from }) });
    if (page.kind === "store-unavailable") throw new LedgerError(unavailable(page.reason));
    const wanted = page.events.filter(({ position }) => (store.comparePositions(position, last) ?? 1) <= 0);
    if (wanted.length > 0) yield wanted;
    if (page.isEnd || wanted.length < page.events.length) return;
    from = page.next;
  }
}
