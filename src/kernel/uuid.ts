import { v7 } from "uuid";
import { eventId, type EventId } from "./brand.js";

/** A new version 7 UUID (RFC 9562): ids made one after another sort in that order, which keeps indexes compact. */
export function newEventId(): EventId {
  return eventId(v7());
}
