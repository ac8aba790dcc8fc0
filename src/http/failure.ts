import type { ErrorRequestHandler, Response } from "express";
import { LedgerError, RETRYABLE, type ErrorCode, type Refusal } from "../kernel/errors.js";
import { answerError, type Unexpected } from "../graphql/errors.js";
import { ClientGone } from "./ndjson.js";

/** HTTP status of a refusal (RFC 9110) where it is the answer to the whole request. */
const STATUS = {
  INVALID_INPUT: 400,
  INVALID_ID: 400,
  INVALID_TIME: 400,
  TIME_WITHOUT_ZONE: 400,
  UNKNOWN_ZONE: 400,
  INVALID_PERIOD: 400,
  REQUEST_TOO_LARGE: 413,
  QUERY_TOO_COMPLEX: 400,
  UNKNOWN_FORMAT: 415,
  TIME_IN_FUTURE: 422,
  END_BEFORE_START: 422,
  OUT_OF_ORDER: 422,
  NOT_FOUND: 404,
  ID_ALREADY_USED: 409,
  WRONG_STATE: 409,
  DISRUPTIONS_OPEN: 409,
  NOTHING_TO_CHANGE: 409,
  ALREADY_WITHDRAWN: 409,
  CAP_EXCEEDED: 409,
  PERIOD_NOT_OVER: 409,
  NOT_DETERMINED: 409,
  HISTORY_REFUSED: 409,
  REVISION_CONFLICT: 409,
  COMMAND_ID_REUSED: 409,
  EVENT_TOO_LARGE: 413,
  STREAM_NOT_UNDERSTOOD: 501,
  STORE_UNAVAILABLE: 503,
  READ_MODEL_BEHIND: 503,
  READ_MODEL_BUILDING: 503,
  UNKNOWN_POSITION: 400,
  EVIDENCE_MISMATCH: 409,
  DATA_FOLDER_LOCKED: 503,
  DATA_FOLDER_UNUSABLE: 503,
  DATA_FOLDER_CORRUPT: 500,
  ADDRESS_REFUSED: 403,
  INVALID_CONFIGURATION: 500,
  IMPORT_REFUSED: 422,
  COPY_REFUSED: 409,
  INTERNAL: 500,
} as const satisfies Record<ErrorCode, number>;

export function statusOf(code: ErrorCode): number {
  return STATUS[code];
}

/** A refusal in the shape of a GraphQL error, as every no of this server has it. */
export function refusalBody({ code, message, field, params }: Refusal): { readonly errors: readonly object[] } {
  const extensions = { code, retryable: RETRYABLE.has(code), ...(field !== undefined && { field }), ...(params !== undefined && { params }) };
  return { errors: [{ message, extensions }] };
}

/** Answers a whole request with a refusal. */
export function sendRefusal(res: Response, refusal: Refusal): void {
  res.status(statusOf(refusal.code)).json(refusalBody(refusal));
}

/** The last middleware: what was refused is answered with its code; what was not foreseen goes into the log under an id, and only the id goes out. */
export function answerFailures(unexpected: Unexpected): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (error instanceof ClientGone || (req.destroyed && !req.complete)) {
      res.destroy();
      return;
    }
    if (res.headersSent) {
      unexpected.logger.error({ err: error }, "an answer broke off");
      res.destroy();
      return;
    }
    const refusal = error instanceof LedgerError ? error : refusalOfBody(error);
    if (refusal !== undefined) sendRefusal(res, refusal);
    else if (error === undefined) next();
    else res.status(500).json({ errors: [answerError(error, unexpected)] });
  };
}

/** What express and its body parser complain of; undefined if it is something else. */
function refusalOfBody(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return undefined;
  if (error.status === 413) {
    const limitBytes = "limit" in error && typeof error.limit === "number" ? error.limit : 0;
    return { code: "REQUEST_TOO_LARGE", params: { limitBytes }, message: `the request is larger than the ${limitBytes} bytes that are taken: split it` };
  }
  if (error.status === 415) return { code: "UNKNOWN_FORMAT", message: `the request cannot be read: ${error.message}` };
  if (error.status >= 400 && error.status < 500) return { code: "INVALID_INPUT", message: `the request cannot be read: ${error.message}` };
  return undefined;
}
