import { OPEN_ENDED } from "../kernel/projection.js";

/**
 * Overlap and "known at" queries that do not slow down as a ledger ages. An interval is kept with its size class; all intervals of a class
 * are at most `width` long, so that those which reach into a span begin less than `width` before it: one range of an index a class.
 */
export interface SizeClass {
  readonly class: number;
  /** Most milliseconds (or ordinals) an interval of this class is long. */
  readonly width: number;
}

const GROWTH = 4;

function classes(smallest: number, bounded: number): readonly SizeClass[] {
  const sized = Array.from({ length: bounded }, (_, index) => ({ class: index, width: smallest * GROWTH ** index }));
  return [...sized, { class: bounded, width: OPEN_ENDED }];
}

/** Of spans of time: up to 1 h, 4 h, … 4^9 h (30 years), and longer or open-ended. */
export const SPAN_CLASSES = classes(3_600_000, 10);
/** Of how long a version of a row was known, in ordinals: up to 16, 64, … 16 · 4^9 (4 million), and more. */
export const KNOWN_CLASSES = classes(16, 10);

function classOf(length: number, among: readonly SizeClass[]): number {
  for (const { class: size, width } of among) if (length <= width) return size;
  return among.length - 1;
}
export function spanClass(started: number, ended: number): number {
  return ended === OPEN_ENDED ? SPAN_CLASSES.length - 1 : classOf(ended - started, SPAN_CLASSES);
}
export function knownClass(knownFrom: number, knownTo: number): number {
  return classOf(knownTo - knownFrom, KNOWN_CLASSES);
}

/** A table of size classes, for a WITH clause. */
export function classTable(name: string, among: readonly SizeClass[]): string {
  return `${name}(class, width) AS (VALUES ${among.map(({ class: size, width }) => `(${size}, ${width})`).join(", ")})`;
}
