import { z } from "zod";
import { instantSchema } from "../../time/when.js";
import { nameSchema } from "../terms/values.js";
import { bodyIdSchema, entryIdSchema, incidentIdSchema, lineSchema, proseSchema, regimeIdSchema, textSchema } from "../values.js";
import { regimeSchema } from "./regime.js";

/** Every event of an obligation names the incident, the regime and the body that it binds, or does not. */
const base = { incidentId: incidentIdSchema, regimeId: regimeIdSchema, bodyId: bodyIdSchema, occurredAt: instantSchema };

/** Holds the regime as it was, so that its deadlines stay what they were when the data file changes. */
const applies = z.strictObject({ ...base, regime: regimeSchema, reason: proseSchema })
  .refine(({ regimeId, regime }) => regimeId === regime.id, { path: ["regime", "id"], message: "it is another regime than the one named" });
const doesNotApply = z.strictObject({ ...base, reason: proseSchema });
/** `occurredAt` is when the body became aware, from which the deadlines run. */
const awareness = z.strictObject({ ...base, text: textSchema.optional() });
const filed = z.strictObject({ ...base, entryId: entryIdSchema, stage: nameSchema, reference: lineSchema.optional(), text: textSchema.optional() });

export const obligationEvents = [
  z.strictObject({ type: z.literal("ObligationApplies"), data: applies }),
  z.strictObject({ type: z.literal("ObligationDoesNotApply"), data: doesNotApply }),
  z.strictObject({ type: z.literal("AwarenessEstablished"), data: awareness }),
  z.strictObject({ type: z.literal("NotificationFiled"), data: filed }),
] as const;
export const obligationCommands = [
  z.strictObject({ type: z.literal("DecideObligationApplies"), data: applies }),
  z.strictObject({ type: z.literal("DecideObligationDoesNotApply"), data: doesNotApply }),
  z.strictObject({ type: z.literal("EstablishAwareness"), data: awareness }),
  z.strictObject({ type: z.literal("FileNotification"), data: filed }),
] as const;

export const obligationEventSchema = z.discriminatedUnion("type", obligationEvents);
export const obligationCommandSchema = z.discriminatedUnion("type", obligationCommands);
export type ObligationEvent = z.infer<typeof obligationEventSchema>;
export type ObligationCommand = z.infer<typeof obligationCommandSchema>;

/** The id of the stream of an incident under a legal regime. */
export function obligationIdOf({ incidentId, regimeId }: { readonly incidentId: string; readonly regimeId: string }): string {
  return `${incidentId}~${regimeId}`;
}
