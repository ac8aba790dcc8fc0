import { z } from "zod";
import {
  isBodyId, isContractId, isDisruptionId, isEntryId, isEventId, isIncidentId, isMaintenanceId, isServiceId,
  type BodyId, type ContractId, type DisruptionId, type EntryId, type EventId, type IncidentId, type MaintenanceId, type ServiceId,
} from "../kernel/brand.js";
import { instantSchema } from "../time/when.js";

/** Schemas of the values that several streams share. Bounds are those of one event of at most 1 MiB. */
export const bodyIdSchema = z.custom<BodyId>(isBodyId, "not a body id");
export const serviceIdSchema = z.custom<ServiceId>(isServiceId, "not a service id");
export const contractIdSchema = z.custom<ContractId>(isContractId, "not a contract id");
export const incidentIdSchema = z.custom<IncidentId>(isIncidentId, "not an incident id");
export const disruptionIdSchema = z.custom<DisruptionId>(isDisruptionId, "not a disruption id");
export const maintenanceIdSchema = z.custom<MaintenanceId>(isMaintenanceId, "not a maintenance id");
export const entryIdSchema = z.custom<EntryId>(isEntryId, "not an entry id");
export const eventIdSchema = z.custom<EventId>(isEventId, "not an event id (a lower-case UUID)");

/** One line, as in a name or a title. */
export const lineSchema = z.string().min(1).max(300).regex(/^[^\p{Cc}]*\S[^\p{Cc}]*$/u, "one line that is not blank");
/** Running text. */
export const proseSchema = z.string().min(1).max(20_000).regex(/\S/, "not blank");
/** BCP 47, as far as the ledger needs it: `it`, `en`, `de-AT`. */
export const languageSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "a BCP 47 language tag, such as it or en");

export const audienceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("everyone") }),
  z.strictObject({ kind: z.literal("lead-body") }),
  z.strictObject({ kind: z.literal("bodies"), bodyIds: z.array(bodyIdSchema).min(1).max(1000) }),
]);
/** Who may read a free text. */
export type Audience = z.infer<typeof audienceSchema>;

export const textSchema = z.strictObject({ text: proseSchema, language: languageSchema, audience: audienceSchema });
/** Free text with its language and its audience. It never names a person. */
export type Text = z.infer<typeof textSchema>;

export const scopeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all") }),
  z.strictObject({ kind: z.literal("bodies"), bodyIds: z.array(bodyIdSchema).min(1).max(1000) }),
]);
/** Whom a disruption hits. `all`: every body that has the service adopted at each moment; resolved when asked, never stored body by body. */
export type Scope = z.infer<typeof scopeSchema>;

export const DEGREES = ["outage", "partial", "degraded"] as const;
export const degreeSchema = z.enum(DEGREES);
export type Degree = z.infer<typeof degreeSchema>;

export const moneySchema = z.strictObject({
  amountCents: z.int().min(0).max(1_000_000_000_000_000),
  currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 currency code, such as EUR"),
});
/** A span with both ends, half-open `[start, end)`. */
export const spanSchema = z.strictObject({ start: instantSchema, end: instantSchema });
