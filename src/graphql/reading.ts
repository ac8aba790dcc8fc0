import type { Position } from "../kernel/brand.js";
import { canonicalJson } from "../kernel/json.js";
import type { KnownAt } from "../readmodel/knowledge.js";
import type { KnownLedger } from "../readmodel/known-ledger.js";
import type { Context, Reading } from "./context.js";
import { createLoaders, type Loaders } from "./loaders.js";

/** How long a question waits for this process's read models to take a position, in milliseconds. */
export const WAIT_MS = 5_000;

export type { Reading } from "./context.js";

/** "Known when", and the position that the read models must have taken before they answer. */
export interface ReadingQuestion {
  readonly knownAt: KnownAt;
  readonly atLeast?: Position | undefined;
}

/** The reading for a question; one for each distinct question of a request. Rejects as `ReadModel.resolve` and `waitFor` do. */
export function readingOf(context: Context, question: ReadingQuestion): Promise<Reading> {
  const key = question.atLeast === undefined && question.knownAt.kind === "now" ? "now" : canonicalJson(question);
  const made = context.readings.get(key);
  if (made !== undefined) return made;
  const reading = freshReading(context, question);
  context.readings.set(key, reading);
  return reading;
}

/** A reading of its own, for what must be read after something that this request did. */
export async function freshReading(context: Context, { knownAt, atLeast }: ReadingQuestion): Promise<Reading> {
  const { readModel } = context.services;
  if (atLeast !== undefined) await readModel.waitFor(atLeast, WAIT_MS);
  const known = readModel.at(await readModel.resolve(knownAt, context.now), context.viewer);
  return new LazyReading(context, known);
}

/** Most lists load nothing: the data loaders are made when the first is asked for. */
class LazyReading implements Reading {
  readonly context: Context;
  readonly known: KnownLedger;
  #loaders: Loaders | undefined;

  constructor(context: Context, known: KnownLedger) {
    this.context = context;
    this.known = known;
  }

  get loaders(): Loaders {
    this.#loaders ??= createLoaders(this.known);
    return this.#loaders;
  }
}
