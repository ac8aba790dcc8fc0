import { StoreFailure } from "./failure.js";

/** What `promise` comes to; once `signal` is aborted it is no longer waited for, and the answer is a StoreFailure. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const give = (): void => reject(new StoreFailure("the event store did not answer in time", { isTimeout: true }));
    const forget = (): void => signal.removeEventListener("abort", give);
    promise.then(resolve, reject).finally(forget);
    if (signal.aborted) give();
    else signal.addEventListener("abort", give, { once: true });
  });
}

/** Runs `work` with a signal that is aborted after `ms` milliseconds, or with `outer`. */
export async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>, outer?: AbortSignal): Promise<T> {
  const limit = new AbortController();
  const abort = (): void => limit.abort();
  const timer = setTimeout(abort, ms);
  if (outer?.aborted === true) abort();
  else outer?.addEventListener("abort", abort, { once: true });
  try {
    return await work(limit.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", abort);
  }
}
