import { placeText, type ImportReport, type Mend, type Problem, type TakeBackReport } from "../../import/index.js";
import type { Json } from "../../kernel/json.js";
import type { OpenTarget } from "../import/target.js";

export function noteJson(note: Problem | Mend): Json {
  const { kind, place, message } = note;
  return { kind, place: placeText(place), ...(note.kind === "problem" && { code: note.code }), message };
}

/** `server`: the one it went through, if it did. The report without its notes, which stand before it, each on a line of its own. */
export function reportJson({ importId, format, outcome, items, accepted, repeated, leftAlone, problemCount, mendCount, created }: ImportReport, { url }: Pick<OpenTarget, "url">): Json {
  return { kind: "import", importId, format, outcome, server: url ?? null, items, accepted, repeated, leftAlone, problemCount, mendCount, created: { ...created } };
}

export function takeBackJson({ importId, outcome, events, withdrawn, withdrawnBefore, notWithdrawn }: TakeBackReport): Json {
  return {
    kind: "take-back", importId, outcome, events, withdrawn, withdrawnBefore,
    notWithdrawn: notWithdrawn.map(({ eventId, stream, type, refusal }) => ({ eventId, stream, type, code: refusal.code, message: refusal.message })),
  };
}
