import { position, type Position, type StreamName } from "../kernel/brand.js";
import { classifySqliteError, type Database, type Statement } from "../sqlite/driver.js";
import { integerOf, optionalIntegerOf, textOf } from "../sqlite/row.js";
import type { AppendResult, EventToAppend, ExpectedRevision } from "./port.js";

/** Streams whose id and revision are kept in memory. */
const CACHED_STREAMS = 50_000;

interface StreamHead {
  readonly id: number;
  /** Revision of the last event; -1 for a stream that has none yet. */
  readonly revision: number;
}
interface PendingAppend {
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
  readonly events: readonly EventToAppend[];
  readonly settle: (result: AppendResult) => void;
}

/** The writing half of the embedded store: appends that arrive together share one commit; a conflict fails that append alone. */
export class SqliteWriter {
  readonly #onCommit: () => void;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #heads = new Map<string, StreamHead>();
  readonly #types = new Map<string, number>();
  #lastPosition: number;
  #queue: PendingAppend[] = [];
  #scheduled = false;

  constructor(database: Database, onCommit: () => void) {
    this.#onCommit = onCommit;
    this.#statements = prepare(database);
    this.#lastPosition = this.#storedPosition();
  }

  get lastPosition(): number {
    return this.#lastPosition;
  }

  append(stream: StreamName, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<AppendResult> {
    return new Promise((settle) => {
      this.#queue.push({ stream, expected, events, settle });
      if (this.#scheduled) return;
      this.#scheduled = true;
      setImmediate(() => this.flush());
    });
  }

  /** Commits all that waits. Everything in it is stored, or none of it. */
  flush(): void {
    this.#scheduled = false;
    const group = this.#queue;
    this.#queue = [];
    if (group.length === 0) return;
    const results = this.#commit(group);
    for (const [index, { settle }] of group.entries()) {
      const result = results[index];
      if (result !== undefined) settle(result);
    }
    this.#onCommit();
  }

  #commit(group: readonly PendingAppend[]): AppendResult[] {
    try {
      this.#statements.begin.run();
      const results = group.map((append) => this.#place(append));
      this.#statements.commit.run();
      return results;
    } catch (error) {
      this.#undo();
      const reason = reasonOf(error);
      return group.map(() => ({ kind: "store-unavailable", reason }));
    }
  }

  /** After a failure nothing that was remembered during the group may be trusted. */
  #undo(): void {
    this.#heads.clear();
    this.#types.clear();
    try {
      this.#statements.rollback.run();
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full.
    }
    this.#lastPosition = this.#storedPosition();
  }

  #place({ stream, expected, events }: PendingAppend): AppendResult {
    const head = this.#headOf(stream);
    const refused = this.#refusal(head, expected, events);
    if (refused !== undefined) return refused;
    const id = head?.id ?? Number(this.#statements.addStream.run(stream).lastInsertRowid);
    let revision = head?.revision ?? -1;
    for (const event of events) {
      revision += 1;
      this.#lastPosition += 1;
      this.#statements.addEvent.run(this.#lastPosition, id, revision, this.#typeId(event.type), event.id, event.data, event.metadata);
    }
    this.#remember(stream, { id, revision });
    return { kind: "appended", revision, position: this.#positionText(this.#lastPosition), repeated: false };
  }

  /** Undefined when the append may go on: else its conflict, or the first result of what is repeated. */
  #refusal(head: StreamHead | undefined, expected: ExpectedRevision, events: readonly EventToAppend[]): AppendResult | undefined {
    const actual = head === undefined || head.revision < 0 ? -1 : head.revision;
    const wrong: AppendResult = { kind: "wrong-expected-revision", actual: actual < 0 ? "no-stream" : actual };
    switch (expected.kind) {
      case "any":
        return undefined;
      case "stream-exists":
        return actual >= 0 ? undefined : wrong;
      case "no-stream":
        return actual < 0 ? undefined : (this.#repeat(head, -1, events) ?? wrong);
      case "exact":
        return actual === expected.revision ? undefined : (this.#repeat(head, expected.revision, events) ?? wrong);
    }
  }

  /** The first result, if exactly these events follow revision `after` already. */
  #repeat(head: StreamHead | undefined, after: number, events: readonly EventToAppend[]): AppendResult | undefined {
    if (head === undefined || events.length === 0) return undefined;
    const rows = this.#statements.following.all(head.id, after + 1, after + events.length);
    const same = rows.length === events.length && rows.every((row, index) => textOf(row, "event_id") === events[index]?.id);
    const last = rows.at(-1);
    if (!same || last === undefined) return undefined;
    return { kind: "appended", revision: after + events.length, position: this.#positionText(integerOf(last, "position")), repeated: true };
  }

  #headOf(stream: StreamName): StreamHead | undefined {
    const cached = this.#heads.get(stream);
    if (cached !== undefined) return cached;
    const row = this.#statements.stream.get(stream);
    if (row === undefined) return undefined;
    const head = { id: integerOf(row, "id"), revision: optionalIntegerOf(row, "revision") ?? -1 };
    this.#remember(stream, head);
    return head;
  }

  #remember(stream: StreamName, head: StreamHead): void {
    if (this.#heads.size >= CACHED_STREAMS) this.#heads.clear();
    this.#heads.set(stream, head);
  }

  #typeId(type: string): number {
    const cached = this.#types.get(type);
    if (cached !== undefined) return cached;
    const row = this.#statements.type.get(type);
    const id = row === undefined ? Number(this.#statements.addType.run(type).lastInsertRowid) : integerOf(row, "id");
    this.#types.set(type, id);
    return id;
  }

  #storedPosition(): number {
    const row = this.#statements.last.get();
    return row === undefined ? 0 : (optionalIntegerOf(row, "position") ?? 0);
  }

  #positionText(value: number): Position {
    return position(String(value));
  }
}

function prepare(database: Database) {
  const sql = (text: string): Statement => database.prepare(text);
  return {
    begin: sql("BEGIN IMMEDIATE"),
    commit: sql("COMMIT"),
    rollback: sql("ROLLBACK"),
    addEvent: sql("INSERT INTO events (position, stream_id, revision, type_id, event_id, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)"),
    addStream: sql("INSERT INTO streams (name) VALUES (?)"),
    addType: sql("INSERT INTO types (name) VALUES (?)"),
    following: sql("SELECT event_id, position FROM events WHERE stream_id = ? AND revision BETWEEN ? AND ? ORDER BY revision"),
    last: sql("SELECT max(position) AS position FROM events"),
    stream: sql("SELECT id, (SELECT max(revision) FROM events WHERE stream_id = streams.id) AS revision FROM streams WHERE name = ?"),
    type: sql("SELECT id FROM types WHERE name = ?"),
  };
}

/** Why the store cannot take it, for the operator. */
export function reasonOf(error: unknown): string {
  switch (classifySqliteError(error)) {
    case "full":
      return "the disk is full";
    case "read-only":
      return "the data folder is read-only";
    case "busy":
      return "another process holds the file";
    case "corrupt":
    case "not-a-database":
      return "the file is damaged";
    case "cannot-open":
    case "io":
      return "the disk reports an error";
    case "other":
    case undefined:
      return error instanceof Error ? error.message : String(error);
  }
}
