import { classifySqliteError, type Database } from "../sqlite/driver.js";
import { integerOf, textOf } from "../sqlite/row.js";

/** Most sentences about one kind of problem. */
const MOST = 100;

/** One sentence a problem: SQLite's own integrity, positions and revisions without holes, rows that belong together. Throws only what is no fault of the file. */
export function checkIntegrity(database: Database): readonly string[] {
  return [sqliteIntegrity, positionHoles, revisionHoles, orphans, idleStreams].flatMap((check) => {
    try {
      return check(database);
    } catch (error) {
      if (classifySqliteError(error) === undefined && !(error instanceof TypeError)) throw error;
      return [`the file cannot be read through: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}

function sqliteIntegrity(database: Database): string[] {
  const rows = database.prepare(`PRAGMA integrity_check(${MOST})`).all();
  return rows.map((row) => textOf(row, "integrity_check")).filter((line) => line !== "ok").map((line) => `SQLite: ${line}`);
}

function positionHoles(database: Database): string[] {
  const sql = "SELECT count(*) AS events, coalesce(max(position), 0) AS last, coalesce(min(position), 1) AS first FROM events NOT INDEXED";
  const row = database.prepare(sql).get();
  if (row === undefined) return [];
  const [events, last, first] = [integerOf(row, "events"), integerOf(row, "last"), integerOf(row, "first")];
  return first === 1 && last === events ? [] : [`positions have holes: ${events} events between positions ${first} and ${last}`];
}

function revisionHoles(database: Database): string[] {
  const sql = `SELECT s.name, count(*) AS events, min(e.revision) AS first, max(e.revision) AS last
    FROM events e JOIN streams s ON s.id = e.stream_id GROUP BY e.stream_id HAVING first <> 0 OR last <> events - 1 LIMIT ${MOST}`;
  return database.prepare(sql).all().map((row) => `revisions of ${textOf(row, "name")} have holes: ${integerOf(row, "events")} events from ${integerOf(row, "first")} to ${integerOf(row, "last")}`);
}

function orphans(database: Database): string[] {
  const sql = `SELECT position FROM events WHERE stream_id NOT IN (SELECT id FROM streams) OR type_id NOT IN (SELECT id FROM types) LIMIT ${MOST}`;
  return database.prepare(sql).all().map((row) => `the event at position ${integerOf(row, "position")} names a stream or type that is not there`);
}

function idleStreams(database: Database): string[] {
  const sql = `SELECT name FROM streams WHERE NOT EXISTS (SELECT 1 FROM events WHERE stream_id = streams.id) LIMIT ${MOST}`;
  return database.prepare(sql).all().map((row) => `the stream ${textOf(row, "name")} has no events`);
}
