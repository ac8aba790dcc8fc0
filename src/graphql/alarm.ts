import type { Instant } from "../kernel/brand.js";

/** Wakes whoever waits for an instant. */
export interface Alarm {
  /** Calls `ring` once when the clock has reached `at`, and never before `set` has returned; soon, where it has been reached. Returns how to call it off. */
  set(at: Instant, ring: () => void): () => void;
}

/** The clock is looked at again at least so often, in milliseconds: it may be set, the machine may sleep, and timers take no more than 2^31 − 1. */
const LOOK_MS = 60_000;

/** Rings by this process's timers, which do not keep it alive. */
export function systemAlarm(clock: () => Instant): Alarm {
  return {
    set: (at, ring) => {
      const wait = (): NodeJS.Timeout => setTimeout(look, Math.min(Math.max(at - clock(), 0), LOOK_MS)).unref();
      const look = (): void => {
        if (clock() >= at) ring();
        else timer = wait();
      };
      let timer = wait();
      return () => clearTimeout(timer);
    },
  };
}
