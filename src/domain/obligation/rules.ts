import type { BodyId, Instant } from "../../kernel/brand.js";
import type { Refusal } from "../../kernel/errors.js";
import type { Aggregate } from "../aggregate.js";
import type { Fact } from "../record.js";
import { obligationEvents, type ObligationEvent } from "./events.js";

/** What is decided and done for one body. */
interface BodyObligation {
  readonly decision: "undecided" | "applies" | "does-not-apply";
  /** Ids of the stages of the regime that applies. */
  readonly stages: readonly string[];
  readonly awareSince: Instant | undefined;
  /** When each stage was filed. */
  readonly filed: ReadonlyMap<string, Instant>;
}
const UNDECIDED: BodyObligation = { decision: "undecided", stages: [], awareSince: undefined, filed: new Map() };

export type ObligationState = ReadonlyMap<BodyId, BodyObligation>;

const TYPES: ReadonlySet<string> = new Set(obligationEvents.map((schema) => schema.shape.type.value));

function owns(fact: Fact): fact is ObligationEvent {
  return TYPES.has(fact.type);
}

type Of<Type extends ObligationEvent["type"]> = Extract<ObligationEvent, { type: Type }>;

function admit(state: ObligationState, fact: ObligationEvent): Refusal | undefined {
  const { bodyId, regimeId } = fact.data;
  const of = state.get(bodyId) ?? UNDECIDED;
  switch (fact.type) {
    case "ObligationApplies":
      return of.decision === "applies" ? wrong(of, `it is decided already that ${regimeId} applies to ${bodyId}; correct that record if its reason or its regime is wrong`) : undefined;
    case "ObligationDoesNotApply":
      if (of.decision === "does-not-apply") return wrong(of, `it is decided already that ${regimeId} does not apply to ${bodyId}; correct that record if its reason is wrong`);
      return of.filed.size === 0 ? undefined : wrong(of, `${bodyId} has filed a notification under ${regimeId}; withdraw that record first if it was none`);
    case "AwarenessEstablished":
      return admitAwareness(of, fact);
    case "NotificationFiled":
      return admitFiling(of, fact);
  }
}

function admitAwareness(of: BodyObligation, { data: { bodyId, occurredAt } }: Of<"AwarenessEstablished">): Refusal | undefined {
  if (of.awareSince !== undefined) return wrong(of, `it is established already since when ${bodyId} was aware; correct that record if its time is wrong`);
  const early = [...of.filed].find(([, filedAt]) => filedAt < occurredAt);
  if (early === undefined) return undefined;
  return { code: "OUT_OF_ORDER", field: "occurredAt", params: { stage: early[0] }, message: `the stage ${early[0]} was filed before that, and a notification cannot be filed before the body was aware; check both times` };
}

function admitFiling(of: BodyObligation, { data: { bodyId, regimeId, stage, occurredAt } }: Of<"NotificationFiled">): Refusal | undefined {
  if (of.decision !== "applies") return wrong(of, `it is not decided that ${regimeId} applies to ${bodyId}; decide that first (decideObligationApplies)`);
  if (!of.stages.includes(stage)) {
    return { code: "NOT_FOUND", field: "stage", params: { stage, stages: of.stages }, message: `${regimeId} has no stage ${JSON.stringify(stage)}; it has ${of.stages.join(", ")}` };
  }
  if (of.filed.has(stage)) return wrong(of, `the stage ${stage} is filed already; correct that record if its time is wrong`);
  if (of.awareSince === undefined || occurredAt >= of.awareSince) return undefined;
  return { code: "OUT_OF_ORDER", field: "occurredAt", message: "a notification cannot be filed before the body was aware; check both times" };
}

function wrong({ decision }: BodyObligation, message: string): Refusal {
  return { code: "WRONG_STATE", params: { decision }, message };
}

function evolve(state: ObligationState, fact: ObligationEvent): ObligationState {
  const of = state.get(fact.data.bodyId) ?? UNDECIDED;
  return new Map(state).set(fact.data.bodyId, after(of, fact));
}

function after(of: BodyObligation, fact: ObligationEvent): BodyObligation {
  switch (fact.type) {
    case "ObligationApplies":
      return { ...of, decision: "applies", stages: fact.data.regime.stages.map(({ id }) => id) };
    case "ObligationDoesNotApply":
      return { ...of, decision: "does-not-apply", stages: [] };
    case "AwarenessEstablished":
      return { ...of, awareSince: fact.data.occurredAt };
    case "NotificationFiled":
      return { ...of, filed: new Map(of.filed).set(fact.data.stage, fact.data.occurredAt) };
  }
}

/** What a legal regime asks of the bodies that an incident hit (domain.md, "Legal clocks"). */
export const obligationRules: Aggregate<ObligationState, ObligationEvent> = { owns, initial: new Map(), admit, evolve };
