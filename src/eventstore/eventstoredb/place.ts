import { position, type Position } from "../../kernel/brand.js";

/** A position of the server: both halves of it, as decimal strings, for they are unsigned integers of 64 bits. */
export interface Place {
  readonly commit: string;
  readonly prepare: string;
}

/** Lies before every event. */
export const BEFORE_ALL: Place = { commit: "0", prepare: "0" };

const TEXT = /^C:(0|[1-9][0-9]{0,19})\/P:(0|[1-9][0-9]{0,19})$/;
/** What the server says instead of a position that it does not know. */
const UNKNOWN = "18446744073709551615";

/** As the server's own tools write it. */
export function positionOf({ commit, prepare }: Place): Position {
  return position(`C:${commit}/P:${prepare}`);
}

/** The place that a position names, or undefined if it is not of this store's kind. */
export function parsePlace(text: Position): Place | undefined {
  const [, commit, prepare] = TEXT.exec(text) ?? [];
  if (commit === undefined || prepare === undefined) return undefined;
  return isKnown(commit) && isKnown(prepare) ? { commit, prepare } : undefined;
}

/** The place in an answer, or undefined where the server does not say it. */
export function placeFrom(commit: string, prepare: string): Place | undefined {
  return isKnown(commit) && isKnown(prepare) ? { commit, prepare } : undefined;
}

/** Negative, zero or positive as `a` lies before, at or after `b`. */
export function comparePlaces(a: Place, b: Place): number {
  return compareDecimals(a.commit, b.commit) || compareDecimals(a.prepare, b.prepare);
}

/** The later of the two, where undefined lies before everything. */
export function later(a: Place | undefined, b: Place | undefined): Place | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return comparePlaces(a, b) >= 0 ? a : b;
}

function isKnown(decimal: string): boolean {
  return decimal !== UNKNOWN && compareDecimals(decimal, UNKNOWN) < 0;
}

/** Whole numbers without leading zeros: the longer one is the larger. */
function compareDecimals(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a === b ? 0 : a < b ? -1 : 1;
}
