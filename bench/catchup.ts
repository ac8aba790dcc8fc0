import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openDatabase, type Database, type SqlRow, type SqlValue, type Statement } from "../src/sqlite/driver.js";
import { openSqliteEventStore } from "../src/eventstore/sqlite.js";
import { openReadModel } from "../src/readmodel/open.js";
import { compare, type Measured } from "./harness.js";
import { BENCH_LEDGER } from "./prepared-ledger.js";

const OPEN_ENDED = 9_007_199_254_740_991;
const PAGE = 1000;
const FINISHED = "finished.sqlite";

/** Catching up all read models from nothing, against reading and parsing the same events and writing the same rows, with the same indexes, by raw prepared statements. */
export async function catchUp(folder: string, events: number, runs: number): Promise<Measured> {
  removeReadModels(join(folder, FINISHED));
  return compare({
    what: `catching up all read models over ${events.toLocaleString("en-US")} events`,
    against: "reading and parsing them, and writing the same rows with the same indexes by raw prepared statements",
    unit: "events/s",
    goal: { atLeast: 0.6 },
    runs,
    ours: () => ours(folder, events),
    baseline: () => raw(folder, events),
  });
}

function removeReadModels(file: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(`${file}${suffix}`, { force: true });
}

async function ours(folder: string, events: number): Promise<number> {
  const file = join(folder, "readmodels.sqlite");
  removeReadModels(file);
  const store = openSqliteEventStore({ folder });
  const begun = process.hrtime.bigint();
  const readModel = await openReadModel({ store, ledgerId: BENCH_LEDGER, file, notify: (notice) => console.error(notice) });
  await readModel.waitUntilCaughtUp(3_600_000);
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  await readModel.close();
  await store.close();
  if (!existsSync(join(folder, FINISHED))) keepFinished(file, join(folder, FINISHED));
  return events / seconds;
}

/** A copy to take the rows from, with indexes of its own for finding the rows of a page. */
function keepFinished(file: string, finished: string): void {
  cpSync(file, finished);
  const database = openDatabase(finished);
  for (const { name } of versionedTables(database)) database.exec(`CREATE INDEX bench__${name} ON ${name}(known_to)`);
  database.close();
}

interface Target {
  readonly select: Statement;
  readonly closed: Statement;
  readonly insert: Statement;
  readonly close: Statement;
  readonly columns: readonly string[];
  readonly sized: boolean;
}

/**
 * The rows are fetched from the finished file outside the measured time, a page at a time; only reading, parsing and writing are measured. A version
 * that was ended in the page in which it began is written once, as what it is.
 */
function raw(folder: string, events: number): number {
  const target = join(folder, "raw.sqlite");
  removeReadModels(target);
  const source = openDatabase(join(folder, "events.sqlite"), { readOnly: true });
  const finished = openDatabase(join(folder, FINISHED), { readOnly: true });
  const database = openDatabase(target);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY");
  const targets = copySchema(finished, database);
  const page = source.prepare("SELECT e.position, s.name, e.revision, t.name AS type, e.event_id, e.data, e.metadata FROM events e JOIN streams s ON s.id = e.stream_id JOIN types t ON t.id = e.type_id WHERE position > ? ORDER BY position LIMIT ?");
  const numbers = finished.prepare("SELECT ordinal, position, recorded_max, event_id FROM ordinals WHERE ordinal > ? AND ordinal <= ?");
  const number = database.prepare("INSERT INTO ordinals (ordinal, position, recorded_max, event_id) VALUES (?, ?, ?, ?)");
  let measured = 0n;
  for (let from = 0; from < events; from += PAGE) {
    const ordinals = numbers.all(from, from + PAGE).map((row) => Object.values(row));
    const work = targets.map((each) => rowsOf(each, from));
    const begun = process.hrtime.bigint();
    for (const row of page.all(from, PAGE)) {
      JSON.parse(String(row["data"]));
      JSON.parse(String(row["metadata"]));
    }
    database.exec("BEGIN IMMEDIATE");
    for (const row of ordinals) number.run(...row);
    for (const [index, { closings, inserts }] of work.entries()) write(targets[index], closings, inserts);
    database.exec("COMMIT");
    measured += process.hrtime.bigint() - begun;
  }
  for (const each of [source, finished, database]) each.close();
  requireSameRows(join(folder, FINISHED), target);
  removeReadModels(target);
  return events / (Number(measured) / 1e9);
}

