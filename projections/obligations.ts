import { isBodyId, isEventId, isIncidentId, isRegimeId } from "../src/kernel/brand.js";
import type { ObligationEvent } from "../src/domain/obligation/events.js";
import { json, moment, text } from "./columns.js";
import { projectionOfEntries } from "./facts.js";
import type { ObligationRow } from "./rows.js";

/** What legal regimes ask of bodies after incidents, a row a decision, an awareness or a notification. */
export const obligations = projectionOfEntries({
  name: "obligations",
  version: 1,
  columns: {
    eventId: text(isEventId), incidentId: text(isIncidentId), regimeId: text(isRegimeId), bodyId: text(isBodyId), occurred: moment,
    fact: json<ObligationEvent>(), recordedAt: moment,
  },
  indexes: [{ kind: "plain", on: ["incidentId"] }, { kind: "plain", on: ["regimeId"] }],
  types: ["ObligationApplies", "ObligationDoesNotApply", "AwarenessEstablished", "NotificationFiled"],
  rowOf: (fact, origin): ObligationRow => {
    const { incidentId, regimeId, bodyId, occurredAt } = fact.data;
    return { ...origin, incidentId, regimeId, bodyId, occurred: occurredAt, fact };
  },
});
