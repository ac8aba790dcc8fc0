import { eventId, position, streamName, type Position } from "../kernel/brand.js";
import type { Database, SqlRow, Statement } from "../sqlite/driver.js";
import { integerOf, optionalIntegerOf, textOf } from "../sqlite/row.js";
import type { EventFilter, ReadAllOptions, ReadAllResult, ReadStreamOptions, ReadStreamResult, StoredEvent } from "./port.js";
import { reasonOf } from "./sqlite-writer.js";

export const MAX_PAGE = 10_000;
/** Most rows that one page looks at: a filter that fits little must not hold up everything else. */
const SEARCH_WINDOW = 20_000;

const COLUMNS = "e.position, s.name AS stream, e.revision, t.name AS type, e.event_id, e.data, e.metadata";
const TABLES = "events e JOIN streams s ON s.id = e.stream_id JOIN types t ON t.id = e.type_id";

/** The reading half of the embedded store, on a connection of its own or beside another process's writer. */
export class SqliteReader {
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(database: Database) {
    this.#database = database;
  }

  lastPosition(): number {
    const row = this.#sql("SELECT max(position) AS position FROM events").get();
    return row === undefined ? 0 : (optionalIntegerOf(row, "position") ?? 0);
  }

  /** Changes when another connection commits. */
  dataVersion(): number {
    const row = this.#sql("PRAGMA data_version").get();
    return row === undefined ? 0 : integerOf(row, "data_version");
  }

  readStream(name: string, options: ReadStreamOptions): ReadStreamResult {
    return attempt(() => {
      const limit = bounded(options.limit);
      const stream = this.#sql("SELECT id FROM streams WHERE name = ?").get(name);
      if (stream === undefined) return { kind: "stream-not-found" };
      const forwards = options.direction === "forwards";
      const sql = `SELECT ${COLUMNS} FROM ${TABLES} WHERE e.stream_id = ? AND e.revision ${forwards ? ">=" : "<="} ? ORDER BY e.revision ${forwards ? "ASC" : "DESC"} LIMIT ?`;
      const from = options.from ?? (forwards ? 0 : Number.MAX_SAFE_INTEGER);
      const rows = this.#sql(sql).all(integerOf(stream, "id"), from, limit + 1);
      return { kind: "events", events: rows.slice(0, limit).map(storedEvent), isEnd: rows.length <= limit };
    });
  }

  readAll(options: ReadAllOptions): ReadAllResult {
    return attempt(() => {
      const from = options.from === undefined ? undefined : parsePosition(options.from);
      if (from === undefined && options.from !== undefined) return { kind: "store-unavailable", reason: `${options.from} is not a position of this store` };
      return options.direction === "forwards" ? this.#forwards(from ?? 0, options) : this.#backwards(from ?? this.lastPosition() + 1, options);
    });
  }

  #forwards(after: number, { filter, limit }: ReadAllOptions): ReadAllResult {
    const last = this.lastPosition();
    const until = Math.min(last, after + SEARCH_WINDOW);
    const { where, params } = condition(filter);
    const sql = `SELECT ${COLUMNS} FROM ${TABLES} WHERE e.position > ? AND e.position <= ?${where} ORDER BY e.position ASC LIMIT ?`;
    const events = this.#sql(sql).all(after, until, ...params, bounded(limit)).map(storedEvent);
    const next = events.length === limit ? positionOf(events) : until;
    return { kind: "events", events, next: next <= 0 ? undefined : position(String(Math.max(next, after))), isEnd: next >= last };
  }

  #backwards(before: number, { filter, limit }: ReadAllOptions): ReadAllResult {
    const from = Math.max(1, before - SEARCH_WINDOW);
    const { where, params } = condition(filter);
    const sql = `SELECT ${COLUMNS} FROM ${TABLES} WHERE e.position < ? AND e.position >= ?${where} ORDER BY e.position DESC LIMIT ?`;
    const events = this.#sql(sql).all(before, from, ...params, bounded(limit)).map(storedEvent);
    const next = events.length === limit ? positionOf(events) : from;
    return { kind: "events", events, next: position(String(next)), isEnd: next <= 1 };
  }

  #sql(text: string): Statement {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }
}

function condition(filter: EventFilter | undefined): { where: string; params: string[] } {
  const parts: string[] = [];
  const params: string[] = [];
  if (filter?.streamPrefix !== undefined) {
    parts.push(" AND substr(s.name, 1, length(?)) = ?");
    params.push(filter.streamPrefix, filter.streamPrefix);
  }
  if (filter?.eventTypes !== undefined) {
    parts.push(" AND t.name IN (SELECT value FROM json_each(?))");
    params.push(JSON.stringify(filter.eventTypes));
  }
  return { where: parts.join(""), params };
}

/** The place that a position of this store names, or undefined if it is none. */
export function parsePosition(text: Position): number | undefined {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

function positionOf(events: readonly StoredEvent[]): number {
  return Number(events.at(-1)?.position ?? 0);
}

function storedEvent(row: SqlRow): StoredEvent {
  return {
    id: eventId(textOf(row, "event_id")),
    type: textOf(row, "type"),
    stream: streamName(textOf(row, "stream")),
    revision: integerOf(row, "revision"),
    position: position(String(integerOf(row, "position"))),
    data: textOf(row, "data"),
    metadata: textOf(row, "metadata"),
  };
}

function bounded(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE) return limit;
  throw new RangeError(`a page has 1 to ${MAX_PAGE} events, not ${limit}`);
}

function attempt<R>(work: () => R): R | { kind: "store-unavailable"; reason: string } {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return { kind: "store-unavailable", reason: reasonOf(error) };
  }
}
