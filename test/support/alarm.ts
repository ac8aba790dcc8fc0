import type { Alarm } from "../../src/graphql/alarm.js";
import type { Instant } from "../../src/kernel/brand.js";

interface Setting {
  readonly at: Instant;
  readonly ring: () => void;
}

/** An alarm whose time a spec moves: it rings when it is told that an instant has been reached. */
export class HandAlarm implements Alarm {
  readonly #settings = new Set<Setting>();
  readonly #waiting = new Set<() => void>();
  #now: Instant;

  constructor(now: Instant) {
    this.#now = now;
  }

  /** What it is set to, the next first. */
  get settings(): readonly Instant[] {
    return [...this.#settings].map(({ at }) => at).sort((a, b) => a - b);
  }

  set(at: Instant, ring: () => void): () => void {
    const setting = { at, ring };
    this.#settings.add(setting);
    if (at <= this.#now) queueMicrotask(() => this.reach(this.#now));
    for (const look of [...this.#waiting]) look();
    return () => void this.#settings.delete(setting);
  }

  reach(now: Instant): void {
    this.#now = now;
    for (const setting of [...this.#settings].filter(({ at }) => at <= now)) {
      if (this.#settings.delete(setting)) setting.ring();
    }
  }

  /** Fulfilled as soon as it is set to that instant. */
  async isSetTo(at: Instant): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!this.settings.includes(at)) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
}
