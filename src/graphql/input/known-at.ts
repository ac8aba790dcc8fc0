import { position, type Instant, type Position } from "../../kernel/brand.js";
import { LedgerError } from "../../kernel/errors.js";
import type { KnownAt } from "../../readmodel/knowledge.js";
import type { Context } from "../context.js";
import { readingOf, type Reading } from "../reading.js";
import { eventIdOf } from "./id.js";
import { isGiven, type Optional } from "./optional.js";

/** `KnownAt` and `KnownAtSource` of the schema. */
export interface KnownAtInput {
  readonly position?: Optional<string>;
  readonly event?: Optional<string>;
  readonly recordedAt?: Optional<Instant>;
  readonly sourceRecordedAt?: Optional<Instant>;
}

/** The arguments that every question has. */
export interface KnownArgs {
  readonly knownAt?: Optional<KnownAtInput>;
  readonly atLeast?: Optional<string>;
}

/** "Known when" as it was asked; now, where it was not. Throws LedgerError INVALID_INPUT for other than one field, which compiled queries let through. */
export function knownAtOf(input: Optional<KnownAtInput>): KnownAt {
  if (!isGiven(input)) return { kind: "now" };
  const given: KnownAt[] = [];
  if (isGiven(input.position)) given.push({ kind: "position", position: position(input.position) });
  if (isGiven(input.event)) given.push({ kind: "event", eventId: eventIdOf(input.event, "knownAt.event") });
  if (isGiven(input.recordedAt)) given.push({ kind: "recordedAt", instant: input.recordedAt });
  if (isGiven(input.sourceRecordedAt)) given.push({ kind: "sourceRecordedAt", instant: input.sourceRecordedAt });
  const [only, more] = given;
  if (only !== undefined && more === undefined) return only;
  throw new LedgerError({ code: "INVALID_INPUT", field: "knownAt", message: "`knownAt` takes exactly one of its fields; leave it out to ask what is known now" });
}

/** The reading that a question asks for. */
export function readingFor(context: Context, { knownAt, atLeast }: KnownArgs): Promise<Reading> {
  return readingOf(context, { knownAt: knownAtOf(knownAt), ...(isGiven(atLeast) && { atLeast: positionOf(atLeast) }) });
}

/** A position as a client hands it in; whether it is one, the store says. */
export function positionOf(text: string): Position {
  return position(text);
}
