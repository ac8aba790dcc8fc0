import type { ImportId } from "../kernel/brand.js";
import type { Recorded } from "../kernel/event.js";
import type { Category } from "../kernel/stream.js";
import type { Submission, SubmitResult } from "../app/submission.js";
import type { LedgerEvent } from "../domain/record.js";

/** The ledger as an import needs it: in this process, or behind its server. All reject with LedgerError (STORE_UNAVAILABLE, STREAM_NOT_UNDERSTOOD). */
export interface ImportTarget {
  submit(submission: Submission): Promise<SubmitResult>;
  /** A stream whole, from its first event; empty if there is none. */
  history(category: Category, id: string): Promise<readonly Recorded<LedgerEvent>[]>;
  /** Every event that carries the import's id, in the order of recording. */
  eventsOfImport(importId: ImportId): AsyncIterable<Recorded<LedgerEvent>>;
}
