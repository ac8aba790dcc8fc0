import { z } from "zod";
import { titleSchema } from "../values.js";
import { windowSchema } from "./window.js";

/**
 * OpenSLO v1 as far as terms are concerned, from the specification (github.com/OpenSLO/OpenSLO, README.md, "Specification") and its JSON Schema
 * (schemas/v1). What is relied on:
 * - every document has `apiVersion: openslo/v1`, one of seven kinds, `metadata.name` and `spec`; the prefix `openslo.com/` of annotations is reserved;
 * - names: every implementation takes DNS labels of at most 63 characters, and is encouraged to take 255 with `.`, `|`, `/` and `\`;
 * - an SLO has exactly one time window, rolling, or aligned to a calendar with `startTime` (no zone in it) and `timeZone` (IANA);
 * - `indicator` or `indicatorRef`; in an SLI either `ratioMetric` ({good, total}, {bad, total} or raw) or `thresholdMetric`; its source's `spec` holds any fields;
 * - `Occurrences` is the share of good events, `Timeslices` of good slices, `RatioTimeslices` the mean of the slices' shares (the last in its later text);
 * - either `target` in [0, 1) or `targetPercent` in [0, 100); the JSON Schema knows only `target`, which is why that one is written;
 * - with a threshold metric there is one objective, with `op` and `value`; descriptions have at most 1050 characters.
 * Objectives with indicators of their own (composite SLOs) are an addition of the project's tools.
 */
export const API_VERSION = "openslo/v1";
export const KINDS = ["AlertCondition", "AlertNotificationTarget", "AlertPolicy", "DataSource", "Service", "SLI", "SLO"] as const;
export const MOST_DESCRIPTION = 1050;

const objectName = z.string().max(255).regex(/^[a-z0-9]([a-z0-9.|/\\-]*[a-z0-9])?$/, "not a name of an OpenSLO object (a to z, 0 to 9, hyphens and . | / \\, a letter or digit at both ends)");
const description = z.string().max(MOST_DESCRIPTION).optional();

const metadata = z.looseObject({
  name: objectName,
  displayName: titleSchema.optional(),
  labels: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});
/** What all documents have. */
export const documentSchema = z.looseObject({ apiVersion: z.literal(API_VERSION), kind: z.enum(KINDS), metadata, spec: z.looseObject({}) });
export type OpenSloDocument = z.infer<typeof documentSchema>;

const metric = z.looseObject({ metricSource: z.looseObject({ metricSourceRef: objectName.optional(), type: z.string().optional(), spec: z.looseObject({}) }) });
const ratioMetric = z.looseObject({ good: metric.optional(), bad: metric.optional(), total: metric.optional(), raw: metric.optional(), rawType: z.enum(["success", "failure"]).optional() })
  .refine(({ total, raw }) => (total === undefined) !== (raw === undefined), "it takes either total, with good or bad, or raw")
  .refine(({ good, bad, total }) => total === undefined || (good === undefined) !== (bad === undefined), "beside total it takes either good or bad")
  .refine(({ raw, rawType }) => raw === undefined || rawType !== undefined, "raw takes a rawType beside it: success or failure");
/** What a service level indicator has in its `spec`. */
export const sliSpecSchema = z.looseObject({ description, thresholdMetric: metric.optional(), ratioMetric: ratioMetric.optional() })
  .refine((sli) => (sli.ratioMetric === undefined) !== (sli.thresholdMetric === undefined), "it takes either ratioMetric or thresholdMetric");
export type SliSpec = z.infer<typeof sliSpecSchema>;

const objective = z.looseObject({
  displayName: titleSchema.optional(),
  target: z.number().refine((target) => target >= 0 && target < 1, "not a target of OpenSLO, which is from 0 up to 1 but not 1 itself, such as 0.995 for 99.5 %").optional(),
  targetPercent: z.number().refine((target) => target >= 0 && target < 100, "not a target of OpenSLO, which is from 0 up to 100 but not 100 itself, such as 99.5").optional(),
  op: z.enum(["lte", "gte", "lt", "gt"]).optional(),
  value: z.number().optional(),
}).refine(({ target, targetPercent }) => (target === undefined) !== (targetPercent === undefined), "it takes either target, such as 0.995, or targetPercent, such as 99.5");
export type Objective = z.infer<typeof objective>;

/** What an SLO has in its `spec`. Objectives with indicators of their own have none here; they are found beforehand. */
export const sloSpecSchema = z.looseObject({
  description,
  service: objectName,
  indicator: z.looseObject({ metadata: metadata.optional(), spec: sliSpecSchema }).optional(),
  indicatorRef: objectName.optional(),
  timeWindow: z.array(windowSchema).refine(({ length }) => length === 1, "it takes exactly one window").optional(),
  budgetingMethod: z.enum(["Occurrences", "Timeslices", "RatioTimeslices"]),
  objectives: z.array(objective).min(1),
  alertPolicies: z.array(z.unknown()).optional(),
}).refine(({ indicator, indicatorRef }) => (indicator === undefined) !== (indicatorRef === undefined), "it takes either indicator or indicatorRef")
  // OpenSLO can do without; terms cannot.
  .refine(({ timeWindow }) => timeWindow !== undefined, { path: ["timeWindow"], message: "it is missing, and without it nobody knows over which month, quarter or year to assess; give one calendar-aligned window" });
export type SloSpec = z.infer<typeof sloSpecSchema>;
