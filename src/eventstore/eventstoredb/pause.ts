export interface PauseOptions {
  /** Aborted, it ends the pause. */
  readonly signal?: AbortSignal | undefined;
  /** Gets what ends the pause. */
  readonly onWake?: (wake: () => void) => void;
}

/** Fulfilled after `ms` milliseconds, or when it is ended before. */
export function pause(ms: number, { signal, onWake }: PauseOptions = {}): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal?.aborted === true) done();
    else signal?.addEventListener("abort", done, { once: true });
    onWake?.(done);
  });
}
