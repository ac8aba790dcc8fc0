import { actorId, ID_RULE, isActorId } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import type { Actor } from "../kernel/event.js";
import { unverified } from "../graphql/context.js";

/** Header of a request, and parameter of a WebSocket connection, that says who acts. */
export const ACTOR_HEADER = "x-actor";
const ANONYMOUS = unverified(actorId("anonymous"));

/** Who acts, as the client states it: recorded as unverified until there is authentication. Throws LedgerError INVALID_INPUT for what is no actor id. */
export function actorOf(stated: unknown): Actor {
  if (stated === undefined) return ANONYMOUS;
  if (isActorId(stated)) return unverified(stated);
  throw new LedgerError({
    code: "INVALID_INPUT",
    field: ACTOR_HEADER,
    params: { [ACTOR_HEADER]: typeof stated === "string" ? stated.slice(0, 200) : typeof stated },
    message: `${ACTOR_HEADER} must be an opaque id (${ID_RULE}), and it must not name a person; leave it out to act as anonymous`,
  });
}
