import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { getOperationAST, GraphQLError, OperationTypeNode, type ExecutionArgs, type FormattedExecutionResult, type GraphQLSchema } from "graphql";
import { makeServer, handleProtocols, type Context as Connection, type ExecutionResult, type Server, type SubscribePayload } from "graphql-ws";
import { WebSocketServer } from "ws";
import { LedgerError } from "../kernel/errors.js";
import type { Actor } from "../kernel/event.js";
import { createContext, type LedgerServices } from "../graphql/context.js";
import type { QueryGate } from "../graphql/limits.js";
import { ACTOR_HEADER, actorOf } from "./actor.js";
import type { ErrorFormat } from "./error-format.js";
import { SocketLine } from "./socket-line.js";

/** Bounds of the WebSocket. */
export interface SubscriptionLimits {
  /** Largest message taken, in bytes. */
  readonly messageBytes: number;
  readonly connections: number;
  readonly subscriptionsPerConnection: number;
  /** Between two signs of life, in milliseconds; a client that gives none is cut off. */
  readonly keepAliveMs: number;
}
export const SUBSCRIPTION_LIMITS: SubscriptionLimits = { messageBytes: 1024 * 1024, connections: 500, subscriptionsPerConnection: 20, keepAliveMs: 15_000 };

export interface SubscriptionParts {
  readonly schema: GraphQLSchema;
  readonly gate: QueryGate;
  readonly services: LedgerServices;
  readonly format: ErrorFormat;
  readonly limits: SubscriptionLimits;
}

/** What is known of a connection beside graphql-ws's own. */
interface Extra {
  readonly request: IncomingMessage;
  actor: Actor | undefined;
}
type Parameters = Record<string, unknown> | undefined;

/** Subscriptions over the protocol of graphql-ws, and nothing but subscriptions; the limits of HTTP hold here too. */
export class Subscriptions {
  readonly #sockets: WebSocketServer;
  readonly #protocol: Server<Extra>;
  readonly #lines = new Set<SocketLine>();
  readonly #parts: SubscriptionParts;

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
    this.#sockets = new WebSocketServer({ noServer: true, maxPayload: parts.limits.messageBytes, perMessageDeflate: false, handleProtocols });
    this.#protocol = makeServer<Parameters, Extra>({
      onConnect: ({ connectionParams, extra }) => {
        extra.actor = actorOf(connectionParams?.[ACTOR_HEADER] ?? extra.request.headers[ACTOR_HEADER]);
      },
      onSubscribe: (connection, _id, payload) => this.#begin(connection, payload),
      onNext: (...[, , , , result]) => this.#formatted(result),
      onError: (_connection, _id, _payload, errors) => errors.map(parts.format),
    });
  }

  /** Whether a further connection would be one too many. */
  get isFull(): boolean {
    return this.#lines.size >= this.#parts.limits.connections;
  }

  /** Takes over a connection whose request was found to be in order. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const { limits, format } = this.#parts;
      const line = new SocketLine(webSocket, limits.keepAliveMs, (error) => void format(error));
      this.#lines.add(line);
      const closed = this.#protocol.opened(line, { request, actor: undefined });
      void line.closed.then(({ code, reason }) => {
        this.#lines.delete(line);
        closed(code, reason).catch((error: unknown) => void format(error));
      });
    });
  }

  /** Tells every client to come back later (code 1001), and cuts off after `graceMs` who has not gone. */
  async close(graceMs: number): Promise<void> {
    await Promise.all([...this.#lines].map((line) => line.leave(graceMs)));
    this.#sockets.close();
  }

  #begin(connection: Connection<Parameters, Extra>, payload: SubscribePayload): ExecutionArgs | readonly GraphQLError[] {
    const { gate, schema, services, limits } = this.#parts;
    try {
      const open = Object.keys(connection.subscriptions).length;
      if (open > limits.subscriptionsPerConnection) throw tooMany(limits.subscriptionsPerConnection, open);
      const document = gate.parse(payload.query);
      const operation = getOperationAST(document, payload.operationName) ?? undefined;
      const variableValues = payload.variables ?? {};
      const problems = gate.problemsOf(document, operation, variableValues);
      if (problems.length > 0) return problems.map(asGraphqlError);
      if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) throw subscriptionsOnly();
      const contextValue = createContext(services, { actor: connection.extra.actor ?? actorOf(undefined) });
      return { schema, document, variableValues, contextValue, operationName: payload.operationName ?? null };
    } catch (error) {
      return [asGraphqlError(error)];
    }
  }

  #formatted({ errors, data }: ExecutionResult): FormattedExecutionResult | undefined {
    return errors === undefined ? undefined : { errors: errors.map(this.#parts.format), ...(data !== undefined && { data }) };
  }
}

/** As graphql-ws wants errors; `format` finds what is within. */
function asGraphqlError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError("refused", { originalError: error instanceof Error ? error : new Error(String(error)) });
}

function subscriptionsOnly(): LedgerError {
  return new LedgerError({ code: "INVALID_INPUT", field: "query", message: "the WebSocket takes one subscription at a time: send queries and mutations as POST /graphql" });
}

function tooMany(limit: number, actual: number): LedgerError {
  return new LedgerError({
    code: "QUERY_TOO_COMPLEX",
    params: { limitOn: "subscriptions", limit, actual },
    message: `this would be subscription ${actual} on one connection, and ${limit} are allowed: end one, or open another connection`,
  });
}
