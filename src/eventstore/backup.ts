import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { LedgerError } from "../kernel/errors.js";
import type { Database } from "../sqlite/driver.js";
import { describeFailure } from "./sqlite-schema.js";

/**
 * A consistent copy, taken by `VACUUM INTO` in one read transaction while others write. It is written under a passing name and takes its own
 * only when it is whole and on the disk. Throws LedgerError DATA_FOLDER_UNUSABLE where `file` exists or cannot be written, or _CORRUPT.
 */
export function copyInto(database: Database, file: string): void {
  if (existsSync(file)) throw exists(file);
  const unfinished = `${file}.unfinished-${process.pid}`;
  try {
    database.prepare("VACUUM INTO ?").run(unfinished);
    sync(unfinished);
    if (existsSync(file)) throw exists(file);
    renameSync(unfinished, file);
    sync(dirname(file));
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error instanceof LedgerError ? error : describeFailure(file, error);
  }
}

/** To the disk: SQLite leaves that to the caller of `VACUUM INTO` (https://www.sqlite.org/lang_vacuum.html). */
function sync(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function exists(file: string): LedgerError {
  return new LedgerError({ code: "DATA_FOLDER_UNUSABLE", params: { file }, message: `${file} exists already and was left as it is; name a file that does not exist yet` });
}
