import { z } from "zod";

/**
 * The rules of OpenSLO v1 as its specification and its JSON Schema (github.com/OpenSLO/OpenSLO, README.md and schemas/v1) state them, the narrower of
 * the two where they differ, for documents that the ledger writes: no field beyond those that the specification names.
 */
const name = z.string().max(63).regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
const labelKey = z.string().max(63).regex(/^[a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?$/);
const labelValue = z.string().min(1).max(63).regex(/^[a-z0-9A-Z][a-z0-9A-Z._-]*$/);
const metadata = z.strictObject({ name, displayName: z.string().min(1).refine((text) => Array.from(text).length <= 63).optional(), labels: z.record(labelKey, labelValue).optional() });
const description = z.string().max(1050);
const metric = z.strictObject({ metricSource: z.strictObject({ type: z.string().min(1), spec: z.looseObject({}).refine((spec) => Object.keys(spec).length > 0) }) });
const ratioMetric = z.union([
  z.strictObject({ counter: z.boolean(), good: metric, total: metric }),
  z.strictObject({ counter: z.boolean(), bad: metric, total: metric }),
]);
const sli = z.union([z.strictObject({ ratioMetric }), z.strictObject({ thresholdMetric: metric })]);
const target = z.number().min(0).lt(1);
const calendar = z.strictObject({
  startTime: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/),
  timeZone: z.string().regex(/[A-Z][a-zA-Z_]+\/[A-Z][a-zA-Z_]+/),
});
const slo = z.strictObject({
  description,
  service: name,
  indicator: z.strictObject({ metadata, spec: sli }),
  timeWindow: z.tuple([z.strictObject({ duration: z.string().regex(/^[1-9]\d*[mhdwMQY]$/), isRolling: z.literal(false), calendar })]),
  budgetingMethod: z.literal("Occurrences"),
  objectives: z.tuple([z.union([z.strictObject({ target }), z.strictObject({ op: z.enum(["lte", "gte", "lt", "gt"]), value: z.number(), target })])]),
})
  // With a threshold metric, and only then, an objective compares with a value.
  .refine(({ indicator, objectives: [objective] }) => "thresholdMetric" in indicator.spec === "value" in objective);
const header = { apiVersion: z.literal("openslo/v1"), metadata };

/** A document as OpenSLO v1 allows it. */
export const openSloRules = z.discriminatedUnion("kind", [
  z.strictObject({ ...header, kind: z.literal("Service"), spec: z.strictObject({ description: description.optional() }) }),
  z.strictObject({ ...header, kind: z.literal("SLO"), spec: slo }),
]);
