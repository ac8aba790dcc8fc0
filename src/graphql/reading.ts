import type { Position } from "../kernel/brand.js";
import { canonicalJson } from "../kernel/json.js";
import type { KnownAt } from "../readmodel/knowledge.js";
import type { KnownLedger } from "../readmodel/known-ledger.js";
import type { Context } from "./context.js";
import { createLoaders, type Loaders } from "./loaders.js";

/** How long a question waits for this process's read models to take a position, in milliseconds. */
export const WAIT_MS = 5_000;

/** The ledger as it was known at one place, for one request: what every object of an answer is resolved with. */
export interface Reading {
  readonly context: Context;
  readonly known: KnownLedger;
  readonly loaders: Loaders;
}

/** "Known when", and the position that the read models must have taken before they answer. */
export interface ReadingQuestion {
  readonly knownAt: KnownAt;
  readonly atLeast?: Position | undefined;
}

/** Readings of a request, by what they were asked with, so that fields asked with the same knowledge share their data loaders. Gone with the request. */
const READINGS = new WeakMap<Context, Map<string, Promise<Reading>>>();

/** The reading for a question; one for each distinct question of a request. Rejects as `ReadModel.resolve` and `waitFor` do. */
export function readingOf(context: Context, question: ReadingQuestion): Promise<Reading> {
  const key = canonicalJson(question);
  const readings = READINGS.get(context) ?? new Map<string, Promise<Reading>>();
  READINGS.set(context, readings);
  const made = readings.get(key);
  if (made !== undefined) return made;
  const reading = freshReading(context, question);
  readings.set(key, reading);
  return reading;
}

/** A reading of its own, for what must be read after something that this request did. */
export async function freshReading(context: Context, { knownAt, atLeast }: ReadingQuestion): Promise<Reading> {
  const { readModel } = context.services;
  if (atLeast !== undefined) await readModel.waitFor(atLeast, WAIT_MS);
  const known = readModel.at(await readModel.resolve(knownAt, context.now), context.viewer);
  return { context, known, loaders: createLoaders(known) };
}
