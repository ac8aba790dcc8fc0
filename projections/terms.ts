import { isContractId, isEventId } from "../src/kernel/brand.js";
import type { Terms } from "../src/domain/terms/terms.js";
import { DOCUMENTS, json, moment, remembered, text } from "./columns.js";
import { projectionOfEntries } from "./facts.js";
import type { TermsRow } from "./rows.js";

/** Terms of contracts (condizioni), a row a document. */
export const terms = projectionOfEntries({
  name: "terms",
  version: 1,
  columns: { eventId: text(isEventId), contractId: text(isContractId), terms: remembered(json<Terms>(), DOCUMENTS), effectiveFrom: moment, recordedAt: moment },
  indexes: [{ kind: "plain", on: ["contractId"] }],
  types: ["TermsAgreed"],
  rowOf: ({ data }, origin): TermsRow => ({ ...origin, contractId: data.contractId, terms: data.terms, effectiveFrom: data.effectiveFrom }),
});
