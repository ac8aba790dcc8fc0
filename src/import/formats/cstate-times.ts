import type { Instant } from "../../kernel/brand.js";
import type { When } from "../../time/when.js";
import { mend, problem, type Note, type Place } from "../notes.js";
import type { CstateVersion } from "./cstate-line.js";
import { looseTime } from "./loose-time.js";
import { between } from "./reading.js";

/** A time of a line, with what there is to say about it; undefined: the line cannot be taken. */
export function readTime(text: string, field: string, place: Place): { readonly at?: Instant; readonly notes: readonly Note[] } {
  const time = looseTime(text);
  if (time === undefined) {
    return { notes: [problem(place, "INVALID_TIME", `${field} ${JSON.stringify(text)} is not a time, such as 2019-09-25T08:10:00Z; the version of the issue was not taken`)] };
  }
  return { at: time.instant, notes: mended(time.mended, text, field, place, time.instant) };
}

function mended(really: boolean, ...[text, field, place, at]: readonly [string, string, Place, Instant]): Note[] {
  return really ? [mend(place, `${field} ${text} was read as ${new Date(at).toISOString()}`)] : [];
}

export interface EndOfIssue {
  /** When it was over; undefined while it goes on. */
  readonly when?: When;
  /** End of the window, for maintenance: planned or reached. */
  readonly window?: Instant;
  readonly notes: readonly Note[];
}
interface Ending {
  readonly front: CstateVersion;
  readonly start: Instant;
  readonly recordedAt: Instant;
  /** A planned end counts, as it does for maintenance. */
  readonly planned: boolean;
  readonly place: Place;
}

/**
 * The end of an issue in one version. An end before the start, or one that cannot be read, is not taken; what is resolved without an end was over at some
 * time between its start and the commit. While an issue is not resolved its end is a plan, which counts for maintenance only.
 */
export function endOf(ending: Ending): EndOfIssue {
  const { front, place } = ending;
  const text = (front.resolvedWhen ?? "").trim();
  const resolved = front.resolved === true || String(front.resolved).trim().toLowerCase() === "true";
  if (!resolved && !ending.planned) {
    return { notes: text === "" ? [] : [mend(place, `resolvedWhen ${text} of an issue that is not resolved is its plan; the end is taken when it is resolved`)] };
  }
  if (text === "") return resolved ? unknownEnd(ending, "the issue is resolved without an end") : { notes: [mend(place, "the maintenance has no end yet; it is announced when a version names one")] };
  return statedEnd(ending, text, resolved);
}

function statedEnd(ending: Ending, text: string, resolved: boolean): EndOfIssue {
  const { start, place } = ending;
  const time = looseTime(text);
  if (time === undefined) return notTaken(ending, resolved, `resolvedWhen ${JSON.stringify(text)} is not a time`, "INVALID_TIME");
  if (time.instant < start) return notTaken(ending, resolved, `the end ${text} lies before the start ${new Date(start).toISOString()}`, "END_BEFORE_START");
  const notes = mended(time.mended, text, "resolvedWhen", place, time.instant);
  if (ending.planned && time.instant === start) return { notes: [...notes, problem(place, "END_BEFORE_START", "the maintenance ends when it starts; it is not announced")] };
  return { when: time.instant, window: time.instant, notes };
}

function notTaken(ending: Ending, resolved: boolean, what: string, code: "INVALID_TIME" | "END_BEFORE_START"): EndOfIssue {
  if (resolved) return unknownEnd(ending, `${what} and was not taken`, code);
  return { notes: [problem(ending.place, code, `${what} and was not taken`)] };
}

function unknownEnd({ start, recordedAt, planned, place }: Ending, what: string, code: "INVALID_INPUT" | "INVALID_TIME" | "END_BEFORE_START" = "INVALID_INPUT"): EndOfIssue {
  if (planned) return { notes: [problem(place, code, `${what}; the maintenance is not announced`)] };
  const latest = new Date(Math.max(start, recordedAt)).toISOString();
  return { when: between(start, recordedAt), notes: [problem(place, code, `${what}; it was over some time between its start and the commit (${latest})`)] };
}
