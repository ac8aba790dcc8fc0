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
  rowOf: (fact, { eventId, recordedAt }): CommunicationRow => {
    const { incidentId, entryId, occurredAt, text } = fact.data;
    const statement = fact.type === "SupplierStatementReceived" ? fact.data : undefined;
    return {
      eventId, incidentId, entryId, kind: KINDS[fact.type], occurred: occurredAt, channel: channelOf(fact), text,
      claimedStart: statement?.claimedStart, claimedEnd: statement?.claimedEnd, recordedAt,
    };
  },
});

function channelOf(fact: Said): CommunicationRow["channel"] {
  return fact.type === "SupplierStatementReceived" ? undefined : fact.data.channel;
}
