import { LedgerError } from "../../kernel/errors.js";
import type { PageRequest } from "../../readmodel/known-ledger.js";
import { isGiven, type Optional } from "./optional.js";

/** Most nodes of one page of the API (schema, argument `first`). */
export const MOST_NODES = 100;

export interface PageArgs {
  readonly first: number;
  readonly after?: Optional<string>;
}

/** The page asked for, cut to MOST_NODES. Throws LedgerError INVALID_INPUT for a page without nodes. */
export function pageOf({ first, after }: PageArgs): PageRequest {
  if (first < 1) throw new LedgerError({ code: "INVALID_INPUT", field: "first", params: { first }, message: `a page holds 1 to ${MOST_NODES}; ${first} is none of it` });
  return { first: Math.min(first, MOST_NODES), ...(isGiven(after) && { after }) };
}
