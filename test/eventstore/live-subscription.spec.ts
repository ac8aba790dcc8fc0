import { expect } from "chai";
import { subscribeTo, type Source } from "../../src/eventstore/live-subscription.js";
import type { StoredEvent, StoreUnavailable, SubscribeOptions } from "../../src/eventstore/port.js";
import { streamName, type Position } from "../../src/kernel/brand.js";
import { event, gate } from "../contract/rig.js";
import { parsePosition, positionAt } from "../../src/eventstore/sqlite-position.js";

const DISK: StoreUnavailable = { kind: "store-unavailable", reason: "the disk reports an error" };

/** A store of numbered events whose outages and growth the test decides; it counts how often it is read. */
class FakeSource implements Source {
  reads = 0;
  count = 0;
  outage = false;
  #changed = gate();

  grow(count: number): void {
    this.count += count;
    const before = this.#changed;
    this.#changed = gate();
    before.open();
  }

  readAll({ from, limit }: { readonly from?: Position; readonly limit: number }): ReturnType<Source["readAll"]> {
    this.reads += 1;
    if (this.outage) return Promise.resolve(DISK);
    const after = place(from);
    const until = Math.max(after, Math.min(this.count, after + limit));
    const events = Array.from({ length: until - after }, (_, n): StoredEvent => ({ ...event("n"), stream: streamName("s"), revision: after + n, position: positionAt(after + n + 1) }));
    return Promise.resolve({ kind: "events", events, next: until === 0 ? undefined : positionAt(until), isEnd: until >= this.count });
  }
  end(): ReturnType<Source["end"]> {
    return this.outage ? DISK : { kind: "position", position: this.count === 0 ? undefined : positionAt(this.count) };
  }
  isPast(position: Position | undefined): boolean {
    return this.outage || this.count > place(position);
  }
  async whenPast(position: Position | undefined, signal: AbortSignal): Promise<void> {
    const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    while (!signal.aborted && !this.isPast(position)) await Promise.race([this.#changed.opened, aborted]);
  }
}
function place(position: Position | undefined): number {
  return position === undefined ? 0 : (parsePosition(position) ?? 0);
}

/** A subscription that counts, and a way to wait for what it counts. */
function follow(source: Source, options: Partial<SubscribeOptions> = {}) {
  const seen: { readonly places: number[]; caughtUp: number; readonly interruptions: string[] } = { places: [], caughtUp: 0, interruptions: [] };
  let look = (): void => undefined;
  const subscription = subscribeTo(source, {
    onEvents: (events) => {
      seen.places.push(...events.map(({ position }) => place(position)));
      look();
    },
    onCaughtUp: () => {
      seen.caughtUp += 1;
      look();
    },
    onInterrupted: (reason) => {
      seen.interruptions.push(reason);
      look();
    },
    ...options,
  });
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      look = () => {
        if (condition()) resolve();
      };
      look();
    });
  return { seen, subscription, until };
}

describe("a subscription over pages", () => {
  it("does not read on while a batch is being taken: what waits stays in the store", async () => {
    const source = new FakeSource();
    source.grow(10_000);
    const [entered, release] = [gate(), gate()];
    const subscription = subscribeTo(source, {
      batchSize: 10,
      onEvents: () => {
        entered.open();
        return release.opened;
      },
    });
    await entered.opened;
    for (let turn = 0; turn < 100; turn++) {
      source.grow(10);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(source.reads).to.equal(1);
    const closed = subscription.close();
    release.open();
    await closed;
    expect(source.reads).to.equal(1);
  });

  it("has not caught up while there is more, though its page was the last when it was read", async () => {
    const source = new FakeSource();
    source.grow(1);
    const places: number[] = [];
    const caughtUpAt: number[] = [];
    const done = gate();
    const subscription = subscribeTo(source, {
      onEvents: (events) => {
        places.push(...events.map(({ position }) => place(position)));
        if (source.count < 3) source.grow(1);
      },
      onCaughtUp: () => {
        caughtUpAt.push(places.length);
        done.open();
      },
    });
    await done.opened;
    expect(places).to.deep.equal([1, 2, 3]);
    expect(caughtUpAt).to.deep.equal([3]);
    await subscription.close();
  });

  it("says that it is interrupted, and comes back by itself with nothing missed or doubled", async () => {
    const source = new FakeSource();
    source.grow(3);
    const { seen, subscription, until } = follow(source);
    await until(() => seen.caughtUp === 1);
    source.outage = true;
    source.grow(2);
    await until(() => seen.interruptions.length > 0);
    expect(seen.interruptions[0]).to.equal(DISK.reason);
    expect(seen.places).to.deep.equal([1, 2, 3]);
    source.outage = false;
    await until(() => seen.caughtUp === 2);
    expect(seen.places).to.deep.equal([1, 2, 3, 4, 5]);
    await subscription.close();
  });

  it("made for the end during an outage begins at the end that there is afterwards", async () => {
    const source = new FakeSource();
    source.grow(3);
    source.outage = true;
    const { seen, subscription, until } = follow(source, { from: "end" });
    await until(() => seen.interruptions.length > 0);
    source.outage = false;
    await until(() => seen.caughtUp === 1);
    source.grow(1);
    await until(() => seen.places.length > 0);
    expect(seen.places).to.deep.equal([4]);
    await subscription.close();
  });

  it("closes at once during an outage, and while it waits", async () => {
    const source = new FakeSource();
    const waiting = follow(source);
    await waiting.until(() => waiting.seen.caughtUp === 1);
    await waiting.subscription.close();
    source.outage = true;
    for (const from of [undefined, "end"] as const) {
      const interrupted = follow(source, from === undefined ? {} : { from });
      await interrupted.until(() => interrupted.seen.interruptions.length > 0);
      await interrupted.subscription.close();
      await interrupted.subscription.ended;
    }
  });

  it("waits for what comes after a position that the store has not reached", async () => {
    const source = new FakeSource();
    source.grow(3);
    const { seen, subscription, until } = follow(source, { from: positionAt(5) });
    await until(() => seen.caughtUp === 1);
    source.grow(3);
    await until(() => seen.places.length > 0);
    expect(seen.places).to.deep.equal([6]);
    await subscription.close();
  });

  it("ends with what any of its handlers throws", async () => {
    const source = new FakeSource();
    source.grow(1);
    const failure = new Error("no room for this row");
    const fail = (): never => {
      throw failure;
    };
    for (const options of [{ onEvents: fail }, { onCaughtUp: fail }]) {
      const { subscription } = follow(source, options);
      const ended = await subscription.ended.then(
        () => "fulfilled",
        (error: unknown) => error,
      );
      expect(ended).to.equal(failure);
      await subscription.close();
    }
  });
});
