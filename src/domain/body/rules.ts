import type { Instant } from "../../kernel/brand.js";
import type { Refusal } from "../../kernel/errors.js";
import type { Aggregate } from "../aggregate.js";
import type { Fact } from "../record.js";
import type { BodyEvent } from "./events.js";

export type BodyState =
  | { readonly status: "unknown" }
  | { readonly status: "member"; readonly joinedAt: Instant; readonly declaredFor: readonly Instant[]; readonly renamedFor: readonly Instant[] }
  | { readonly status: "left"; readonly leftAt: Instant; readonly declaredFor: readonly Instant[]; readonly renamedFor: readonly Instant[] };

const TYPES: ReadonlySet<string> = new Set<BodyEvent["type"]>(["BodyJoined", "BodyRenamed", "WorkstationsDeclared", "BodyLeft"]);

function owns(fact: Fact): fact is BodyEvent {
  return TYPES.has(fact.type);
}

function admit(state: BodyState, fact: BodyEvent): Refusal | undefined {
  const { bodyId, effectiveFrom } = fact.data;
  if (fact.type === "BodyJoined") {
    if (state.status === "member") return wrong(`${bodyId} is a member already; correct the record of its joining if the date or name is wrong`, state);
    if (state.status === "left" && effectiveFrom < state.leftAt) {
      return { code: "OUT_OF_ORDER", field: "effectiveFrom", message: `${bodyId} left later than that; a body joins again only after it has left` };
    }
    return undefined;
  }
  if (state.status === "unknown") {
    return { code: "NOT_FOUND", field: "bodyId", params: { bodyId }, message: `no body ${bodyId} has joined; record its joining first (JoinBody)` };
  }
  return admitOfKnown(state, fact);
}

function admitOfKnown(state: Exclude<BodyState, { status: "unknown" }>, fact: Exclude<BodyEvent, { type: "BodyJoined" }>): Refusal | undefined {
  const { bodyId, effectiveFrom } = fact.data;
  switch (fact.type) {
    case "BodyLeft":
      if (state.status === "left") return wrong(`${bodyId} has left already`, state);
      if (effectiveFrom < state.joinedAt) {
        return { code: "END_BEFORE_START", field: "effectiveFrom", message: `${bodyId} cannot leave before it joined` };
      }
      return undefined;
    case "WorkstationsDeclared":
      return twice(state.declaredFor, effectiveFrom, `the workstations of ${bodyId}`, state);
    case "BodyRenamed":
      return twice(state.renamedFor, effectiveFrom, `a name of ${bodyId}`, state);
  }
}

function twice(taken: readonly Instant[], at: Instant, what: string, state: BodyState): Refusal | undefined {
  return taken.includes(at) ? wrong(`${what} from that date is recorded already; correct that record instead`, state) : undefined;
}

function wrong(message: string, state: BodyState): Refusal {
  return { code: "WRONG_STATE", params: { status: state.status }, message };
}

function evolve(state: BodyState, fact: BodyEvent): BodyState {
  const known = state.status === "unknown" ? { declaredFor: [], renamedFor: [] } : { declaredFor: state.declaredFor, renamedFor: state.renamedFor };
  switch (fact.type) {
    case "BodyJoined":
      return { ...known, status: "member", joinedAt: fact.data.effectiveFrom };
    case "BodyLeft":
      return { ...known, status: "left", leftAt: fact.data.effectiveFrom };
    case "WorkstationsDeclared":
      return state.status === "unknown" ? state : { ...state, declaredFor: [...state.declaredFor, fact.data.effectiveFrom] };
    case "BodyRenamed":
      return state.status === "unknown" ? state : { ...state, renamedFor: [...state.renamedFor, fact.data.effectiveFrom] };
  }
}

/** Membership, names and workstations of one body (ente). */
export const bodyRules: Aggregate<BodyState, BodyEvent> = { owns, initial: { status: "unknown" }, admit, evolve };
