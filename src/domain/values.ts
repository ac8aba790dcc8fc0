import { z } from "zod";
import {
  ID_RULE, isBodyId, isContractId, isDisruptionId, isEntryId, isEventId, isExclusionId, isFindingId, isIncidentId, isMaintenanceId, isObjectionId, isPenaltyId,
  isRegimeId, isServiceId, isSubjectId,
  type BodyId, type ContractId, type DisruptionId, type EntryId, type EventId, type ExclusionId, type FindingId, type IncidentId, type MaintenanceId,
  type ObjectionId, type PenaltyId, type RegimeId, type ServiceId,
} from "../kernel/brand.js";
import { instantSchema } from "../time/when.js";

/** Schemas of the values that several streams share. Bounds are those of one event of at most 1 MiB. */
export const bodyIdSchema = z.custom<BodyId>(isBodyId, `not a body id (${ID_RULE})`);
export const serviceIdSchema = z.custom<ServiceId>(isServiceId, `not a service id (${ID_RULE})`);
export const contractIdSchema = z.custom<ContractId>(isContractId, `not a contract id (${ID_RULE})`);
export const incidentIdSchema = z.custom<IncidentId>(isIncidentId, `not an incident id (${ID_RULE})`);
export const disruptionIdSchema = z.custom<DisruptionId>(isDisruptionId, `not a disruption id (${ID_RULE})`);
export const maintenanceIdSchema = z.custom<MaintenanceId>(isMaintenanceId, `not a maintenance id (${ID_RULE})`);
export const entryIdSchema = z.custom<EntryId>(isEntryId, `not an entry id (${ID_RULE})`);
export const eventIdSchema = z.custom<EventId>(isEventId, "not an event id (a lower-case UUID)");
export const penaltyIdSchema = z.custom<PenaltyId>(isPenaltyId, `not a penalty id (${ID_RULE})`);
export const findingIdSchema = z.custom<FindingId>(isFindingId, `not a finding id (${ID_RULE})`);
export const objectionIdSchema = z.custom<ObjectionId>(isObjectionId, `not an objection id (${ID_RULE})`);
export const exclusionIdSchema = z.custom<ExclusionId>(isExclusionId, `not an exclusion id (${ID_RULE})`);
export const regimeIdSchema = z.custom<RegimeId>(isRegimeId, "not a regime id (1 to 63 of a-z 0-9 -, beginning with a letter or digit)");
/** The id of the thing that a stream is about, whatever its category. */
export const subjectIdSchema = z.custom<string>(isSubjectId, "not an id (1 to 256 of A-Z a-z 0-9 . _ ~ -, beginning with a letter or digit)");

/** Something that can be seen: not only blanks, control and format characters. */
const VISIBLE = /[^\p{Cc}\p{Cf}\p{Cs}\p{Z}]/u;

/**
 * One line, as in a name or a title, in any script. Left out is what makes a name look like another one, or breaks a line: control characters, line
 * separators, lone surrogates, and what overrides the direction of writing (Unicode TR 36). Joiners of emoji and of Persian, and direction marks, stay.
 */
export const lineSchema = z.string().min(1).max(300)
  .regex(/^[^\p{Cc}\p{Cs}\u2028-\u202E\u2066-\u2069]*$/u, "it holds a character that a name cannot have (a line break or other control character, or one that overrides the direction of writing); write it in one line of plain text")
  .regex(VISIBLE, "it is blank; write something");
/** Running text, kept verbatim. Tabs and line breaks may stand in it; other control characters and lone surrogates are damage, not text. */
export const proseSchema = z.string().min(1).max(20_000)
  .regex(/^[\t\n\r\P{C}\p{Cf}\p{Co}\p{Cn}]*$/u, "it holds a control character, which is no text (NUL, for example); take it out")
  .regex(VISIBLE, "it is blank; write something");
/** BCP 47, as far as the ledger needs it: `it`, `en`, `de-AT`. */
export const languageSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "not a BCP 47 language tag, such as it or en");

/** A list whose entries are each named once. */
function once<T extends string>(entry: z.ZodType<T>) {
  return z.array(entry).min(1).max(1000).refine((ids) => new Set(ids).size === ids.length, "it names something twice; name each once");
}
export const bodyIdsSchema = once(bodyIdSchema);
export const serviceIdsSchema = once(serviceIdSchema);
export const disruptionIdsSchema = once(disruptionIdSchema);
export const findingIdsSchema = once(findingIdSchema);

export const audienceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("everyone") }),
  z.strictObject({ kind: z.literal("lead-body") }),
  z.strictObject({ kind: z.literal("bodies"), bodyIds: bodyIdsSchema }),
]);
/** Who may read a free text. */
export type Audience = z.infer<typeof audienceSchema>;

export const textSchema = z.strictObject({ text: proseSchema, language: languageSchema, audience: audienceSchema });
/** Free text with its language and its audience. It never names a person. */
export type Text = z.infer<typeof textSchema>;

export const scopeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all") }),
  z.strictObject({ kind: z.literal("bodies"), bodyIds: bodyIdsSchema }),
]);
/** Whom a disruption hits. `all`: every body that has the service adopted at each moment; resolved when asked, never stored body by body. */
export type Scope = z.infer<typeof scopeSchema>;

export const DEGREES = ["outage", "partial", "degraded"] as const;
export const degreeSchema = z.enum(DEGREES);
export type Degree = z.infer<typeof degreeSchema>;

export const moneySchema = z.strictObject({
  amountCents: z.int().min(0).max(1_000_000_000_000_000),
  currency: z.string().regex(/^[A-Z]{3}$/, "not an ISO 4217 currency code, such as EUR"),
});
/** Money that may go either way, but not nowhere. */
export const signedMoneySchema = z.strictObject({
  amountCents: z.int().min(-1_000_000_000_000_000).max(1_000_000_000_000_000).refine((cents) => cents !== 0, "it is zero; nothing would move"),
  currency: z.string().regex(/^[A-Z]{3}$/, "not an ISO 4217 currency code, such as EUR"),
});
/** A span with both ends, half-open `[start, end)`. */
export const spanSchema = z.strictObject({ start: instantSchema, end: instantSchema });
