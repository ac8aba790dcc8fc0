import { isEntryId, isEventId, isIncidentId } from "../src/kernel/brand.js";
import type { Text } from "../src/domain/values.js";
import { anyText, integer, json, moment, optional, text, when } from "./columns.js";
import { projectionOfEntries } from "./facts.js";
import type { EvidenceRow } from "./rows.js";

/** Pieces of evidence; the files lie in the data folder under their SHA-256. */
export const evidence = projectionOfEntries({
  name: "evidence",
  version: 1,
  columns: {
    eventId: text(isEventId), incidentId: text(isIncidentId), entryId: text(isEntryId), occurred: when, sha256: anyText, fileName: anyText,
    mediaType: anyText, sizeBytes: integer, text: optional(json<Text>()), recordedAt: moment,
  },
  indexes: [{ kind: "plain", on: ["incidentId"] }, { kind: "plain", on: ["sha256"] }],
  types: ["EvidenceAttached"],
  rowOf: ({ data }, { eventId, recordedAt }): EvidenceRow => ({
    eventId, recordedAt, incidentId: data.incidentId, entryId: data.entryId, occurred: data.occurredAt, sha256: data.sha256, fileName: data.fileName,
    mediaType: data.mediaType, sizeBytes: data.sizeBytes, text: data.text,
  }),
});
