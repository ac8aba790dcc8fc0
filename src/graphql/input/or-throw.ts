import { LedgerError } from "../../kernel/errors.js";
import type { Result } from "../../kernel/result.js";

/** The value; a refusal is thrown, as resolvers say no by throwing. */
export function orThrow<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new LedgerError(result.refusal);
}
