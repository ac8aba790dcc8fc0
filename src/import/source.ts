import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { LedgerError } from "../kernel/errors.js";

/** Where an import reads from. Opened once for an import, twice for a strict one: first to look, then to store. */
export interface ImportSource {
  /** For the default import id, and to notice a file that is not what its name says. */
  readonly fileName: string;
  /** As stored, compressed or not; for progress and the size limit. */
  readonly sizeBytes?: number;
  open(): AsyncIterable<Uint8Array>;
}

/** A file on disk. Throws LedgerError INVALID_INPUT where there is none, and for what is no regular file. */
export async function fileSource(path: string): Promise<ImportSource> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new LedgerError({ code: "INVALID_INPUT", params: { path }, message: `there is no file ${path} that can be read; name the file to import` });
  if (!found.isFile()) throw new LedgerError({ code: "INVALID_INPUT", params: { path }, message: `${path} is not a file; name the file to import` });
  return { fileName: basename(path), sizeBytes: found.size, open: () => createReadStream(path) };
}
