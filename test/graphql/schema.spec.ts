import { expect } from "chai";
import { getNamedType, isEnumType, isInputObjectType, isInterfaceType, isNonNullType, isObjectType, isScalarType, isUnionType, validateSchema, type GraphQLNamedType } from "graphql";
import { ERROR_CODES } from "../../src/kernel/errors.js";
import { CATEGORIES } from "../../src/kernel/stream.js";
import { BODY_KINDS } from "../../src/domain/body/events.js";
import { commandSchema, EVENT_OF } from "../../src/domain/commands.js";
import { CAUSE_CATEGORIES, CHANNELS, CLOCKS, PARTIES, SEVERITIES } from "../../src/domain/incident/events.js";
import { factSchema } from "../../src/domain/record.js";
import { audienceSchema, DEGREES, scopeSchema } from "../../src/domain/values.js";
import { FACT_FIELDS, MUTATIONS } from "../../src/graphql/commands/mutations.js";
import { CLOCK_STATES } from "../../src/sla/clock.js";
import { KEYS } from "../../src/sla/apportionment.js";
import { DECISIONS, STAGE_STATES } from "../../src/reports/obligations/board.js";
import { VERDICTS } from "../../src/reports/assessment/level.js";
import { PENALTY_BASES } from "../../src/domain/terms/indicators.js";
import { LANGUAGES } from "../../src/reports/words/languages.js";
import { SCHEMA } from "./api.js";

const TYPES: readonly GraphQLNamedType[] = Object.values(SCHEMA.getTypeMap()).filter(({ name }) => !name.startsWith("__"));
/** Arguments that are the same everywhere; the type of each, or the description of the root type, says what they are. */
const EXPLAINED_ONCE: ReadonlySet<string> = new Set(["id", "input", "commandId", "expectedRevision", "knownAt", "atLeast", "period"]);

/** Facts that are final, or whose payload only the program states: they are withdrawn, not corrected. */
const NOT_CORRECTED: ReadonlySet<string> = new Set(["AssessmentComputed", "PenaltyDetermined", "PenaltyAdjusted", "PenaltyApportioned"]);
/** Fields of payloads that are worked out from the rest of the input, and from the ledger. */
const WORKED_OUT: Readonly<Record<string, readonly string[]>> = {
  AgreeTerms: ["effectiveFrom"], DecideObligationApplies: ["regime"], ApportionPenalty: ["amount", "key", "shares", "computation"],
  ComputeAssessment: ["occurredAt", "number", "span", "zone", "lastEventId", "digest", "frozen", "verdicts", "currency", "penaltyCents", "missed"],
};

function fieldsOf(name: string) {
  const type = SCHEMA.getType(name);
  if (isObjectType(type) || isInputObjectType(type)) return type.getFields();
  throw new TypeError(`no fields: ${name}`);
}
/** Fields that may take arguments. */
function questionsOf(name: string) {
  const type = SCHEMA.getType(name);
  if (isObjectType(type)) return Object.values(type.getFields());
  throw new TypeError(`no fields: ${name}`);
}
function valuesOf(name: string): readonly unknown[] {
  const type = SCHEMA.getType(name);
  if (isEnumType(type)) return type.getValues().map(({ value }): unknown => value);
  throw new TypeError(`no enum: ${name}`);
}

