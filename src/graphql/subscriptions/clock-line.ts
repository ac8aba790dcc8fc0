import { isIncidentId, type IncidentId, type Instant } from "../../kernel/brand.js";
import { parseStream } from "../../kernel/stream.js";
import type { StoredEvent } from "../../eventstore/port.js";
import { ClockWatch, type ClockTransition, type WatchFilter } from "../../reports/clocks/watch.js";
import type { Context } from "../context.js";
import type { Reading } from "../reading.js";
import { clockChangeView, type ClockChangeView } from "../views/clock.js";
import { readingAt } from "./changes.js";
import { Handover } from "./handover.js";

/** Where a line begins: what is known then, and from when on time is followed. */
export interface Beginning {
  readonly reading: Reading;
  readonly asOf: Instant;
  readonly filter: WatchFilter;
}

/**
 * Brings together the two ways in which clocks change: events, in their order, and time. Between events that are still to be taken, time comes only as far as each was
 * recorded; with all taken, it is the present, and an alarm is set for what changes next. One thing after another: what is told waits for its taker.
 */
export class ClockLine {
  readonly handover: Handover<ClockChangeView>;
  readonly #context: Context;
  readonly #watch: ClockWatch;
  #reading: Reading;
  #isLive = false;
  #turn: Promise<void> = Promise.resolve();
  #callOff = (): void => undefined;

  /** `onEnd` frees the source of the events. */
  constructor(context: Context, { reading, asOf, filter }: Beginning, onEnd: () => Promise<void>) {
    this.#context = context;
    this.#reading = reading;
    this.#watch = new ClockWatch(reading.known, asOf, filter);
    this.handover = new Handover(() => {
      this.#callOff();
      return onEnd();
    });
  }

  take(events: readonly StoredEvent[]): Promise<void> {
    this.#isLive = false;
    this.#callOff();
    return this.#inTurn(async () => {
      for (const event of events) await this.#takeOne(event);
    });
  }

  /** All that was in the store has been taken. */
  caughtUp(): void {
    this.#isLive = true;
    this.#goOn();
  }

  async #takeOne(event: StoredEvent): Promise<void> {
    const reading = await readingAt(this.#context, event.position, () => this.handover.ended);
    if (reading === undefined) return;
    await this.#tell(this.#watch.pass(reading.known.knowledge.instant), undefined);
    this.#reading = reading;
    const touched = touchedBy(event);
    if (touched !== "none") await this.#tell(this.#watch.record(reading.known, touched), event);
  }

  /** Brings time up to the present, and waits for what it brings next. */
  #goOn(): void {
    const turn = this.#inTurn(async () => {
      if (!this.#isLive) return;
      await this.#tell(this.#watch.pass(this.#context.services.clock()), undefined);
      this.#arm();
    });
    turn.catch((error: unknown) => this.handover.fail(error instanceof Error ? error : new Error(String(error))));
  }

  #arm(): void {
    this.#callOff();
    const { nextAt } = this.#watch;
    if (nextAt !== undefined && this.#isLive && !this.handover.ended) this.#callOff = this.#context.services.alarm.set(nextAt, () => this.#goOn());
  }

  async #tell(transitions: readonly ClockTransition[], event: StoredEvent | undefined): Promise<void> {
    for (const transition of transitions) await this.handover.offer(clockChangeView(transition, this.#reading, event));
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(() => (this.handover.ended ? undefined : work()));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

/** What may bear on terms and on whose services are disrupted; anything else in those streams does not concern clocks. */
const OF_ANY: ReadonlySet<string> = new Set(["TermsAgreed", "ServiceCatalogued", "RecordCorrected", "RecordWithdrawn"]);

function touchedBy({ stream, type }: StoredEvent): IncidentId | "any" | "none" {
  const { category, id } = parseStream(stream) ?? {};
  if (category === "incident") return isIncidentId(id) ? id : "none";
  return (category === "contract" || category === "service") && OF_ANY.has(type) ? "any" : "none";
}
