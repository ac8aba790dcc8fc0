import { z } from "zod";
import { isJsonObject, type JsonObject } from "../kernel/json.js";
import { CATEGORIES } from "../kernel/stream.js";
import { assessmentEvents, type AssessmentCommand, type AssessmentEvent } from "./assessment/events.js";
import { bodyEvents, type BodyCommand, type BodyEvent } from "./body/events.js";
import { contractEvents, type ContractCommand, type ContractEvent } from "./contract/events.js";
import { incidentEvents, type IncidentCommand, type IncidentEvent } from "./incident/events.js";
import { obligationEvents, type ObligationCommand, type ObligationEvent } from "./obligation/events.js";
import { serviceEvents, type ServiceCommand, type ServiceEvent } from "./service/events.js";
import { eventIdSchema, proseSchema, subjectIdSchema } from "./values.js";

/** What can be recorded, corrected and withdrawn: every event but the two that do the correcting and withdrawing. */
export const factSchema = z.discriminatedUnion("type", [
  ...bodyEvents, ...serviceEvents, ...contractEvents, ...incidentEvents, ...assessmentEvents, ...obligationEvents,
]);
export type Fact = BodyEvent | ServiceEvent | ContractEvent | IncidentEvent | AssessmentEvent | ObligationEvent;

const corrected = z.strictObject({
  eventId: eventIdSchema,
  /** Schema version of `before` and `after`. */
  factVersion: z.int().min(1),
  before: factSchema,
  after: factSchema,
  reason: proseSchema,
});
const withdrawn = z.strictObject({
  eventId: eventIdSchema,
  /** Schema version of `fact`. */
  factVersion: z.int().min(1),
  /** What the event said when it was withdrawn. */
  fact: factSchema,
  reason: proseSchema,
});
export const amendmentEvents = [
  z.strictObject({ type: z.literal("RecordCorrected"), data: corrected }),
  z.strictObject({ type: z.literal("RecordWithdrawn"), data: withdrawn }),
] as const;

/** `data` is the whole corrected payload of the event, in the shape of its type. */
const correct = z.strictObject({
  category: z.enum(CATEGORIES),
  subjectId: subjectIdSchema,
  eventId: eventIdSchema,
  data: z.custom<JsonObject>(isJsonObject, "not the whole corrected payload, an object"),
  reason: proseSchema,
});
const withdraw = z.strictObject({
  category: z.enum(CATEGORIES),
  subjectId: subjectIdSchema,
  eventId: eventIdSchema,
  reason: proseSchema,
});
export const amendmentCommands = [
  z.strictObject({ type: z.literal("CorrectRecord"), data: correct }),
  z.strictObject({ type: z.literal("WithdrawRecord"), data: withdraw }),
] as const;

export const ledgerEventSchema = z.discriminatedUnion("type", [
  ...bodyEvents, ...serviceEvents, ...contractEvents, ...incidentEvents, ...assessmentEvents, ...obligationEvents, ...amendmentEvents,
]);
export type AmendmentEvent = z.infer<(typeof amendmentEvents)[number]>;
export type AmendmentCommand = z.infer<(typeof amendmentCommands)[number]>;
export type RecordCorrected = Extract<AmendmentEvent, { type: "RecordCorrected" }>;
export type RecordWithdrawn = Extract<AmendmentEvent, { type: "RecordWithdrawn" }>;
/** Every event of the ledger. */
export type LedgerEvent = Fact | AmendmentEvent;
export type LedgerEventType = LedgerEvent["type"];
/** A command that states a fact; its event has the same payload. */
export type FactCommand = BodyCommand | ServiceCommand | ContractCommand | IncidentCommand | AssessmentCommand | ObligationCommand;
export type LedgerCommand = FactCommand | AmendmentCommand;
