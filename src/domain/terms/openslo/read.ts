import { problemsOf } from "../../refusal.js";
import { termsSchema, type Terms } from "../terms.js";
import { assembled, type Assumed, type Given } from "./assemble.js";
import { sorted, type Numbered } from "./documents.js";
import { merged } from "./merge.js";
import { note, Notes, type Note } from "./notes.js";
import { readSlo } from "./slo.js";

export type FromOpenSlo =
  | {
    readonly kind: "right";
    readonly terms: Terms;
    /** What stands in OpenSLO, and terms have no place for. */
    readonly lost: readonly Note[];
    /** What neither OpenSLO nor `given` says, and which usual value was taken. */
    readonly assumed: readonly Assumed[];
  }
  /** A problem without a document is of what is given, or of the terms that came of it. */
  | { readonly kind: "wrong"; readonly problems: readonly Note[] };

/**
 * Documents of OpenSLO v1 as terms: an indicator for each objective of each SLO. SLOs that the ledger wrote (`toOpenSlo`) become the indicators that they
 * were; of others, shares of good events become availability, and measured values are left out. Never silently: what is left out or changed is in `lost`.
 * Refused, with all that can be told at once: what is no OpenSLO v1, rolling windows and windows that are no month, quarter or year, and what is missing in `given`.
 */
export function fromOpenSlo(documents: readonly unknown[], given: Given): FromOpenSlo {
  const notes = new Notes();
  const { slos, slis, ...written } = sorted(documents, notes);
  const drafts = merged(slos.flatMap((slo) => readSlo(slo, slis, notes)), notes);
  if (drafts.length === 0 && notes.problems.length === 0) notes.problems.push(...noIndicator(slos, notes));
  const { candidate, assumed } = assembled(drafts, written, given, notes);
  if (notes.problems.length > 0) return { kind: "wrong", problems: notes.problems };
  const parsed = termsSchema.safeParse(candidate);
  if (!parsed.success) return { kind: "wrong", problems: problemsOf(parsed.error, candidate).map(({ path, field, sentence }) => ({ document: undefined, path, field, sentence })) };
  return { kind: "right", terms: parsed.data, lost: notes.lost, assumed };
}

/** That nothing is left to make terms of, and why. */
function noIndicator(slos: readonly Numbered[], { lost }: Notes): readonly Note[] {
  if (slos.length === 0) return [note(undefined, [], "there is no SLO among these documents, and without one there is nothing to agree on")];
  const whole = lost.filter(({ document, path }) => path.length === 0 && slos.some(({ number }) => number === document));
  return [note(undefined, [], "there is no SLO among these documents that terms can hold"), ...whole];
}
