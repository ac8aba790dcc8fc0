import { position, type Position } from "../kernel/brand.js";

/** A position of the embedded store is the event's row id in decimal digits, from 1; "0" lies before every event. */
const PLACE = /^(0|[1-9][0-9]{0,15})$/;

export function positionAt(place: number): Position {
  return position(String(place));
}

/** The place that a position names, or undefined if it is not of this store's kind. */
export function parsePosition(text: Position): number | undefined {
  if (!PLACE.test(text)) return undefined;
  const place = Number(text);
  return Number.isSafeInteger(place) ? place : undefined;
}
