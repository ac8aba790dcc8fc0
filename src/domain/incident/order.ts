import type { Refusal } from "../../kernel/errors.js";
import { earliestOf, latestOf, type When } from "../../time/when.js";
import type { DisruptionState } from "./state.js";

/** Whether `a` can be said to come no later than `b`: neither its earliest nor its latest time lies after that of `b`. */
export function notAfter(a: When, b: When): boolean {
  return earliestOf(a) <= earliestOf(b) && latestOf(a) <= latestOf(b);
}

/** For sorting times that are comparable by `notAfter`. */
export function byTime(a: When, b: When): number {
  return earliestOf(a) - earliestOf(b) || latestOf(a) - latestOf(b);
}

/** An end is not before its start, nor before any change recorded in between. */
export function admitEnd(disruption: DisruptionState, end: When): Refusal | undefined {
  if (disruption.changes.every((change) => notAfter(change, end))) return undefined;
  return {
    code: "END_BEFORE_START",
    field: "occurredAt",
    message: "a disruption cannot end before its start or before a change recorded for it; check the time, or correct the earlier record",
  };
}

/** A change lies between start and end, and bands must leave no doubt about the order of changes. */
export function admitChange(disruption: DisruptionState, at: When): Refusal | undefined {
  const [start] = disruption.changes;
  if (start !== undefined && !notAfter(start, at)) {
    return { code: "OUT_OF_ORDER", field: "occurredAt", message: "a disruption cannot change before its start" };
  }
  if (disruption.end !== undefined && !notAfter(at, disruption.end)) {
    return { code: "OUT_OF_ORDER", field: "occurredAt", message: "a disruption cannot change after its end" };
  }
  if (disruption.changes.every((change) => notAfter(change, at) || notAfter(at, change))) return undefined;
  return { code: "OUT_OF_ORDER", field: "occurredAt", message: "the time lies inside the band of another change, so that their order is open; narrow one of them" };
}
