import { ID_RULE } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";

/** An id as a client hands it in. Throws LedgerError INVALID_ID for what no id can be. */
export function idOf<Id extends string>(value: string, isId: (value: unknown) => value is Id, field: string): Id {
  if (isId(value)) return value;
  const shown = value.slice(0, 140);
  throw new LedgerError({ code: "INVALID_ID", field, params: { [field]: shown }, message: `${JSON.stringify(shown)} is not an id: ${ID_RULE}` });
}
