import { isContractId, isEventId, isExclusionId } from "../src/kernel/brand.js";
import type { Text } from "../src/domain/values.js";
import { anyText, json, moment, text } from "./columns.js";
import { projectionOfEntries } from "./facts.js";
import type { ExclusionRow } from "./rows.js";

/** Exclusions that were granted: time that is not owed, for services of a contract. */
export const exclusions = projectionOfEntries({
  name: "exclusions",
  version: 1,
  columns: {
    eventId: text(isEventId), contractId: text(isContractId), period: anyText, exclusionId: text(isExclusionId), serviceIds: json<ExclusionRow["serviceIds"]>(),
    spans: json<ExclusionRow["spans"]>(), text: json<Text>(), recordedAt: moment,
  },
  indexes: [{ kind: "plain", on: ["contractId"] }],
  types: ["ExclusionGranted"],
  rowOf: ({ data: { contractId, period, exclusionId, serviceIds, spans, text: reason } }, origin): ExclusionRow => ({ ...origin, contractId, period, exclusionId, serviceIds, spans, text: reason }),
});
