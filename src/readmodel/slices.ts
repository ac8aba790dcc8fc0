import { setImmediate } from "node:timers/promises";

/** Longest stretch of work without letting anyone else have the thread. */
const SLICE_MS = 10;
/** How often the time is looked at. */
const STRIDE = 8;

/** Does `each` for all `items` in order, in slices of about 10 ms between which queries are answered. Stops early once `stopped` says so; says whether it did all. */
export async function inSlices<Item>(items: Iterable<Item>, each: (item: Item) => void, stopped: () => boolean = () => false): Promise<boolean> {
  let until = performance.now() + SLICE_MS;
  let done = 0;
  for (const item of items) {
    each(item);
    done++;
    if (done % STRIDE !== 0 || performance.now() < until) continue;
    await setImmediate();
    if (stopped()) return false;
    until = performance.now() + SLICE_MS;
  }
  return true;
}

/** Runs asynchronous pieces of work one after another: whoever writes to the file has it to himself until his transaction ends. */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();

  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }
}
