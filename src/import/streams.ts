import type { ImportId } from "../kernel/brand.js";
import { LedgerError, RETRYABLE } from "../kernel/errors.js";
import type { Recorded } from "../kernel/event.js";
import type { Category } from "../kernel/stream.js";
import type { Submission, SubmitResult } from "../app/submission.js";
import { subjectOf } from "../domain/commands.js";
import type { LedgerEvent } from "../domain/record.js";
import { wasTakenBack } from "./records.js";
import type { ImportTarget } from "./target.js";

/** Streams whose histories are kept at hand; the one used longest ago goes first. */
const KEPT_STREAMS = 512;

/** The streams that an import works on: their histories, kept up to date with what it adds, one piece of work on a stream at a time. */
export class Streams {
  private readonly histories = new Map<string, Recorded<LedgerEvent>[]>();
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(private readonly target: ImportTarget, private readonly importId: ImportId) {}

  /** Runs `work` when no other work on that stream runs. */
  async alone<T>(category: Category, id: string, work: () => Promise<T>): Promise<T> {
    const name = `${category}-${id}`;
    const turn = (this.turns.get(name) ?? Promise.resolve()).then(work, work);
    this.turns.set(name, turn);
    try {
      return await turn;
    } finally {
      if (this.turns.get(name) === turn) this.turns.delete(name);
    }
  }

  /** Throws LedgerError IMPORT_REFUSED where the import was taken back: its ids are used once. */
  async history(category: Category, id: string): Promise<readonly Recorded<LedgerEvent>[]> {
    const name = `${category}-${id}`;
    const kept = this.histories.get(name) ?? (await this.load(category, id));
    this.histories.delete(name);
    this.histories.set(name, kept);
    const oldest = this.histories.keys().next();
    if (this.histories.size > KEPT_STREAMS && oldest.done !== true) this.histories.delete(oldest.value);
    return kept;
  }

  private async load(category: Category, id: string): Promise<Recorded<LedgerEvent>[]> {
    const { importId } = this;
    const loaded = await this.target.history(category, id);
    if (!wasTakenBack(loaded, importId)) return [...loaded];
    throw new LedgerError({ code: "IMPORT_REFUSED", params: { importId }, message: `the import ${importId} was taken back; import the file under another import id` });
  }

  /** Throws LedgerError for a refusal after which the whole import has to be repeated later. */
  async submit(submission: Submission): Promise<SubmitResult> {
    const result = await this.target.submit(submission);
    const { category, id } = subjectOf(submission.command);
    const name = `${category}-${id}`;
    if (result.kind === "refused") {
      if (RETRYABLE.has(result.refusal.code) || result.refusal.code === "STREAM_NOT_UNDERSTOOD") throw new LedgerError(result.refusal);
      return result;
    }
    const kept = this.histories.get(name);
    const last = kept?.at(-1)?.revision ?? -1;
    const isNext = result.events.length > 0 && result.events.every((event, index) => event.revision === last + 1 + index);
    if (isNext) kept?.push(...result.events);
    else this.histories.delete(name);
    return result;
  }
}
