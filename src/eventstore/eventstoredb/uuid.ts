import { eventId, isEventId, type EventId } from "../../kernel/brand.js";
import { shared } from "./protocol.js";

const NIL = eventId("00000000-0000-0000-0000-000000000000");

export function uuidOf(text: string): shared.UUID {
  return new shared.UUID().setString(text);
}

/** In either of the forms that servers send: as a text, or as two signed halves of 64 bits. */
export function textOfUuid(uuid: shared.UUID | undefined): string {
  const halves = uuid?.getStructured();
  if (halves === undefined) return uuid?.getString().toLowerCase() ?? "";
  const hex = [halves.getMostSignificantBits(), halves.getLeastSignificantBits()].map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The nil UUID for what another application's client may have sent instead of an id: it must not stop a reader. */
export function eventIdOf(uuid: shared.UUID | undefined): EventId {
  const text = textOfUuid(uuid);
  return isEventId(text) ? text : NIL;
}
