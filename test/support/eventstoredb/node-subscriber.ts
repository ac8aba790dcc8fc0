import { once } from "node:events";
import type { ServerWritableStream } from "@grpc/grpc-js";
import { streams } from "../../../src/eventstore/eventstoredb/protocol.js";
import type { LoggedEvent, MemoryLog } from "./memory-log.js";
import { checkpointResponse, eventResponse, type Filter } from "./node-messages.js";

export type ReadingCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

/** Writes. Undefined, or to be waited for while the client holds back: an await for each event would cost more than to send it. */
export function put(call: ReadingCall, response: streams.ReadResp): Promise<void> | undefined {
  if (call.write(response) || call.cancelled) return undefined;
  return new Promise((resolve) => {
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
  /** Events that the filter has left out. */
  #passedOver = 0;

  constructor(call: ReadingCall, log: MemoryLog, filter: Filter) {
    this.#call = call;
    this.#log = log;
    this.#filter = filter;
    this.#options = call.request.getOptions() ?? new streams.ReadReq.Options();
    this.#window = this.#options.getFilter()?.getMax() ?? 32;
  }

  /** Ends when the client cancels. `saysCaughtUp`: older servers do not. `stalled`: to be waited for before more is sent, or undefined. */
  async run(after: bigint | undefined, { saysCaughtUp, stalled }: { readonly saysCaughtUp: boolean; readonly stalled: () => Promise<void> | undefined }): Promise<void> {
    await put(this.#call, new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId("1")));
    let [next, isLive] = [0, false];
    while (!this.#call.cancelled) {
      const changed = this.#changed();
      for (let event = this.#log.events[next]; event !== undefined; event = this.#log.events[next]) {
        const resumed = stalled();
        if (resumed !== undefined) await resumed;
        if (this.isMute || isCancelled(this.#call)) break;
        next += 1;
        if (after !== undefined && event.position <= after) continue;
        const heldBack = this.#pass(event);
        if (heldBack !== undefined) await heldBack;
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

  /** Sends it, or says now and then how far the filter has left out everything. */
  #pass(event: LoggedEvent): Promise<void> | undefined {
    if (this.#filter(event)) {
      this.sent += 1;
      return put(this.#call, eventResponse(event, this.#options));
    }
    this.#passedOver += 1;
    return this.#passedOver % this.#window === 0 ? put(this.#call, checkpointResponse(event)) : undefined;
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
