import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { answerError, type Unexpected } from "../graphql/errors.js";
import type { QueryGate } from "../graphql/limits.js";

/** Makes of any error what goes out for it, on HTTP and on the WebSocket. */
export type ErrorFormat = (error: unknown) => GraphQLFormattedError;

export function errorFormat(gate: QueryGate, unexpected: Unexpected): ErrorFormat {
  return (error) => {
    const { extensions, ...rest } = answerError(tokenProblem(error, gate) ?? error, unexpected);
    return { ...rest, extensions: { ...extensions } };
  };
}

/** Apollo says only that a text with too many tokens did not parse. */
function tokenProblem(error: unknown, gate: QueryGate): Error | undefined {
  const isUnparsed = error instanceof GraphQLError && error.extensions["code"] === "GRAPHQL_PARSE_FAILED";
  return isUnparsed && error.source !== undefined ? gate.tokenProblem(error.source.body) : undefined;
}
