import type { Position } from "../kernel/brand.js";
import { LedgerError, type Refusal } from "../kernel/errors.js";
import type { AppendResult, EventFilter, EventStore, ReadAllResult, StoredEvent } from "./port.js";

export interface CopyOptions {
  readonly source: EventStore;
  /** Nobody else writes there what the filter lets pass. */
  readonly target: EventStore;
  /** What is copied: one ledger's streams. */
  readonly filter: EventFilter;
  readonly onProgress?: (progress: CopyProgress) => void;
  /** When aborted, the copy ends after the append under way. */
  readonly signal?: AbortSignal;
}

/** Every event that is counted has been compared, as it stands in the target, with what it is in the source. */
export interface CopyProgress {
  /** Events that were in the target already. */
  readonly found: number;
  /** Events that were appended. */
  readonly copied: number;
}
export interface CopyReport extends CopyProgress {
  /** False where it was broken off: the same call goes on from there. */
  readonly isWhole: boolean;
}

const PAGE = 1000;

/**
 * Brings the target to where the source is, event by event, in the source's order: ids, types, revisions, data and metadata to the character, and so recorded
 * times; positions are the target's own. What is there already is compared first, so that a copy that was broken off is gone on with, and one that is
 * whole is verified. Ends at the source's last event; what is recorded there later is copied by the next call.
 * Rejects with LedgerError COPY_REFUSED where the target has anything that the source has not (nothing is appended behind it), STORE_UNAVAILABLE.
 */
export async function copyEvents({ source, target, filter, onProgress, signal }: CopyOptions): Promise<CopyReport> {
  const [from, to] = [new Cursor(source, filter, "source"), new Cursor(target, filter, "target")];
  const progress = { found: 0, copied: 0 };
  const isOver = (): boolean => signal?.aborted === true;
  for (let there = await to.page(); there.length > 0; there = await to.page()) {
    for (const event of there) mustEqual(await from.next(), event);
    progress.found += there.length;
    onProgress?.(progress);
    if (isOver()) return { ...progress, isWhole: false };
  }
  for (let page = await from.page(); page.length > 0 && !isOver(); page = await from.page()) {
    const appended: StoredEvent[] = [];
    for (const run of runsOf(page)) {
      if (isOver()) break;
      mustBeAppended(run, await target.append(run.stream, run.after, run.events));
      appended.push(...run.events);
    }
    for (const event of appended) mustEqual(event, await to.next());
    progress.copied += appended.length;
    onProgress?.(progress);
  }
  return { ...progress, isWhole: !isOver() };
}

/** Reads a store in order. */
class Cursor {
  readonly #store: EventStore;
  readonly #filter: EventFilter;
  readonly #name: string;
  #from: Position | undefined;
  #ahead: StoredEvent[] = [];

  constructor(store: EventStore, filter: EventFilter, name: string) {
    this.#store = store;
    this.#filter = filter;
    this.#name = name;
  }

  /** The events that come next, as far as they were read; none at the end. */
  async page(): Promise<readonly StoredEvent[]> {
    if (this.#ahead.length === 0) await this.#read();
    return this.#ahead.splice(0);
  }

  async next(): Promise<StoredEvent | undefined> {
    if (this.#ahead.length === 0) await this.#read();
    return this.#ahead.shift();
  }

  async #read(): Promise<void> {
    for (;;) {
      const page = this.#answered(await this.#store.readAll({ direction: "forwards", limit: PAGE, filter: this.#filter, ...(this.#from !== undefined && { from: this.#from }) }));
      this.#ahead = [...page.events];
      this.#from = page.next ?? this.#from;
      if (this.#ahead.length > 0 || page.isEnd) return;
    }
  }

  #answered(page: ReadAllResult): ReadAllResult & { readonly kind: "events" } {
    if (page.kind === "events") return page;
    throw new LedgerError({ code: "STORE_UNAVAILABLE", params: { reason: page.reason }, message: `the ${this.#name} of the copy does not answer (${page.reason}); run it again, and it goes on from where it is` });
  }
}

/** Events that follow one another in one stream, which one append takes. */
interface Run {
  readonly stream: StoredEvent["stream"];
  readonly after: { readonly kind: "no-stream" } | { readonly kind: "exact"; readonly revision: number };
  readonly events: StoredEvent[];
}

function runsOf(page: readonly StoredEvent[]): readonly Run[] {
  const runs: Run[] = [];
  for (const event of page) {
    const run = runs.at(-1);
    if (run?.stream === event.stream) run.events.push(event);
    else runs.push({ stream: event.stream, after: event.revision === 0 ? { kind: "no-stream" } : { kind: "exact", revision: event.revision - 1 }, events: [event] });
  }
  return runs;
}

function mustBeAppended({ stream, after, events }: Run, result: AppendResult): void {
  switch (result.kind) {
    case "appended":
      return;
    case "store-unavailable":
      throw new LedgerError({ code: "STORE_UNAVAILABLE", params: { reason: result.reason }, message: `the target of the copy does not answer (${result.reason}); run it again, and it goes on from where it is` });
    case "wrong-expected-revision": {
      const wanted = after.kind === "exact" ? after.revision + 1 : 0;
      throw new LedgerError(refused(events[0], `the next event of ${stream} is to have the revision ${wanted}, but the stream is at ${result.actual === "no-stream" ? "no revision yet" : result.actual} in the target: either somebody writes there, or the source has lost events of the stream`));
    }
    case "event-too-large":
      throw new LedgerError(refused(events.find(({ id }) => id === result.eventId), `it has ${result.sizeBytes} bytes, and the target takes ${result.limitBytes} at most`));
  }
}

/** The event of the source, and what stands in its place in the target. */
function mustEqual(source: StoredEvent | undefined, target: StoredEvent | undefined): void {
  if (target === undefined) throw new LedgerError(refused(source, "it was appended, but cannot be read back from the target"));
  if (source === undefined) throw new LedgerError(refused(target, "the target has it, but not the source: it has gone its own way, and nothing is copied behind that. Copy into an empty target"));
  const differing = (["id", "type", "stream", "revision", "data", "metadata"] as const).filter((part) => source[part] !== target[part]);
  if (differing.length === 0) return;
  throw new LedgerError(refused(source, `in its place the target has the event ${target.id} of ${target.stream}, which differs in ${differing.join(", ")}. Copy into an empty target`));
}

function refused(event: StoredEvent | undefined, why: string): Refusal {
  const { id, stream, revision } = event ?? {};
  const params = { eventId: id ?? null, stream: stream ?? null, revision: revision ?? null };
  return { code: "COPY_REFUSED", params, message: `the copy stops at the event ${id ?? "?"} (${stream ?? "?"}, revision ${revision ?? "?"}): ${why}` };
}
