import { ApolloServer, HeaderMap, type ApolloServerPlugin, type GraphQLRequest, type GraphQLResponse } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled, ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import {
  GraphQLError, type DocumentNode, type FormattedExecutionResult, type GraphQLSchema, type OperationDefinitionNode,
} from "graphql";
import type { Logger } from "pino";
import type { LedgerError } from "../kernel/errors.js";
import type { Context } from "../graphql/context.js";
import { freshnessExtension } from "../graphql/views/freshness.js";
import type { QueryGate } from "../graphql/limits.js";
import { RecentDocuments } from "./documents.js";
import type { ErrorFormat } from "./error-format.js";
import { Executor } from "./execution.js";

export interface ApolloParts {
  readonly schema: GraphQLSchema;
  readonly gate: QueryGate;
  readonly logger: Logger;
  readonly format: ErrorFormat;
}

/** What Apollo would add by itself: cache hints cost a quarter of the throughput, the rest would talk to its maker or is not ours. */
const WITHOUT = [
  ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(), ApolloServerPluginUsageReportingDisabled(),
];

/** GraphQL over HTTP: Apollo, with our limits and our way of running operations. To be started before it is used. */
export function createApollo({ schema, gate, logger, format }: ApolloParts): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    documentStore: new RecentDocuments(),
    formatError: (_formatted, error) => format(error),
    plugins: [runOperations(schema, gate, format), ...WITHOUT],
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (message: string) => logger.warn(message),
      error: (message: string) => logger.error(message),
    },
    // The gate validates, once it has seen that a document is not too large to be validated.
    dangerouslyDisableValidation: true,
    parseOptions: { maxLexicalTokens: gate.limits.tokens },
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    nodeEnv: "production",
  });
}

/** An error that is the whole answer to a request: Apollo takes the status from it. */
export function requestError(refusal: LedgerError, status: number): GraphQLError {
  return new GraphQLError(refusal.message, { originalError: refusal, extensions: { http: { status } } });
}

/** Runs operations that the gate lets pass. Apollo's own executor is not used, nor its gateway interface, which forgets the context's type. */
function runOperations(schema: GraphQLSchema, gate: QueryGate, format: ErrorFormat): ApolloServerPlugin<Context> {
  const executor = new Executor(schema);
  const listener = {
    async responseForOperation({ document, operation, request, contextValue }: Runnable): Promise<GraphQLResponse> {
      const variables = request.variables ?? {};
      try {
        const problems = gate.problemsOf(document, operation, variables);
        if (problems.length > 0) return responseOf(400, { errors: problems.map(format) });
        const result = await executor.run({ document, operation, operationName: request.operationName, variables, context: contextValue });
        const { errors, ...answered } = result;
        const answer = { ...answered, ...extensionsOf(contextValue) };
        if (errors === undefined) return responseOf(undefined, answer);
        return responseOf("data" in answer ? undefined : 400, { ...answer, errors: errors.map(format) });
      } catch (error) {
        return responseOf(500, { errors: [format(error)] });
      }
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}

/** An answer says of itself that it may be stale. */
function extensionsOf({ services }: Context): { readonly extensions?: Record<string, unknown> } {
  const extensions = freshnessExtension(services.readModel.freshness());
  return extensions === undefined ? {} : { extensions };
}

/** What Apollo knows by then. Its own type takes the operation for granted, which it is not where a request does not name one of several. */
interface Runnable {
  readonly document: DocumentNode;
  readonly operation?: OperationDefinitionNode | undefined;
  readonly request: GraphQLRequest;
  readonly contextValue: Context;
}

function responseOf(status: number | undefined, singleResult: FormattedExecutionResult<Record<string, unknown>>): GraphQLResponse {
  return { http: { headers: new HeaderMap(), ...(status !== undefined && { status }) }, body: { kind: "single", singleResult } };
}
