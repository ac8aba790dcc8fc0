import type { Json } from "./json.js";

/**
 * Every way in which the product says no: one closed list, the same in GraphQL (`extensions.code`), on the command line and in the log.
 * A code is stable; its sentence may be improved.
 */
export const ERROR_CODES = [
  // What was sent cannot be read
  "INVALID_INPUT",
  "INVALID_ID",
  "INVALID_TIME",
  "TIME_WITHOUT_ZONE",
  "UNKNOWN_ZONE",
  "INVALID_PERIOD",
  "REQUEST_TOO_LARGE",
  "QUERY_TOO_COMPLEX",
  "UNKNOWN_FORMAT",
  // The rules of the domain refuse it
  "TIME_IN_FUTURE",
  "END_BEFORE_START",
  "OUT_OF_ORDER",
  "NOT_FOUND",
  "ID_ALREADY_USED",
  "WRONG_STATE",
  "DISRUPTIONS_OPEN",
  "NOTHING_TO_CHANGE",
  "ALREADY_WITHDRAWN",
  "CAP_EXCEEDED",
  "PERIOD_NOT_OVER",
  "NOT_DETERMINED",
  "HISTORY_REFUSED",
  // Someone else was there first, or the same id came twice
  "REVISION_CONFLICT",
  "COMMAND_ID_REUSED",
  // The ledger cannot take or answer it now
  "EVENT_TOO_LARGE",
  "STREAM_NOT_UNDERSTOOD",
  "STORE_UNAVAILABLE",
  "READ_MODEL_BEHIND",
  "READ_MODEL_BUILDING",
  "UNKNOWN_POSITION",
  "EVIDENCE_MISMATCH",
  // The place where it runs
  "DATA_FOLDER_LOCKED",
  "DATA_FOLDER_UNUSABLE",
  "DATA_FOLDER_CORRUPT",
  "ADDRESS_REFUSED",
  "INVALID_CONFIGURATION",
  "IMPORT_REFUSED",
  "COPY_REFUSED",
  "INTERNAL",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Codes after which the same request may succeed later, unchanged. */
export const RETRYABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "STORE_UNAVAILABLE",
  "READ_MODEL_BEHIND",
  "READ_MODEL_BUILDING",
  "DATA_FOLDER_LOCKED",
]);

/** A typed no: what was wrong, with which value (`params`), in which field of the request, and a sentence that says what to do. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly field?: string;
  readonly params?: { readonly [name: string]: Json };
}

/** A refusal on its way through code that cannot return one. Nothing has been stored when it is thrown. */
export class LedgerError extends Error implements Refusal {
  readonly code: ErrorCode;
  readonly field?: string;
  readonly params: { readonly [name: string]: Json };

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(refusal.message, options);
    this.name = "LedgerError";
    this.code = refusal.code;
    if (refusal.field !== undefined) this.field = refusal.field;
    this.params = refusal.params ?? {};
  }
}
