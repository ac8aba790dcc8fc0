import { EVENT_ID_RULE, ID_RULE, isEventId, type EventId } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";

/** An id as a client hands it in. Throws LedgerError INVALID_ID for what no id can be. */
export function idOf<Id extends string>(value: string, isId: (value: unknown) => value is Id, field: string): Id {
  return idBy(ID_RULE, { value, isId, field });
}

/** The id of an event, as answers give it. Throws LedgerError INVALID_ID. */
export function eventIdOf(value: string, field: string): EventId {
  return idBy(EVENT_ID_RULE, { value, isId: isEventId, field });
}

function idBy<Id extends string>(rule: string, { value, isId, field }: { readonly value: string; readonly isId: (value: unknown) => value is Id; readonly field: string }): Id {
  if (isId(value)) return value;
  const shown = value.slice(0, 140);
  throw new LedgerError({ code: "INVALID_ID", field, params: { [field]: shown }, message: `${JSON.stringify(shown)} is not an id: ${rule}` });
}
