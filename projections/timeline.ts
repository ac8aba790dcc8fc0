import {
  isBodyId, isContractId, isDisruptionId, isEntryId, isEventId, isImportId, isIncidentId, isMaintenanceId, isServiceId,
} from "../src/kernel/brand.js";
import type { Projection } from "../src/kernel/projection.js";
import type { Recorded } from "../src/kernel/event.js";
import { EVENT_CATEGORY } from "../src/domain/catalog.js";
import { occurrenceOf } from "../src/domain/facts.js";
import type { Fact, LedgerEvent, RecordCorrected, RecordWithdrawn } from "../src/domain/record.js";
import type { Audience } from "../src/domain/values.js";
import { earliestOf, latestOf } from "../src/time/when.js";
import { actor, json, moment, optional, text, usually, when } from "./columns.js";
import { recordOf } from "./facts.js";
import type { Correction, TimelineRow, Withdrawal } from "./rows.js";

function isFactType(value: unknown): value is Fact["type"] {
  return typeof value === "string" && Object.hasOwn(EVENT_CATEGORY, value);
}

const EVERYONE: Audience = { kind: "everyone" };

/** Every recorded fact, as it holds and as it was said before; a row a fact, which stays when the fact is withdrawn. */
export const timeline: Projection<TimelineRow, LedgerEvent> = {
  name: "timeline",
  version: 1,
  keyedBy: "event",
  columns: {
    eventId: text(isEventId), type: text(isFactType), occurred: when, started: moment, ended: moment, recordedAt: moment,
    sourceRecordedAt: optional(moment), actor, importId: optional(text(isImportId)), incidentId: optional(text(isIncidentId)),
    serviceId: optional(text(isServiceId)), bodyId: optional(text(isBodyId)), contractId: optional(text(isContractId)),
    disruptionId: optional(text(isDisruptionId)), maintenanceId: optional(text(isMaintenanceId)), entryId: optional(text(isEntryId)),
    audience: usually(EVERYONE, ({ kind }) => kind === "everyone", json<Audience>()), fact: json<Fact>(),
    corrections: usually<readonly Correction[]>([], ({ length }) => length === 0, json()), withdrawal: optional(json<Withdrawal>()),
  },
  indexes: [
    { kind: "order", on: ["started", "ended"] },
    { kind: "span" },
    { kind: "plain", on: ["incidentId"], whereSet: "incidentId" },
    { kind: "plain", on: ["contractId", "maintenanceId"], whereSet: "maintenanceId" },
    { kind: "plain", on: ["importId"], whereSet: "importId" },
    { kind: "span", on: "bodyId" },
    { kind: "span", on: "serviceId" },
    { kind: "span", on: "contractId" },
  ],
  keys: ({ event, id }) => [recordOf(event, id)],
  fold: (_key, row, recorded) => {
    const { event } = recorded;
    if (event.type === "RecordCorrected") return row && corrected(row, event, recorded);
    if (event.type === "RecordWithdrawn") return row && { ...row, withdrawal: saying(event, recorded) };
    return entryOf(event, recorded);
  },
};

function entryOf(fact: Fact, { id, meta }: Recorded<LedgerEvent>): TimelineRow {
  return {
    eventId: id, recordedAt: meta.recordedAt, sourceRecordedAt: meta.sourceRecordedAt, actor: meta.actor, importId: meta.importId,
    ...said(fact), corrections: [], withdrawal: undefined,
  };
}

function corrected(row: TimelineRow, event: RecordCorrected, recorded: Recorded<LedgerEvent>): TimelineRow {
  const correction = { ...saying(event, recorded), before: event.data.before };
  return { ...row, ...said(event.data.after), corrections: [...row.corrections, correction] };
}

/** Who corrected or withdrew, when and why. */
function saying(event: RecordCorrected | RecordWithdrawn, { id, meta }: Recorded<LedgerEvent>): Withdrawal {
  const { recordedAt, sourceRecordedAt, actor: by } = meta;
  return { eventId: id, recordedAt, ...(sourceRecordedAt !== undefined && { sourceRecordedAt }), actor: by, reason: event.data.reason };
}

type Said = Omit<TimelineRow, "eventId" | "recordedAt" | "sourceRecordedAt" | "actor" | "importId" | "corrections" | "withdrawal">;

/** What an entry says by itself. */
function said(fact: Fact): Said {
  const { data } = fact;
  const occurred = occurrenceOf(fact);
  return {
    type: fact.type, occurred, started: earliestOf(occurred), ended: latestOf(occurred), fact,
    incidentId: "incidentId" in data ? data.incidentId : undefined,
    serviceId: "serviceId" in data ? data.serviceId : undefined,
    bodyId: "bodyId" in data ? data.bodyId : undefined,
    contractId: "contractId" in data ? data.contractId : undefined,
    disruptionId: "disruptionId" in data ? data.disruptionId : undefined,
    maintenanceId: "maintenanceId" in data ? data.maintenanceId : undefined,
    entryId: "entryId" in data ? data.entryId : undefined,
    audience: audienceOf(fact),
  };
}

function audienceOf({ data }: Fact): Audience {
  if ("text" in data && data.text !== undefined) return data.text.audience;
  if ("description" in data && typeof data.description === "object") return data.description.audience;
  return EVERYONE;
}
