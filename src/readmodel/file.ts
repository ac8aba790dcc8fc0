import { rmSync } from "node:fs";
import { position, type LedgerId, type Position } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import { classifySqliteError, openDatabase, type Database } from "../sqlite/driver.js";
import { openReadable } from "../sqlite/readable.js";

/** Raised when the tables below change; a file of another format is thrown away and built from the events. */
const FORMAT = 1;

/**
 * `ordinals`: the place of each of this ledger's events among them, dense from 1, with the recorded time reached by then (a running maximum).
 * `event_id` is kept only where the timeline does not have it as a key. `skipped`: what was not understood. `progress`: the checkpoint, one row.
 */
const SCHEMA = `
  CREATE TABLE ledger (format INTEGER NOT NULL, ledger_id TEXT NOT NULL);
  CREATE TABLE progress (one INTEGER PRIMARY KEY CHECK (one = 1), ordinal INTEGER NOT NULL, position TEXT, recorded_max INTEGER);
  INSERT INTO progress (one, ordinal) VALUES (1, 0);
  CREATE TABLE ordinals (ordinal INTEGER PRIMARY KEY, position TEXT NOT NULL, recorded_max INTEGER, event_id TEXT);
  CREATE INDEX ordinals__event_id ON ordinals(event_id) WHERE event_id IS NOT NULL;
  CREATE TABLE skipped (
    ordinal INTEGER PRIMARY KEY, stream TEXT NOT NULL, type TEXT NOT NULL, schema_version INTEGER, reason TEXT NOT NULL, detail TEXT NOT NULL
  );
  CREATE INDEX skipped__stream ON skipped(stream);
  CREATE TABLE read_model (
    name TEXT NOT NULL, version INTEGER NOT NULL, build INTEGER NOT NULL, role TEXT NOT NULL, ordinal INTEGER, shape TEXT NOT NULL,
    PRIMARY KEY (name, build)
  );
`;

/** How far the read models are. */
export interface Progress {
  /** Number of events taken; the ordinal of the last. */
  readonly ordinal: number;
  readonly position: Position | undefined;
  /** Latest recorded time so far, in ms; undefined before the first event whose metadata could be read. */
  readonly recordedMax: number | undefined;
}

export function readProgress(database: Database): Progress {
  const row = database.prepare("SELECT ordinal, position, recorded_max FROM progress").get() ?? {};
  const { ordinal, position: at, recorded_max: recordedMax } = row;
  return {
    ordinal: Number(ordinal ?? 0),
    position: typeof at === "string" ? position(at) : undefined,
    recordedMax: typeof recordedMax === "number" ? recordedMax : undefined,
  };
}

/** Settings of the one connection that writes. The file can be rebuilt, so a commit need not wait for the disk. */
const WRITER = `
  PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY;
`;

/**
 * Opens the file for the one process that keeps it up to date. It is made anew where there is none, and where it is damaged, of another
 * format or of another ledger: it holds nothing that the events do not. Throws LedgerError DATA_FOLDER_UNUSABLE when the place cannot be written.
 */
export function openForWriting(path: string, ledgerId: LedgerId): Database {
  try {
    return openExisting(path, ledgerId) ?? makeAnew(path, ledgerId);
  } catch (error) {
    throw new LedgerError(
      { code: "DATA_FOLDER_UNUSABLE", params: { file: path }, message: `the read models cannot be written to ${path}; check its folder's permissions and free space` },
      { cause: error },
    );
  }
}

function openExisting(path: string, ledgerId: LedgerId): Database | undefined {
  let database: Database | undefined;
  try {
    database = openDatabase(path);
    database.exec(WRITER);
    if (belongs(database, ledgerId)) return database;
    database.close();
  } catch {
    // Damaged: SQLite says so on the first statement.
    if (database?.isOpen === true) database.close();
  }
  return undefined;
}

/** Throws the file away, if there is one, and makes an empty one. */
export function makeAnew(path: string, ledgerId: LedgerId): Database {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(`${path}${suffix}`, { force: true });
  const database = openDatabase(path);
  database.exec(WRITER);
  makeTables(database, ledgerId);
  return database;
}

/** Whether SQLite met a damaged page. */
export function isDamage(error: unknown): boolean {
  const failure = classifySqliteError(error);
  return failure === "corrupt" || failure === "not-a-database";
}

/** Notes in a file that was found damaged while in use that it is to be thrown away, and made anew, when it is opened next. */
export function makeAnewNextTime(database: Database): void {
  try {
    database.exec("UPDATE ledger SET format = 0");
  } catch {
    // Not even that page is whole: then the next opening notices by itself.
  }
}

function makeTables(database: Database, ledgerId: LedgerId): void {
  database.exec("BEGIN");
  database.exec(SCHEMA);
  database.prepare("INSERT INTO ledger (format, ledger_id) VALUES (?, ?)").run(FORMAT, ledgerId);
  database.exec("COMMIT");
}

/** A database of its own that is gone when it is closed, in memory or in a temporary file: for a fold made on demand. */
export function openTemporary(ledgerId: LedgerId): Database {
  // SQLite keeps a database without a name in memory and moves it to a temporary file of its own when it grows.
  const database = openDatabase("");
  database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768");
  makeTables(database, ledgerId);
  return database;
}

/** Whether the file is of this format and ledger. Throws what SQLite says of a damaged file. */
function belongs(database: Database, ledgerId: LedgerId): boolean {
  const known = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'ledger'").get();
  const row = known === undefined ? undefined : database.prepare("SELECT format, ledger_id FROM ledger").get();
  return row?.["format"] === FORMAT && row["ledger_id"] === ledgerId;
}

/** Opens the file only for reading, also beside the process that writes it. Throws LedgerError READ_MODEL_BUILDING where there is none yet. */
export function openForReading(path: string, ledgerId: LedgerId): Database {
  let database: Database | undefined;
  try {
    database = openReadable(path, (cause) => cause);
    if (belongs(database, ledgerId)) return database;
    database.close();
  } catch (error) {
    if (database?.isOpen === true) database.close();
    throw new LedgerError(missing(path), { cause: error });
  }
  throw new LedgerError(missing(path));
}

function missing(path: string) {
  const message = `the read models of this ledger are not in ${path} yet; start the server, or run the rebuild verb, and ask again`;
  return { code: "READ_MODEL_BUILDING" as const, params: { file: path }, message };
}
