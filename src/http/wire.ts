import { z } from "zod";
import {
  isActorId, isCommandId, isEventId, isImportId, isInstant, position, streamName,
  type ActorId, type CommandId, type EventId, type ImportId, type Instant,
} from "../kernel/brand.js";
import { ERROR_CODES } from "../kernel/errors.js";
import { commandSchema } from "../domain/commands.js";
import { ledgerEventSchema } from "../domain/record.js";

/**
 * What goes over the lines of `/commands`, `/streams` and `/imports`. These are there for the command line, whose `import` goes through a running
 * server; they are kept stable: fields may be added, none is taken away. Times are milliseconds since 1970-01-01T00:00:00Z.
 */
const actorIdSchema = z.custom<ActorId>(isActorId, "not an actor id");
const commandIdSchema = z.custom<CommandId>(isCommandId, "not a command id");
const importIdSchema = z.custom<ImportId>(isImportId, "not an import id");
const eventIdSchema = z.custom<EventId>(isEventId, "not an event id");
const instantSchema = z.custom<Instant>(isInstant, "not an instant in whole milliseconds");
const revisionSchema = z.int().min(0);

/** One line in: a command. Without `actor`, the `x-actor` of the request acts. */
export const submissionLineSchema = z.strictObject({
  command: commandSchema,
  commandId: commandIdSchema,
  actor: actorIdSchema.optional(),
  expectedRevision: z.union([revisionSchema, z.literal("none")]).optional(),
  correlationId: z.string().min(1).max(200).optional(),
  sourceRecordedAt: instantSchema.optional(),
  importId: importIdSchema.optional(),
});
export type SubmissionLine = z.input<typeof submissionLineSchema>;

/** An event, as in `Recorded<LedgerEvent>`. */
export const recordedSchema = z.object({
  event: ledgerEventSchema,
  id: eventIdSchema,
  stream: z.string().transform(streamName),
  revision: revisionSchema,
  position: z.string().transform(position),
  meta: z.object({
    schemaVersion: z.int().min(1),
    actor: z.object({ id: actorIdSchema, verified: z.boolean() }),
    commandId: commandIdSchema,
    commandDigest: z.string(),
    correlationId: z.string(),
    causationId: z.string(),
    recordedAt: instantSchema,
    sourceRecordedAt: instantSchema.exactOptional(),
    importId: importIdSchema.exactOptional(),
  }),
});

const refusalSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  field: z.string().exactOptional(),
  params: z.record(z.string(), z.json()).exactOptional(),
});

/** One line out of `/commands`, in the order of the lines in; `line` counts those from 1. */
export const resultLineSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("accepted"),
    line: z.int().min(1),
    commandId: commandIdSchema,
    stream: z.string().transform(streamName),
    revision: revisionSchema,
    position: z.string().transform(position),
    repeated: z.boolean(),
    events: z.array(recordedSchema),
  }),
  /** `commandId` is missing where the line could not be read that far. */
  z.object({ kind: z.literal("refused"), line: z.int().min(1), commandId: commandIdSchema.exactOptional(), refusal: refusalSchema }),
  /** The last line, where not all were taken: the server goes down. Sending the rest again is safe. */
  z.object({ kind: z.literal("interrupted"), refusal: refusalSchema }),
]);
export type ResultLine = z.input<typeof resultLineSchema>;

/** One line out of `/streams` and `/imports`: an event, or, as the last one, why there are not more. */
export const eventLineSchema = z.union([recordedSchema, z.object({ kind: z.literal("interrupted"), refusal: refusalSchema })]);
