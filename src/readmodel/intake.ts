import type { SomeProjection } from "../../projections/index.js";
import { recordOf } from "../../projections/facts.js";
import type { StoredEvent } from "../eventstore/port.js";
import type { LedgerEvent } from "../domain/record.js";
import { ordinal as ordinalOf, type Position } from "../kernel/brand.js";
import type { Recorded } from "../kernel/event.js";
import type { Database, SqlValue } from "../sqlite/driver.js";
import { BulkInsert } from "./bulk-insert.js";
import { decodeStored, type DecodedEvent } from "./decode.js";
import { readProgress, type Progress } from "./file.js";
import type { NotUnderstood } from "./known-ledger.js";
import { rowWriter, type RowWriter } from "./versioned-writer.js";

/** Writers of one build of some projections. */
export function writersOf(database: Database, projections: readonly SomeProjection[], build: (projection: SomeProjection) => number): readonly RowWriter[] {
  return projections.map((projection) => projection.use((known) => rowWriter(database, known, build(projection))));
}

/** Whether the timeline has the event's own id as a key. */
export function isOnTimeline({ event, id }: Recorded<LedgerEvent>): boolean {
  return recordOf(event, id) === id;
}

/**
 * Takes events one by one, within whatever transaction is open: gives each its ordinal, folds it into the rows, or notes that it is not
 * understood. `save` writes what is left to be written, and the checkpoint, into the same transaction.
 */
export class Intake {
  readonly #database: Database;
  readonly #numbering;
  /** Rows of `ordinals` that are still to be written. */
  #numbers: SqlValue[][] = [];
  readonly #skip;
  readonly #checkpoint;
  #writers: readonly RowWriter[];
  #progress: Progress;

  constructor(database: Database, writers: readonly RowWriter[]) {
    this.#database = database;
    this.#writers = writers;
    this.#numbering = new BulkInsert(database, "ordinals", ["ordinal", "position", "recorded_max", "event_id"]);
    this.#skip = database.prepare("INSERT INTO skipped (ordinal, stream, type, schema_version, reason, detail) VALUES (?, ?, ?, ?, ?, ?)");
    this.#checkpoint = database.prepare("UPDATE progress SET ordinal = ?, position = ?, recorded_max = ?");
    this.#progress = readProgress(database);
  }

  /** What was taken so far, in the open transaction too. */
  get progress(): Progress {
    return this.#progress;
  }
  set writers(writers: readonly RowWriter[]) {
    this.#writers = writers;
  }

  /** Returns what was not understood, if it was not. */
  take(stored: StoredEvent): NotUnderstood | undefined {
    return this.#takeDecoded(stored.id, stored.position, decodeStored(stored));
  }

  #takeDecoded(id: string, position: Position, decoded: DecodedEvent): NotUnderstood | undefined {
    const { recordedMax: before } = this.#progress;
    const ordinal = this.#progress.ordinal + 1;
    const recorded = decoded.kind === "understood" ? decoded.recorded : undefined;
    const recordedAt = decoded.kind === "understood" ? decoded.recorded.meta.recordedAt : decoded.recordedAt;
    const recordedMax = recordedAt === undefined ? before : Math.max(before ?? recordedAt, recordedAt);
    const onTimeline = recorded !== undefined && isOnTimeline(recorded);
    this.#numbers.push([ordinal, position, recordedMax ?? null, onTimeline ? null : id]);
    if (recorded !== undefined) for (const writer of this.#writers) writer.apply(recorded, ordinalOf(ordinal));
    this.#progress = { ordinal, position, recordedMax };
    if (decoded.kind === "understood") return undefined;
    const { stream, type, schemaVersion, reason, detail } = decoded.what;
    this.#skip.run(ordinal, stream, type, schemaVersion ?? null, reason, detail);
    return decoded.what;
  }

  /** Writes the rows that are still in memory, and the checkpoint. */
  save(): void {
    for (const writer of this.#writers) writer.write();
    this.#numbering.insert(this.#numbers);
    this.#numbers = [];
    const { ordinal, position, recordedMax } = this.#progress;
    this.#checkpoint.run(ordinal, position ?? null, recordedMax ?? null);
  }

  /** After a rollback: back to what the file holds. */
  reset(): void {
    for (const writer of this.#writers) writer.reset();
    this.#numbers = [];
    this.#progress = readProgress(this.#database);
  }
}
