import type { CommunicationRow, EvidenceRow, IncidentRow } from "../../../projections/rows.js";
import type { Reading } from "../reading.js";
import { endOf, textOrNull, whenOrNull, whenView } from "./values.js";

export type IncidentView = ReturnType<typeof incidentView>;
/** All of an incident's own fields are plain properties: a list of them needs no resolver and no promise. */
export function incidentView(row: IncidentRow, reading: Reading) {
  const { incidentId, title, status, severity, contractId, cause, recordedAt } = row;
  return {
    __typename: "Incident" as const,
    id: incidentId,
    title,
    status,
    severity,
    contractId,
    description: textOrNull(row.description),
    occurredAt: whenView(row.occurredAt),
    detectedAt: whenOrNull(row.detectedAt),
    reportedAt: whenOrNull(row.reportedAt),
    acknowledgedAt: whenOrNull(row.acknowledgedAt),
    resolvedAt: whenOrNull(row.resolvedAt),
    closedAt: whenOrNull(row.closedAt),
    startedAt: row.started,
    endedAt: endOf(row.ended),
    recordedAt,
    cause: cause === undefined ? null : causeView(cause),
    reading,
  };
}

function causeView({ category, party, text, occurredAt }: NonNullable<IncidentRow["cause"]>) {
  return { category, party, text: textOrNull(text), attributedAt: whenView(occurredAt) };
}

export function communicationView(row: CommunicationRow) {
  const { entryId, kind, channel, recordedAt, eventId } = row;
  const claims = { claimedStart: whenOrNull(row.claimedStart), claimedEnd: whenOrNull(row.claimedEnd) };
  return { id: entryId, kind, occurredAt: whenView(row.occurred), channel, text: textOrNull(row.text), ...claims, recordedAt, eventId };
}

export function evidenceView(row: EvidenceRow) {
  const { entryId, sha256, fileName, mediaType, sizeBytes, recordedAt, eventId } = row;
  return { id: entryId, occurredAt: whenView(row.occurred), sha256, fileName, mediaType, sizeBytes, text: textOrNull(row.text), recordedAt, eventId };
}
