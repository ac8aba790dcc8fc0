import { isContractId, isEventId, isPenaltyId } from "../src/kernel/brand.js";
import type { PenaltyEvent } from "../src/domain/contract/penalty-events.js";
import { json, moment, text } from "./columns.js";
import { projectionOfEntries } from "./facts.js";
import type { PenaltyRow } from "./rows.js";

/** Penalties (penali), a row a movement: determined, adjusted, collected, apportioned. */
export const penalties = projectionOfEntries({
  name: "penalties",
  version: 1,
  columns: { eventId: text(isEventId), contractId: text(isContractId), penaltyId: text(isPenaltyId), occurred: moment, fact: json<PenaltyEvent>(), recordedAt: moment },
  indexes: [{ kind: "plain", on: ["contractId"] }],
  types: ["PenaltyDetermined", "PenaltyAdjusted", "PenaltyCollected", "PenaltyApportioned"],
  rowOf: (fact, origin): PenaltyRow => ({ ...origin, contractId: fact.data.contractId, penaltyId: fact.data.penaltyId, occurred: fact.data.occurredAt, fact }),
});
