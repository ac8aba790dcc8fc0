import type { ImportId, Instant } from "../kernel/brand.js";
import type { Refusal } from "../kernel/errors.js";
import type { Actor } from "../kernel/event.js";
import type { Category } from "../kernel/stream.js";
import type { LedgerEvent } from "../domain/record.js";
import type { Case } from "./case.js";
import { commandIdOf } from "./names.js";
import { planOf, type Step } from "./plan.js";
import { correlationOf, recordsOfCase, type CaseRecords } from "./records.js";
import type { Streams } from "./streams.js";
import { incidentIdOf, wantedOfIncident, wantedOfMaintenance, type WantedFact } from "./wanted.js";

/** Who imports what into where. */
export interface Importing {
  readonly streams: Streams;
  readonly importId: ImportId;
  readonly actor: Actor;
}
/** What came of one item. */
export interface Outcome {
  /** Newly recorded. */
  readonly events: readonly LedgerEvent[];
  /** Something of the item was there already, as it should be. */
  readonly found: boolean;
  readonly leftAlone: number;
  readonly refusals: readonly Refusal[];
}
export const NOTHING: Outcome = { events: [], found: false, leftAlone: 0, refusals: [] };

interface Subject {
  readonly category: Category;
  readonly id: string;
  readonly known: CaseRecords;
}

/**
 * Makes the incident that a case is, or was, hold what the case says: records what is missing, corrects what the source says otherwise, withdraws what it says no more. What
 * others corrected or withdrew meanwhile is theirs: it is touched only when the source itself changes. Repeating it changes nothing.
 */
export async function takeIncident(importing: Importing, item: Case): Promise<Outcome> {
  const subject = await incidentOf(importing, item);
  if (isPast(item, subject)) return { ...NOTHING, found: true };
  const wanted = item.incident === undefined ? [] : wantedOfIncident(incidentIdOf(importing.importId, item.name, subject.generation), item.incident);
  return bring(importing, item, subject, wanted);
}

/** The same for its maintenance, in the stream of the contract that many cases share. */
export async function takeMaintenance(importing: Importing, item: Case): Promise<Outcome> {
  const under = item.maintenanceUnder;
  if (under === undefined) return NOTHING;
  return importing.streams.alone("contract", under, async () => {
    const subject = await subjectOf(importing, item, "contract", under);
    if (isPast(item, subject)) return { ...NOTHING, found: true };
    return bring(importing, item, subject, item.maintenance.map((each) => wantedOfMaintenance(importing.importId, item.name, under, each)));
  });
}

/** A later version of the thing has been taken in this stream already. */
function isPast({ version }: Case, { known }: Subject): boolean {
  return version !== undefined && version < known.version;
}

export function joined(a: Outcome, b: Outcome): Outcome {
  return { events: [...a.events, ...b.events], found: a.found || b.found, leftAlone: a.leftAlone + b.leftAlone, refusals: [...a.refusals, ...b.refusals] };
}

async function subjectOf({ streams, importId }: Importing, item: Case, category: Category, id: string): Promise<Subject> {
  return { category, id, known: recordsOfCase(await streams.history(category, id), importId, item.key) };
}

/** The incident of a case: the first generation of its id whose report the import itself has not withdrawn. */
async function incidentOf(importing: Importing, item: Case): Promise<Subject & { readonly generation: number }> {
  const reporting = commandIdOf(importing.importId, item.key, "reported", 1);
  for (let generation = 1, version = 0; ; generation += 1) {
    const subject = await subjectOf(importing, item, "incident", incidentIdOf(importing.importId, item.name, generation));
    version = Math.max(version, subject.known.version);
    const report = subject.known.records.find(({ commandId }) => commandId === reporting);
    if (report?.withdrawn !== "by-import") return { ...subject, known: { ...subject.known, version }, generation };
  }
}

async function bring(importing: Importing, item: Case, { category, id, known }: Subject, wanted: readonly WantedFact[]): Promise<Outcome> {
  const { importId } = importing;
  const plan = planOf({ importId, caseKey: item.key, reason: item.reason, partial: item.partial === true, category, subjectId: id, records: known.records, wanted, sourceRecordedAt: item.sourceRecordedAt });
  const { events, refused } = await perform(importing, item, plan.steps);
  const lost = new Set(refused.map(({ step }) => step.key));
  const refusals = refused.filter(({ step }) => step.on === undefined || !lost.has(step.on)).map(({ refusal }) => refusal);
  return { events, found: plan.unchanged > 0, leftAlone: plan.leftAlone, refusals };
}

interface Refused {
  readonly step: Step;
  readonly refusal: Refusal;
}

/** Takes the steps in turn. One that the rules refuse is tried again after the others: the end may have to move before the start can. */
async function perform(importing: Importing, item: Case, steps: readonly Step[]): Promise<{ readonly events: LedgerEvent[]; readonly refused: readonly Refused[] }> {
  const events: LedgerEvent[] = [];
  let left = steps;
  for (;;) {
    const refused: Refused[] = [];
    for (const step of left) {
      const result = await importing.streams.submit(submissionOf(importing, item, step));
      if (result.kind === "refused") refused.push({ step, refusal: result.refusal });
      else if (!result.repeated) events.push(...result.events.map(({ event }) => event));
    }
    if (refused.length === 0 || refused.length === left.length) return { events, refused };
    left = refused.map(({ step }) => step);
  }
}

function submissionOf({ importId, actor }: Importing, item: Case, step: Step) {
  const at: Instant | undefined = step.kind === "record" ? (step.sourceRecordedAt ?? item.sourceRecordedAt) : (item.amendedAt ?? item.sourceRecordedAt);
  const correlationId = correlationOf(importId, item.key, item.version ?? 0);
  return { command: step.command, commandId: step.commandId, actor, importId, correlationId, ...(at !== undefined && { sourceRecordedAt: at }) };
}
