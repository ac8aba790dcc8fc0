import { z } from "zod";
import { instantSchema } from "../../time/when.js";
import { bodyIdSchema, contractIdSchema, lineSchema, serviceIdSchema, textSchema } from "../values.js";

const catalogued = z.strictObject({
  serviceId: serviceIdSchema,
  name: lineSchema,
  /** The contract under which the service runs. */
  contractId: contractIdSchema,
  description: textSchema.optional(),
  effectiveFrom: instantSchema,
});
const adoption = z.strictObject({ serviceId: serviceIdSchema, bodyId: bodyIdSchema, effectiveFrom: instantSchema });

export const serviceEvents = [
  z.strictObject({ type: z.literal("ServiceCatalogued"), data: catalogued }),
  z.strictObject({ type: z.literal("ServiceAdopted"), data: adoption }),
  z.strictObject({ type: z.literal("ServiceDropped"), data: adoption }),
] as const;
export const serviceCommands = [
  z.strictObject({ type: z.literal("CatalogueService"), data: catalogued }),
  z.strictObject({ type: z.literal("AdoptService"), data: adoption }),
  z.strictObject({ type: z.literal("DropService"), data: adoption }),
] as const;

export const serviceEventSchema = z.discriminatedUnion("type", serviceEvents);
export const serviceCommandSchema = z.discriminatedUnion("type", serviceCommands);
export type ServiceEvent = z.infer<typeof serviceEventSchema>;
export type ServiceCommand = z.infer<typeof serviceCommandSchema>;
