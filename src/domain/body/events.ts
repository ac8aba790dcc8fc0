import { z } from "zod";
import { instantSchema } from "../../time/when.js";
import { bodyIdSchema, lineSchema } from "../values.js";

export const BODY_KINDS = ["municipality", "mountain-community", "province", "company", "other"] as const;

const joined = z.strictObject({
  bodyId: bodyIdSchema,
  name: lineSchema,
  kind: z.enum(BODY_KINDS),
  effectiveFrom: instantSchema,
});
const renamed = z.strictObject({ bodyId: bodyIdSchema, name: lineSchema, effectiveFrom: instantSchema });
const declared = z.strictObject({
  bodyId: bodyIdSchema,
  workstations: z.int().min(0).max(1_000_000),
  effectiveFrom: instantSchema,
});
const left = z.strictObject({ bodyId: bodyIdSchema, effectiveFrom: instantSchema });

export const bodyEvents = [
  z.strictObject({ type: z.literal("BodyJoined"), data: joined }),
  z.strictObject({ type: z.literal("BodyRenamed"), data: renamed }),
  z.strictObject({ type: z.literal("WorkstationsDeclared"), data: declared }),
  z.strictObject({ type: z.literal("BodyLeft"), data: left }),
] as const;
export const bodyCommands = [
  z.strictObject({ type: z.literal("JoinBody"), data: joined }),
  z.strictObject({ type: z.literal("RenameBody"), data: renamed }),
  z.strictObject({ type: z.literal("DeclareWorkstations"), data: declared }),
  z.strictObject({ type: z.literal("LeaveBody"), data: left }),
] as const;

export const bodyEventSchema = z.discriminatedUnion("type", bodyEvents);
export const bodyCommandSchema = z.discriminatedUnion("type", bodyCommands);
export type BodyEvent = z.infer<typeof bodyEventSchema>;
export type BodyCommand = z.infer<typeof bodyCommandSchema>;
