import { z } from "zod";
import { instantSchema } from "../../time/when.js";
import { assessedPeriodSchema } from "../assessment/events.js";
import { KEYS } from "../../sla/apportionment.js";
import { bodyIdSchema, contractIdSchema, entryIdSchema, eventIdSchema, moneySchema, penaltyIdSchema, proseSchema, signedMoneySchema, textSchema } from "../values.js";

/** Every event of a penalty names it; `occurredAt` is when it was decided, paid or shared. */
const base = { contractId: contractIdSchema, penaltyId: penaltyIdSchema, occurredAt: instantSchema };
/** The computation of an assessment that an amount rests on: its period, its number, and the id of its event. */
const computationSchema = z.strictObject({ period: assessedPeriodSchema, number: z.int().min(1), eventId: eventIdSchema });

/** The penalty as the lead body determines it (accertamento). */
const determined = z.strictObject({
  ...base,
  computation: computationSchema,
  amount: moneySchema.refine(({ amountCents }) => amountCents > 0, { path: ["amountCents"], message: "it is zero; there is nothing to determine" }),
  text: textSchema.optional(),
});
/** Moves a determined penalty up or down by `amount`. */
const adjusted = z.strictObject({ ...base, entryId: entryIdSchema, amount: signedMoneySchema, computation: computationSchema.optional(), reason: proseSchema });
/** Money that came in, or with a minus went back. */
const collected = z.strictObject({ ...base, entryId: entryIdSchema, amount: signedMoneySchema, text: textSchema.optional() });
const shareSchema = z.strictObject({
  bodyId: bodyIdSchema,
  /** What the key says of the body, exactly: `"7/2"` lost workstation-hours, workstations, or 1. */
  weight: z.string().regex(/^\d{1,100}(\/\d{1,100})?$/, "not a fraction, such as 7/2"),
  amountCents: z.int(),
});
export type PenaltyShare = z.infer<typeof shareSchema>;
/** Money shared among the bodies; the shares add up to it. */
const apportioned = z.strictObject({
  ...base,
  entryId: entryIdSchema,
  amount: signedMoneySchema,
  /** By what it was shared: the key agreed on, or where all had zero by that, the next one. */
  key: z.enum(KEYS),
  computation: computationSchema,
  shares: z.array(shareSchema).min(1).max(10_000),
}).refine(({ amount, shares }) => shares.reduce((total, { amountCents }) => total + amountCents, 0) === amount.amountCents, { path: ["shares"], message: "the shares do not add up to the amount, to the cent" })
  .refine(({ shares }) => new Set(shares.map(({ bodyId }) => bodyId)).size === shares.length, { path: ["shares"], message: "a body has two shares; give it one" });

export const penaltyEvents = [
  z.strictObject({ type: z.literal("PenaltyDetermined"), data: determined }),
  z.strictObject({ type: z.literal("PenaltyAdjusted"), data: adjusted }),
  z.strictObject({ type: z.literal("PenaltyCollected"), data: collected }),
  z.strictObject({ type: z.literal("PenaltyApportioned"), data: apportioned }),
] as const;
export const penaltyCommands = [
  z.strictObject({ type: z.literal("DeterminePenalty"), data: determined }),
  z.strictObject({ type: z.literal("AdjustPenalty"), data: adjusted }),
  z.strictObject({ type: z.literal("CollectPenalty"), data: collected }),
  z.strictObject({ type: z.literal("ApportionPenalty"), data: apportioned }),
] as const;
export type PenaltyEvent = z.infer<(typeof penaltyEvents)[number]>;
