import { LedgerError } from "../../src/kernel/errors.js";

/** The code of the refusal that `work` ends with; what else it throws is thrown on, and of an answer it is its text. */
export async function codeThrown(work: () => unknown): Promise<string> {
  try {
    return String(await work());
  } catch (error) {
    if (error instanceof LedgerError) return error.code;
    throw error;
  }
}
