import { z } from "zod";
import { parseDecimal } from "../../kernel/decimal.js";
import { compare, divide, rational, ZERO, type Rational } from "../../kernel/rational.js";
import { SEVERITIES } from "../incident/events.js";
import { serviceIdsSchema } from "../values.js";
import { centsSchema, decimalSchema, durationSchema, nameSchema, percentSchema, titleSchema } from "./values.js";

export const PERIODS = ["month", "quarter", "year"] as const;
export const STEP_UNITS = ["percentage-points", "minutes", "hours", "days"] as const;
export const PENALTY_BASES = ["period-fee", "contract-amount"] as const;

const rate = {
  rate: decimalSchema.meta({ description: 'How much of the base, as text: "1".' }),
  rateIn: z.enum(["per-mille", "percent"]).meta({ description: "Whether the rate is in thousandths or hundredths." }),
};
const base = z.enum(PENALTY_BASES).meta({ description: "What the rate is of: the fee for the indicator's period, or the contract amount as amended." });

const perStep = z.strictObject({
  kind: z.literal("per-step"), ...rate, of: base,
  step: decimalSchema.refine((text) => Number(text) > 0, "a step of zero would count without end").meta({ description: 'Length of a step in its unit, as text: "0.1".' }),
  unit: z.enum(STEP_UNITS).meta({ description: "Unit of the step: percentage points of availability or of cases in time; or time beyond the target." }),
  counting: z.enum(["commenced", "whole"]).meta({ description: "Whether a step that has begun counts, or only one that is full." }),
});
/** As a part of the base. */
export function rateOf({ rate: text, rateIn }: { readonly rate: string; readonly rateIn: "per-mille" | "percent" }): Rational {
  return divide(parseDecimal(text) ?? ZERO, rational(rateIn === "per-mille" ? 1000 : 100));
}
const tiered = z.strictObject({
  kind: z.literal("tiers"), of: base,
  tiers: z.array(z.strictObject({ below: percentSchema, ...rate })).min(1).max(20)
    .refine((tiers) => tiers.every((tier, index) => index === 0 || Number(tier.below) < Number(tiers[index - 1]?.below)), "the tiers overlap or are not in their order; begin with the highest percentage, and name each once")
    .refine((tiers) => tiers.every((tier, index) => index === 0 || compare(rateOf(tier), rateOf(tiers[index - 1] ?? tier)) >= 0), "a lower tier costs less than the one above it: the worse the figure, the less it would cost")
    .meta({ description: "From the highest percentage down; the last one that the figure lies below counts." }),
});
const perCase = z.strictObject({ kind: z.literal("per-case"), amountCents: centsSchema });
export const penaltySchema = z.discriminatedUnion("kind", [perStep, tiered, perCase]).meta({ description: "What a missed indicator costs: a rate for each step, the rate of a tier, or an amount for each case." });
export type PenaltyTerms = z.infer<typeof penaltySchema>;

const shared = {
  id: nameSchema.meta({ description: "Name of the indicator, unique in the document: what findings and penalties refer to." }),
  title: titleSchema,
  period: z.enum(PERIODS).meta({ description: "Over which it is assessed." }),
  services: serviceIdsSchema.optional().meta({ description: "Services that it is about; left out: all under the contract." }),
  missed: z.enum(["finding", "penalty"]).meta({ description: "What a missed indicator is: only a finding, or also a penalty, which then must be given." }),
  penalty: penaltySchema.optional(),
};

export const availabilitySchema = z.strictObject({
  kind: z.literal("availability"), ...shared,
  calendar: nameSchema.meta({ description: "Service hours that are owed." }),
  per: z.enum(["body-and-service", "service", "contract"]).meta({ description: "What one figure is of: each body and service, each service, or all of them together." }),
  threshold: percentSchema.meta({ description: 'Least percentage that is agreed, as text: "99.5". Met exactly is met.' }),
  decimals: z.int().min(0).max(6).meta({ description: "Places to which the percentage is shown, floored; the comparison is exact." }),
});

/** Times within which, for each severity. */
export const targetsSchema = z.strictObject(Object.fromEntries(SEVERITIES.map((severity) => [severity, z.strictObject({ within: durationSchema, calendar: nameSchema }).optional().meta({ description: "Time within which, by the hours of a calendar." })])))
  .refine((targets) => Object.values(targets).some((target) => target !== undefined), "it is empty; give the target of at least one severity")
  .meta({ description: "Target and calendar for each severity; a severity left out has none." });
export type TargetsTerms = z.infer<typeof targetsSchema>;
const timeTo = (kind: "time-to-acknowledge" | "time-to-restore") => z.strictObject({
  kind: z.literal(kind), ...shared,
  targets: targetsSchema,
  shareInTime: percentSchema.meta({ description: 'Least percentage of the period\'s cases that must be in time, as text: "95"; "100" is every case.' }),
});
const failures = z.strictObject({
  kind: z.literal("failures"), ...shared,
  most: z.int().min(0).max(100_000).meta({ description: "Most disruptions by outage in a period that are accepted." }),
});

/** A service level: what is measured, over which period, and what it costs to miss it. */
export const indicatorSchema = z.discriminatedUnion("kind", [availabilitySchema, timeTo("time-to-acknowledge"), timeTo("time-to-restore"), failures])
  .meta({ description: "A service level: availability, time to acknowledge, time to restore, or number of failures." });
export type IndicatorTerms = z.infer<typeof indicatorSchema>;
