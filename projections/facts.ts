import type { EventId, Instant } from "../src/kernel/brand.js";
import type { Recorded } from "../src/kernel/event.js";
import type { Column, Columns, Index, Projection } from "../src/kernel/projection.js";
import type { Fact, LedgerEvent } from "../src/domain/record.js";
import { json } from "./columns.js";

/** A fact that stands, as last corrected, with where it came from: its own recording, not that of its corrections. */
export interface KeptFact<F extends Fact = Fact> {
  readonly eventId: EventId;
  readonly recordedAt: Instant;
  readonly sourceRecordedAt?: Instant;
  readonly fact: F;
  /** What it said before each correction, and when that was recorded; only where a read model asks for it. */
  readonly earlier?: readonly EarlierFact<F>[];
  /** When what it says now was recorded, where that was a correction that is kept with the `earlier`. */
  readonly correctedAt?: RecordedTimes;
}
/** When something was recorded, here and by a source. */
export interface RecordedTimes {
  readonly recordedAt: Instant;
  readonly sourceRecordedAt?: Instant;
}
export interface EarlierFact<F extends Fact = Fact> extends RecordedTimes {
  readonly fact: F;
}
/** A row with the standing facts it was made of, in stream order: any of them may be corrected or withdrawn later. */
export type Kept<Row, F extends Fact = Fact> = Row & { readonly facts: readonly KeptFact<F>[] };

type FactType = Fact["type"];
export type FactOf<Type extends FactType> = Extract<Fact, { type: Type }>;

/** Narrows to the facts of some types. */
export function ofTypes<const Type extends FactType>(types: readonly Type[]): (fact: Fact) => fact is FactOf<Type> {
  const known: ReadonlySet<string> = new Set(types);
  return (fact): fact is FactOf<Type> => known.has(fact.type);
}

/** The fact an event speaks of: itself, or what it corrects (as corrected) or withdraws. */
export function factIn(event: LedgerEvent): Fact {
  if (event.type === "RecordCorrected") return event.data.after;
  return event.type === "RecordWithdrawn" ? event.data.fact : event;
}

interface Shape<Row> {
  readonly name: string;
  readonly version: number;
  readonly columns: Columns<Row>;
  readonly indexes: readonly Index<Row>[];
}

/** The column of `Kept`. */
export function keptFacts<Type extends FactType>(): Column<readonly KeptFact<FactOf<Type>>[]> {
  return json();
}

export interface SubjectProjection<Row, Type extends FactType> extends Shape<Kept<Row, FactOf<Type>>> {
  /** The facts that the row is made of. */
  readonly types: readonly Type[];
  /** Keeps what facts said before they were corrected: for rows that depend on when something was recorded. */
  readonly keepsEarlier?: boolean;
  /** Which row a fact belongs to; never changed by a correction. */
  readonly keyOf: (fact: FactOf<Type>) => string;
  /** The row that the standing facts make, given in stream order; undefined when they make none. */
  readonly derive: (facts: readonly KeptFact<FactOf<Type>>[]) => Row | undefined;
}

/** A read model of things that many facts are about (a body, an incident): it keeps what stands and derives the row from it. */
export function projectionOfSubjects<Row, const Type extends FactType>(spec: SubjectProjection<Row, Type>): Projection<Kept<Row, FactOf<Type>>, LedgerEvent> {
  const owns = ofTypes(spec.types);
  const { name, version, columns, indexes, keyOf, derive, keepsEarlier = false } = spec;
  return {
    name, version, columns, indexes, keyedBy: "subject", memory: "facts",
    keys: ({ event }) => {
      const fact = factIn(event);
      return owns(fact) ? [keyOf(fact)] : [];
    },
    fold: (_key, row, recorded) => {
      const facts = standing(row?.facts ?? [], recorded, owns, keepsEarlier);
      const derived = derive(facts);
      return derived === undefined ? undefined : { ...derived, facts };
    },
  };
}

/** The facts that stand after one more event: the latest correction in stream order wins, a withdrawal is final (domain.md, "Correcting"). */
export function standing<F extends Fact>(facts: readonly KeptFact<F>[], recorded: Recorded<LedgerEvent>, owns: (fact: Fact) => fact is F, keepsEarlier = false): readonly KeptFact<F>[] {
  const { event, id, meta } = recorded;
  const { recordedAt, sourceRecordedAt } = meta;
  const times: RecordedTimes = { recordedAt, ...(sourceRecordedAt !== undefined && { sourceRecordedAt }) };
  if (event.type === "RecordWithdrawn") return facts.filter((kept) => kept.eventId !== event.data.eventId);
  if (event.type === "RecordCorrected") {
    const { eventId, after } = event.data;
    return owns(after) ? facts.map((kept) => (kept.eventId === eventId ? { ...kept, fact: after, ...(keepsEarlier && before(kept, times)) } : kept)) : facts;
  }
  if (!owns(event)) return facts;
  return [...facts, { eventId: id, ...times, fact: event }];
}

function before<F extends Fact>({ recordedAt, sourceRecordedAt, fact, earlier = [], correctedAt }: KeptFact<F>, times: RecordedTimes): Pick<KeptFact<F>, "earlier" | "correctedAt"> {
  const stated = correctedAt ?? { recordedAt, ...(sourceRecordedAt !== undefined && { sourceRecordedAt }) };
  return { earlier: [...earlier, { ...stated, fact }], correctedAt: times };
}

/** The id of the recorded fact that an event speaks of. */
export function recordOf(event: LedgerEvent, id: EventId): EventId {
  return event.type === "RecordCorrected" || event.type === "RecordWithdrawn" ? event.data.eventId : id;
}

/** What a row that one fact makes says about its recording. */
export interface Origin {
  readonly eventId: EventId;
  readonly recordedAt: Instant;
}

export interface EntryProjection<Row extends Origin, Type extends FactType> extends Shape<Row> {
  readonly types: readonly Type[];
  readonly rowOf: (fact: FactOf<Type>, origin: Origin) => Row;
}

/** A read model with one row a fact, gone when the fact is withdrawn. */
export function projectionOfEntries<Row extends Origin, const Type extends FactType>(spec: EntryProjection<Row, Type>): Projection<Row, LedgerEvent> {
  const { name, version, columns, indexes, rowOf } = spec;
  const owns = ofTypes(spec.types);
  return {
    name, version, columns, indexes, keyedBy: "event",
    keys: ({ event, id }) => (owns(factIn(event)) ? [recordOf(event, id)] : []),
    fold: (_key, row, { event, id, meta }) => {
      if (event.type === "RecordWithdrawn") return undefined;
      if (event.type !== "RecordCorrected") return owns(event) ? rowOf(event, { eventId: id, recordedAt: meta.recordedAt }) : row;
      const { after } = event.data;
      return row !== undefined && owns(after) ? rowOf(after, { eventId: row.eventId, recordedAt: row.recordedAt }) : row;
    },
  };
}
