import { Metadata, Server, ServerCredentials, type sendUnaryData, type ServerDuplexStream, type ServerReadableStream, type ServerUnaryCall } from "@grpc/grpc-js";
import featuresGrpc from "@eventstore/db-client/generated/serverfeatures_grpc_pb.js";
import features from "@eventstore/db-client/generated/serverfeatures_pb.js";
import { streams, StreamsService, type shared } from "../../../src/eventstore/eventstoredb/protocol.js";
import { gate } from "../../contract/rig.js";
import type { Expected, MemoryLog, Message, Outcome } from "./memory-log.js";
import { batchAnswer, callAnswer, eventResponse, expectedOf, filterOf, messageOf, streamNotFound, textOf } from "./node-messages.js";
import { NodeSubscriber, put, type ReadingCall } from "./node-subscriber.js";

type BatchCall = ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>;
interface Pending {
  readonly stream: string;
  readonly expected: Expected;
  readonly messages: Message[];
  /** Epoch milliseconds by this machine's clock, after which it must not be stored any more. */
  readonly deadlineMs: number;
}
export interface NodeOptions {
  /** Whether appends may come in batches; without, each is a call of its own. */
  readonly takesBatches: boolean;
  readonly saysCaughtUp: boolean;
  /** How far this server's clock is ahead of its clients', in milliseconds. */
  readonly clockAheadMs: number;
}

const INTERNAL = 13;
const NOT_FOUND = 5;
const PERMISSION_DENIED = 7;

/** A node that speaks the protocol of EventStoreDB on loopback, over a log that it may share with others, and fails as it is told. */
export class StoreNode {
  readonly #log: MemoryLog;
  readonly #options: NodeOptions;
  readonly #server = new Server();
  readonly #batches = new Set<BatchCall>();
  readonly #open = new Set<ReadingCall>();
  readonly subscribers = new Set<NodeSubscriber>();
  #resumed = gate();
  #isStalled = false;
  port = 0;
  /** The node that leads, where it is not this one. */
  leaderPort: number | undefined;
  /** The next append finds death before or after it is stored. */
  death: { readonly when: "before" | "after"; readonly die: () => void } | undefined;
  /** Holds back the next answer to an append. */
  nextAnswerAfter: Promise<void> | undefined;
  /** Most events that a read has asked for; subscriptions ask for no number. */
  largestRead = 0;
  /** What its users may not do. */
  readonly refused = new Set<"reads" | "appends">();

  constructor(log: MemoryLog, options: NodeOptions) {
    this.#log = log;
    this.#options = options;
    this.#resumed.open();
    this.#server.addService(StreamsService, { read: (call: ReadingCall) => void this.#read(call), append: this.#append.bind(this), batchAppend: (call: BatchCall) => this.#batchAppend(call), delete: () => undefined, tombstone: () => undefined });
    this.#server.addService(featuresGrpc.ServerFeaturesService, { getSupportedMethods: this.#supported.bind(this) });
  }

  /** `port`: 0 for any. */
  async listen(port = 0): Promise<void> {
    this.port = await new Promise<number>((resolve, reject) => {
      this.#server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) => (error === null ? resolve(bound) : reject(error)));
    });
  }
  /** As `kill -9` would end it. */
  die(): void {
    this.resume();
    this.#server.forceShutdown();
  }

  /** Reads and subscriptions that have not ended. */
  get openReads(): number {
    return this.#open.size;
  }

