import { existsSync } from "node:fs";
import { LedgerError } from "../kernel/errors.js";
import { classifySqliteError, openDatabase, type Database } from "../sqlite/driver.js";
import { openReadable } from "../sqlite/readable.js";
import { integerOf, textOf } from "../sqlite/row.js";

/** "ILED" in the file's header, so that a file of another program is never taken for a ledger. */
const APPLICATION_ID = 0x494c4544;
const FORMAT = 1;

/** Integer stream and type ids keep the rows short; a row's place is its position (docs/decisions/0002-sqlite.md). */
const SCHEMA = `
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE types (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream_id INTEGER NOT NULL REFERENCES streams(id),
    revision INTEGER NOT NULL,
    type_id INTEGER NOT NULL REFERENCES types(id),
    event_id TEXT NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL
  );
  CREATE UNIQUE INDEX events__stream_revision ON events(stream_id, revision);
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${FORMAT};
`;

/**
 * Opens the file for its one writer; makes it where there is none. Throws LedgerError DATA_FOLDER_UNUSABLE or DATA_FOLDER_CORRUPT; destroys
 * nothing. `maxPages` bounds the file.
 */
export function openForWriting(file: string, maxPages?: number): Database {
  return opened(file, () => openDatabase(file), (database) => {
    if (maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${maxPages}`);
    if (isEmpty(database)) create(database);
    check(database, file);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 2000; PRAGMA cache_size = -32768");
    // A write that changes nothing: a read-only file or a full disk shows itself now, not at the first incident.
    database.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${FORMAT}; COMMIT`);
  });
}

/**
 * Brings all that the log beside the file holds into the file, so that it can be read from a place where nobody can write. Closing does so by
 * itself only once every statement is gone, which the package leaves to the garbage collector. What cannot be merged now stays in the log.
 */
export function mergeLog(database: Database): void {
  try {
    database.exec("PRAGMA busy_timeout = 500; PRAGMA wal_checkpoint(TRUNCATE)");
  } catch {
    // A full disk, or a reader who takes his time: nothing is lost, the next opening merges it.
  }
}

/** Opens the file for reading, also beside a running writer, or in a folder that nobody can write to. */
export function openForReading(file: string): Database {
  if (!existsSync(file)) {
    throw new LedgerError({ code: "DATA_FOLDER_UNUSABLE", params: { file }, message: `there is no ledger in ${file}; check the data folder's path` });
  }
  return opened(file, () => openReadable(file, (cause) => unfinished(file, cause)), (database) => check(database, file));
}

function unfinished(file: string, cause: unknown): LedgerError {
  const message = `the last writer of ${file} was killed, and what it stored last can only be read in a folder that may be written to; copy the whole folder to such a place. Nothing was changed`;
  return new LedgerError({ code: "DATA_FOLDER_UNUSABLE", params: { file }, message }, { cause });
}

function isEmpty(database: Database): boolean {
  const row = database.prepare("SELECT count(*) AS tables FROM sqlite_master").get();
  return row !== undefined && integerOf(row, "tables") === 0;
}

function create(database: Database): void {
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  database.exec(`BEGIN IMMEDIATE; ${SCHEMA}; COMMIT`);
}

function check(database: Database, file: string): void {
  const application = pragma(database, "application_id");
  const format = pragma(database, "user_version");
  if (application !== APPLICATION_ID) {
    throw new LedgerError({ code: "DATA_FOLDER_CORRUPT", params: { file }, message: `${file} is a database of another program, not a ledger; nothing was changed. Choose another data folder` });
  }
  if (format > FORMAT) {
    throw new LedgerError({ code: "DATA_FOLDER_UNUSABLE", params: { file, format }, message: `${file} was written by a newer release (format ${format}; this one knows ${FORMAT}); use that release. Nothing was changed` });
  }
  const tables = new Set(database.prepare("SELECT name FROM sqlite_master").all().map((row) => textOf(row, "name")));
  const missing = ["streams", "types", "events", "events__stream_revision"].filter((name) => !tables.has(name));
  if (missing.length > 0) {
    throw new LedgerError({ code: "DATA_FOLDER_CORRUPT", params: { file, missing }, message: `${file} lacks ${missing.join(", ")} and cannot be read as a ledger; nothing was changed. Restore a backup into another folder` });
  }
  // A file cut short has its beginning still: its end must be there too.
  database.prepare("SELECT max(position) FROM events").get();
}

function pragma(database: Database, name: "application_id" | "user_version"): number {
  const row = database.prepare(`PRAGMA ${name}`).get();
  return row === undefined ? 0 : integerOf(row, name);
}

/** What `open` gives, once `prepare` has found it right; else it is closed again, and the failure put into words. */
function opened(file: string, open: () => Database, prepare: (database: Database) => void): Database {
  let database: Database | undefined;
  try {
    database = open();
    prepare(database);
    return database;
  } catch (error) {
    if (database?.isOpen === true) database.close();
    throw error instanceof LedgerError ? error : describeFailure(file, error);
  }
}

/** What a person should know when the file cannot be used. */
export function describeFailure(file: string, error: unknown): LedgerError {
  const reason = error instanceof Error ? error.message : String(error);
  const params = { file, reason };
  switch (classifySqliteError(error)) {
    case "corrupt":
    case "not-a-database":
      return new LedgerError({ code: "DATA_FOLDER_CORRUPT", params, message: `${file} is damaged or not a ledger (${reason}); nothing was changed. Restore a backup into another folder, or name the right one` }, { cause: error });
    case "full":
      return new LedgerError({ code: "DATA_FOLDER_UNUSABLE", params, message: `there is no space left for ${file}; make room and start again. What was acknowledged is safe` }, { cause: error });
    case "read-only":
    case "cannot-open":
      return new LedgerError({ code: "DATA_FOLDER_UNUSABLE", params, message: `${file} cannot be opened for writing (${reason}); check that the folder exists and may be written to` }, { cause: error });
    case "busy":
    case "io":
    case "other":
    case undefined:
      return new LedgerError({ code: "DATA_FOLDER_UNUSABLE", params, message: `${file} cannot be used (${reason})` }, { cause: error });
  }
}
