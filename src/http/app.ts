import type { ApolloServer } from "@apollo/server";
import { expressMiddleware } from "@as-integrations/express5";
import express, { type Express, type RequestHandler } from "express";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { LedgerError } from "../kernel/errors.js";
import type { Actor } from "../kernel/event.js";
import type { EvidenceStore } from "../evidence/port.js";
import { createContext, type Context, type LedgerServices } from "../graphql/context.js";
import type { Unexpected } from "../graphql/errors.js";
import { ACTOR_HEADER, actorOf } from "./actor.js";
import { requestError } from "./apollo.js";
import { takeCommands } from "./commands.js";
import { sendEvidence, takeEvidence } from "./evidence.js";
import { explorer, type ExampleQuery } from "./explorer.js";
import { answerFailures, sendRefusal } from "./failure.js";
import { refusalOfOrigin, type OwnNames } from "./origin.js";
import { health } from "./health.js";
import type { Metrics } from "./metrics.js";
import { pages } from "./pages.js";
import { COMMANDS_PATH, EVIDENCE_PATH, EXPLORER_PATH, GRAPHQL_PATH } from "./paths.js";
import { requestLog } from "./request-log.js";
import { sendImport, sendStream } from "./streams.js";

/** Largest GraphQL request, in bytes. */
const BODY_BYTES = 1024 * 1024;

export interface AppParts {
  readonly services: LedgerServices;
  readonly schema: GraphQLSchema;
  readonly apollo: ApolloServer<Context>;
  readonly evidence: EvidenceStore;
  readonly logger: Logger;
  readonly unexpected: Unexpected;
  readonly exampleQueries?: readonly ExampleQuery[];
  readonly metrics: Metrics;
  /** How stale the read models may be for the process to be ready, in milliseconds. */
  readonly readyLagMs: number;
  readonly ownNames: OwnNames;
  /** Aborted when the server goes down. */
  readonly stopping: AbortSignal;
}

/** All that the server answers over HTTP. */
export function createApp(parts: AppParts): Express {
  const app = express();
  app.disable("x-powered-by").disable("etag").set("query parser", false).set("case sensitive routing", true);
  app.use(requestLog(parts.logger), parts.metrics.requests, ownOriginOnly(parts.ownNames));
  addGraphql(app, parts);
  addDownloads(app, parts);
  app.use(health(parts), pages(parts.schema, parts.services));
  app.use(EXPLORER_PATH, explorer(parts.exampleQueries));
  app.use((req, res) => sendRefusal(res, { code: "NOT_FOUND", params: { method: req.method, path: req.path }, message: `there is no ${req.method} ${req.path} here; GET / says what there is` }));
  app.use(answerFailures(parts.unexpected));
  return app;
}

function ownOriginOnly(ownNames: OwnNames): RequestHandler {
  return (req, res, next) => {
    const refusal = refusalOfOrigin(req.headers, ownNames);
    if (refusal === undefined) next();
    else sendRefusal(res, refusal);
  };
}

/** Answers of programs to programs: never shown as a page, never kept, never read by other sites' pages. */
const forPrograms: RequestHandler = (_req, res, next) => {
  res.setHeader("x-content-type-options", "nosniff");
  res.setHeader("cache-control", "no-store");
  res.setHeader("cross-origin-resource-policy", "same-origin");
  next();
};

function addGraphql(app: Express, { apollo, services }: AppParts): void {
  const context = ({ req }: { readonly req: express.Request }): Promise<Context> => {
    const actor = statedActor(req);
    if (actor instanceof LedgerError) return Promise.reject(requestError(actor, 400));
    return Promise.resolve(createContext(services, { actor }));
  };
  app.get(GRAPHQL_PATH, (req, res, next) => {
    const isPerson = !req.url.includes("?") && req.accepts(["json", "html"]) === "html";
    if (isPerson) res.redirect(`${EXPLORER_PATH}/`);
    else next();
  });
  app.all(GRAPHQL_PATH, forPrograms, express.json({ limit: BODY_BYTES }), expressMiddleware(apollo, { context }));
}

function statedActor(req: express.Request): Actor | LedgerError {
  try {
    return actorOf(req.headers[ACTOR_HEADER]);
  } catch (error) {
    if (error instanceof LedgerError) return error;
    throw error;
  }
}

function addDownloads(app: Express, { services, evidence, stopping }: AppParts): void {
  app.put(EVIDENCE_PATH, forPrograms, (req, res) => takeEvidence(evidence, req, res));
  app.get(`${EVIDENCE_PATH}/:sha256`, forPrograms, (req, res) => sendEvidence(evidence, services, req, res));
  app.post(COMMANDS_PATH, forPrograms, (req, res) => takeCommands({ ledger: services.ledger, stopping }, req, res));
  app.get("/streams/:category/:id", forPrograms, (req, res) => sendStream(services, req, res));
  app.get("/imports/:importId/events", forPrograms, (req, res) => sendImport(services, stopping, req, res));
}
