import { LedgerError, type ErrorCode } from "../kernel/errors.js";

/** What a process tells the shell; documented in docs/operations.md. */
export const EXIT = { ok: 0, refused: 1, usage: 2, dataFolder: 3, unavailable: 4, internal: 70, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const BY_CODE: { readonly [Code in ErrorCode]?: ExitCode } = {
  INVALID_CONFIGURATION: EXIT.usage,
  INVALID_PERIOD: EXIT.usage,
  UNKNOWN_ZONE: EXIT.usage,
  TIME_WITHOUT_ZONE: EXIT.usage,
  INVALID_TIME: EXIT.usage,
  INVALID_ID: EXIT.usage,
  INVALID_INPUT: EXIT.usage,
  ADDRESS_REFUSED: EXIT.usage,
  DATA_FOLDER_LOCKED: EXIT.dataFolder,
  DATA_FOLDER_UNUSABLE: EXIT.dataFolder,
  DATA_FOLDER_CORRUPT: EXIT.dataFolder,
  STORE_UNAVAILABLE: EXIT.unavailable,
  READ_MODEL_BEHIND: EXIT.unavailable,
  READ_MODEL_BUILDING: EXIT.unavailable,
  INTERNAL: EXIT.internal,
};

export function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof LedgerError)) return EXIT.internal;
  return BY_CODE[error.code] ?? EXIT.refused;
}
