import { GraphQLError } from "graphql";
import { ERROR_CODES, LedgerError, RETRYABLE, type ErrorCode, type Refusal } from "../kernel/errors.js";
import { isJsonObject, type JsonObject } from "../kernel/json.js";
import type { ErrorLog } from "./context.js";
import { fieldOfProblem } from "./error-field.js";

/** What an error of an answer carries beside its message (ErrorCode in schema/errors.graphql). */
export interface AnswerExtensions {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly field?: string;
  readonly params?: JsonObject;
  /** For INTERNAL: what the log has the error under. */
  readonly errorId?: string;
}

/** An error as it goes into an answer. */
export interface AnswerError {
  readonly message: string;
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly path?: readonly (string | number)[];
  readonly extensions: AnswerExtensions;
}

function isErrorCode(value: unknown): value is ErrorCode {
  return ERROR_CODES.some((code) => code === value);
}

function extensionsOf(refusal: Refusal): AnswerExtensions {
  const { code, field, params } = refusal;
  return { code, retryable: RETRYABLE.has(code), ...(field !== undefined && { field }), ...(params !== undefined && { params }) };
}

/** A refusal as the error that GraphQL's own machinery hands on whole. */
export function refusalError(refusal: Refusal): GraphQLError {
  return new GraphQLError(refusal.message, { extensions: { ...extensionsOf(refusal) } });
}

/** Where unexpected errors are told, and the ids they are told under. */
export interface Unexpected {
  readonly logger: ErrorLog;
  readonly newErrorId: () => string;
}

/**
 * The one edge: every error of every answer, on HTTP and on the WebSocket, passes through here. Refusals keep their code; what GraphQL itself
 * complains of is INVALID_INPUT; anything else is told to the log and masked as INTERNAL with an id that is in the log.
 */
export function answerError(error: unknown, unexpected: Unexpected): AnswerError {
  const thrown = rootOf(error);
  if (thrown instanceof LedgerError) return placed(error, thrown.message, extensionsOf(thrown));
  if (error instanceof GraphQLError && isRequestError(error)) return requestError(error);
  const errorId = unexpected.newErrorId();
  unexpected.logger.error({ errorId, err: thrown, ...(error instanceof GraphQLError && { path: error.path }) }, "unexpected error in an answer");
  const message = `something went wrong that should not have; if it happens again, tell the operator the id ${errorId}`;
  return placed(error, message, { code: "INTERNAL", retryable: false, errorId });
}

/** What was thrown in the first place: GraphQL wraps it, at times more than once. */
function rootOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError instanceof Error ? rootOf(error.originalError) : error;
}

/** Of a request that cannot be read or does not fit the schema, as against something that went wrong on the way to a field's value. */
function isRequestError(error: GraphQLError): boolean {
  return error.path === undefined && rootOf(error) instanceof GraphQLError;
}

function requestError(error: GraphQLError): AnswerError {
  const { code, params, field } = error.extensions;
  const where = typeof field === "string" ? field : fieldOfProblem(error);
  const known = isErrorCode(code) ? code : "INVALID_INPUT";
  return placed(error, error.message, extensionsOf({
    code: known, message: error.message, ...(where !== undefined && { field: where }), ...(isJsonObject(params) && { params }),
  }));
}

function placed(error: unknown, message: string, extensions: AnswerExtensions): AnswerError {
  if (!(error instanceof GraphQLError)) return { message, extensions };
  const { locations, path } = error;
  return { message, ...(locations !== undefined && { locations }), ...(path !== undefined && { path }), extensions };
}
