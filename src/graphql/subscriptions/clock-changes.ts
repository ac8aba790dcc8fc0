import { isContractId, isIncidentId, type Position } from "../../kernel/brand.js";
import { streamPrefix } from "../../kernel/stream.js";
import type { WatchFilter } from "../../reports/clocks/watch.js";
import type { Context } from "../context.js";
import { idOf } from "../input/id.js";
import { isGiven, type Optional } from "../input/optional.js";
import { freshReading, type Reading } from "../reading.js";
import { knownPosition } from "./changes.js";
import { ClockLine, type Beginning } from "./clock-line.js";

/** Events taken at once. */
const BATCH = 50;

interface ClockChangedArgs {
  readonly contractId?: Optional<string>;
  readonly incidentId?: Optional<string>;
  readonly from?: Optional<string>;
}

/** Each change of a clock's state, when it happens: by what was recorded or by time passing alone. Rejects with LedgerError INVALID_ID, UNKNOWN_POSITION. */
export async function clockChanges(_: unknown, args: ClockChangedArgs, context: Context): Promise<ClockLine["handover"]> {
  const { store, ledgerId } = context.services;
  const beginning = await beginningOf(args, context);
  const line = new ClockLine(context, beginning, () => subscription.close());
  const { position } = beginning.reading.known.knowledge;
  const subscription = store.subscribe({
    ...(position !== undefined && { from: position }),
    filter: { streamPrefix: streamPrefix(ledgerId) },
    batchSize: BATCH,
    onEvents: (events) => line.take(events),
    onCaughtUp: () => line.caughtUp(),
  });
  subscription.ended.catch((error: unknown) => line.handover.fail(error instanceof Error ? error : new Error(String(error))));
  return line.handover;
}

/** Events are taken from the very place that is known at the beginning, so that none is missed in between. */
async function beginningOf({ from, contractId, incidentId }: ClockChangedArgs, context: Context): Promise<Beginning> {
  const filter: WatchFilter = {
    contractId: isGiven(contractId) ? idOf(contractId, isContractId, "contractId") : undefined,
    incidentId: isGiven(incidentId) ? idOf(incidentId, isIncidentId, "incidentId") : undefined,
  };
  if (!isGiven(from)) return { filter, reading: await freshReading(context, { knownAt: { kind: "now" } }), asOf: context.now };
  const reading = await readingFrom(await knownPosition(context, from), context);
  return { filter, reading, asOf: reading.known.knowledge.instant };
}

/** Waits, as questions do, for read models that have not come that far. */
function readingFrom(position: Position, context: Context): Promise<Reading> {
  return freshReading(context, { knownAt: { kind: "position", position }, atLeast: position });
}
