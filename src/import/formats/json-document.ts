import { LedgerError } from "../../kernel/errors.js";
import { isJsonObject, parseJson } from "../../kernel/json.js";

/** What a JSON text holds. Throws LedgerError INVALID_INPUT that says where it stops being JSON. */
export function parseDocument(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : "not JSON";
    throw new LedgerError({ code: "INVALID_INPUT", params: { detail }, message: `the file is no whole JSON document (${detail}); fetch it again, nothing of it was taken` }, { cause: error });
  }
}

/** A property that has to be a list; an absent one is empty. Throws LedgerError INVALID_INPUT for anything else. */
export function listIn(document: unknown, property: string): readonly unknown[] {
  const value = isJsonObject(document) ? document[property] : undefined;
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map((each: unknown) => each);
  throw new LedgerError({ code: "INVALID_INPUT", field: property, message: `${property} is not a list; nothing of the file was taken` });
}
