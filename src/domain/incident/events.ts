import { z } from "zod";
import { instantSchema, whenSchema } from "../../time/when.js";
import {
  contractIdSchema, degreeSchema, disruptionIdSchema, disruptionIdsSchema, entryIdSchema, eventIdSchema, incidentIdSchema, lineSchema, proseSchema,
  scopeSchema, serviceIdSchema, textSchema,
} from "../values.js";

export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export const CLOCKS = ["acknowledge", "restore"] as const;
export const CAUSE_CATEGORIES = ["hardware", "software", "network", "power", "capacity", "change", "human-error", "security", "third-party", "unknown"] as const;
export const PARTIES = ["supplier", "lead-body", "member-body", "third-party", "unknown"] as const;
export const CHANNELS = ["email", "certified-email", "phone", "portal", "meeting", "web", "other"] as const;

/** Every event of an incident names it, so that it can be read on its own; `occurredAt` is when it happened. */
const base = { incidentId: incidentIdSchema, occurredAt: whenSchema };
const disruption = { ...base, disruptionId: disruptionIdSchema };
const entry = { ...base, entryId: entryIdSchema };

const reported = z.strictObject({
  ...base,
  title: lineSchema,
  description: textSchema.optional(),
  detectedAt: whenSchema.optional(),
  /** When a body, or whoever noticed, reported it to the lead body. */
  reportedAt: whenSchema.optional(),
  /** The contract whose supplier is held to it, where that is known. */
  contractId: contractIdSchema.optional(),
});
const severity = z.strictObject({ ...base, severity: z.enum(SEVERITIES) });
/** The supplier takes charge (presa in carico). */
const acknowledged = z.strictObject({ ...base, text: textSchema.optional() });
const opened = z.strictObject({
  ...disruption,
  serviceId: serviceIdSchema,
  scope: scopeSchema,
  degree: degreeSchema,
  detectedAt: whenSchema.optional(),
  reportedAt: whenSchema.optional(),
  text: textSchema.optional(),
});
const rescoped = z.strictObject({ ...disruption, scope: scopeSchema });
const degreeChanged = z.strictObject({ ...disruption, degree: degreeSchema });
const ended = z.strictObject({ ...disruption, text: textSchema.optional() });
/** Something the lead body did (azione intrapresa). Without `disruptionIds` it concerns the whole incident. */
const response = z.strictObject({
  ...entry,
  text: textSchema,
  disruptionIds: disruptionIdsSchema.optional(),
});
const supplierNotified = z.strictObject({ ...entry, channel: z.enum(CHANNELS), text: textSchema.optional() });
/** The supplier's own account, with the times it claims. */
const statement = z.strictObject({
  ...entry,
  text: textSchema,
  claimedStart: whenSchema.optional(),
  claimedEnd: whenSchema.optional(),
});
const membersInformed = z.strictObject({ ...entry, channel: z.enum(CHANNELS), text: textSchema });
const paused = z.strictObject({ ...base, clock: z.enum(CLOCKS), reason: proseSchema });
const resumed = z.strictObject({ ...base, clock: z.enum(CLOCKS) });
const cause = z.strictObject({ ...base, category: z.enum(CAUSE_CATEGORIES), party: z.enum(PARTIES), text: textSchema.optional() });
const promised = z.strictObject({ ...entry, text: textSchema, dueAt: instantSchema.optional() });
const completed = z.strictObject({ ...base, entryId: entryIdSchema, text: textSchema.optional() });
/** The file lies in the data folder under its SHA-256. */
const evidence = z.strictObject({
  ...entry,
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "not a SHA-256 digest in lower-case hexadecimal"),
  fileName: lineSchema,
  mediaType: z.string().max(200).regex(/^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/, "not a media type, such as application/pdf"),
  sizeBytes: z.int().min(0),
  text: textSchema.optional(),
});
const milestone = z.strictObject({ ...base, text: textSchema.optional() });
const reopened = z.strictObject({ ...base, reason: proseSchema });
const reportFiled = z.strictObject({
  ...entry,
  title: lineSchema,
  text: textSchema.optional(),
  /** The last event the report saw: an id, never a position (domain.md, "Time"). */
  lastEventId: eventIdSchema.optional(),
});

