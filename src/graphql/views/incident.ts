import type { CommunicationRow, EvidenceRow, IncidentRow } from "../../../projections/rows.js";
import type { Reading } from "../reading.js";
import { endOf, textOrNull, whenOrNull, whenView } from "./values.js";

/** An incident as the schema has it. Fields need no resolver and no promise; what is more than a value of the row is made when it is asked for. */
export class IncidentView {
  readonly __typename = "Incident";
  readonly reading: Reading;
  readonly #row: IncidentRow;

  constructor(row: IncidentRow, reading: Reading) {
    this.#row = row;
    this.reading = reading;
  }

  get id() {
    return this.#row.incidentId;
  }
  get title() {
    return this.#row.title;
  }
  get status() {
    return this.#row.status;
  }
  get severity() {
    return this.#row.severity;
  }
  get contractId() {
    return this.#row.contractId;
  }
  get description() {
    return textOrNull(this.#row.description);
  }
  get occurredAt() {
    return whenView(this.#row.occurredAt);
  }
  get detectedAt() {
    return whenOrNull(this.#row.detectedAt);
  }
  get reportedAt() {
    return whenOrNull(this.#row.reportedAt);
  }
  get acknowledgedAt() {
    return whenOrNull(this.#row.acknowledgedAt);
  }
  get resolvedAt() {
    return whenOrNull(this.#row.resolvedAt);
  }
  get closedAt() {
    return whenOrNull(this.#row.closedAt);
  }
  get startedAt() {
    return this.#row.started;
  }
  get endedAt() {
    return endOf(this.#row.ended);
  }
  get recordedAt() {
    return this.#row.recordedAt;
  }
  get cause() {
    const { cause } = this.#row;
    return cause === undefined ? null : causeView(cause);
  }
}

export function incidentView(row: IncidentRow, reading: Reading): IncidentView {
  return new IncidentView(row, reading);
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
