import type { Fact } from "../../domain/record.js";
import type { TimelineRow } from "../../../projections/rows.js";
import { earliestOf, latestOf } from "../../time/when.js";
import { textOrNull, textView, whenOrNull, whenView } from "./values.js";

/** What the entries of an incident say, as it holds: lists that are no rows of their own. Entries come in the order of occurrence. */

type Of<Type extends Fact["type"]> = Extract<Fact, { readonly type: Type }>;
interface Standing<F extends Fact> {
  readonly row: TimelineRow;
  readonly fact: F;
}

function isOf<Type extends Fact["type"]>(fact: Fact, type: Type): fact is Of<Type> {
  return fact.type === type;
}
function standing<Type extends Fact["type"]>(rows: readonly TimelineRow[], type: Type): readonly Standing<Of<Type>>[] {
  return rows.flatMap((row) => (row.withdrawal === undefined && isOf(row.fact, type) ? [{ row, fact: row.fact }] : []));
}

export function responses(rows: readonly TimelineRow[]) {
  return standing(rows, "ResponseRecorded").map(({ row: { recordedAt, eventId }, fact: { data } }) => ({
    id: data.entryId, occurredAt: whenView(data.occurredAt), text: textView(data.text), disruptionIds: data.disruptionIds ?? [], recordedAt, eventId,
  }));
}

export function improvements(rows: readonly TimelineRow[]) {
  const completed = new Map(standing(rows, "ImprovementCompleted").map(({ fact }) => [fact.data.entryId, fact.data.occurredAt]));
  return standing(rows, "ImprovementPromised").map(({ fact: { data } }) => ({
    id: data.entryId, text: textView(data.text), promisedAt: whenView(data.occurredAt), dueAt: data.dueAt, completedAt: whenOrNull(completed.get(data.entryId)),
  }));
}

export function reportsFiled(rows: readonly TimelineRow[]) {
  return standing(rows, "ReportFiled").map(({ row: { eventId }, fact: { data } }) => ({
    id: data.entryId, title: data.title, filedAt: whenView(data.occurredAt), text: textOrNull(data.text), lastEventId: data.lastEventId, eventId,
  }));
}

/** Each pause with the first resumption of its clock that follows it. */
export function clockPauses(rows: readonly TimelineRow[]) {
  const resumed = standing(rows, "ClockResumed").map(({ fact }) => fact.data);
  return standing(rows, "ClockPaused").map(({ fact: { data } }) => {
    const index = resumed.findIndex(({ clock, occurredAt }) => clock === data.clock && latestOf(occurredAt) >= earliestOf(data.occurredAt));
    const [end] = index < 0 ? [] : resumed.splice(index, 1);
    return { clock: data.clock, reason: data.reason, pausedAt: whenView(data.occurredAt), resumedAt: whenOrNull(end?.occurredAt) };
  });
}
