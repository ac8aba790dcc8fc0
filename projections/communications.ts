import { isEntryId, isEventId, isIncidentId } from "../src/kernel/brand.js";
import { CHANNELS } from "../src/domain/incident/events.js";
import type { Text } from "../src/domain/values.js";
import { json, moment, optional, text, when, word } from "./columns.js";
import { projectionOfEntries, type FactOf } from "./facts.js";
import type { CommunicationRow } from "./rows.js";

type Said = FactOf<"SupplierNotified" | "SupplierStatementReceived" | "MembersInformed">;
const KINDS = { SupplierNotified: "supplier-notified", SupplierStatementReceived: "supplier-statement", MembersInformed: "members-informed" } as const;

/** What was said to and by the supplier, and to the members. */
export const communications = projectionOfEntries({
  name: "communications",
  version: 1,
  columns: {
    eventId: text(isEventId), incidentId: text(isIncidentId), entryId: text(isEntryId),
    kind: word(["supplier-notified", "supplier-statement", "members-informed"]), occurred: when, channel: optional(word(CHANNELS)),
    text: optional(json<Text>()), claimedStart: optional(when), claimedEnd: optional(when), recordedAt: moment,
  },
  indexes: [{ kind: "plain", on: ["incidentId"] }],
  types: ["SupplierNotified", "SupplierStatementReceived", "MembersInformed"],
  rowOf: (fact, origin): CommunicationRow => ({
    ...origin, kind: KINDS[fact.type], incidentId: fact.data.incidentId, entryId: fact.data.entryId, occurred: fact.data.occurredAt,
    text: fact.data.text, ...particularsOf(fact),
  }),
});

function particularsOf(fact: Said): Pick<CommunicationRow, "channel" | "claimedStart" | "claimedEnd"> {
  if (fact.type === "SupplierStatementReceived") {
    return { channel: undefined, claimedStart: fact.data.claimedStart, claimedEnd: fact.data.claimedEnd };
  }
  return { channel: fact.data.channel, claimedStart: undefined, claimedEnd: undefined };
}
