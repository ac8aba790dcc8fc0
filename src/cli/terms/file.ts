import { readFile, stat } from "node:fs/promises";
import { LedgerError } from "../../kernel/errors.js";

/** Largest document that is read, in bytes. */
const MOST_BYTES = 1024 * 1024;

/** The text of a file with documents. Throws INVALID_INPUT where it cannot be read, REQUEST_TOO_LARGE beyond 1 MiB. */
export async function textOf(file: string): Promise<string> {
  const size = await stat(file).then((found) => found.size, (error: unknown) => Promise.reject(unreadable(file, error)));
  if (size > MOST_BYTES) throw new LedgerError({ code: "REQUEST_TOO_LARGE", params: { limitBytes: MOST_BYTES }, message: `${file} has ${size} bytes; such a document has ${MOST_BYTES} at most` });
  return readFile(file, "utf8").catch((error: unknown) => Promise.reject(unreadable(file, error)));
}

function unreadable(file: string, error: unknown): LedgerError {
  return new LedgerError({ code: "INVALID_INPUT", params: { file }, message: `${file} cannot be read (${error instanceof Error ? error.message : String(error)}); name the file of a document` });
}
