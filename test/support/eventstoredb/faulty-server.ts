import { setImmediate as nextTurn } from "node:timers/promises";
import { setTimeout as passing } from "node:timers/promises";
import { MemoryLog } from "./memory-log.js";
import { StoreNode, type NodeOptions } from "./store-node.js";

const INTERNAL = 13;

/** A store whose one log outlives the nodes that serve it, and which fails as it is told. */
export class FaultyServer {
  readonly log = new MemoryLog();
  readonly #options: NodeOptions;
  readonly #nodes: StoreNode[] = [];

  private constructor(options: NodeOptions) {
    this.#options = options;
  }

  static async start(options: Partial<NodeOptions> = {}): Promise<FaultyServer> {
    const server = new FaultyServer({ takesBatches: true, saysCaughtUp: true, clockAheadMs: 0, ...options });
    await server.#addNode();
    return server;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.#node.port}?tls=false`;
  }

  stop(): Promise<void> {
    for (const node of this.#nodes) node.die();
    return Promise.resolve();
  }

  stall(): void {
    this.#node.stall();
  }
  resume(): void {
    this.#node.resume();
  }
  async stallFor(ms: number): Promise<void> {
    const node = this.#node;
    node.stall();
    await passing(ms);
    node.resume();
  }
  endAppends(): Promise<void> {
    this.#node.endAppends();
    return Promise.resolve();
  }
  breakAppends(): Promise<void> {
    this.#node.breakAppends();
    return Promise.resolve();
  }
  /** Fulfilled when it has died and come back; with `staysAway` at once. */
  async dieAtNextAppend(when: "before" | "after", { staysAway = false }: { readonly staysAway?: boolean } = {}): Promise<void> {
    const node = this.#node;
    const died = new Promise<void>((resolve) => {
      node.death = {
        when,
        die: () => {
          node.die();
          resolve();
        },
      };
    });
    if (staysAway) return;
    await died;
    await this.comeBack();
  }
  answerNextAppendAfter(ms: number): Promise<void> {
    const late = passing(ms).then(() => undefined);
    this.#node.nextAnswerAfter = late;
    return late;
  }

  goAway(): Promise<void> {
    this.#node.die();
    return Promise.resolve();
  }
  async comeBack(): Promise<void> {
    await this.#addNode(this.#node.port);
  }
  async restart(): Promise<void> {
    await this.goAway();
    await this.comeBack();
  }
  /** Another node leads; the one that led says so to whoever needs the leader. */
  async changeLeader(): Promise<void> {
    const former = this.#node;
    const { port } = await this.#addNode();
    former.leaderPort = port;
    former.breakAppends();
  }

  /** As to a user who has not the right. */
  refuse(what: "reads" | "appends"): void {
    this.#node.refused.add(what);
  }

  dropSubscriptions(how: "end" | "error"): Promise<void> {
    for (const subscriber of this.#subscribers()) {
      if (how === "end") subscriber.end();
      else subscriber.fail(INTERNAL);
    }
    return Promise.resolve();
  }
  sendAgain(): Promise<void> {
    for (const subscriber of this.#subscribers()) subscriber.sendAgain();
    return Promise.resolve();
  }
  muteSubscriptions(): Promise<void> {
    for (const subscriber of this.#subscribers()) subscriber.isMute = true;
    return Promise.resolve();
  }

  /** Fulfilled with the number of events sent when the only subscriber takes no more for now, though there are more. */
  async sentUntilHeldBack(): Promise<number> {
    for (let before = 0; ; ) {
      await passing(50);
      const sent = this.#subscribers()[0]?.sent ?? 0;
      if (sent > 0 && sent === before) return sent;
      before = sent;
    }
  }
  /** Most events that one read has asked for. */
  get largestRead(): number {
    return Math.max(...this.#nodes.map(({ largestRead }) => largestRead));
  }
  /** Events sent on the subscriptions that there are. */
  get sent(): number {
    return this.#subscribers().reduce((sum, { sent }) => sum + sent, 0);
  }
  /** Fulfilled when no read and no subscription is open any more. */
  async untilNothingOpen(): Promise<void> {
    while (this.#nodes.some(({ openReads }) => openReads > 0)) await nextTurn();
  }
  async untilUnsubscribed(): Promise<void> {
    while (this.#subscribers().length > 0) await nextTurn();
  }

  get #node(): StoreNode {
    const node = this.#nodes.at(-1);
    if (node === undefined) throw new TypeError("the server has been started");
    return node;
  }
  #subscribers() {
    return this.#nodes.flatMap(({ subscribers }) => [...subscribers]);
  }
  async #addNode(port = 0): Promise<StoreNode> {
    const node = new StoreNode(this.log, this.#options);
    await node.listen(port);
    this.#nodes.push(node);
    return node;
  }
}