describe("the schema", () => {
  it("is valid", () => {
    expect(validateSchema(SCHEMA)).to.deep.equal([]);
  });

  it("describes every type, field, value and argument to its reader", () => {
    const silent: string[] = [];
    const note = (description: string | null | undefined, ...path: string[]) => {
      if ((description ?? "").trim().length < 2) silent.push(path.join("."));
    };
    for (const type of TYPES) {
      if (isScalarType(type) && ["ID", "Int", "String", "Boolean", "Float"].includes(type.name)) continue;
      note(type.description, type.name);
      if (isEnumType(type)) for (const value of type.getValues()) note(value.description, type.name, value.name);
      if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) note(field.description, type.name, field.name);
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        note(field.description, type.name, field.name);
        for (const arg of field.args) if (!EXPLAINED_ONCE.has(arg.name)) note(arg.description, type.name, field.name, arg.name);
      }
    }
    expect(silent).to.deep.equal([]);
  });

  it("publishes the one list of error codes", () => {
    expect(valuesOf("ErrorCode")).to.deep.equal(ERROR_CODES);
  });

  it("speaks the domain's words", () => {
    const kindsOf = (schema: { readonly options: readonly { readonly shape: { readonly kind: { readonly value: string } } }[] }) => schema.options.map(({ shape }) => shape.kind.value);
    const words: Readonly<Record<string, readonly string[]>> = {
      BodyKind: BODY_KINDS, Severity: SEVERITIES, Clock: CLOCKS, ClockState: CLOCK_STATES, ClockStopCause: ["paused", "reopened"], ClockChangeCause: ["recorded", "time"], CauseCategory: CAUSE_CATEGORIES, Party: PARTIES, Channel: CHANNELS, Degree: DEGREES,
      Category: CATEGORIES, Language: LANGUAGES, AudienceKind: kindsOf(audienceSchema), ScopeKind: kindsOf(scopeSchema), FactKind: factSchema.options.map(({ shape }) => shape.type.value),
      IncidentStatus: ["open", "resolved", "closed"], AgreementKind: ["amount", "fee", "workstation-cost"], FeePeriod: ["month", "quarter", "year"],
      CommunicationKind: ["supplier-notified", "supplier-statement", "members-informed"], EntryState: ["holds", "corrected", "withdrawn"],
      ObligationDecision: DECISIONS, StageState: STAGE_STATES, ApportionmentKey: KEYS, Verdict: VERDICTS, IndicatorKind: ["availability", "time-to-acknowledge", "time-to-restore", "failures"],
      PenaltyBaseKind: PENALTY_BASES,
      PenaltyUnit: ["percentage-points", "minutes", "hours", "days", "cases", "percent"],
      ProvisionalReason: ["period-not-over", "disruption-open", "incident-open", "deadline-ahead", "knowledge-recent"], NotOwedReason: ["not-a-member", "not-adopted", "outside-service-hours"], ExclusionKind: ["maintenance", "window", "granted"],
      FreshnessState: ["up-to-date", "catching-up", "store-away"],
      NotUnderstoodReason: ["unknown-type", "newer-version", "malformed"], Direction: ["ascending", "descending"], NameOrderField: ["name", "id"],
      IncidentOrderField: ["started", "recorded"], ReadDirection: ["forwards", "backwards"], EntryChange: ["added", "corrected", "withdrawn"], ErrorCode: ERROR_CODES,
      TimeState: ["counted", "open", "missing"], TimeStart: ["occurred", "detected", "reported", "supplier-notified"], DeadlineState: ["in-time", "late", "undetermined", "not-done", "not-due"],
    };
    for (const type of TYPES.filter(isEnumType)) expect([...valuesOf(type.name)].sort(), type.name).to.deep.equal([...(words[type.name] ?? [])].sort());
  });

  it("has one mutation a command", () => {
    const commands = commandSchema.options.map(({ shape }) => shape.type.value);
    expect([...MUTATIONS.values()].sort()).to.deep.equal([...commands].sort());
    expect(commands).to.have.length(51);
    expect(Object.keys(fieldsOf("Mutation")).sort()).to.deep.equal([...MUTATIONS.keys()].sort());
  });

  it("gives every mutation an input, a command id and a payload that says where it stands", () => {
    for (const field of questionsOf("Mutation")) {
      expect(field.args.map(({ name, type }) => `${name}: ${type.toString()}`), field.name).to.deep.equal([
        `input: ${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}Input!`, "commandId: ID!", "expectedRevision: Int",
      ]);
      const payload = getNamedType(field.type);
      expect(isNonNullType(field.type) && isObjectType(payload) && payload.getInterfaces().map(({ name }) => name)).to.deep.equal(["CommandPayload"]);
    }
  });

  it("has an input and an output for every fact", () => {
    const facts = Object.values(EVENT_OF);
    expect(FACT_FIELDS.size).to.equal(facts.filter((fact) => !NOT_CORRECTED.has(fact)).length);
    expect([...FACT_FIELDS.keys()].sort()).to.deep.equal(Object.keys(fieldsOf("FactInput")).sort());
    const union = SCHEMA.getType("Fact");
    expect(isUnionType(union) && union.getTypes().map(({ name }) => name).sort()).to.deep.equal([...facts].sort());
  });

  it("offers every field of every fact, for input and for output", () => {
    for (const { shape } of commandSchema.options) {
      const type = shape.type.value;
      if (type === "CorrectRecord" || type === "WithdrawRecord") continue;
      const fields = Object.keys(shape.data.shape);
      const input = Object.keys(fieldsOf(`${type}Input`));
      const asked = fields.filter((name) => !(WORKED_OUT[type] ?? []).includes(name));
      expect(input.filter((name) => name !== "zone" || fields.includes(name)).sort(), type).to.deep.equal(asked.sort());
      expect(Object.keys(fieldsOf(EVENT_OF[type])).sort(), EVENT_OF[type]).to.deep.equal([...fields].sort());
    }
  });

  it("lets facts of different kinds be asked for side by side: a field of one name is of one type in all of them", () => {
    const types = new Map<string, string>();
    for (const fact of Object.values(EVENT_OF)) {
      for (const field of questionsOf(fact)) {
        const type = field.type.toString();
        expect(type, `${fact}.${field.name}`).to.equal(types.get(field.name) ?? type);
        types.set(field.name, type);
      }
    }
    expect(types.size).to.be.greaterThan(30);
  });

  it("takes the state of knowledge on every question but those that are not about what was recorded", () => {
    for (const field of questionsOf("Query")) {
      const known = field.args.filter(({ name }) => name === "knownAt" || name === "atLeast").map(({ type }) => type.toString());
      const bySource = ["incident", "timeline", "impactReport", "impactReports"].includes(field.name);
      const expected = ["ledger", "events", "regimes"].includes(field.name) ? [] : [bySource ? "KnownAtSource" : "KnownAt", "Position"];
      expect(known, field.name).to.deep.equal(expected);
    }
  });
});
