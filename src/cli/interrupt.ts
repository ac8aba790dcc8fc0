import { EXIT } from "./exit.js";

/** What Ctrl-C, or a request to end, does to a verb. */
export interface Interruption {
  /** Aborted by the first: the verb comes to a clean end. A second one ends the process at once, which loses nothing that was acknowledged. */
  readonly signal: AbortSignal;
  readonly interrupted: boolean;
  /** Fulfilled when it comes; for verbs that have nothing else to wait for. */
  readonly comes: Promise<void>;
  /** Gives the signals back to the system. */
  dispose(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Listens until disposed; `notice` is called at the first. */
export function interruption(notice: () => void): Interruption {
  const controller = new AbortController();
  const come = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
    notice();
  };
  for (const signal of SIGNALS) process.on(signal, come);
  const comes = new Promise<void>((resolve) => controller.signal.addEventListener("abort", () => resolve(), { once: true }));
  return {
    signal: controller.signal,
    get interrupted() {
      return controller.signal.aborted;
    },
    comes,
    dispose: () => {
      for (const signal of SIGNALS) process.off(signal, come);
    },
  };
}
