import { z } from "zod";
import { instantSchema, whenSchema } from "../../time/when.js";
import { contractIdSchema, lineSchema, maintenanceIdSchema, moneySchema, proseSchema, serviceIdsSchema, spanSchema, textSchema } from "../values.js";
import { zoneSchema } from "../../time/zone.js";
import { termsSchema } from "../terms/terms.js";
import { penaltyCommands, penaltyEvents } from "./penalty-events.js";

const awarded = z.strictObject({
  contractId: contractIdSchema,
  title: lineSchema,
  supplier: lineSchema,
  /** The framework contract and lot it was called off from, as in "SPC Cloud", "lotto 1". */
  framework: lineSchema.optional(),
  lot: lineSchema.optional(),
  /** Left out where it is not known; an amendment can agree it later. */
  amount: moneySchema.optional(),
  /** The zone in which everything about this contract is cut. */
  zone: zoneSchema,
  effectiveFrom: instantSchema,
});
const amended = z.strictObject({ contractId: contractIdSchema, amount: moneySchema, reason: proseSchema, effectiveFrom: instantSchema });
const fee = z.strictObject({
  contractId: contractIdSchema,
  fee: moneySchema,
  per: z.enum(["month", "quarter", "year"]),
  effectiveFrom: instantSchema,
});
/** Yearly cost of one workstation: the key for splitting common costs, and for the cost of the time lost. */
const workstationCost = z.strictObject({ contractId: contractIdSchema, yearlyCost: moneySchema, effectiveFrom: instantSchema });
/** Service levels, penalties and all that goes with them, from the date that the document names (domain.md, "Terms of a contract, as data"). */
const termsAgreed = z.strictObject({ contractId: contractIdSchema, terms: termsSchema, effectiveFrom: instantSchema })
  .refine(({ contractId, terms }) => contractId === terms.contractId, { path: ["terms", "contractId"], message: "the document is of another contract" });
const announced = z.strictObject({
  contractId: contractIdSchema,
  maintenanceId: maintenanceIdSchema,
  serviceIds: serviceIdsSchema,
  window: spanSchema,
  text: textSchema,
});
const cancelled = z.strictObject({
  contractId: contractIdSchema,
  maintenanceId: maintenanceIdSchema,
  occurredAt: whenSchema,
  reason: proseSchema.optional(),
});

export const contractEvents = [
  z.strictObject({ type: z.literal("ContractAwarded"), data: awarded }),
  z.strictObject({ type: z.literal("ContractAmended"), data: amended }),
  z.strictObject({ type: z.literal("FeeAgreed"), data: fee }),
  z.strictObject({ type: z.literal("WorkstationCostAgreed"), data: workstationCost }),
  z.strictObject({ type: z.literal("TermsAgreed"), data: termsAgreed }),
  z.strictObject({ type: z.literal("MaintenanceAnnounced"), data: announced }),
  z.strictObject({ type: z.literal("MaintenanceCancelled"), data: cancelled }),
  ...penaltyEvents,
] as const;
export const contractCommands = [
  z.strictObject({ type: z.literal("AwardContract"), data: awarded }),
  z.strictObject({ type: z.literal("AmendContract"), data: amended }),
  z.strictObject({ type: z.literal("AgreeFee"), data: fee }),
  z.strictObject({ type: z.literal("AgreeWorkstationCost"), data: workstationCost }),
  z.strictObject({ type: z.literal("AgreeTerms"), data: termsAgreed }),
  z.strictObject({ type: z.literal("AnnounceMaintenance"), data: announced }),
  z.strictObject({ type: z.literal("CancelMaintenance"), data: cancelled }),
  ...penaltyCommands,
] as const;

export const contractEventSchema = z.discriminatedUnion("type", contractEvents);
export const contractCommandSchema = z.discriminatedUnion("type", contractCommands);
export type ContractEvent = z.infer<typeof contractEventSchema>;
export type ContractCommand = z.infer<typeof contractCommandSchema>;
