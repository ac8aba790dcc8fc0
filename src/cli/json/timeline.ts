import type { Json } from "../../kernel/json.js";
import type { TimelineEntry } from "../../reports/timeline-entry.js";
import { headline, type Speaking } from "../../reports/words/sentences.js";
import { isIllustrative } from "../render/illustrative.js";
import { instantJson, payloadJson, whenJson } from "./values.js";

type Saying = Pick<TimelineEntry, "eventId" | "position" | "recordedAt" | "sourceRecordedAt" | "actor">;

/** One entry of a timeline, as one line of `timeline --json`. */
export function entryJson(entry: TimelineEntry, speaking: Speaking): Json {
  const { fact, corrections, withdrawal, importId } = entry;
  return {
    ...sayingJson(entry),
    type: entry.type,
    state: entry.state,
    illustrative: isIllustrative(entry.actor),
    occurred: whenJson(entry.occurred),
    sentence: headline(entry, speaking),
    importId: importId ?? null,
    data: payloadJson(fact.data),
    corrections: corrections.map((each) => ({ ...sayingJson(each), reason: each.reason, changed: each.changed, before: payloadJson(each.before.data), after: payloadJson(each.after.data) })),
    withdrawal: withdrawal === undefined ? null : { ...sayingJson(withdrawal), reason: withdrawal.reason },
  };
}

function sayingJson({ eventId, position, recordedAt, sourceRecordedAt, actor }: Saying): { readonly [key: string]: Json } {
  return {
    eventId,
    position: position ?? null,
    recordedAt: instantJson(recordedAt),
    sourceRecordedAt: sourceRecordedAt === undefined ? null : instantJson(sourceRecordedAt),
    actor: { id: actor.id, verified: actor.verified },
  };
}
