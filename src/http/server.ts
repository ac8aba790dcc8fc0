import { randomUUID } from "node:crypto";
import { createServer as createHttpServer, STATUS_CODES, type IncomingMessage, type Server as HttpServer, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { ApolloServer } from "@apollo/server";
import type { Express } from "express";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { LedgerError, type Refusal } from "../kernel/errors.js";
import type { EvidenceStore } from "../evidence/port.js";
import type { Context, LedgerServices } from "../graphql/context.js";
import { QUERY_LIMITS, QueryGate, type QueryLimits } from "../graphql/limits.js";
import { FIELD_WEIGHTS } from "../graphql/limits-weights.js";
import { loadSchema } from "../graphql/schema.js";
import { loopbackAddress, urlOf, type LoopbackAddress } from "./address.js";
import { createApollo } from "./apollo.js";
import { createApp } from "./app.js";
import { goingDown } from "./commands.js";
import { errorFormat } from "./error-format.js";
import type { ExampleQuery } from "./explorer.js";
import { refusalBody, statusOf } from "./failure.js";
import { Metrics } from "./metrics.js";
import { ownNames, refusalOfOrigin, type OwnNames } from "./origin.js";
import { GRAPHQL_PATH } from "./paths.js";
import { SUBSCRIPTION_LIMITS, Subscriptions, type SubscriptionLimits } from "./subscriptions.js";

export interface ServerOptions {
  /** A loopback address or a name of one; anything else is refused when the server is to listen. */
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly evidence: EvidenceStore;
  readonly logger: Logger;
  /** What the explorer opens with. */
  readonly exampleQueries?: readonly ExampleQuery[];
  /** What is counted and shown at `/metrics`; default: what this server alone can count. */
  readonly metrics?: Metrics;
  /** How stale the read models may be for the process to be ready, in milliseconds; default 10,000. */
  readonly readyLagMs?: number;
  readonly queryLimits?: QueryLimits;
  readonly subscriptionLimits?: SubscriptionLimits;
  /** How long requests and clients have to come to an end when the server is closed, in milliseconds; default 5,000. */
  readonly graceMs?: number;
  /** How long a connection may stand still before it is cut off, in milliseconds; default 120,000. Imports and uploads that go on take the time they need. */
  readonly idleMs?: number;
  /** Default: that of `schema/`. */
  readonly schema?: GraphQLSchema;
}

/** The ledger's server: GraphQL and its subscriptions, evidence, the command line's import, the explorer. */
export interface Server {
  /** Rejects with LedgerError: ADDRESS_REFUSED, or INVALID_CONFIGURATION where the port cannot be had. */
  listen(): Promise<{ readonly url: string; readonly port: number }>;
  /** Takes no more connections, ends subscriptions so that clients resume elsewhere or later, lets requests finish, then cuts off. Idempotent. */
  close(): Promise<void>;
}

export function createServer(services: LedgerServices, options: ServerOptions): Server {
  return new LedgerServer(services, options);
}

const READY_LAG_MS = 10_000;
const GRACE_MS = 5_000;
const IDLE_MS = 120_000;

class LedgerServer implements Server {
  readonly #options: ServerOptions;
  readonly #http = createHttpServer({ requestTimeout: 0, headersTimeout: 30_000 });
  readonly #apollo: ApolloServer<Context>;
  readonly #app: (ownNames: OwnNames) => Express;
  readonly #subscriptions: Subscriptions;
  readonly #stopping = new AbortController();
  #ownNames: OwnNames = { hosts: new Set(), origins: new Set() };
  #isStarted = false;
  #underWay = 0;
  #closing: Promise<void> | undefined;

  constructor(services: LedgerServices, options: ServerOptions) {
    const { logger } = options;
    const { metrics = new Metrics(), readyLagMs = READY_LAG_MS } = options;
    metrics.watch(services);
    const schema = options.schema ?? loadSchema();
    const gate = new QueryGate(schema, FIELD_WEIGHTS, options.queryLimits ?? QUERY_LIMITS);
    const unexpected = { logger, newErrorId: () => randomUUID() };
    const format = errorFormat(gate, unexpected);
    const apollo = createApollo({ schema, gate, logger, format });
    this.#options = options;
    this.#apollo = apollo;
    this.#subscriptions = new Subscriptions({ schema, gate, services, format, limits: options.subscriptionLimits ?? SUBSCRIPTION_LIMITS });
    this.#app = (ownNames) => createApp({ ...options, metrics, readyLagMs, services, schema, apollo, unexpected, ownNames, stopping: this.#stopping.signal });
  }

  async listen(): Promise<{ readonly url: string; readonly port: number }> {
    const { host, port } = this.#options;
    const address = await loopbackAddress(host);
    await this.#apollo.start();
    this.#isStarted = true;
    const boundPort = await bind(this.#http, address, port);
    this.#ownNames = ownNames(address.address, boundPort);
    this.#serve(this.#app(this.#ownNames));
    return { url: urlOf(address.address, boundPort), port: boundPort };
  }

  close(): Promise<void> {
    this.#closing ??= this.#shutDown(this.#options.graceMs ?? GRACE_MS);
    return this.#closing;
  }

  #serve(app: Express): void {
    this.#http.setTimeout(this.#options.idleMs ?? IDLE_MS);
    this.#http.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => this.#upgrade(request, socket, head));
    this.#http.on("request", (request: IncomingMessage, response: ServerResponse) => {
      this.#underWay += 1;
      response.once("close", () => {
        this.#underWay -= 1;
        // A connection that is kept open for a next request must not hold up the end.
        if (this.#closing !== undefined && this.#underWay === 0) this.#http.closeAllConnections();
      });
      app(request, response);
    });
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = refusalOfOrigin(request.headers, this.#ownNames) ?? this.#refusalOfUpgrade(request);
    if (refusal === undefined) this.#subscriptions.upgrade(request, socket, head);
    else refuseUpgrade(socket, refusal);
  }

  #refusalOfUpgrade(request: IncomingMessage): Refusal | undefined {
    const path = (request.url ?? "").split("?", 1)[0];
    if (path !== GRAPHQL_PATH) return { code: "NOT_FOUND", message: `the WebSocket is at ${GRAPHQL_PATH}` };
    if (this.#closing !== undefined) return goingDown();
    if (this.#subscriptions.isFull) return { code: "STORE_UNAVAILABLE", message: "too many connections are open; try again later" };
    return undefined;
  }

  async #shutDown(graceMs: number): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#http.close(() => resolve()));
    this.#stopping.abort();
    if (this.#underWay === 0) this.#http.closeAllConnections();
    const cutOff = setTimeout(() => this.#http.closeAllConnections(), graceMs);
    await Promise.all([this.#subscriptions.close(graceMs), ended]);
    clearTimeout(cutOff);
    if (this.#isStarted) await this.#apollo.stop();
  }
}

/** The port that was bound. Rejects with LedgerError INVALID_CONFIGURATION. */
function bind(http: HttpServer, { address }: LoopbackAddress, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once("error", (error) => reject(notBound(address, port, error)));
    http.listen({ host: address, port }, () => {
      const bound = http.address();
      resolve(typeof bound === "object" && bound !== null ? bound.port : port);
    });
  });
}

function notBound(host: string, port: number, error: Error): LedgerError {
  const isTaken = "code" in error && error.code === "EADDRINUSE";
  const message = isTaken
    ? `port ${port} on ${host} is taken by another program (perhaps this ledger is served already): end it, or choose another with --port`
    : `the server cannot listen on port ${port} of ${host} (${error.message}): choose another with --port`;
  return new LedgerError({ code: "INVALID_CONFIGURATION", field: "port", params: { host, port }, message }, { cause: error });
}

function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  const status = statusOf(refusal.code);
  const body = JSON.stringify(refusalBody(refusal));
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`, "Connection: close", "Content-Type: application/json; charset=utf-8", `Content-Length: ${Buffer.byteLength(body)}`];
  socket.on("error", () => undefined);
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
