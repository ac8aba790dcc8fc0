import type { ImportId, Instant } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import type { Actor } from "../kernel/event.js";
import { isCommandId } from "../kernel/brand.js";
import { subjectOf } from "../domain/commands.js";
import type { LedgerEvent } from "../domain/record.js";
import type { Case, PlainCommand, Reading, Requirement } from "./case.js";
import { fulfil, type CatalogueSettings } from "./catalogue.js";
import { Lanes } from "./lanes.js";
import { commandIdOf } from "./names.js";
import { problem, problemOf, type Place } from "./notes.js";
import { joined, takeIncident, takeMaintenance, type Importing, type Outcome } from "./reconcile.js";
import type { Tally } from "./report.js";
import { Streams } from "./streams.js";
import type { ImportTarget } from "./target.js";

/** Pieces of work at the same time: enough for the store to commit many appends at once. */
const WIDTH = 256;

export interface Run {
  readonly target: ImportTarget;
  readonly importId: ImportId;
  readonly actor: Actor;
  readonly catalogue: CatalogueSettings;
  readonly tally: Tally;
  readonly onItem: () => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * Brings everything that a reader yields into the target. What a case requires is there before the case; of one thing, its versions follow each other. Whatever goes wrong
 * with an item is noted and the rest goes in. Resolves to whether it was aborted. Throws LedgerError when the ledger cannot go on, or the import was taken back.
 */
export async function takeAll(readings: AsyncIterable<Reading>, run: Run): Promise<"complete" | "aborted"> {
  const importing: Importing = { streams: new Streams(run.target, run.importId), importId: run.importId, actor: run.actor };
  const [catalogue, items] = [new Lanes(WIDTH), new Lanes(WIDTH)];
  try {
    for await (const reading of withFailure(readings)) {
      if (run.signal?.aborted === true) return "aborted";
      if (reading.kind === "problem" || reading.kind === "mend") run.tally.note(reading);
      else if (reading.kind === "case" || reading.kind === "command") {
        await catalogue.done();
        run.tally.items += 1;
        await addItem(items, reading, importing, run);
      } else await catalogue.add(catalogueLane(reading), () => takeRequirement(reading, importing, run));
    }
    await catalogue.done();
    await items.done();
    return "complete";
  } finally {
    await catalogue.settled();
    await items.settled();
  }
}

/** A file that turns out damaged after its beginning: what was read before goes in, the rest is a problem. */
async function* withFailure(readings: AsyncIterable<Reading>): AsyncGenerator<Reading> {
  let last: Place | undefined;
  try {
    for await (const reading of readings) {
      last = reading.place;
      yield reading;
    }
  } catch (error) {
    if (!(error instanceof LedgerError) || last === undefined) throw error;
    yield problemOf(last, { code: error.code, params: error.params, message: `after this place the file could not be read any further: ${error.message}` });
  }
}

/** A case has two parts, its incident and its maintenance; what cases share, the stream of a contract, is written in the order of the source. */
async function addItem(items: Lanes, item: Case | PlainCommand, importing: Importing, run: Run): Promise<void> {
  if (item.kind === "command") {
    const { category, id } = subjectOf(item.command);
    return items.add(`${category} ${id}`, async () => noteItem(await takeCommand(importing, item), item.place, run));
  }
  const outcomes: Outcome[] = [];
  const part = (take: typeof takeIncident) => async (): Promise<void> => {
    outcomes.push(await take(importing, item));
    if (outcomes.length === 2) noteItem(outcomes.reduce(joined), item.place, run);
  };
  await items.add(`case ${item.key}`, part(takeIncident));
  await items.add(`contract ${item.maintenanceUnder ?? item.key}`, part(takeMaintenance));
}

/** An adoption looks at its body: it waits for the body's lane by coming after it, in its service's lane. */
function catalogueLane(requirement: Requirement): string {
  switch (requirement.kind) {
    case "contract":
      return `contract ${requirement.contractId}`;
    case "body":
      return `body ${requirement.bodyId}`;
    case "service":
    case "adoption":
      return `service ${requirement.serviceId}`;
  }
}

async function takeRequirement(requirement: Requirement, importing: Importing, run: Run): Promise<void> {
  const outcome = await fulfil(importing, requirement, run.catalogue);
  note(outcome, requirement.place, run.tally);
  if (outcome.advice !== undefined) run.tally.note(problem(requirement.place, "NOT_FOUND", outcome.advice));
}

function noteItem(outcome: Outcome, place: Place, run: Run): void {
  note(outcome, place, run.tally);
  if (outcome.found && outcome.events.length === 0 && outcome.refusals.length === 0) run.tally.repeated += 1;
  run.onItem();
}

function note(outcome: Outcome, place: Place, tally: Tally): void {
  tally.add(outcome.events);
  tally.leftAlone += outcome.leftAlone;
  for (const refusal of outcome.refusals) tally.note(problemOf(place, refusal));
}

async function takeCommand({ streams, importId, actor }: Importing, { command, commandId, sourceRecordedAt }: PlainCommand): Promise<Outcome> {
  const { category, id } = subjectOf(command);
  await streams.history(category, id);
  const own = isCommandId(commandId) ? commandId : commandIdOf(importId, "command", JSON.stringify(command));
  const at: { sourceRecordedAt?: Instant } = sourceRecordedAt === undefined ? {} : { sourceRecordedAt };
  const result = await streams.submit({ command, commandId: own, actor, importId, ...at });
  if (result.kind === "refused") return { events: [], found: false, leftAlone: 0, refusals: [result.refusal] };
  const events: LedgerEvent[] = result.repeated ? [] : result.events.map(({ event }) => event);
  return { events, found: result.repeated, leftAlone: 0, refusals: [] };
}
