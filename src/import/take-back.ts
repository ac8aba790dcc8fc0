import type { EventId, ImportId, StreamName } from "../kernel/brand.js";
import { LedgerError, type Refusal } from "../kernel/errors.js";
import type { Actor, Recorded } from "../kernel/event.js";
import { parseStream, type Category } from "../kernel/stream.js";
import { standingRecords } from "../domain/standing.js";
import type { LedgerEvent } from "../domain/record.js";
import { Lanes } from "./lanes.js";
import { takeBackCommandId } from "./records.js";
import type { ImportTarget } from "./target.js";

const WIDTH = 256;

export interface TakeBackOptions {
  readonly importId: ImportId;
  readonly actor: Actor;
  /** Why, in a sentence: it stands with every withdrawal. */
  readonly reason: string;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
}
/** A record that could not be withdrawn, and why. */
export interface NotWithdrawn {
  readonly eventId: EventId;
  readonly stream: StreamName;
  readonly type: LedgerEvent["type"];
  readonly refusal: Refusal;
}
export interface TakeBackReport {
  readonly importId: ImportId;
  readonly outcome: "taken-back" | "partly" | "aborted";
  /** Events that the import had recorded. */
  readonly events: number;
  readonly withdrawn: number;
  /** Withdrawn before, by the import itself, by others or by an earlier attempt. */
  readonly withdrawnBefore: number;
  readonly notWithdrawn: readonly NotWithdrawn[];
}

/** What an import left in one stream. */
interface StreamLot {
  readonly category: Category;
  readonly id: string;
  readonly stream: StreamName;
  readonly events: Pick<Recorded<LedgerEvent>, "id" | "event">[];
}

/**
 * Withdraws everything that an import recorded, in each stream from the newest back, so that the rules accept each step. What is withdrawn already is passed over; what
 * later facts of others rest on stays and is reported. It can be repeated, and continued after an abort. The import's id is used up by it.
 * Throws LedgerError: NOT_FOUND for an import that recorded nothing, INVALID_INPUT without a reason, and what the target throws.
 */
export async function takeBack(target: ImportTarget, options: TakeBackOptions): Promise<TakeBackReport> {
  const { importId, signal } = options;
  if (options.reason.trim() === "") throw new LedgerError({ code: "INVALID_INPUT", field: "reason", message: "say why the import is taken back" });
  const lots = await lotsOf(target, importId);
  const total = [...lots.values()].reduce((sum, lot) => sum + lot.events.length, 0);
  if (total === 0) throw new LedgerError({ code: "NOT_FOUND", params: { importId }, message: `no event of an import ${importId} is in the ledger` });
  const tally = { done: 0, withdrawn: 0, before: 0, notWithdrawn: new Array<NotWithdrawn>() };
  const lanes = new Lanes(WIDTH);
  try {
    for (const lot of lots.values()) {
      if (signal?.aborted === true) break;
      await lanes.add(lot.stream, async () => {
        await takeBackLot(target, options, lot, tally);
        tally.done += lot.events.length;
        options.onProgress?.({ done: tally.done, total });
      });
    }
    await lanes.done();
  } finally {
    await lanes.settled();
  }
  const { withdrawn, before: withdrawnBefore, notWithdrawn } = tally;
  const outcome = tally.done < total ? "aborted" : notWithdrawn.length > 0 ? "partly" : "taken-back";
  return { importId, outcome, events: total, withdrawn, withdrawnBefore, notWithdrawn };
}

/** By stream; the streams that were written last come first. Withdrawals of an earlier attempt are no part of what is taken back. */
async function lotsOf(target: ImportTarget, importId: ImportId): Promise<Map<StreamName, StreamLot>> {
  const lots = new Map<StreamName, StreamLot>();
  for await (const { id, event, stream, meta } of target.eventsOfImport(importId)) {
    const subject = parseStream(stream);
    if (subject === undefined || (event.type === "RecordWithdrawn" && meta.commandId === takeBackCommandId(importId, event.data.eventId))) continue;
    const lot = lots.get(stream) ?? { category: subject.category, id: subject.id, stream, events: [] };
    lot.events.push({ id, event });
    lots.delete(stream);
    lots.set(stream, lot);
  }
  return new Map([...lots].reverse());
}

interface TakeBackTally {
  withdrawn: number;
  before: number;
  readonly notWithdrawn: NotWithdrawn[];
}

async function takeBackLot(target: ImportTarget, options: TakeBackOptions, lot: StreamLot, tally: TakeBackTally): Promise<void> {
  const gone = new Set(standingRecords(await target.history(lot.category, lot.id)).filter(({ withdrawn }) => withdrawn).map(({ eventId }) => eventId));
  const own = new Set(lot.events.map(({ id }) => id));
  for (const { id, event } of [...lot.events].reverse()) {
    if (event.type === "RecordCorrected" || event.type === "RecordWithdrawn") {
      if (!own.has(event.data.eventId)) tally.notWithdrawn.push({ eventId: id, stream: lot.stream, type: event.type, refusal: amendmentOfOthers(event.type) });
    } else if (gone.has(id)) tally.before += 1;
    else {
      const refusal = await withdraw(target, options, lot, id);
      if (refusal === undefined) tally.withdrawn += 1;
      else tally.notWithdrawn.push({ eventId: id, stream: lot.stream, type: event.type, refusal });
    }
  }
}

async function withdraw(target: ImportTarget, { importId, actor, reason }: TakeBackOptions, { category, id }: StreamLot, eventId: EventId): Promise<Refusal | undefined> {
  const command = { type: "WithdrawRecord" as const, data: { category, subjectId: id, eventId, reason } };
  const result = await target.submit({ command, commandId: takeBackCommandId(importId, eventId), actor, importId, correlationId: `${importId}/take back` });
  if (result.kind === "accepted" || result.refusal.code === "ALREADY_WITHDRAWN") return undefined;
  if (result.refusal.code === "STORE_UNAVAILABLE") throw new LedgerError(result.refusal);
  return result.refusal;
}

function amendmentOfOthers(type: "RecordCorrected" | "RecordWithdrawn"): Refusal {
  const what = type === "RecordCorrected" ? "the correction of a record that is not the import's; correct that record again" : "the withdrawal of a record that is not the import's; a withdrawal is final, record anew what holds";
  return { code: "WRONG_STATE", message: `it is ${what}` };
}
