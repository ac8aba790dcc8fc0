import type { Database } from "../sqlite/driver.js";
import { integerOf, textOf } from "../sqlite/row.js";

/** One sentence a problem: SQLite's own integrity, positions and revisions without holes, rows that belong together. */
export function checkIntegrity(database: Database): readonly string[] {
  return [...sqliteIntegrity(database), ...positionHoles(database), ...revisionHoles(database), ...orphans(database)];
}

function sqliteIntegrity(database: Database): string[] {
  const rows = database.prepare("PRAGMA integrity_check(100)").all();
  return rows.map((row) => textOf(row, "integrity_check")).filter((line) => line !== "ok").map((line) => `SQLite: ${line}`);
}

function positionHoles(database: Database): string[] {
  const row = database.prepare("SELECT count(*) AS events, coalesce(max(position), 0) AS last, coalesce(min(position), 1) AS first FROM events").get();
  if (row === undefined) return [];
  const [events, last, first] = [integerOf(row, "events"), integerOf(row, "last"), integerOf(row, "first")];
  return first === 1 && last === events ? [] : [`positions have holes: ${events} events between positions ${first} and ${last}`];
}

function revisionHoles(database: Database): string[] {
  const sql = `SELECT s.name, count(*) AS events, min(e.revision) AS first, max(e.revision) AS last
    FROM events e JOIN streams s ON s.id = e.stream_id GROUP BY e.stream_id HAVING first <> 0 OR last <> events - 1 LIMIT 100`;
  return database.prepare(sql).all().map((row) => `revisions of ${textOf(row, "name")} have holes: ${integerOf(row, "events")} events from ${integerOf(row, "first")} to ${integerOf(row, "last")}`);
}

function orphans(database: Database): string[] {
  const sql = "SELECT position FROM events WHERE stream_id NOT IN (SELECT id FROM streams) OR type_id NOT IN (SELECT id FROM types) LIMIT 100";
  return database.prepare(sql).all().map((row) => `the event at position ${integerOf(row, "position")} names a stream or type that is not there`);
}

/** `VACUUM INTO`: a consistent copy from within one read transaction, while others write. Throws if `file` exists. */
export function copyInto(database: Database, file: string): void {
  database.prepare("VACUUM INTO ?").run(file);
}
