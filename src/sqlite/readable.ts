import { statSync } from "node:fs";
import { classifySqliteError, openDatabase, type Database } from "./driver.js";

/**
 * Opens a file for reading: beside its writer, or in a folder that nobody can write to. There the log beside it must be merged: `unmerged` says what is thrown where
 * commits lie in the log alone, because the last writer was killed. Throws also what SQLite says of a file that it cannot read.
 */
export function openReadable(file: string, unmerged: (cause: unknown) => unknown): Database {
  const database = openDatabase(file, { readOnly: true });
  try {
    database.prepare("SELECT count(*) FROM sqlite_master").get();
    return database;
  } catch (error) {
    database.close();
    const failure = classifySqliteError(error);
    // WAL needs files beside the database; where they cannot be made, nobody can be writing either.
    if (failure !== "cannot-open" && failure !== "read-only") throw error;
    if (hasUnmergedLog(file)) throw unmerged(error);
    return openDatabase(file, { immutable: true });
  }
}

function hasUnmergedLog(file: string): boolean {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  return log !== undefined && log.size > 0;
}
