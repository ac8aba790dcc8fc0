import type { CommandId, ImportId, Instant } from "../kernel/brand.js";
import { canonicalJson } from "../kernel/json.js";
import type { Category } from "../kernel/stream.js";
import type { FactCommand, LedgerCommand } from "../domain/record.js";
import { commandIdOf } from "./names.js";
import type { ImportedRecord } from "./records.js";
import type { WantedFact } from "./wanted.js";

/** One command that brings a stream nearer to what a case wants. */
export interface Step {
  /** `record`: a new fact. `amend`: a correction or withdrawal of an earlier one. */
  readonly kind: "record" | "amend";
  readonly key: string;
  /** Key of what it rests on: where that is refused, this is too, and is not worth a report of its own. */
  readonly on: string | undefined;
  readonly command: LedgerCommand;
  readonly commandId: CommandId;
  readonly sourceRecordedAt: Instant | undefined;
}
export interface Plan {
  readonly steps: readonly Step[];
  /** Records that hold already what is wanted. */
  readonly unchanged: number;
  /** Records that others have withdrawn since: they are left alone, with all that would rest on them. */
  readonly leftAlone: number;
}

export interface Planning {
  readonly importId: ImportId;
  readonly caseKey: string;
  readonly reason: string;
  readonly partial: boolean;
  readonly category: Category;
  readonly subjectId: string;
  /** What the import recorded of the case in this stream. */
  readonly records: readonly ImportedRecord[];
  readonly wanted: readonly WantedFact[];
  /** Source's recorded time of wanted facts that have none of their own. */
  readonly sourceRecordedAt: Instant | undefined;
}

/** A wanted fact with the record that stands for it, if there is one. */
interface Matched {
  readonly fact: WantedFact;
  readonly keyed: string;
  readonly generation: number;
  readonly command: FactCommand;
  readonly record: ImportedRecord | undefined;
  readonly blocked: boolean;
}

/**
 * What to do so that a stream holds exactly what is wanted: withdrawals from the newest back, then corrections, then new records in the order in which the source
 * recorded them: in a stream, no event counts as recorded by the source before an earlier one.
 */
export function planOf(planning: Planning): Plan {
  const matched = match(planning);
  const kept = new Set(matched.map(({ record }) => record?.eventId));
  const surplus = planning.records.filter((record) => record.withdrawn === "no" && !kept.has(record.eventId) && (!planning.partial || record.said.type === "IncidentResolved")).reverse();
  const live = matched.filter(({ blocked }) => !blocked);
  const fresh = live.filter(({ record }) => record === undefined);
  const reopening = fresh.some(({ fact }) => fact.effect === "opens") ? live.find(({ fact, record }) => fact.effect === "resolves" && record !== undefined) : undefined;
  const changed = live.filter(({ record, command }) => record !== undefined && canonicalJson(record.said.data) !== canonicalJson(command.data));
  const steps = [
    ...(reopening?.record === undefined ? [] : [withdrawal(planning, reopening.record)]),
    ...surplus.map((record) => withdrawal(planning, record)),
    ...changed.filter((each) => each !== reopening).flatMap((each) => correction(planning, each)),
    ...bySourceTime(planning, [...fresh.map((each) => recording(planning, each, each.generation)), ...(reopening === undefined ? [] : [recording(planning, reopening, reopening.generation + 1)])]),
  ];
  const unchanged = live.length - fresh.length - changed.length - (reopening === undefined || changed.includes(reopening) ? 0 : 1);
  return { steps, unchanged, leftAlone: matched.length - live.length };
}

/** Stable, and never before the step that a step rests on. */
function bySourceTime({ sourceRecordedAt }: Planning, steps: readonly Step[]): Step[] {
  const reached = new Map<string, number>();
  const timed = steps.map((step) => {
    const at = Math.max(step.sourceRecordedAt ?? sourceRecordedAt ?? -Infinity, (step.on === undefined ? undefined : reached.get(step.on)) ?? -Infinity);
    reached.set(step.key, at);
    return { step, at };
  });
  return timed.sort((a, b) => (a.at === b.at ? 0 : a.at - b.at)).map(({ step }) => step);
}

function match({ importId, caseKey, records, wanted }: Planning): Matched[] {
  const byCommand = new Map(records.map((record) => [record.commandId, record]));
  const done = new Map<string, Matched>();
  for (const fact of wanted) {
    const ground = fact.on === undefined ? undefined : done.get(fact.on);
    const on = ground?.generation ?? 1;
    const keyed = fact.on === undefined ? fact.key : `${fact.key}@${on}`;
    let generation = 1;
    let record = byCommand.get(commandIdOf(importId, caseKey, keyed, generation));
    while (record?.withdrawn === "by-import") {
      generation += 1;
      record = byCommand.get(commandIdOf(importId, caseKey, keyed, generation));
    }
    const blocked = ground?.blocked === true || record?.withdrawn === "by-others";
    done.set(fact.key, { fact, keyed, generation, command: fact.command(generation, on), record, blocked });
  }
  return [...done.values()];
}

function recording({ importId, caseKey }: Planning, { fact, keyed, command }: Matched, generation: number): Step {
  return { kind: "record", key: fact.key, on: fact.on, command, commandId: commandIdOf(importId, caseKey, keyed, generation), sourceRecordedAt: fact.sourceRecordedAt };
}

function withdrawal({ importId, category, subjectId, reason }: Planning, { eventId }: ImportedRecord): Step {
  const command: LedgerCommand = { type: "WithdrawRecord", data: { category, subjectId, eventId, reason } };
  return { kind: "amend", key: `withdraw ${eventId}`, on: undefined, command, commandId: commandIdOf(importId, "withdraw", eventId), sourceRecordedAt: undefined };
}

function correction({ importId, category, subjectId, reason }: Planning, { fact, record, command }: Matched): Step[] {
  if (record === undefined) return [];
  const { eventId, corrections } = record;
  const correcting: LedgerCommand = { type: "CorrectRecord", data: { category, subjectId, eventId, data: jsonOf(command.data), reason } };
  return [{ kind: "amend", key: `correct ${fact.key}`, on: undefined, command: correcting, commandId: commandIdOf(importId, "correct", eventId, corrections), sourceRecordedAt: undefined }];
}

type CorrectedData = Extract<LedgerCommand, { type: "CorrectRecord" }>["data"]["data"];

/** A payload as a correction carries it. */
function jsonOf(data: FactCommand["data"]): CorrectedData {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
