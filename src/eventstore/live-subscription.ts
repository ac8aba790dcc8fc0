import type { Position } from "../kernel/brand.js";
import type { ReadAllOptions, ReadAllResult, SubscribeOptions, Subscription } from "./port.js";

/** What a subscription needs of the store it reads. */
export interface Source {
  readAll(options: ReadAllOptions): Promise<ReadAllResult>;
  /** Fulfilled when there may be more, or when `signal` is aborted. */
  whenChanged(signal: AbortSignal): Promise<void>;
  /** Where `"end"` is now. */
  readonly end: () => Position | undefined;
}

const RETRY_MS = 250;

/**
 * A subscription over paged reading: one page is handed on at a time, and the next is fetched when it has been taken, so that a slow reader
 * holds back its source. Catch-up and live are the same loop; nothing is buffered, missed or doubled.
 */
export function subscribeTo(source: Source, options: SubscribeOptions): Subscription {
  const closing = new AbortController();
  const from = options.from === "end" ? source.end() : options.from;
  const ended = run(source, options, from, closing.signal);
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

async function run(source: Source, options: SubscribeOptions, start: Position | undefined, signal: AbortSignal): Promise<void> {
  let from = start;
  while (!signal.aborted) {
    const page = await source.readAll({ direction: "forwards", limit: options.batchSize ?? 1000, ...(from !== undefined && { from }), ...(options.filter && { filter: options.filter }) });
    if (isAborted(signal)) return;
    if (page.kind === "store-unavailable") {
      options.onInterrupted?.(page.reason);
      await pause(signal);
      continue;
    }
    if (page.events.length > 0) await options.onEvents(page.events);
    else if (page.next !== undefined && page.next !== from) options.onPassedOver?.(page.next);
    from = page.next ?? from;
    if (!page.isEnd || isAborted(signal)) continue;
    const changed = source.whenChanged(signal);
    options.onCaughtUp?.();
    await changed;
  }
}

/** A call, so that the compiler does not take the signal for unchanged across an await. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
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
