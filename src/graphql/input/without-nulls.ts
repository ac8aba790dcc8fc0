import { isJsonObject } from "../../kernel/json.js";

/** An object of a request. */
export interface Fields {
  readonly [field: string]: unknown;
}

export function isFields(value: unknown): value is Fields {
  return isJsonObject(value);
}

/** In a request null means the same as leaving a field out; the domain knows only the latter. Objects within objects and lists are looked at too. */
export function withoutNulls(fields: Fields): Fields {
  const kept = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(kept.map(([field, value]) => [field, nullsTakenOut(value)]));
}

function nullsTakenOut(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nullsTakenOut);
  return isFields(value) ? withoutNulls(value) : value;
}
