import { classifySqliteError } from "../sqlite/driver.js";
import type { StoreUnavailable } from "./port.js";

/** Why the store cannot take or answer it now, for the operator. */
export function unavailable(error: unknown): StoreUnavailable {
  return { kind: "store-unavailable", reason: reasonOf(error) };
}

function reasonOf(error: unknown): string {
  const detail = error instanceof Error ? error.message : String(error);
  switch (classifySqliteError(error)) {
    case "full":
      return "the disk is full; make room, and the ledger goes on";
    case "read-only":
      return "the data folder is read-only";
    case "busy":
      return "another process holds the ledger's file";
    case "corrupt":
    case "not-a-database":
      return `the ledger's file is damaged (${detail}); stop the server, keep the file, and restore a backup`;
    case "cannot-open":
    case "io":
      return `the disk reports an error (${detail})`;
    case "other":
    case undefined:
      return detail;
  }
}
