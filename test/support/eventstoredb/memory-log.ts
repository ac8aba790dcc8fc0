/** An event as the wire brings it. */
export interface Message {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}
export interface LoggedEvent extends Message {
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
}
export type Expected = number | "no-stream" | "stream-exists" | "any";
export type Outcome =
  /** The position is absent where the events were there already: servers then do not always know it. */
  | { readonly kind: "stored"; readonly revision: number; readonly position: bigint | undefined }
  | { readonly kind: "conflict"; readonly current: number | undefined }
  | { readonly kind: "access-denied" }
  | { readonly kind: "too-late" };

/** What the nodes of a cluster have in common: the log, with EventStoreDB's rules of expected revisions and of repeated appends. */
export class MemoryLog {
  readonly events: LoggedEvent[] = [];
  readonly #streams = new Map<string, LoggedEvent[]>();
  readonly #listeners = new Set<() => void>();
  #position = 1000n;

  constructor() {
    // Every real store begins with events of its own.
    this.append("$settings", "any", [{ id: "00000000-0000-4000-8000-000000000001", type: "$settings", contentType: "application/json", data: Buffer.from("{}"), metadata: new Uint8Array() }]);
  }

  append(stream: string, expected: Expected, messages: readonly Message[]): Outcome {
    const held = this.#streams.get(stream) ?? [];
    const current = held.length === 0 ? undefined : held.length - 1;
    const isAsExpected = expected === "any" || (expected === "no-stream" ? current === undefined : expected === "stream-exists" ? current !== undefined : current === expected);
    const known = repeated(held, expected, messages);
    if (known !== undefined) return known === "in-part" ? { kind: "conflict", current } : known;
    if (!isAsExpected) return { kind: "conflict", current };
    this.#streams.set(stream, held);
    for (const message of messages) {
      this.#position += 64n + BigInt(message.data.length);
      const logged = { ...message, stream, revision: held.length, position: this.#position };
      held.push(logged);
      this.events.push(logged);
    }
    for (const listener of [...this.#listeners]) listener();
    return { kind: "stored", revision: held.length - 1, position: this.#position };
  }

  /** Position of the last event. */
  get end(): bigint {
    return this.#position;
  }

  stream(name: string): readonly LoggedEvent[] | undefined {
    return this.#streams.get(name);
  }

  onAppended(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** The first result of an append that is repeated. Where any revision will do, ids tell: all known is a repetition, the first known but not all is a conflict. */
function repeated(held: readonly LoggedEvent[], expected: Expected, messages: readonly Message[]): Outcome | "in-part" | undefined {
  const first = typeof expected === "number" ? expected + 1 : expected === "no-stream" ? 0 : held.findIndex(({ id }) => id === messages[0]?.id);
  if (first < 0) return undefined;
  const there = held.slice(first, first + messages.length);
  const isThere = there.length === messages.length && there.every(({ id }, index) => id === messages[index]?.id);
  if (isThere) return { kind: "stored", revision: first + messages.length - 1, position: undefined };
  return expected === "any" || expected === "stream-exists" ? "in-part" : undefined;
}
