import type { StreamName } from "../kernel/brand.js";
import type { Database, Statement } from "../sqlite/driver.js";
import { integerOf, optionalIntegerOf, textOf } from "../sqlite/row.js";
import type { AppendResult, EventToAppend, ExpectedRevision } from "./port.js";
import { unavailable } from "./sqlite-failure.js";
import { positionAt } from "./sqlite-position.js";

/** Streams whose id and revision are kept in memory. */
const CACHED_STREAMS = 50_000;
/** A commit holds up everything else in this process: after this many events the rest of the queue waits for the next one. */
const EVENTS_PER_COMMIT = 1000;

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
  #lastPlace: number;
  readonly #queue: PendingAppend[] = [];
  #scheduled = false;

  constructor(database: Database, onCommit: () => void) {
    this.#onCommit = onCommit;
    this.#statements = prepare(database);
    this.#lastPlace = this.#storedPlace();
  }

  append(stream: StreamName, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<AppendResult> {
    return new Promise((settle) => {
      this.#queue.push({ stream, expected, events, settle });
      this.#schedule();
    });
  }

  /** Commits all that waits, now. */
  finish(): void {
    while (this.#queue.length > 0) this.#commitNext();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#commitNext();
      if (this.#queue.length > 0) this.#schedule();
    });
  }

  /** Everything in a group is stored, or none of it. */
  #commitNext(): void {
    const group = this.#takeGroup();
    if (group.length === 0) return;
    const results = this.#commit(group);
    for (const [index, { settle }] of group.entries()) {
      const result = results[index];
      if (result !== undefined) settle(result);
    }
    this.#onCommit();
  }

  #takeGroup(): readonly PendingAppend[] {
    let [appends, events] = [0, 0];
    while (appends < this.#queue.length && events < EVENTS_PER_COMMIT) {
      events += this.#queue[appends]?.events.length ?? 0;
      appends += 1;
    }
    return this.#queue.splice(0, appends);
  }

  #commit(group: readonly PendingAppend[]): AppendResult[] {
    const before = this.#lastPlace;
    try {
      this.#statements.begin.run();
      const results = group.map((append) => this.#place(append));
      this.#statements.commit.run();
      return results;
    } catch (error) {
      this.#undo(before);
      return group.map(() => unavailable(error));
    }
  }

  /** After a failure nothing that was remembered during the group may be trusted. */
  #undo(lastPlace: number): void {
    this.#lastPlace = lastPlace;
    this.#heads.clear();
    this.#types.clear();
    try {
      this.#statements.rollback.run();
    } catch {
      // SQLite has rolled back by itself, as it does when the disk is full.
    }
  }

  #place({ stream, expected, events }: PendingAppend): AppendResult {
    const head = this.#headOf(stream);
    const refused = this.#refusal(head, expected, events);
    if (refused !== undefined) return refused;
    const id = head?.id ?? Number(this.#statements.addStream.run(stream).lastInsertRowid);
    let revision = head?.revision ?? -1;
    for (const event of events) {
      revision += 1;
      this.#lastPlace += 1;
      this.#statements.addEvent.run(this.#lastPlace, id, revision, this.#typeId(event.type), event.id, event.data, event.metadata);
    }
    this.#remember(stream, { id, revision });
    return { kind: "appended", revision, position: positionAt(this.#lastPlace), repeated: false };
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
        return actual >= 0 && actual === expected.revision ? undefined : (this.#repeat(head, expected.revision, events) ?? wrong);
    }
  }

  /** The first result, if exactly these events follow revision `after` already. */
  #repeat(head: StreamHead | undefined, after: number, events: readonly EventToAppend[]): AppendResult | undefined {
    if (head === undefined || events.length === 0) return undefined;
    const rows = this.#statements.following.all(head.id, after + 1, after + events.length);
    const same = rows.length === events.length && rows.every((row, index) => textOf(row, "event_id") === events[index]?.id);
    const last = rows.at(-1);
    if (!same || last === undefined) return undefined;
    return { kind: "appended", revision: after + events.length, position: positionAt(integerOf(last, "position")), repeated: true };
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

  #storedPlace(): number {
    const row = this.#statements.last.get();
    return row === undefined ? 0 : (optionalIntegerOf(row, "position") ?? 0);
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
