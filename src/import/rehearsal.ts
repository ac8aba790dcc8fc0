import { eventId, position, streamName, type EventId, type Instant } from "../kernel/brand.js";
import type { Recorded } from "../kernel/event.js";
import type { Category } from "../kernel/stream.js";
import type { Submission, SubmitResult } from "../app/submission.js";
import { versionOf } from "../domain/catalog.js";
import { subjectOf } from "../domain/commands.js";
import { decide } from "../domain/decider.js";
import type { LedgerEvent } from "../domain/record.js";
import { digestOf } from "./names.js";
import type { ImportTarget } from "./target.js";

/**
 * A target that stores nothing: commands are decided by the domain's own rules, on the ledger's histories with what the rehearsal added to them in memory. What only
 * the store or other files can refuse (an event too large, missing evidence) is not foreseen.
 */
export function rehearse(target: ImportTarget, clock: () => Instant): ImportTarget {
  const histories = new Map<string, Recorded<LedgerEvent>[]>();
  const load = async (category: Category, id: string): Promise<Recorded<LedgerEvent>[]> => {
    const name = `${category}-${id}`;
    const known = histories.get(name);
    if (known !== undefined) return known;
    const loaded = [...(await target.history(category, id))];
    const meanwhile = histories.get(name) ?? loaded;
    histories.set(name, meanwhile);
    return meanwhile;
  };
  return {
    submit: async (submission) => {
      const { category, id } = subjectOf(submission.command);
      return answer(await load(category, id), submission, clock());
    },
    history: async (category, id) => [...(await load(category, id))],
    eventsOfImport: (importId) => target.eventsOfImport(importId),
  };
}

function answer(history: Recorded<LedgerEvent>[], submission: Submission, now: Instant): SubmitResult {
  const { command, commandId } = submission;
  const commandDigest = digestOf(command, 64);
  const earlier = history.filter(({ meta }) => meta.commandId === commandId);
  const last = earlier.at(-1);
  if (last !== undefined && last.meta.commandDigest !== commandDigest) {
    return { kind: "refused", refusal: { code: "COMMAND_ID_REUSED", field: "commandId", params: { commandId }, message: `the command id ${commandId} was used on this stream for another command; use a new one` } };
  }
  if (last !== undefined) return { kind: "accepted", stream: last.stream, revision: last.revision, position: last.position, events: earlier, repeated: true };
  const { category, id } = subjectOf(command);
  const decided = decide(category, history, command, now);
  if (!decided.ok) return { kind: "refused", refusal: decided.refusal };
  const event = recorded(decided.value, submission, { now, commandDigest, revision: history.length, stream: `${category}-${id}` });
  history.push(event);
  return { kind: "accepted", stream: event.stream, revision: event.revision, position: event.position, events: [event], repeated: false };
}

interface Place {
  readonly now: Instant;
  readonly commandDigest: string;
  readonly revision: number;
  readonly stream: string;
}

function recorded(event: LedgerEvent, submission: Submission, { now, commandDigest, revision, stream }: Place): Recorded<LedgerEvent> {
  const { actor, commandId, correlationId, importId, sourceRecordedAt } = submission;
  const meta = {
    schemaVersion: versionOf(event.type), actor, commandId, commandDigest, correlationId: correlationId ?? commandId, causationId: commandId, recordedAt: now,
    ...(sourceRecordedAt !== undefined && { sourceRecordedAt }), ...(importId !== undefined && { importId }),
  };
  return { event, id: rehearsedId(stream, revision), stream: streamName(stream), revision, position: position(`rehearsed-${stream}-${revision}`), meta };
}

function rehearsedId(stream: string, revision: number): EventId {
  const hex = digestOf([stream, revision], 32);
  return eventId([hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-"));
}
