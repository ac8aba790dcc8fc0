import { instant, type EventId } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import { streamOf, streamPrefix } from "../../kernel/stream.js";
import type { TimelineRow } from "../../../projections/rows.js";
import { decodeEvent } from "../../domain/catalog.js";
import { decodeMetadata } from "../../eventstore/codec.js";
import type { StoredEvent } from "../../eventstore/port.js";
import { PAGE_CAP, type KnownLedger } from "../../readmodel/known-ledger.js";
import { timeline, type TimelineSubject } from "../../reports/timeline.js";
import { timelineEntries } from "../../reports/timeline-entry.js";
import type { Context } from "../context.js";
import type { Optional } from "../input/optional.js";
import { subjectOf, type SubjectInput } from "../input/subject.js";
import type { Reading } from "../reading.js";
import { entryView } from "../views/timeline.js";
import { changes } from "./changes.js";

interface TimelineEntryAddedArgs {
  readonly subject?: Optional<SubjectInput>;
  readonly from?: Optional<string>;
}

/** Entries that came to a timeline, and corrections and withdrawals of entries on it. */
export function timelineChanges(_: unknown, args: TimelineEntryAddedArgs, context: Context) {
  const subject = subjectOf(args.subject);
  const { ledgerId } = context.services;
  return changes(context, {
    streamPrefix: subject.kind === "incident" ? streamOf(ledgerId, "incident", subject.incidentId) : streamPrefix(ledgerId),
    from: args.from,
    tell: (event, reading) => changeView(event, subject, reading),
  });
}

function changeView(stored: StoredEvent, subject: TimelineSubject, reading: Reading) {
  const told = entryToldBy(stored);
  const row = told && reading.known.timelineEntries([told.eventId]).get(told.eventId);
  if (row === undefined || !isOnTimeline(reading.known, subject, row)) return undefined;
  const [entry] = timelineEntries(reading.known, [row]);
  return entry && { position: stored.position, change: told?.change, entry: entryView(entry, reading) };
}

/** The entry that an event is about, and what it does to it; undefined for an event that is not understood. */
function entryToldBy({ id, type, data, metadata }: StoredEvent): { readonly eventId: EventId; readonly change: "added" | "corrected" | "withdrawn" } | undefined {
  const meta = decodeMetadata(metadata);
  const decoded = meta.kind === "understood" ? decodeEvent(type, meta.metadata.schemaVersion, data) : meta;
  if (decoded.kind === "not-understood") return undefined;
  const { event } = decoded;
  if (event.type === "RecordCorrected") return { eventId: event.data.eventId, change: "corrected" };
  if (event.type === "RecordWithdrawn") return { eventId: event.data.eventId, change: "withdrawn" };
  return { eventId: id, change: "added" };
}

/** Whether the subject's timeline has the entry; looked for only around the entry's own time. */
function isOnTimeline(known: KnownLedger, subject: TimelineSubject, row: TimelineRow): boolean {
  if (subject.kind === "ledger") return true;
  if (subject.kind === "incident") return row.incidentId === subject.incidentId;
  const question = { subject, span: { start: row.started, end: instant(row.ended + 1) } };
  try {
    for (let after: string | undefined; ; ) {
      const page = timeline(known, question, { first: PAGE_CAP, ...(after !== undefined && { after }) });
      if (page.edges.some((edge) => edge.row.eventId === row.eventId)) return true;
      if (!page.hasNextPage || page.endCursor === undefined) return false;
      after = page.endCursor;
    }
  } catch (error) {
    if (error instanceof LedgerError && error.code === "NOT_FOUND") return false;
    throw error;
  }
}
