import type { Refusal } from "../kernel/errors.js";
import type { Fact } from "./record.js";

/**
 * The rules of one kind of stream. `admit` says whether a fact may come next, so that the same rules serve a new command and the
 * replay behind a correction; `evolve` never refuses.
 */
export interface Aggregate<State, F extends Fact> {
  readonly owns: (fact: Fact) => fact is F;
  readonly initial: State;
  readonly admit: (state: State, fact: F) => Refusal | undefined;
  readonly evolve: (state: State, fact: F) => State;
  /** What is left of a fact that was withdrawn; nothing without it. */
  readonly evolveWithdrawn?: (state: State, fact: F) => State;
}
