import { LedgerError } from "../kernel/errors.js";

/** The refusal for a report about something that was never recorded, as far as is known at the knowledge asked for. */
export function notKnown(what: "body" | "service" | "contract" | "incident" | "regime", id: string): LedgerError {
  const message = `no ${what} ${JSON.stringify(id)} is known at this point of the ledger; check the id, or ask with a later knownAt`;
  return new LedgerError({ code: "NOT_FOUND", field: `${what}Id`, params: { id }, message });
}
