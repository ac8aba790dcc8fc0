import { pathToFileURL } from "node:url";

/**
 * The one file that chooses SQLite: Node's own `node:sqlite` where the running Node has it, else the `@photostructure/sqlite` package,
 * which has the same interface with binaries inside (docs/decisions/0002-sqlite.md). This is the part of `DatabaseSync` that we use.
 */
export interface Database {
  readonly isOpen: boolean;
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}
export interface Statement {
  run(...params: SqlValue[]): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint };
  get(...params: SqlValue[]): SqlRow | undefined;
  all(...params: SqlValue[]): SqlRow[];
}
export type SqlValue = null | number | bigint | string | Uint8Array;
export interface SqlRow {
  readonly [column: string]: SqlValue;
}

interface ValuesStatement extends Statement {
  setReturnArrays(enabled: boolean): void;
}
interface IteratingStatement extends Statement {
  iterate(...params: SqlValue[]): IterableIterator<SqlRow>;
}

interface Driver {
  readonly DatabaseSync: new (location: string | URL, options: { readonly readOnly: boolean; readonly timeout: number }) => Database;
}
export type DriverName = "node" | "package";

function isDriver(module: unknown): module is Driver {
  return typeof module === "object" && module !== null && "DatabaseSync" in module && typeof module.DatabaseSync === "function";
}

async function loadDriver(name: DriverName): Promise<Driver | undefined> {
  if (name === "package") return import("@photostructure/sqlite");
  if (!hasCompleteSqlite(process.versions.node)) return undefined;
  const builtin: unknown = withoutWarning(() => process.getBuiltinModule("node:sqlite"));
  return isDriver(builtin) ? builtin : undefined;
}

/** Node's own knows `timeout` and file URLs from 22.16 and 24.0 on (https://nodejs.org/api/sqlite.html). */
function hasCompleteSqlite(nodeVersion: string): boolean {
  const [major = 0, minor = 0] = nodeVersion.split(".").map(Number);
  return major >= 24 || (major === 22 && minor >= 16);
}

/** Node 22 announces on standard error that its SQLite is experimental: no news to those who run a ledger. */
function withoutWarning<T>(load: () => T): T {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** The drivers that this Node can load, the preferred one first. */
export async function availableDrivers(): Promise<DriverName[]> {
  const found = await Promise.all((["node", "package"] as const).map(async (name) => ((await loadDriver(name)) === undefined ? [] : [name])));
  return found.flat();
}

const chosen = (await loadDriver("node")) ?? (await loadDriver("package"));

export interface OpenOptions {
  readonly readOnly?: boolean;
  /** For files in a folder that nobody can write to: SQLite then needs no files beside it. Never while someone writes. */
  readonly immutable?: boolean;
  /** How long to wait for another connection's lock. Default 5000. */
  readonly busyTimeoutMs?: number;
}

/** Opens a database file or `":memory:"`. Throws what SQLite throws; see `classifySqliteError`. */
export function openDatabase(path: string, options: OpenOptions = {}): Database {
  if (chosen === undefined) throw new TypeError("this Node has no SQLite: neither node:sqlite nor @photostructure/sqlite can be loaded");
  return openWith(chosen, path, options);
}

/** As `openDatabase`, with the driver named: for the test that both behave alike. */
export async function openDatabaseWith(driver: DriverName, path: string, options: OpenOptions = {}): Promise<Database> {
  const loaded = await loadDriver(driver);
  if (loaded === undefined) throw new TypeError(`this Node has no SQLite driver ${driver}`);
  return openWith(loaded, path, options);
}

function openWith(driver: Driver, path: string, options: OpenOptions): Database {
  const { readOnly = false, immutable = false, busyTimeoutMs = 5000 } = options;
  if (!immutable) return new driver.DatabaseSync(path, { readOnly, timeout: busyTimeoutMs });
  const url = pathToFileURL(path);
  url.searchParams.set("immutable", "1");
  return new driver.DatabaseSync(url, { readOnly: true, timeout: busyTimeoutMs });
}

/** Prepares a query whose rows are the values of its columns in their order: a third cheaper to have than rows by name. */
export function prepareValues(database: Database, sql: string): (params: readonly SqlValue[]) => SqlValue[][] {
  const statement = database.prepare(sql);
  if (!givesValues(statement)) throw new TypeError("this SQLite driver cannot give rows as values");
  statement.setReturnArrays(true);
  return (params) => {
    const rows: unknown = statement.all(...params);
    if (isListOfLists(rows)) return rows;
    throw new TypeError("this SQLite driver gave rows by name");
  };
}

function givesValues(statement: Statement): statement is ValuesStatement {
  return "setReturnArrays" in statement && typeof statement.setReturnArrays === "function";
}
function isListOfLists(rows: unknown): rows is SqlValue[][] {
  return Array.isArray(rows) && (rows.length === 0 || Array.isArray(rows[0]));
}

/**
 * The rows of a query one by one, for lists too long to hold. The package (1.2.1) frees a statement that nobody refers to although an iterator of it
 * is under way, and crashes; the rows therefore hold their statement, and a statement cannot be iterated by other means.
 */
export class Rows implements IterableIterator<SqlRow> {
  readonly #statement: IteratingStatement;
  readonly #rows: IterableIterator<SqlRow>;

  constructor(database: Database, sql: string, ...params: SqlValue[]) {
    const statement = database.prepare(sql);
    if (!isIterating(statement)) throw new TypeError("this SQLite driver cannot iterate");
    this.#statement = statement;
    this.#rows = this.#statement.iterate(...params);
  }

  next(): IteratorResult<SqlRow, undefined> {
    const result = this.#rows.next();
    return result.done === true ? { done: true, value: undefined } : result;
  }

  [Symbol.iterator](): this {
    return this;
  }
}

function isIterating(statement: Statement): statement is IteratingStatement {
  return "iterate" in statement && typeof statement.iterate === "function";
}

/** What went wrong, as far as it matters to what we tell people. */
export type SqliteFailure = "full" | "read-only" | "corrupt" | "not-a-database" | "busy" | "cannot-open" | "io" | "other";

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html) with the words that `sqlite3_errstr` has for them. */
const FAILURES: readonly { readonly code: number; readonly words: string; readonly failure: SqliteFailure }[] = [
  { code: 5, words: "database is locked", failure: "busy" },
  { code: 6, words: "database table is locked", failure: "busy" },
  { code: 8, words: "attempt to write a readonly database", failure: "read-only" },
  { code: 10, words: "disk I/O error", failure: "io" },
  { code: 11, words: "database disk image is malformed", failure: "corrupt" },
  { code: 13, words: "database or disk is full", failure: "full" },
  { code: 14, words: "unable to open database file", failure: "cannot-open" },
  { code: 26, words: "file is not a database", failure: "not-a-database" },
];

/** Undefined for what is not an error of SQLite. */
export function classifySqliteError(error: unknown): SqliteFailure | undefined {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "ERR_SQLITE_ERROR") return undefined;
  const primary = "errcode" in error && typeof error.errcode === "number" ? error.errcode & 0xff : undefined;
  // The package (1.2.1) leaves out the number where `all` and `iterate` fail.
  const known = FAILURES.find(({ code, words }) => (primary === undefined ? error.message.includes(words) : code === primary));
  return known?.failure ?? "other";
}
