import { LedgerError } from "../../kernel/errors.js";
import { streamOf } from "../../kernel/stream.js";
import { loadHistory } from "../../app/history.js";
import { obligationCommands, obligationIdOf, type ObligationCommand } from "../../domain/obligation/events.js";
import type { LedgerCommand } from "../../domain/record.js";
import type { Context } from "../context.js";
import { recordedUnder, type Asked } from "./worked-out.js";

const TYPES: ReadonlySet<string> = new Set(obligationCommands.map((schema) => schema.shape.type.value));

function isOfObligation(type: LedgerCommand["type"]): type is ObligationCommand["type"] {
  return TYPES.has(type);
}

/**
 * The command on an obligation that was recorded under this id, if it said the same: a repetition answers with its first result, also after the regime's data file
 * changed or is gone. Undefined for other commands, and where there is none. Throws LedgerError where the stream cannot be read.
 */
export async function recordedObligation(type: LedgerCommand["type"], asked: Asked, { services: { store, ledgerId } }: Context): Promise<LedgerCommand | undefined> {
  const { incidentId, regimeId } = asked.input;
  if (!isOfObligation(type) || typeof incidentId !== "string" || typeof regimeId !== "string") return undefined;
  const loaded = await loadHistory(store, streamOf(ledgerId, "obligation", obligationIdOf({ incidentId, regimeId })));
  if (loaded.kind === "refused") throw new LedgerError(loaded.refusal);
  return recordedUnder(type, asked, loaded.history);
}
