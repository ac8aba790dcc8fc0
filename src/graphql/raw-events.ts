import { position, type Position, type StreamName } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import { streamOf, streamPrefix, type Category } from "../kernel/stream.js";
import { decodeMetadata } from "../eventstore/codec.js";
import type { EventFilter, EventStore, StoredEvent } from "../eventstore/port.js";
import type { LedgerServices } from "./context.js";

/** Most events looked through for one page: a filter that few events pass must not read the whole ledger at once. */
export const MOST_READ = 5_000;

/** Which events are asked for, and from where. */
export interface EventQuestion {
  readonly direction: "forwards" | "backwards";
  readonly first: number;
  /** Cursor of an event, or the place up to which an earlier page had looked. */
  readonly after: string | undefined;
  readonly category: Category | undefined;
  readonly subjectId: string | undefined;
  readonly types: readonly string[] | undefined;
  readonly importId: string | undefined;
}
export interface EventPage {
  readonly edges: readonly { readonly row: StoredEvent; readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | undefined;
}

/** One page of the raw ledger. Throws LedgerError STORE_UNAVAILABLE, INVALID_INPUT for a cursor that is none. */
export async function readEvents({ store, ledgerId }: LedgerServices, question: EventQuestion): Promise<EventPage> {
  const { category, subjectId } = question;
  if (category !== undefined && subjectId !== undefined) return readOneStream(store, streamOf(ledgerId, category, subjectId), question);
  return readLedger(store, `${streamPrefix(ledgerId)}${category === undefined ? "" : `${category}-`}`, question);
}

async function readLedger(store: EventStore, prefix: string, question: EventQuestion): Promise<EventPage> {
  const filter: EventFilter = { streamPrefix: prefix, ...(question.types !== undefined && { eventTypes: question.types }) };
  const found: StoredEvent[] = [];
  let from = question.after === undefined ? undefined : placeOf(store, question.after);
  for (let read = 0; ; ) {
    const limit = question.importId === undefined ? question.first + 1 : Math.min(1000, MOST_READ - read);
    const page = await store.readAll({ direction: question.direction, limit, filter, ...(from !== undefined && { from }) });
    if (page.kind === "store-unavailable") throw unavailable(page.reason);
    found.push(...page.events.filter((event) => ofImport(event, question.importId)));
    read += page.events.length;
    from = page.next ?? from;
    if (found.length > question.first || page.isEnd) return pageOf(found, question.first, (event) => event.position);
    if (read >= MOST_READ) return { ...pageOf(found, question.first, (event) => event.position), hasNextPage: true, endCursor: from };
  }
}

async function readOneStream(store: EventStore, stream: StreamName, question: EventQuestion): Promise<EventPage> {
  const step = question.direction === "forwards" ? 1 : -1;
  const found: StoredEvent[] = [];
  let from = question.after === undefined ? undefined : revisionOf(question.after) + step;
  for (let read = 0; from === undefined || from >= 0; ) {
    const page = await store.readStream(stream, { direction: question.direction, limit: 1000, ...(from !== undefined && { from }) });
    if (page.kind === "store-unavailable") throw unavailable(page.reason);
    if (page.kind === "stream-not-found") break;
    found.push(...page.events.filter((event) => (question.types?.includes(event.type) ?? true) && ofImport(event, question.importId)));
    read += page.events.length;
    const last = page.events.at(-1);
    if (found.length > question.first || page.isEnd || last === undefined) break;
    if (read >= MOST_READ) return { ...pageOf(found, question.first, cursorInStream), hasNextPage: true, endCursor: cursorInStream(last) };
    from = last.revision + step;
  }
  return pageOf(found, question.first, cursorInStream);
}

function pageOf(found: readonly StoredEvent[], first: number, cursorOf: (event: StoredEvent) => string): EventPage {
  const edges = found.slice(0, first).map((row) => ({ row, cursor: cursorOf(row) }));
  return { edges, hasNextPage: found.length > first, endCursor: edges.at(-1)?.cursor };
}

function ofImport({ metadata }: StoredEvent, importId: string | undefined): boolean {
  if (importId === undefined) return true;
  const decoded = decodeMetadata(metadata);
  return decoded.kind === "understood" && decoded.metadata.importId === importId;
}

/** Within one stream a cursor is the revision. */
function cursorInStream({ revision }: StoredEvent): string {
  return `revision:${revision}`;
}
function revisionOf(cursor: string): number {
  const revision = /^revision:(\d{1,15})$/.exec(cursor)?.[1];
  if (revision === undefined) throw noCursor(cursor);
  return Number(revision);
}
/** Elsewhere it is the position. */
function placeOf(store: EventStore, cursor: string): Position {
  const place = position(cursor);
  if (store.comparePositions(place, place) === undefined) throw noCursor(cursor);
  return place;
}

function noCursor(cursor: string): LedgerError {
  return new LedgerError({
    code: "INVALID_INPUT", field: "after", params: { after: cursor.slice(0, 100) },
    message: `${JSON.stringify(cursor.slice(0, 100))} is no cursor of these events; give the endCursor of the page before, or leave it out for the first page`,
  });
}
function unavailable(reason: string): LedgerError {
  return new LedgerError({ code: "STORE_UNAVAILABLE", params: { reason }, message: `the event store does not answer now (${reason}); try again` });
}
