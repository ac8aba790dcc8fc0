import { expect } from "chai";
import type { EventStore, EventToAppend, ExpectedRevision, ReadAllOptions, StoredEvent, SubscribeOptions, Subscription } from "../../src/eventstore/port.js";
import { streamName, type Position, type StreamName } from "../../src/kernel/brand.js";
import { canonicalJson } from "../../src/kernel/json.js";
import { newEventId } from "../../src/kernel/uuid.js";

/** One store that a test may close and open again. Other tests' events may be in it: the suite looks only at streams of its own. */
export interface StoreUnderTest {
  /** Opens it, again if it was closed: what was stored is still there. */
  open(options?: { readonly eventSizeLimitBytes?: number }): Promise<EventStore>;
  /** Frees everything, whatever is still open. */
  remove(): Promise<void>;
}
export type MakeStore = () => Promise<StoreUnderTest>;

/** What each test of the suite gets: a store, and streams that no other test writes to. */
export interface Rig {
  readonly store: EventStore;
  readonly prefix: string;
  readonly stream: (id: string) => StreamName;
  /** Closes the store and opens it again. */
  readonly reopen: () => Promise<EventStore>;
  readonly reopenWith: (options: { readonly eventSizeLimitBytes: number }) => Promise<EventStore>;
}

/** Sets up a rig before each test of the surrounding `describe`, and frees it afterwards. */
export function rigged(make: MakeStore): () => Rig {
  let rig: Rig | undefined;
  let under: StoreUnderTest | undefined;
  let open: EventStore | undefined;
  beforeEach(async () => {
    const made = await make();
    under = made;
    open = await made.open();
    const prefix = `il.test-${newEventId()}.`;
    const reopenWith = async (options?: { readonly eventSizeLimitBytes: number }): Promise<EventStore> => {
      await open?.close();
      open = await made.open(options);
      return open;
    };
    rig = { store: open, prefix, stream: (id) => streamName(`${prefix}incident-${id}`), reopen: () => reopenWith(), reopenWith };
  });
  afterEach(async () => {
    await open?.close();
    await under?.remove();
  });
  return () => {
    if (rig === undefined) throw new TypeError("a rig is there only while a test runs");
    return rig;
  };
}

export const NO_STREAM: ExpectedRevision = { kind: "no-stream" };
export const ANY: ExpectedRevision = { kind: "any" };
export const EXISTS: ExpectedRevision = { kind: "stream-exists" };
export function exactly(revision: number): ExpectedRevision {
  return { kind: "exact", revision };
}

/** A new event; `note` tells it from others. */
export function event(note: string, type = "IncidentReported"): EventToAppend {
  return { id: newEventId(), type, data: canonicalJson({ note }), metadata: canonicalJson({ actor: { id: "lead-body" } }) };
}
export function events(count: number, note = "n"): EventToAppend[] {
  return Array.from({ length: count }, (_, index) => event(`${note}${index}`));
}

/** Where the last event of an append lies. */
export interface Place {
  readonly revision: number;
  readonly position: Position;
}

/** Appends what must be appended. */
export async function appended(store: EventStore, stream: StreamName, expected: ExpectedRevision, added: readonly EventToAppend[]): Promise<Place> {
  const result = await store.append(stream, expected, added);
  if (result.kind !== "appended") expect.fail(`not appended: ${JSON.stringify(result)}`);
  return { revision: result.revision, position: result.position };
}

/** A whole stream, page by page. */
export async function wholeStream(store: EventStore, stream: StreamName): Promise<readonly StoredEvent[]> {
  const found: StoredEvent[] = [];
  for (;;) {
    const page = await store.readStream(stream, { direction: "forwards", from: found.length, limit: 1000 });
    if (page.kind === "stream-not-found") return [];
    if (page.kind !== "events") expect.fail(page.reason);
    found.push(...page.events);
    if (page.isEnd) return found;
  }
}

/** All pages, and where they ended. */
export async function allPages(store: EventStore, options: ReadAllOptions): Promise<{ readonly found: readonly StoredEvent[]; readonly next: Position | undefined }> {
  const found: StoredEvent[] = [];
  let next = options.from;
  for (;;) {
    const page = await store.readAll({ ...options, ...(next !== undefined && { from: next }) });
    if (page.kind !== "events") expect.fail(page.reason);
    expect(page.events.length).to.be.at.most(options.limit);
    found.push(...page.events);
    next = page.next;
    if (page.isEnd) return { found, next };
  }
}

export function ids(of: readonly { readonly id: string }[]): readonly string[] {
  return of.map(({ id }) => id);
}

/** What a subscription has brought so far, and promises of what it will bring. */
export class Listener {
  readonly received: StoredEvent[] = [];
  readonly batchSizes: number[] = [];
  readonly passedOver: Position[] = [];
  caughtUp = 0;
  readonly #waiting = new Set<() => void>();
  readonly subscription: Subscription;

  /** `taking` runs within `onEvents`, before the events count as received. */
  constructor(store: EventStore, options: Omit<SubscribeOptions, "onEvents">, taking: (events: readonly StoredEvent[]) => Promise<void> | void = () => undefined) {
    this.subscription = store.subscribe({
      ...options,
      onEvents: async (batch) => {
        await taking(batch);
        this.received.push(...batch);
        this.batchSizes.push(batch.length);
        this.#look();
      },
      onCaughtUp: () => {
        this.caughtUp += 1;
        this.#look();
      },
      onPassedOver: (position) => {
        this.passedOver.push(position);
        this.#look();
      },
    });
  }

  /** Fulfilled when `condition` holds; rejected when the subscription ends before. */
  async until(condition: (listener: this) => boolean): Promise<void> {
    const held = new Promise<void>((resolve) => {
      const look = (): void => {
        if (!condition(this)) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
    const over = this.subscription.ended.then(() => expect.fail("the subscription ended too early"));
    await Promise.race([held, over]);
  }
  untilCount(count: number): Promise<void> {
    return this.until(({ received }) => received.length >= count);
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }
}

/** What the promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => expect.fail(`not rejected, but ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
}

/** A promise that the test fulfils. */
export function gate(): { readonly opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
