import { LedgerError, type ErrorCode } from "../kernel/errors.js";

/** What a process tells the shell. */
export const EXIT = {
  ok: 0,
  /** The ledger refused it, or what was looked at has problems. */
  refused: 1,
  /** The command line, the environment, a value in them or a file that they name cannot be used. */
  usage: 2,
  /** The data folder is locked, unusable or damaged. */
  dataFolder: 3,
  /** The store, its read models or the server that owns the folder does not answer now: try again later. */
  unavailable: 4,
  /** Something unexpected; please report it (EX_SOFTWARE of sysexits.h). */
  internal: 70,
  /** Stopped by Ctrl-C or a request to end (128 + SIGINT). `serve` and `demo`, which end in no other way, answer 0 then. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** One sentence for each exit code, as `--help` shows them. */
export const EXIT_WORDS: Readonly<Record<ExitCode, string>> = {
  0: "done (serve and demo: also when stopped with Ctrl-C)",
  1: "refused by the ledger, or problems found",
  2: "the command line, the configuration or a file they name cannot be used",
  3: "the data folder is locked, unusable or damaged",
  4: "the store or the server that owns the folder does not answer; try again later",
  70: "something unexpected; please report it",
  130: "stopped by Ctrl-C",
};

const BY_CODE = {
  INVALID_INPUT: EXIT.usage,
  INVALID_ID: EXIT.usage,
  INVALID_TIME: EXIT.usage,
  TIME_WITHOUT_ZONE: EXIT.usage,
  UNKNOWN_ZONE: EXIT.usage,
  INVALID_PERIOD: EXIT.usage,
  UNKNOWN_FORMAT: EXIT.usage,
  REQUEST_TOO_LARGE: EXIT.usage,
  ADDRESS_REFUSED: EXIT.usage,
  INVALID_CONFIGURATION: EXIT.usage,
  DATA_FOLDER_LOCKED: EXIT.dataFolder,
  DATA_FOLDER_UNUSABLE: EXIT.dataFolder,
  DATA_FOLDER_CORRUPT: EXIT.dataFolder,
  STORE_UNAVAILABLE: EXIT.unavailable,
  READ_MODEL_BEHIND: EXIT.unavailable,
  READ_MODEL_BUILDING: EXIT.unavailable,
  INTERNAL: EXIT.internal,
} as const satisfies { readonly [Code in ErrorCode]?: ExitCode };

const CODES: ReadonlyMap<ErrorCode, ExitCode> = new Map<ErrorCode, ExitCode>(Object.entries(BY_CODE).flatMap(([code, exit]) => (isCode(code) ? [[code, exit] as const] : [])));

function isCode(code: string): code is keyof typeof BY_CODE {
  return Object.hasOwn(BY_CODE, code);
}

/** A refusal that has no exit code of its own is one of the ledger: 1. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof LedgerError ? (CODES.get(error.code) ?? EXIT.refused) : EXIT.internal;
}
