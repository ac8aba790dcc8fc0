import type { CommandId } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import { streamOf } from "../../kernel/stream.js";
import { eventsOfCommand, loadHistory, type StreamHistory } from "../../app/history.js";
import { assessmentIdOf } from "../../domain/assessment/events.js";
import { commandSchema, EVENT_OF } from "../../domain/commands.js";
import type { FactCommand, LedgerCommand } from "../../domain/record.js";
import { adjusting, apportioning, computing, determining, type LedgerNow } from "../assessments/working-out.js";
import type { Context } from "../context.js";
import { freshReading } from "../reading.js";

/** Commands whose payload is worked out from the ledger. */
export const WORKED_OUT = ["ComputeAssessment", "DeterminePenalty", "AdjustPenalty", "ApportionPenalty"] as const;
export type WorkedOut = (typeof WORKED_OUT)[number];

export function isWorkedOut(type: LedgerCommand["type"]): type is WorkedOut {
  return WORKED_OUT.some((each) => each === type);
}

/** A command as it is sent. */
export interface Asked {
  readonly input: { readonly [field: string]: unknown };
  readonly commandId: CommandId;
}

/**
 * The command that an input leads to now. Sent again under the same id it is the one that was recorded then, whatever has changed since, so that a repetition answers
 * with its first result. Throws LedgerError.
 */
export async function workedOut(type: WorkedOut, { input, commandId }: Asked, context: Context): Promise<LedgerCommand> {
  const history = await streamOfCommand(type, input, context);
  const before = recordedUnder(type, { input, commandId }, history);
  if (before !== undefined) return before;
  const reading = await freshReading({ ...context, now: context.services.clock() }, { knownAt: { kind: "now" } });
  return workOut(type, { known: reading.known, readModel: context.services.readModel, nextNumber: nextNumberAfter(history) }, input);
}

/** The command that an input leads to, by what is known. Throws LedgerError; rejects with it. */
export async function workOut(type: WorkedOut, ledger: LedgerNow, input: Asked["input"]): Promise<LedgerCommand> {
  switch (type) {
    case "ComputeAssessment":
      return computing(ledger, input);
    case "DeterminePenalty":
      return determining(ledger, input);
    case "AdjustPenalty":
      return adjusting(ledger, input);
    case "ApportionPenalty":
      return apportioning(ledger, input);
  }
}

/** The stream that a command goes to, whole; empty where the input names none. */
async function streamOfCommand(type: WorkedOut, { contractId, period }: Asked["input"], { services: { store, ledgerId } }: Context): Promise<StreamHistory> {
  if (typeof contractId !== "string") return { revision: "none", events: [] };
  const stream = type === "ComputeAssessment" && typeof period === "string"
    ? streamOf(ledgerId, "assessment", assessmentIdOf({ contractId, period })) : streamOf(ledgerId, "contract", contractId);
  const loaded = await loadHistory(store, stream);
  if (loaded.kind === "refused") throw new LedgerError(loaded.refusal);
  return loaded.history;
}

/** Withdrawn computations keep their numbers. */
function nextNumberAfter({ events }: StreamHistory): number {
  return 1 + Math.max(0, ...events.map(({ event }) => (event.type === "AssessmentComputed" ? event.data.number : 0)));
}

/** What a command of that id was recorded as, if it said the same; of other content, the ledger refuses it (COMMAND_ID_REUSED). */
export function recordedUnder(type: FactCommand["type"], { input, commandId }: Asked, history: StreamHistory): LedgerCommand | undefined {
  const [recorded] = eventsOfCommand(history, commandId);
  if (recorded?.event.type !== EVENT_OF[type] || !isWithin(input, recorded.event.data)) return undefined;
  const parsed = commandSchema.safeParse({ type, data: recorded.event.data });
  return parsed.success ? parsed.data : undefined;
}

/** Whether all that `said` says, null saying nothing, stands in `recorded` too: what an input leaves open was worked out. */
function isWithin(said: unknown, recorded: unknown): boolean {
  if (said === null || said === undefined) return true;
  if (typeof said !== "object") return said === recorded;
  if (typeof recorded !== "object" || recorded === null) return false;
  const fields = new Map<string, unknown>(Object.entries(recorded));
  return Object.entries(said).every(([field, value]) => isWithin(value, fields.get(field)));
}
