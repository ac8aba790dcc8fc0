import { once } from "node:events";
import type { ServerWritableStream } from "@grpc/grpc-js";
import { streams } from "../../../src/eventstore/eventstoredb/protocol.js";
import type { MemoryLog } from "./memory-log.js";
import { checkpointResponse, eventResponse, type Filter } from "./node-messages.js";

export type ReadingCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

/** Writes, and waits while the client holds back. */
export async function put(call: ReadingCall, response: streams.ReadResp): Promise<void> {
  if (call.write(response) || call.cancelled) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      call.off("drain", done).off("cancelled", done);
      resolve();
    };
    call.on("drain", done).on("cancelled", done);
  });
}

/** One subscription of a client, with what can go wrong with it. */
export class NodeSubscriber {
  readonly #call: ReadingCall;
  readonly #log: MemoryLog;
  readonly #options: streams.ReadReq.Options;
  readonly #filter: Filter;
  readonly #window: number;
  /** It stays open, but nothing is sent on it any more. */
  isMute = false;
  /** Events sent. */
  sent = 0;

  constructor(call: ReadingCall, log: MemoryLog, filter: Filter) {
    this.#call = call;
    this.#log = log;
    this.#filter = filter;
    this.#options = call.request.getOptions() ?? new streams.ReadReq.Options();
    this.#window = this.#options.getFilter()?.getMax() ?? 32;
  }

  /** Ends when the client cancels. `saysCaughtUp`: older servers do not. */
  async run(after: bigint | undefined, { saysCaughtUp, gate }: { readonly saysCaughtUp: boolean; readonly gate: () => Promise<void> }): Promise<void> {
    await put(this.#call, new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId("1")));
    let [next, passedOver, isLive] = [0, 0, false];
    while (!this.#call.cancelled) {
      const changed = this.#changed();
      for (const event of this.#log.events.slice(next)) {
        await gate();
        if (this.isMute || isCancelled(this.#call)) break;
        next += 1;
        if (after !== undefined && event.position <= after) continue;
        if (this.#filter(event)) {
          this.sent += 1;
          await put(this.#call, eventResponse(event, this.#options));
        } else if (++passedOver % this.#window === 0) await put(this.#call, checkpointResponse(event));
      }
      if (!isLive && saysCaughtUp && !this.isMute) await put(this.#call, new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
      isLive = true;
      await changed;
    }
  }

  /** Ends it without an error. */
  end(): void {
    this.#call.end();
  }
  fail(code: number): void {
    this.#call.emit("error", { code, details: "the subscription was dropped" });
  }
  /** What it has been sent already, out of the blue. */
  sendAgain(): void {
    for (const event of this.#log.events.filter(this.#filter)) this.#call.write(eventResponse(event, this.#options));
  }

  async #changed(): Promise<void> {
    const over = new AbortController();
    const appended = new Promise<void>((resolve) => over.signal.addEventListener("abort", this.#log.onAppended(resolve), { once: true }));
    await Promise.race([appended, once(this.#call, "cancelled", { signal: over.signal }).catch(() => undefined)]);
    over.abort();
  }
}

/** A call, so that the compiler does not take it for unchanged across an await. */
function isCancelled(call: ReadingCall): boolean {
  return call.cancelled;
}