function versionedTables(database: Database): readonly { readonly name: string; readonly columns: readonly string[] }[] {
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%known_from%'").all().map(({ name }) => String(name));
  return tables.map((name) => ({ name, columns: database.prepare(`PRAGMA table_info(${name})`).all().map((row) => String(row["name"])) }));
}

function copySchema(finished: Database, database: Database): Target[] {
  const statements = finished.prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'bench__%' ORDER BY type DESC").all();
  for (const { sql } of statements) database.exec(String(sql));
  return versionedTables(finished).map(({ name, columns }) => {
    const sized = columns.includes("known_class");
    return {
      columns, sized,
      select: finished.prepare(`SELECT * FROM ${name} WHERE id >= ? AND known_from <= ? ORDER BY id`),
      closed: finished.prepare(`SELECT id, known_to${sized ? ", known_class" : ""} FROM ${name} WHERE known_to > ? AND known_to <= ? AND known_from <= ?`),
      insert: database.prepare(`INSERT INTO ${name} (${columns.map((column) => `"${column}"`).join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`),
      close: database.prepare(`UPDATE ${name} SET known_to = ?${sized ? ", known_class = ?" : ""} WHERE id = ?`),
    };
  });
}

interface Work {
  readonly closings: SqlValue[][];
  readonly inserts: SqlValue[][];
}
const nextIds = new WeakMap<Target, number>();

/** What one page writes: versions that begin in it, as they stand after it, and the ends of versions that began before. */
function rowsOf(target: Target, from: number): Work {
  const until = from + PAGE;
  const first = from === 0 ? 1 : (nextIds.get(target) ?? 1);
  const rows: SqlRow[] = target.select.all(first, until);
  nextIds.set(target, first + rows.length);
  const closings = target.closed.all(from, until, from).map((row) => (target.sized ? [row["known_to"] ?? null, row["known_class"] ?? null, row["id"] ?? null] : [row["known_to"] ?? null, row["id"] ?? null]));
  return { closings, inserts: rows.map((row) => target.columns.map((column) => asOf(until, row, column))) };
}

function asOf(until: number, row: SqlRow, column: string): SqlValue {
  if (Number(row["known_to"]) > until) {
    if (column === "known_to") return OPEN_ENDED;
    if (column === "known_class") return null;
  }
  return row[column] ?? null;
}

function write(target: Target | undefined, closings: SqlValue[][], inserts: SqlValue[][]): void {
  if (target === undefined) return;
  for (const row of closings) target.close.run(...row);
  for (const row of inserts) target.insert.run(...row);
}

/** That the baseline did all of the work: every column of every row is what the product wrote. */
function requireSameRows(finished: string, target: string): void {
  const database = openDatabase(target, { readOnly: true });
  database.prepare("ATTACH ? AS finished").run(finished);
  const ordinals = { name: "ordinals", columns: ["ordinal", "position", "recorded_max", "event_id"] };
  for (const { name, columns } of [...versionedTables(database), ordinals]) {
    const [id] = columns;
    const same = columns.map((column) => `a."${column}" IS b."${column}"`).join(" AND ");
    const counts = database.prepare(`SELECT (SELECT count(*) FROM finished.${name}) AS wanted, (SELECT count(*) FROM main.${name}) AS written, (SELECT count(*) FROM main.${name} a JOIN finished.${name} b ON a.${id} = b.${id} WHERE ${same}) AS same`).get();
    if (counts?.["wanted"] !== counts?.["same"] || counts?.["written"] !== counts?.["same"]) throw new Error(`the baseline wrote other rows of ${name}: ${JSON.stringify(counts)}`);
  }
  database.close();
}
