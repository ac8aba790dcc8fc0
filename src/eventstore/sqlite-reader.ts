import { eventId, streamName, type Position } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import { prepareValues, type Database, type SqlValue, type Statement } from "../sqlite/driver.js";
import { integerOf, optionalIntegerOf } from "../sqlite/row.js";
import { MAX_PAGE_EVENTS, type EventFilter, type EventStore, type ReadAllOptions, type ReadAllResult, type ReadStreamOptions, type ReadStreamResult, type StoredEvent, type StoreUnavailable } from "./port.js";
import { unavailable } from "./sqlite-failure.js";
import { parsePosition, positionAt } from "./sqlite-position.js";

/** Most rows that one page looks at: a filter that fits little must not hold up everything else. */
const SEARCH_WINDOW = 20_000;

const COLUMNS = "e.position, s.name AS stream, e.revision, t.name AS type, e.event_id, e.data, e.metadata";
/** `CROSS JOIN` keeps this order of loops: events are walked in theirs, whatever a filter asks for. */
const TABLES = "events e CROSS JOIN streams s ON s.id = e.stream_id CROSS JOIN types t ON t.id = e.type_id";

/** The reading half of the embedded store: on the writer's connection, or beside another process's writer. */
export class SqliteReader {
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();
  readonly #queries = new Map<string, ReturnType<typeof prepareValues>>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Never throws. */
  end(): Awaited<ReturnType<EventStore["lastPosition"]>> {
    return attempt(() => {
      const last = this.#lastPlace();
      return { kind: "position", position: last === 0 ? undefined : positionAt(last) };
    });
  }

  /** Throws RangeError for a limit out of bounds. */
  readStream(name: string, { direction, from, limit }: ReadStreamOptions): ReadStreamResult {
    requireLimit(limit);
    return attempt(() => {
      const stream = this.#sql("SELECT id FROM streams WHERE name = ?").get(name);
      if (stream === undefined) return { kind: "stream-not-found" };
      const forwards = direction === "forwards";
      const sql = `SELECT ${COLUMNS} FROM ${TABLES} WHERE e.stream_id = ? AND e.revision ${forwards ? ">=" : "<="} ? ORDER BY e.revision ${forwards ? "ASC" : "DESC"} LIMIT ?`;
      const events = this.#events(sql, [integerOf(stream, "id"), from ?? (forwards ? 0 : Number.MAX_SAFE_INTEGER), limit + 1]);
      return { kind: "events", events: events.slice(0, limit), isEnd: events.length <= limit };
    });
  }

  /** Throws RangeError for a limit out of bounds, LedgerError UNKNOWN_POSITION. */
  readAll(options: ReadAllOptions): ReadAllResult {
    requireLimit(options.limit);
    const from = options.from === undefined ? undefined : requirePlace(options.from);
    return attempt(() => (options.direction === "forwards" ? this.#forwards(from ?? 0, options) : this.#backwards(from, options)));
  }

  #forwards(after: number, { filter, limit }: ReadAllOptions): ReadAllResult {
    const last = this.#lastPlace();
    const until = Math.min(last, after + SEARCH_WINDOW);
    const { where, params } = condition(filter);
    const sql = `SELECT ${COLUMNS} FROM ${TABLES} WHERE e.position > ? AND e.position <= ?${where} ORDER BY e.position ASC LIMIT ?`;
    const events = this.#events(sql, [after, until, ...params, limit]);
    const next = Math.max(after, events.length === limit ? placeOfLast(events) : until);
    return { kind: "events", events, next: next === 0 ? undefined : positionAt(next), isEnd: next >= last };
  }

  #backwards(from: number | undefined, { filter, limit }: ReadAllOptions): ReadAllResult {
    const last = this.#lastPlace();
    if (last === 0) return { kind: "events", events: [], next: undefined, isEnd: true };
    const before = Math.min(from ?? last + 1, last + 1);
    const until = Math.max(1, before - SEARCH_WINDOW);
    const { where, params } = condition(filter);
    const sql = `SELECT ${COLUMNS} FROM ${TABLES} WHERE e.position < ? AND e.position >= ?${where} ORDER BY e.position DESC LIMIT ?`;
    const events = this.#events(sql, [before, until, ...params, limit]);
    const next = Math.min(before, events.length === limit ? placeOfLast(events) : until);
    return { kind: "events", events, next: positionAt(next), isEnd: next <= 1 };
  }

  #lastPlace(): number {
    const row = this.#sql("SELECT max(position) AS position FROM events").get();
    return row === undefined ? 0 : (optionalIntegerOf(row, "position") ?? 0);
  }

  /** `sql` selects COLUMNS. */
  #events(sql: string, params: readonly SqlValue[]): StoredEvent[] {
    let query = this.#queries.get(sql);
    if (query === undefined) {
      query = prepareValues(this.#database, sql);
      this.#queries.set(sql, query);
    }
    return query(params).map(storedEvent);
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

function placeOfLast(events: readonly StoredEvent[]): number {
  const last = events.at(-1);
  return last === undefined ? 0 : (parsePosition(last.position) ?? 0);
}

/** From the values of COLUMNS. Throws TypeError when the file is not what its schema says. */
function storedEvent([place, stream, revision, type, id, data, metadata]: readonly SqlValue[]): StoredEvent {
  if (typeof place !== "number" || typeof revision !== "number") throw new TypeError("an event of the file lacks its place");
  if (typeof stream !== "string" || typeof type !== "string" || typeof data !== "string" || typeof metadata !== "string") throw new TypeError("an event of the file is not text");
  return { id: eventId(String(id)), type, stream: streamName(stream), revision, position: positionAt(place), data, metadata };
}

function requireLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE_EVENTS) throw new RangeError(`a page has 1 to ${MAX_PAGE_EVENTS} events, not ${limit}`);
}

function requirePlace(position: Position): number {
  const place = parsePosition(position);
  if (place !== undefined) return place;
  const message = `${JSON.stringify(position)} is not a position of this ledger's store; use one that an earlier answer gave`;
  throw new LedgerError({ code: "UNKNOWN_POSITION", params: { position }, message });
}

function attempt<R>(work: () => R): R | StoreUnavailable {
  try {
    return work();
  } catch (error) {
    return unavailable(error);
  }
}
