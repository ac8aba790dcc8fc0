import type { ErrorCode, Refusal } from "../kernel/errors.js";

/** Where in a file something stands. Lines count from 1; a path is that of a JSON value, such as `incidents[3].updates[0].when`. */
export type Place = { readonly kind: "line"; readonly line: number } | { readonly kind: "path"; readonly path: string };

export function placeText(place: Place): string {
  return place.kind === "line" ? `line ${place.line}` : place.path;
}
export const atLine = (line: number): Place => ({ kind: "line", line });
export const atPath = (path: string): Place => ({ kind: "path", path });

/** Something that was wrong, so that it, or the part of it that the message names, was not taken. */
export interface Problem extends Refusal {
  readonly kind: "problem";
  readonly place: Place;
}
/** Something that was taken in another form than it was written in. */
export interface Mend {
  readonly kind: "mend";
  readonly place: Place;
  readonly message: string;
}
export type Note = Problem | Mend;

export function problem(place: Place, code: ErrorCode, message: string): Problem {
  return { kind: "problem", place, code, message };
}
export function problemOf(place: Place, refusal: Refusal): Problem {
  return { ...refusal, kind: "problem", place };
}
export function mend(place: Place, message: string): Mend {
  return { kind: "mend", place, message };
}
