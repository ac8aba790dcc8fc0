import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LedgerError } from "../kernel/errors.js";
import { isJsonObject, parseJson } from "../kernel/json.js";
import { classifySqliteError, openDatabase, type Database } from "../sqlite/driver.js";
import { makeFolder } from "./make-folder.js";

/** Who owns a data folder for writing. */
export interface LockOwner {
  readonly pid: number;
  /** Where its server listens, once it does. */
  readonly url?: string;
}
export interface FolderLock {
  /** Tells other processes where the owner's server listens. */
  announce(url: string): void;
  /** Idempotent. */
  release(): void;
}

/**
 * One process owns a data folder for writing: it holds an exclusive transaction on a lock file of its own, which the system frees even
 * when the process is killed. (On POSIX it is also lost when this process opens and closes `lock.sqlite` by other means than SQLite.)
 * Throws LedgerError DATA_FOLDER_LOCKED (with the owner's pid and url) or DATA_FOLDER_UNUSABLE.
 */
export function lockFolder(folder: string): FolderLock {
  const database = holdLock(folder);
  const note = join(folder, "lock.json");
  const write = (owner: LockOwner): void => {
    // Renamed into place, so that nobody reads half of it.
    writeFileSync(`${note}.new`, `${JSON.stringify(owner)}\n`);
    renameSync(`${note}.new`, note);
  };
  try {
    write({ pid: process.pid });
  } catch (error) {
    database.close();
    throw unusable(folder, error);
  }
  let held = true;
  return {
    announce: (url) => {
      if (held) write({ pid: process.pid, url });
    },
    release: () => {
      if (!held) return;
      held = false;
      rmSync(note, { force: true });
      database.close();
    },
  };
}

function holdLock(folder: string): Database {
  try {
    makeFolder(folder);
    const database = openDatabase(join(folder, "lock.sqlite"), { busyTimeoutMs: 0 });
    try {
      database.exec("BEGIN EXCLUSIVE");
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    if (classifySqliteError(error) === "busy") throw locked(folder);
    throw unusable(folder, error);
  }
}

/** Who took the folder last, as the note beside the lock tells; a killed owner's note stays until the next one writes its own. */
export function lockOwner(folder: string): LockOwner | undefined {
  const note = join(folder, "lock.json");
  if (!existsSync(note)) return undefined;
  try {
    const value = parseJson(readFileSync(note, "utf8"));
    if (!isJsonObject(value) || typeof value["pid"] !== "number") return undefined;
    return typeof value["url"] === "string" ? { pid: value["pid"], url: value["url"] } : { pid: value["pid"] };
  } catch {
    return undefined;
  }
}

function locked(folder: string): LedgerError {
  const owner = lockOwner(folder);
  const who = owner === undefined ? "another process" : `process ${owner.pid}${owner.url === undefined ? "" : `, which serves ${owner.url}`}`;
  const params = { folder, ...(owner !== undefined && { ownerPid: owner.pid }), ...(owner?.url !== undefined && { ownerUrl: owner.url }) };
  return new LedgerError({ code: "DATA_FOLDER_LOCKED", params, message: `the data folder ${folder} is in use by ${who}; stop it first, or use another folder` });
}

function unusable(folder: string, error: unknown): LedgerError {
  const reason = error instanceof Error ? error.message : String(error);
  return new LedgerError({ code: "DATA_FOLDER_UNUSABLE", params: { folder, reason }, message: `the data folder ${folder} cannot be written to (${reason}); check its path and permissions` }, { cause: error });
}
