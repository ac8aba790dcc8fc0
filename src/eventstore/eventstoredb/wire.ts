import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { LedgerError } from "../../kernel/errors.js";
import type { StoreAddress } from "./address.js";
import { EventStoreDBClient, StreamsClient, StreamsService, type ChannelCredentialOptions, type Streams, type streams } from "./protocol.js";

export type ReadCall = ReturnType<Streams["read"]>;
export type BatchCall = ReturnType<Streams["batchAppend"]>;
export type AppendCall = ReturnType<Streams["append"]>;
type Channel = ReturnType<Streams["getChannel"]>;

/**
 * The client, with commands of our own beside its own, made in the same manner: from its connection (discovery, TLS, credentials, following the leader)
 * and the calls of the `Streams` service. Its own commands are set aside because
 * - its appends share one map of answers awaited, in the whole process: an error of one stream rejects and forgets those of all others, the answer to one
 *   forgotten throws inside an event handler, which ends the process, and a stream that the server ends leaves them waiting for ever;
 * - its reads parse JSON, after which the bytes are gone, and do not take a filter; its subscriptions say that they have caught up, or passed a
 *   checkpoint, before the events that came earlier have been handed on.
 */
export class Wire extends EventStoreDBClient {
  /** The one in use; the client closes it itself when it connects anew. */
  #channel: Channel | undefined;

  /** Nothing is connected yet. Throws LedgerError INVALID_CONFIGURATION where a file of certificates cannot be read. */
  static to({ hosts, isCluster, isEncrypted, files, options, credentials }: StoreAddress): Wire {
    const channel: ChannelCredentialOptions = isEncrypted ? certificates(files) : { insecure: true };
    const [endpoint] = hosts;
    return isCluster || endpoint === undefined ? new Wire({ endpoints: [...hosts], ...options }, channel, credentials) : new Wire({ endpoint, ...options }, channel, credentials);
  }

  /** Reads from the leader, where asked for: a follower may lag behind what has been acknowledged. */
  openRead(request: streams.ReadReq, requiresLeader: boolean): Promise<ReadCall> {
    return this.GRPCStreamCreator(StreamsClient, "read", (client) => this.#kept(client).read(request, ...this.callArguments({ requiresLeader }, { deadline: Infinity })))();
  }

  openBatch(): Promise<BatchCall> {
    return this.GRPCStreamCreator(StreamsClient, "batchAppend", (client) => this.#kept(client).batchAppend(...this.callArguments({ requiresLeader: true }, { deadline: Infinity })))();
  }

  /** An append that is a call of its own; `send` writes its messages and returns how to give it up. */
  openAppend(send: (call: AppendCall) => void): Promise<streams.AppendResp> {
    return this.execute(StreamsClient, "append", (client) => new Promise<streams.AppendResp>((answer, fail) => {
      const call = this.#kept(client).append(...this.callArguments({ requiresLeader: true }, { deadline: Infinity }), (error, response) => {
        if (error === null) answer(response);
        else fail(error);
      });
      call.on("error", fail);
      send(call);
    }));
  }

  /** Whether the server takes appends in batches. The server is asked once; this may wait for ever. */
  takesBatches(): Promise<boolean> {
    return this.supports(StreamsService.batchAppend);
  }

  /** Breaks off every call and gives up the connection. The client's own way to do so may never end: it gets `limitMs`. */
  async shutDown(limitMs: number): Promise<void> {
    // Cancelled while HTTP/2 is in the middle of what it receives, a call makes Node 20 turn for ever in its native code.
    await nextTurn();
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((done) => {
      timer = setTimeout(done, limitMs);
    });
    await Promise.race([this.dispose().catch(() => undefined), limit]);
    clearTimeout(timer);
    this.#channel?.close();
    this.#channel = undefined;
  }

  #kept(client: Streams): Streams {
    this.#channel = client.getChannel();
    return client;
  }
}

function certificates({ tlsCAFile, userCertFile, userKeyFile }: StoreAddress["files"]): ChannelCredentialOptions {
  return {
    ...(tlsCAFile !== undefined && { rootCertificate: contentOf(tlsCAFile) }),
    ...(userCertFile !== undefined && { userCertFile: contentOf(userCertFile) }),
    ...(userKeyFile !== undefined && { userKeyFile: contentOf(userKeyFile) }),
  };
}

function contentOf(file: string): Buffer {
  const path = resolve(file);
  if (existsSync(path)) return readFileSync(path);
  throw new LedgerError({ code: "INVALID_CONFIGURATION", params: { file: path }, message: `EVENTSTORE_URL names the file ${path}, which is not there` });
}
