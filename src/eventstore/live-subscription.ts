import { setImmediate as nextTurn } from "node:timers/promises";
import type { Position } from "../kernel/brand.js";
import type { ReadAllOptions, ReadAllResult, StoreUnavailable, SubscribeOptions, Subscription } from "./port.js";

/** What a subscription needs of the store it reads. */
export interface Source {
  readAll(options: ReadAllOptions): Promise<ReadAllResult>;
  /** Where `"end"` is now. */
  end(): { readonly kind: "position"; readonly position: Position | undefined } | StoreUnavailable;
  /** Whether anything lies after `position`; true also where that cannot be found out now, so that the next page tells. */
  isPast(position: Position | undefined): boolean;
  /** Fulfilled as soon as `isPast(position)`, or when `signal` is aborted. */
  whenPast(position: Position | undefined, signal: AbortSignal): Promise<void>;
}

const RETRY_MS = 250;

/**
 * A subscription over paged reading: one page is handed on at a time, and the next is fetched when it has been taken, so that a slow reader
 * holds back its source. Catch-up and live are the same loop; nothing is buffered, missed or doubled.
 */
export function subscribeTo(source: Source, options: SubscribeOptions): Subscription {
  const closing = new AbortController();
  const ended = run(source, options, closing.signal);
  // The rejection is the subscriber's to see through `ended`; closing never throws.
  const settled = ended.catch(() => undefined);
  return {
    ended,
    close: async () => {
      closing.abort();
      await settled;
    },
  };
}

async function run(source: Source, options: SubscribeOptions, signal: AbortSignal): Promise<void> {
  let from = await startOf(source, options, signal);
  while (!signal.aborted) {
    const page = await source.readAll(pageAfter(from, options));
    if (isAborted(signal)) return;
    if (page.kind === "store-unavailable") {
      await interrupted(page, options, signal);
      continue;
    }
    await handOn(page, from, options);
    from = page.next ?? from;
    if (isAborted(signal)) return;
    // While one page follows another, everything else in this process gets its turn.
    if (!page.isEnd || source.isPast(from)) await nextTurn();
    else {
      options.onCaughtUp?.();
      await source.whenPast(from, signal);
    }
  }
}

/** `"end"` is where the store ends when the subscription is made; only during an outage is it found later. */
async function startOf(source: Source, options: SubscribeOptions, signal: AbortSignal): Promise<Position | undefined> {
  if (options.from !== "end") return options.from;
  for (;;) {
    const end = source.end();
    if (end.kind === "position") return end.position;
    await interrupted(end, options, signal);
    if (signal.aborted) return undefined;
  }
}

function pageAfter(from: Position | undefined, { batchSize, filter }: SubscribeOptions): ReadAllOptions {
  return { direction: "forwards", limit: batchSize ?? 1000, ...(from !== undefined && { from }), ...(filter !== undefined && { filter }) };
}

async function handOn(page: ReadAllResult & { readonly kind: "events" }, from: Position | undefined, options: SubscribeOptions): Promise<void> {
  if (page.events.length > 0) await options.onEvents(page.events);
  const delivered = page.events.at(-1)?.position ?? from;
  if (page.next !== undefined && page.next !== delivered) options.onPassedOver?.(page.next);
}

/** A call, so that the compiler does not take the signal for unchanged across an await. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

async function interrupted(outage: StoreUnavailable, options: SubscribeOptions, signal: AbortSignal): Promise<void> {
  options.onInterrupted?.(outage.reason);
  await pause(signal);
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, RETRY_MS);
    signal.addEventListener("abort", done, { once: true });
  });
}
