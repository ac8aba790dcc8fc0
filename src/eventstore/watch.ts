import type { Position } from "../kernel/brand.js";
import type { StoreUnavailable } from "./port.js";
import { parsePosition } from "./sqlite-position.js";

type End = { readonly kind: "position"; readonly position: Position | undefined } | StoreUnavailable;

/** Tells subscriptions that there is more: at each commit of this process or, beside another process's writer, by looking again and again. */
export class Watch {
  readonly #end: () => End;
  readonly #pollMs: number | undefined;
  readonly #waiting = new Set<() => void>();

  /** `pollMs`: undefined where `wake` is called at each commit. */
  constructor(end: () => End, pollMs: number | undefined) {
    this.#end = end;
    this.#pollMs = pollMs;
  }

  wake(): void {
    for (const done of [...this.#waiting]) done();
  }

  /** True also where that cannot be found out now. */
  isPast(position: Position | undefined): boolean {
    const end = this.#end();
    return end.kind === "store-unavailable" || placeOf(end.position) > placeOf(position);
  }

  whenPast(position: Position | undefined, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearInterval(timer);
        this.#waiting.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const look = (): void => {
        if (signal.aborted || this.isPast(position)) done();
      };
      const timer = this.#pollMs === undefined ? undefined : setInterval(look, this.#pollMs);
      this.#waiting.add(done);
      signal.addEventListener("abort", done, { once: true });
      look();
    });
  }
}

function placeOf(position: Position | undefined): number {
  return position === undefined ? 0 : (parsePosition(position) ?? 0);
}
