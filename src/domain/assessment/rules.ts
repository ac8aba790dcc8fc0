import type { ExclusionId, FindingId, ObjectionId } from "../../kernel/brand.js";
import type { Refusal } from "../../kernel/errors.js";
import { earliestOf, latestOf } from "../../time/when.js";
import type { Span } from "../../time/span.js";
import type { Aggregate } from "../aggregate.js";
import type { Fact } from "../record.js";
import { assessmentEvents, type AssessmentEvent, type Miss } from "./events.js";

/** What was missed in one computation, by the name of the level. */
type Missed = ReadonlyMap<string, Miss["verdict"]>;

export interface AssessmentState {
  /** Computations that stand, by number. */
  readonly computations: ReadonlyMap<number, Missed>;
  /** The period, as the computations cut it; undefined before the first. */
  readonly span: Span | undefined;
  /** The highest number that was ever given, 0 before the first: the number of a withdrawn computation is not given again. */
  readonly lastNumber: number;
  /** Levels held against the supplier. */
  readonly findings: ReadonlyMap<FindingId, string>;
  readonly objections: ReadonlySet<ObjectionId>;
  readonly exclusions: ReadonlySet<ExclusionId>;
}

const TYPES: ReadonlySet<string> = new Set(assessmentEvents.map((schema) => schema.shape.type.value));

function owns(fact: Fact): fact is AssessmentEvent {
  return TYPES.has(fact.type);
}

type Of<Type extends AssessmentEvent["type"]> = Extract<AssessmentEvent, { type: Type }>;

function admit(state: AssessmentState, fact: AssessmentEvent): Refusal | undefined {
  switch (fact.type) {
    case "AssessmentComputed":
      return admitComputation(state, fact);
    case "FindingRecorded":
      return admitFinding(state, fact);
    case "ObjectionRaised":
      return admitObjection(state, fact);
    case "CounterArgumentsReceived":
      return admitObjectionOf(state, fact.data.objectionId) ?? admitClaims(fact);
    case "ExclusionGranted":
      return admitObjectionOf(state, fact.data.objectionId) ?? admitSpans(state, fact);
    case "ExclusionRefused":
      return admitObjectionOf(state, fact.data.objectionId);
  }
}

function admitComputation({ lastNumber }: AssessmentState, { data: { number, span } }: Of<"AssessmentComputed">): Refusal | undefined {
  if (span.end <= span.start) return { code: "END_BEFORE_START", field: "span.end", message: "a period ends after it begins" };
  const next = lastNumber + 1;
  if (number === next) return undefined;
  return { code: "REVISION_CONFLICT", field: "number", params: { number, next }, message: `the next computation of this assessment is number ${next}, not ${number}: someone else computed it meanwhile; look at it, then compute again` };
}

function admitFinding({ computations, findings }: AssessmentState, { data: { number, level } }: Of<"FindingRecorded">): Refusal | undefined {
  const computation = computations.get(number);
  if (computation === undefined) return { code: "NOT_FOUND", field: "number", params: { number, computations: [...computations.keys()] }, message: `the assessment has no computation ${number}; compute it first (computeAssessment)` };
  switch (computation.get(level)) {
    case undefined:
      return { code: "NOT_FOUND", field: "level", params: { level, number }, message: `computation ${number} has no missed service level ${JSON.stringify(level.slice(0, 200))}; its list of missed levels (missed) has the names` };
    case "undetermined":
      return { code: "NOT_DETERMINED", field: "level", params: { level, number }, message: "banded times leave open whether that service level was missed; narrow the times, compute again, then record the finding" };
    case "breached":
      break;
  }
  const held = [...findings].find(([, other]) => other === level);
  if (held === undefined) return undefined;
  return { code: "WRONG_STATE", field: "level", params: { level, findingId: held[0] }, message: `the finding ${held[0]} is about that service level already` };
}

function admitObjection({ findings }: AssessmentState, { data: { findingIds, occurredAt, answerDueAt } }: Of<"ObjectionRaised">): Refusal | undefined {
  if (answerDueAt !== undefined && answerDueAt < occurredAt) return { code: "END_BEFORE_START", field: "answerDueAt", message: "the answer would be due before the objection is raised; check both times" };
  const unknown = findingIds.find((id) => !findings.has(id));
  if (unknown === undefined) return undefined;
  return { code: "NOT_FOUND", field: "findingIds", params: { findingId: unknown }, message: `the assessment has no finding ${unknown}; record the finding first (recordFinding)` };
}

function admitObjectionOf({ objections }: AssessmentState, objectionId: ObjectionId | undefined): Refusal | undefined {
  if (objectionId === undefined || objections.has(objectionId)) return undefined;
  return { code: "NOT_FOUND", field: "objectionId", params: { objectionId }, message: `the assessment has no objection ${objectionId}; raise it first (raiseObjection)` };
}

function admitClaims({ data: { claims = [] } }: Of<"CounterArgumentsReceived">): Refusal | undefined {
  const wrong = claims.findIndex(({ claimedStart, claimedEnd }) => claimedStart !== undefined && claimedEnd !== undefined && latestOf(claimedEnd) < earliestOf(claimedStart));
  return wrong < 0 ? undefined : { code: "END_BEFORE_START", field: `claims.${wrong}.claimedEnd`, message: "the end that the supplier claims lies before the start that it claims; check both against its letter" };
}

function admitSpans({ span }: AssessmentState, { data: { spans, period } }: Of<"ExclusionGranted">): Refusal | undefined {
  const reversed = spans.findIndex(({ start, end }) => end <= start);
  if (reversed >= 0) return { code: "END_BEFORE_START", field: `spans.${reversed}.end`, message: "an excluded span ends after its start" };
  const outside = span === undefined ? -1 : spans.findIndex(({ start, end }) => end <= span.start || start >= span.end);
  return outside < 0 ? undefined : { code: "INVALID_INPUT", field: `spans.${outside}`, params: { period }, message: `the excluded span lies outside of ${period}, and would change another period instead; check its dates, or grant it for that one` };
}

function evolve(state: AssessmentState, fact: AssessmentEvent): AssessmentState {
  switch (fact.type) {
    case "AssessmentComputed":
      return { ...state, span: fact.data.span, lastNumber: fact.data.number, computations: new Map(state.computations).set(fact.data.number, new Map(fact.data.missed.map(({ level, verdict }) => [level, verdict]))) };
    case "FindingRecorded":
      return { ...state, findings: new Map(state.findings).set(fact.data.findingId, fact.data.level) };
    case "ObjectionRaised":
      return { ...state, objections: new Set(state.objections).add(fact.data.objectionId) };
    case "ExclusionGranted":
    case "ExclusionRefused":
      return { ...state, exclusions: new Set(state.exclusions).add(fact.data.exclusionId) };
    case "CounterArgumentsReceived":
      return state;
  }
}

/** A contract's assessment of a period: computations, and the dispute about them (domain.md, "From a breach to money"). */
export const assessmentRules: Aggregate<AssessmentState, AssessmentEvent> = {
  owns, initial: { computations: new Map(), span: undefined, lastNumber: 0, findings: new Map(), objections: new Set(), exclusions: new Set() }, admit, evolve,
  evolveWithdrawn: (state, fact) => (fact.type === "AssessmentComputed" ? { ...state, lastNumber: fact.data.number } : state),
};
