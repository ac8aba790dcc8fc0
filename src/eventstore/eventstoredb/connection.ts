import { LedgerError } from "../../kernel/errors.js";
import { parseAddress, withoutPassword, type StoreAddress } from "./address.js";
import type { StoreObserver } from "../observer.js";
import type { AppendAnswer, ExactAppend } from "./append-message.js";
import { failureOf, type StoreFailure } from "./failure.js";
import type { Limits } from "./limits.js";
import { Line, type ReadingOptions } from "./line.js";
import type { MessageSource } from "./message-source.js";
import { comparePlaces, type Place } from "./place.js";
import type { streams } from "./protocol.js";
import { TimeLimit } from "./time-limit.js";

/** Failures in a row after which a client is taken for stuck, though it may still connect anew by itself. */
const STUCK_AFTER = 3;

/** The process's connections, by connection string: all stores on one server share one client. */
const connections = new Map<string, Connection>();

/** Throws LedgerError INVALID_CONFIGURATION. Connects to nothing yet. Must be released. */
export function connectionTo(url: string, limits: Limits): Connection {
  const parsed = parseAddress(url);
  if (parsed.kind === "problem") {
    const shown = withoutPassword(url);
    throw new LedgerError({ code: "INVALID_CONFIGURATION", params: { eventStoreUrl: shown }, message: `${JSON.stringify(shown)} is no address of an event store: it must be ${parsed.problem}` });
  }
  const connection = connections.get(url) ?? new Connection(url, parsed.address, limits);
  connections.set(url, connection);
  connection.users += 1;
  return connection;
}

/** What this process has to do with one server: the client in use, which is replaced when it is stuck, and what is known of the server. */
export class Connection {
  readonly #url: string;
  readonly #address: StoreAddress;
  readonly #limits: Limits;
  readonly #ending = new Set<Promise<void>>();
  readonly #lineOf = new WeakMap<MessageSource, Line>();
  #line: Line;
  readonly #observers = new Set<StoreObserver>();
  #failuresInARow = 0;
  users = 0;
  /** The server was there when it was last asked. */
  isThere = true;
  /** The furthest place in the store that this process has seen. */
  furthest: Place | undefined;

  constructor(url: string, address: StoreAddress, limits: Limits) {
    this.#url = url;
    this.#address = address;
    this.#limits = limits;
    this.#line = new Line(address);
  }

  /** Tells `observer` of what happens to the connection, until it is closed. */
  watch(observer: StoreObserver): void {
    this.#observers.add(observer);
  }

  /** One attempt. Rejects with StoreFailure. */
  append(append: ExactAppend): Promise<AppendAnswer> {
    return this.#on(this.patience(this.#limits.attemptMs), (line, limit) => line.append(append, limit));
  }

  /** Rejects with StoreFailure. What only the leader may answer is a caller's, who is told at once while the store is away; a subscription has the time that it takes to connect. */
  read(request: streams.ReadReq, options: Omit<ReadingOptions, "limit">): Promise<MessageSource> {
    return this.#on(options.requiresLeader ? this.patience(this.#limits.readMs) : this.#limits.readMs, async (line, limit) => {
      const source = await line.read(request, { ...options, limit });
      this.#lineOf.set(source, line);
      return source;
    });
  }

  /** What a read that had begun came to in the end. */
  noteFailure(source: MessageSource, failure: StoreFailure): void {
    this.#failed(this.#lineOf.get(source), failure);
  }
  noteAnswer(): void {
    this.#failuresInARow = 0;
    this.isThere = true;
  }

  /** The server does not answer, or an append may have taken effect unseen. */
  lost(): void {
    this.isThere = false;
    this.furthest = undefined;
  }

  /** How long a caller waits for what may take so long: not while the store is known to be away. */
  patience(ms: number): number {
    return this.isThere ? ms : Math.min(ms, this.#limits.awayMs);
  }

  saw(place: Place): void {
    if (this.furthest === undefined || comparePlaces(place, this.furthest) > 0) this.furthest = place;
  }

  /** The last one to release it closes it. Never hangs. */
  async release(): Promise<void> {
    this.users -= 1;
    if (this.users > 0) return;
    connections.delete(this.#url);
    this.#end(this.#line);
    await Promise.all(this.#ending);
  }

  async #on<T>(ms: number, call: (line: Line, limit: TimeLimit) => Promise<T>): Promise<T> {
    const line = this.#line;
    const limit = new TimeLimit(ms);
    try {
      const answer = await call(line, limit);
      this.#failuresInARow = 0;
      return answer;
    } catch (error) {
      const failure = failureOf(error);
      this.#failed(line, failure);
      throw failure;
    } finally {
      limit.stop();
    }
  }

  #failed(line: Line | undefined, { isTransient, isTimeout, isLeaderElsewhere }: StoreFailure): void {
    if (!isTransient || line === undefined || line !== this.#line) return;
    this.#failuresInARow += 1;
    // The client follows a leader by itself; a new one would begin with the node that it was told first.
    const isStuck = isTimeout || (this.#failuresInARow >= STUCK_AFTER && !isLeaderElsewhere);
    // One that had no time to connect is not stuck.
    if (!isStuck || this.users === 0 || (!this.isThere && line.ageMs < this.#limits.readMs)) return;
    this.#failuresInARow = 0;
    this.#line = new Line(this.#address);
    for (const observer of this.#observers) observer.reconnected();
    this.#end(line);
  }

  #end(line: Line): void {
    const ended = line.shutDown(this.#limits.closeMs);
    this.#ending.add(ended);
    void ended.finally(() => this.#ending.delete(ended));
  }
}