export const incidentEvents = [
  z.strictObject({ type: z.literal("IncidentReported"), data: reported }),
  z.strictObject({ type: z.literal("SeverityAssigned"), data: severity }),
  z.strictObject({ type: z.literal("IncidentAcknowledged"), data: acknowledged }),
  z.strictObject({ type: z.literal("DisruptionOpened"), data: opened }),
  z.strictObject({ type: z.literal("DisruptionRescoped"), data: rescoped }),
  z.strictObject({ type: z.literal("DisruptionDegreeChanged"), data: degreeChanged }),
  z.strictObject({ type: z.literal("DisruptionEnded"), data: ended }),
  z.strictObject({ type: z.literal("ResponseRecorded"), data: response }),
  z.strictObject({ type: z.literal("SupplierNotified"), data: supplierNotified }),
  z.strictObject({ type: z.literal("SupplierStatementReceived"), data: statement }),
  z.strictObject({ type: z.literal("MembersInformed"), data: membersInformed }),
  z.strictObject({ type: z.literal("ClockPaused"), data: paused }),
  z.strictObject({ type: z.literal("ClockResumed"), data: resumed }),
  z.strictObject({ type: z.literal("CauseAttributed"), data: cause }),
  z.strictObject({ type: z.literal("ImprovementPromised"), data: promised }),
  z.strictObject({ type: z.literal("ImprovementCompleted"), data: completed }),
  z.strictObject({ type: z.literal("EvidenceAttached"), data: evidence }),
  z.strictObject({ type: z.literal("IncidentResolved"), data: milestone }),
  z.strictObject({ type: z.literal("IncidentReopened"), data: reopened }),
  z.strictObject({ type: z.literal("IncidentClosed"), data: milestone }),
  z.strictObject({ type: z.literal("ReportFiled"), data: reportFiled }),
] as const;
export const incidentCommands = [
  z.strictObject({ type: z.literal("ReportIncident"), data: reported }),
  z.strictObject({ type: z.literal("AssignSeverity"), data: severity }),
  z.strictObject({ type: z.literal("AcknowledgeIncident"), data: acknowledged }),
  z.strictObject({ type: z.literal("OpenDisruption"), data: opened }),
  z.strictObject({ type: z.literal("RescopeDisruption"), data: rescoped }),
  z.strictObject({ type: z.literal("ChangeDisruptionDegree"), data: degreeChanged }),
  z.strictObject({ type: z.literal("EndDisruption"), data: ended }),
  z.strictObject({ type: z.literal("RecordResponse"), data: response }),
  z.strictObject({ type: z.literal("NotifySupplier"), data: supplierNotified }),
  z.strictObject({ type: z.literal("RecordSupplierStatement"), data: statement }),
  z.strictObject({ type: z.literal("InformMembers"), data: membersInformed }),
  z.strictObject({ type: z.literal("PauseClock"), data: paused }),
  z.strictObject({ type: z.literal("ResumeClock"), data: resumed }),
  z.strictObject({ type: z.literal("AttributeCause"), data: cause }),
  z.strictObject({ type: z.literal("PromiseImprovement"), data: promised }),
  z.strictObject({ type: z.literal("CompleteImprovement"), data: completed }),
  z.strictObject({ type: z.literal("AttachEvidence"), data: evidence }),
  z.strictObject({ type: z.literal("ResolveIncident"), data: milestone }),
  z.strictObject({ type: z.literal("ReopenIncident"), data: reopened }),
  z.strictObject({ type: z.literal("CloseIncident"), data: milestone }),
  z.strictObject({ type: z.literal("FileReport"), data: reportFiled }),
] as const;

export const incidentEventSchema = z.discriminatedUnion("type", incidentEvents);
export const incidentCommandSchema = z.discriminatedUnion("type", incidentCommands);
export type IncidentEvent = z.infer<typeof incidentEventSchema>;
export type IncidentCommand = z.infer<typeof incidentCommandSchema>;
