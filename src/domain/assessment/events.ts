import { z } from "zod";
import { instantSchema, whenSchema } from "../../time/when.js";
import { zoneSchema } from "../../time/zone.js";
import { CHANNELS } from "../incident/events.js";
import {
  bodyIdSchema, contractIdSchema, disruptionIdSchema, entryIdSchema, eventIdSchema, exclusionIdSchema, findingIdSchema, findingIdsSchema, incidentIdSchema,
  objectionIdSchema, serviceIdSchema, serviceIdsSchema, spanSchema, textSchema,
} from "../values.js";

/** The period of an assessment as its calendar writes it: `2019-09`, `2019-Q3`, `2019`. */
export const assessedPeriodSchema = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$/, "not a month (2019-09), a quarter (2019-Q3) or a year (2019)");

/** Every event of an assessment names its contract and its period; `occurredAt` is when it was decided, raised or received. */
const base = { contractId: contractIdSchema, period: assessedPeriodSchema, occurredAt: instantSchema };

/** Least and most that banded times leave open, in cents. */
const centsRangeSchema = z.strictObject({ min: z.int().min(0), max: z.int().min(0) });
/** Spans as begins and ends in turn (epoch milliseconds), sorted and without overlap: half the size of objects. */
const packedSpansSchema = z.array(z.int()).max(60_000).refine((times) => times.length % 2 === 0, "it holds a begin without an end");

/** What a figure rests on that another machine might expand differently: hours and windows as they were, and from which data. */
const frozenSchema = z.strictObject({
  /** Version of the IANA zone data, such as `2025b`. */
  zoneData: z.string().max(100),
  /** Name and version of the holiday data. */
  holidayData: z.string().max(100),
  /** First moments of the calendar months that the period touches, and the end of the last. */
  months: z.array(instantSchema).max(20),
  calendars: z.array(z.strictObject({ termsId: eventIdSchema, calendar: z.string().max(63), spans: packedSpansSchema })).max(1000),
  windows: z.array(z.strictObject({ termsId: eventIdSchema, window: z.string().max(63), spans: packedSpansSchema })).max(1000),
});
export type FrozenTime = z.infer<typeof frozenSchema>;

/** A figure that did not reach its threshold, or may not have. `level` names it: unique in its computation and the same in the next one. */
const missSchema = z.strictObject({
  level: z.string().min(1).max(600),
  indicatorId: z.string().max(63),
  bodyId: bodyIdSchema.optional(),
  serviceId: serviceIdSchema.optional(),
  verdict: z.enum(["breached", "undetermined"]),
  penaltyCents: centsRangeSchema,
});
export type Miss = z.infer<typeof missSchema>;

const computed = z.strictObject({
  ...base,
  /** 1, 2, … within the assessment. */
  number: z.int().min(1),
  span: spanSchema,
  zone: zoneSchema,
  /** The last event it saw: an id, never a position (domain.md, "Time"). */
  lastEventId: eventIdSchema,
  /** SHA-256 of its figures in canonical JSON (RFC 8785). */
  digest: z.string().regex(/^[0-9a-f]{64}$/, "not a SHA-256 digest in lower-case hexadecimal"),
  frozen: frozenSchema,
  verdicts: z.strictObject({ met: z.int().min(0), breached: z.int().min(0), undetermined: z.int().min(0), notAssessable: z.int().min(0) }),
  currency: z.string().regex(/^[A-Z]{3}$/, "not an ISO 4217 currency code, such as EUR"),
  /** Of all penalties together, before the cap. */
  penaltyCents: centsRangeSchema,
  missed: z.array(missSchema).max(20_000),
});
/** A missed figure is held against the supplier (rilievo). */
const finding = z.strictObject({ ...base, findingId: findingIdSchema, number: z.int().min(1), level: z.string().min(1).max(600), text: textSchema.optional() });
/** The formal objection (contestazione) to the supplier. */
const objection = z.strictObject({ ...base, objectionId: objectionIdSchema, findingIds: findingIdsSchema, channel: z.enum(CHANNELS), text: textSchema, answerDueAt: instantSchema.optional() });
const claimSchema = z.strictObject({
  incidentId: incidentIdSchema, disruptionId: disruptionIdSchema, claimedStart: whenSchema.optional(), claimedEnd: whenSchema.optional(),
}).refine(({ claimedStart, claimedEnd }) => claimedStart !== undefined || claimedEnd !== undefined, "it claims neither a start nor an end; give one, or leave the claim out");
export type Claim = z.infer<typeof claimSchema>;
/** The supplier's answer (controdeduzioni), with the times it claims. */
const counterArguments = z.strictObject({ ...base, entryId: entryIdSchema, objectionId: objectionIdSchema, text: textSchema, claims: z.array(claimSchema).max(1000).optional() });
/** Time that is taken out of the agreed time of services, and why. */
const granted = z.strictObject({ ...base, exclusionId: exclusionIdSchema, objectionId: objectionIdSchema.optional(), serviceIds: serviceIdsSchema, spans: z.array(spanSchema).min(1).max(1000), text: textSchema });
const refused = z.strictObject({ ...base, exclusionId: exclusionIdSchema, objectionId: objectionIdSchema.optional(), text: textSchema });

export const assessmentEvents = [
  z.strictObject({ type: z.literal("AssessmentComputed"), data: computed }),
  z.strictObject({ type: z.literal("FindingRecorded"), data: finding }),
  z.strictObject({ type: z.literal("ObjectionRaised"), data: objection }),
  z.strictObject({ type: z.literal("CounterArgumentsReceived"), data: counterArguments }),
  z.strictObject({ type: z.literal("ExclusionGranted"), data: granted }),
  z.strictObject({ type: z.literal("ExclusionRefused"), data: refused }),
] as const;
export const assessmentCommands = [
  z.strictObject({ type: z.literal("ComputeAssessment"), data: computed }),
  z.strictObject({ type: z.literal("RecordFinding"), data: finding }),
  z.strictObject({ type: z.literal("RaiseObjection"), data: objection }),
  z.strictObject({ type: z.literal("RecordCounterArguments"), data: counterArguments }),
  z.strictObject({ type: z.literal("GrantExclusion"), data: granted }),
  z.strictObject({ type: z.literal("RefuseExclusion"), data: refused }),
] as const;

export const assessmentEventSchema = z.discriminatedUnion("type", assessmentEvents);
export const assessmentCommandSchema = z.discriminatedUnion("type", assessmentCommands);
export type AssessmentEvent = z.infer<typeof assessmentEventSchema>;
export type AssessmentCommand = z.infer<typeof assessmentCommandSchema>;

/** The id of the stream of a contract's assessment of a period. */
export function assessmentIdOf({ contractId, period }: { readonly contractId: string; readonly period: string }): string {
  return `${contractId}~${period}`;
}
