import { isEventId, isInstant, type EventId } from "../kernel/brand.js";
import { LedgerError } from "../kernel/errors.js";
import type { TimelineRow } from "../../projections/rows.js";
import { PAGE_CAP, type KnownLedger, type Page, type PageRequest } from "../readmodel/known-ledger.js";

/** Each entry once, in the order of occurrence: earliest, then latest time, then recording. Asks for the order of recording only where times are the same. */
export function inOrder(ledger: Pick<KnownLedger, "positionsOf">, rows: Iterable<TimelineRow>): readonly TimelineRow[] {
  const once = [...new Map([...rows].map((row) => [row.eventId, row])).values()].sort(byOccurrence);
  const tied = once.filter((row, index) => sameTime(row, once[index - 1]) || sameTime(row, once[index + 1]));
  if (tied.length === 0) return once;
  const rank = new Map([...ledger.positionsOf(tied.map(({ eventId }) => eventId)).keys()].map((id, index) => [id, index]));
  const rankOf = ({ eventId }: TimelineRow): number => rank.get(eventId) ?? rank.size;
  return once.sort((a, b) => byOccurrence(a, b) || rankOf(a) - rankOf(b));
}

function byOccurrence(a: Occurrence, b: Occurrence): number {
  return a.started - b.started || a.ended - b.ended;
}
function sameTime(a: TimelineRow, b: TimelineRow | undefined): boolean {
  return b !== undefined && byOccurrence(a, b) === 0;
}

type Occurrence = Pick<TimelineRow, "started" | "ended">;
interface Place extends Occurrence {
  readonly eventId: EventId;
}

/** One page of rows that `inOrder` gave. A cursor names an entry by its times and its event, so that it stays right when entries come, go and move. */
export function pageOf(ledger: Pick<KnownLedger, "positionsOf">, rows: readonly TimelineRow[], { first, after }: PageRequest): Page<TimelineRow> {
  const from = after === undefined ? 0 : indexAfter(ledger, rows, placeOf(after));
  const until = from + Math.max(0, Math.min(first, PAGE_CAP));
  const edges = rows.slice(from, until).map((row) => ({ row, cursor: cursorOf(row) }));
  return { edges, hasNextPage: until < rows.length, endCursor: edges.at(-1)?.cursor };
}

/** After the entry itself; where it is no longer at its time, where it would stand by its recording. */
function indexAfter(ledger: Pick<KnownLedger, "positionsOf">, rows: readonly TimelineRow[], place: Place): number {
  const ids = rows.flatMap((row) => (byOccurrence(row, place) === 0 ? [row.eventId] : []));
  const inTurn = ids.includes(place.eventId) ? ids : [...ledger.positionsOf([place.eventId, ...ids]).keys()];
  const passed = new Set(inTurn.slice(0, inTurn.indexOf(place.eventId) + 1));
  const next = rows.findIndex((row) => byOccurrence(row, place) > 0 || (byOccurrence(row, place) === 0 && !passed.has(row.eventId)));
  return next < 0 ? rows.length : next;
}

function cursorOf({ started, ended, eventId }: Place): string {
  return Buffer.from(`${started}/${ended}/${eventId}`).toString("base64url");
}

function placeOf(cursor: string): Place {
  const [from, to, eventId, ...more] = Buffer.from(cursor, "base64url").toString().split("/");
  const [started, ended] = [Number(from), Number(to)];
  if (isInstant(started) && isInstant(ended) && isEventId(eventId) && more.length === 0) return { started, ended, eventId };
  throw new LedgerError({
    code: "INVALID_INPUT", field: "after", params: { after: cursor },
    message: `${JSON.stringify(cursor)} is no cursor of a timeline; give the endCursor of the page before, or leave it out for the first page`,
  });
}