  stall(): void {
    this.#resumed = gate();
    this.#isStalled = true;
  }
  resume(): void {
    this.#isStalled = false;
    this.#resumed.open();
  }
  endAppends(): void {
    for (const call of this.#batches) call.end();
  }
  breakAppends(): void {
    for (const call of this.#batches) call.emit("error", this.leaderPort === undefined ? { code: INTERNAL, details: "the stream broke" } : this.#notLeader());
  }

  #supported(_call: ServerUnaryCall<shared.Empty, features.SupportedMethods>, answer: sendUnaryData<features.SupportedMethods>): void {
    const supported = new features.SupportedMethods().setEventStoreServerVersion("24.10.0");
    if (this.#options.takesBatches) supported.addMethods(new features.SupportedMethod().setServiceName("event_store.client.streams.Streams").setMethodName("batchappend"));
    void this.#resumed.opened.then(() => answer(null, supported));
  }

  #batchAppend(call: BatchCall): void {
    if (this.leaderPort !== undefined) {
      call.emit("error", this.#notLeader());
      return;
    }
    const pending = new Map<string, Pending>();
    this.#batches.add(call);
    call.on("cancelled", () => this.#batches.delete(call)).on("error", () => this.#batches.delete(call));
    call.on("data", (request: streams.BatchAppendReq) => {
      const id = request.getCorrelationId()?.getString() ?? "";
      const options = request.getOptions();
      const append = pending.get(id) ?? { stream: textOf(options?.getStreamIdentifier()?.getStreamName_asU8()), expected: options === undefined ? "any" : expectedOf(options), messages: [], deadlineMs: deadlineOf(options) };
      append.messages.push(...request.getProposedMessagesList().map(messageOf));
      pending.set(id, append);
      if (!request.getIsFinal()) return;
      pending.delete(id);
      void this.#stored(append).then((outcome) => outcome === undefined || call.cancelled || call.write(batchAnswer(id, append.stream, { expected: append.expected, outcome })));
    });
    call.on("end", () => call.end());
  }

  #append(call: ServerReadableStream<streams.AppendReq, streams.AppendResp>, answer: sendUnaryData<streams.AppendResp>): void {
    let append: Pending | undefined;
    call.on("data", (request: streams.AppendReq) => {
      const options = request.getOptions();
      if (options === undefined) append?.messages.push(messageOf(request.getProposedMessage()));
      else append = { stream: textOf(options.getStreamIdentifier()?.getStreamName_asU8()), expected: expectedOf(options), messages: [], deadlineMs: Infinity };
    });
    call.on("end", () => {
      if (this.leaderPort !== undefined) answer(this.#notLeader());
      else if (append !== undefined) setImmediate(append => {
        // A call that its client gave up ends too: what it had sent by then is no append.
        if (!call.cancelled) void this.#answerCall(append, answer);
      }, append);
    });
  }

  async #answerCall(append: Pending, answer: sendUnaryData<streams.AppendResp>): Promise<void> {
    const outcome = await this.#stored(append);
    if (outcome === undefined) return;
    const response = callAnswer(append.expected, outcome);
    if (response === undefined) answer(accessDenied());
    else answer(null, response);
  }

  /** Undefined where nobody will hear of it. */
  async #stored({ stream, expected, messages, deadlineMs }: Pending): Promise<Outcome | undefined> {
    await this.#resumed.opened;
    if (this.refused.has("appends")) return { kind: "access-denied" };
    if (Date.now() + this.#options.clockAheadMs > deadlineMs) return { kind: "too-late" };
    const death = this.death;
    this.death = undefined;
    if (death?.when === "before") {
      death.die();
      return undefined;
    }
    const outcome = this.#log.append(stream, expected, messages);
    death?.die();
    if (death !== undefined) return undefined;
    const held = this.nextAnswerAfter;
    this.nextAnswerAfter = undefined;
    await held;
    return outcome;
  }

  async #read(call: ReadingCall): Promise<void> {
    this.#open.add(call);
    const ended = (): boolean => this.#open.delete(call);
    call.on("finish", ended).on("cancelled", ended).on("error", ended);
    await this.#resumed.opened;
    const options = call.request.getOptions() ?? new streams.ReadReq.Options();
    if (this.leaderPort !== undefined && call.metadata.get("requires-leader").length > 0) call.emit("error", this.#notLeader());
    else if (this.refused.has("reads")) call.emit("error", accessDenied());
    else if (options.hasSubscription()) await this.#subscribe(call, options);
    else await this.#readPage(call, options);
  }

  #readPage(call: ReadingCall, options: streams.ReadReq.Options): Promise<void> {
    this.largestRead = Math.max(this.largestRead, Number(options.getCount()));
    return options.hasStream() ? this.#readStream(call, options) : this.#readAll(call, options);
  }

  async #readStream(call: ReadingCall, options: streams.ReadReq.Options): Promise<void> {
    const wanted = options.getStream();
    const isBackwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
    const edge = wanted?.hasEnd() === true && !isBackwards ? Infinity : undefined;
    const from = wanted?.hasRevision() === true ? Number(wanted.getRevision()) : edge;
    const stream = textOf(wanted?.getStreamIdentifier()?.getStreamName_asU8());
    const events = this.#log.stream(stream);
    if (events === undefined) await put(call, streamNotFound(stream));
    const chosen = (events ?? []).filter(({ revision }) => from === undefined || (isBackwards ? revision <= from : revision >= from));
    for (const event of (isBackwards ? chosen.reverse() : chosen).slice(0, Number(options.getCount()))) await put(call, eventResponse(event, options));
    call.end();
  }

  /** Forwards the event at the position is part of it, backwards it is not. */
  async #readAll(call: ReadingCall, options: streams.ReadReq.Options): Promise<void> {
    const isBackwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
    const from = positionOf(options) ?? (options.getAll()?.hasEnd() === true && !isBackwards ? this.#log.end + 1n : undefined);
    const [passes, { events }] = [filterOf(options), this.#log];
    const { length } = events;
    let left = Number(options.getCount());
    for (let looked = 0; looked < length && left > 0 && !call.cancelled; looked += 1) {
      const event = events[isBackwards ? length - 1 - looked : looked];
      const isBeyond = event !== undefined && from !== undefined && (isBackwards ? event.position >= from : event.position < from);
      if (event === undefined || isBeyond || !passes(event)) continue;
      left -= 1;
      const heldBack = put(call, eventResponse(event, options));
      if (heldBack !== undefined) await heldBack;
    }
    if (!call.cancelled) call.end();
  }

  async #subscribe(call: ReadingCall, options: streams.ReadReq.Options): Promise<void> {
    const subscriber = new NodeSubscriber(call, this.#log, filterOf(options));
    this.subscribers.add(subscriber);
    await subscriber.run(options.getAll()?.hasEnd() === true ? this.#log.end : positionOf(options), { saysCaughtUp: this.#options.saysCaughtUp, stalled: () => (this.#isStalled ? this.#resumed.opened : undefined) });
    this.subscribers.delete(subscriber);
  }

  #notLeader() {
    const metadata = new Metadata();
    metadata.set("exception", "not-leader");
    metadata.set("leader-endpoint-host", "127.0.0.1");
    metadata.set("leader-endpoint-port", String(this.leaderPort));
    return { code: NOT_FOUND, details: "Leader info available", metadata };
  }
}

function positionOf(options: streams.ReadReq.Options): bigint | undefined {
  const position = options.getAll()?.getPosition();
  return position === undefined ? undefined : BigInt(position.getCommitPosition());
}

function deadlineOf(options: streams.BatchAppendReq.Options | undefined): number {
  const deadline = options?.getDeadline();
  return deadline === undefined ? Infinity : deadline.getSeconds() * 1000 + deadline.getNanos() / 1e6;
}

function accessDenied() {
  const metadata = new Metadata();
  metadata.set("exception", "access-denied");
  return { code: PERMISSION_DENIED, details: "Access Denied", metadata };
}
