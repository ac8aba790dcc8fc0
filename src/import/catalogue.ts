import type { Instant } from "../kernel/brand.js";
import type { Recorded } from "../kernel/event.js";
import type { Category } from "../kernel/stream.js";
import { standingRecords } from "../domain/standing.js";
import type { Fact, FactCommand, LedgerEvent } from "../domain/record.js";
import type { ZoneId } from "../kernel/brand.js";
import type { Requirement } from "./case.js";
import { commandIdOf } from "./names.js";
import { NOTHING, type Importing, type Outcome } from "./reconcile.js";

/** From when new contracts, bodies, services and adoptions hold, and the zone of new contracts. */
export interface CatalogueSettings {
  readonly effectiveFrom: Instant;
  readonly zone: ZoneId;
}
export type CatalogueOutcome = Outcome & { /** Advice about something that was left alone. */ readonly advice?: string };

/**
 * Sees to it that a contract, body, service or adoption exists: makes what is missing, leaves alone what is there, whoever made it. An adoption is made only
 * where the import itself made the body or the service; between two that were there before it is not the import's to say.
 */
export async function fulfil(importing: Importing, requirement: Requirement, settings: CatalogueSettings): Promise<CatalogueOutcome> {
  const [category, id] = subjectOf(requirement);
  return importing.streams.alone(category, id, async () => {
    const history = await importing.streams.history(category, id);
    if (requirement.kind === "adoption") return adopt(importing, requirement, history, settings);
    if (holds(history, requirement)) return { ...NOTHING, found: true };
    return record(importing, requirement, commandsFor(requirement, settings), history.length);
  });
}

function subjectOf(requirement: Requirement): [Category, string] {
  switch (requirement.kind) {
    case "contract":
      return ["contract", requirement.contractId];
    case "body":
      return ["body", requirement.bodyId];
    case "service":
    case "adoption":
      return ["service", requirement.serviceId];
  }
}

function standing(history: readonly Recorded<LedgerEvent>[], type: Fact["type"]): Recorded<LedgerEvent>[] {
  const valid = new Set(standingRecords(history).filter(({ withdrawn, fact }) => !withdrawn && fact.type === type).map(({ eventId }) => eventId));
  return history.filter(({ id }) => valid.has(id));
}

function holds(history: readonly Recorded<LedgerEvent>[], requirement: Exclude<Requirement, { kind: "adoption" }>): boolean {
  switch (requirement.kind) {
    case "contract":
      return standing(history, "ContractAwarded").length > 0;
    case "body":
      return standing(history, "BodyJoined").length > 0;
    case "service":
      return standing(history, "ServiceCatalogued").length > 0;
  }
}

function commandsFor(requirement: Exclude<Requirement, { kind: "adoption" }>, { effectiveFrom, zone }: CatalogueSettings): FactCommand[] {
  switch (requirement.kind) {
    case "contract": {
      const { contractId, title, supplier } = requirement;
      return [{ type: "AwardContract", data: { contractId, title, supplier, zone, effectiveFrom } }];
    }
    case "body": {
      const { bodyId, name, workstations } = requirement;
      const joining: FactCommand = { type: "JoinBody", data: { bodyId, name, kind: "other", effectiveFrom } };
      return workstations === undefined ? [joining] : [joining, { type: "DeclareWorkstations", data: { bodyId, workstations, effectiveFrom } }];
    }
    case "service": {
      const { serviceId, name, contractId } = requirement;
      return [{ type: "CatalogueService", data: { serviceId, name, contractId, effectiveFrom } }];
    }
  }
}

async function adopt(importing: Importing, requirement: Extract<Requirement, { kind: "adoption" }>, history: readonly Recorded<LedgerEvent>[], { effectiveFrom }: CatalogueSettings): Promise<CatalogueOutcome> {
  const { serviceId, bodyId } = requirement;
  const adopted = standing(history, "ServiceAdopted").some(({ event }) => event.type === "ServiceAdopted" && event.data.bodyId === bodyId);
  if (adopted) return { ...NOTHING, found: true };
  const joined = standing(await importing.streams.history("body", bodyId), "BodyJoined");
  const catalogued = standing(history, "ServiceCatalogued");
  const own = [joined, catalogued].some((events) => events.length === 0 || events.some(({ meta }) => meta.importId === importing.importId));
  if (!own) return { ...NOTHING, advice: `${bodyId} has not adopted ${serviceId}: its figures leave out what hit it there until an adoption is recorded` };
  return record(importing, requirement, [{ type: "AdoptService", data: { serviceId, bodyId, effectiveFrom } }], history.length);
}

/** `length` of the stream as seen: what was withdrawn and is made again is another command. */
async function record({ streams, importId, actor }: Importing, requirement: Requirement, commands: readonly FactCommand[], length: number): Promise<Outcome> {
  const { sourceRecordedAt } = requirement;
  const events: LedgerEvent[] = [];
  for (const command of commands) {
    const commandId = commandIdOf(importId, "catalogue", command.type, "bodyId" in command.data ? command.data.bodyId : "", length);
    const result = await streams.submit({ command, commandId, actor, importId, ...(sourceRecordedAt !== undefined && { sourceRecordedAt }) });
    if (result.kind === "refused") return { ...NOTHING, events, refusals: [result.refusal] };
    if (!result.repeated) events.push(...result.events.map(({ event }) => event));
  }
  return { ...NOTHING, events, found: events.length < commands.length };
}
