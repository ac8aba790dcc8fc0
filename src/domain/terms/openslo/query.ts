import { z } from "zod";
import type { JsonObject } from "../../../kernel/json.js";
import { zoneSchema } from "../../../time/zone.js";
import { contractIdSchema, serviceIdsSchema } from "../../values.js";
import { availabilitySchema, targetsSchema, type IndicatorTerms, type TargetsTerms } from "../indicators.js";
import type { Terms } from "../terms.js";
import { nameSchema, titleSchema } from "../values.js";
import { clipped } from "./names.js";
import { zoneForOpenSlo } from "./window.js";

/**
 * A metric of the ledger as OpenSLO's `metricSource` asks for it. OpenSLO leaves `spec` to each source ("arbitrary chosen fields for every data
 * source type"): here it says which of the ledger's measures is meant, and with which parameters, since the ledger could not compute it otherwise.
 * Nothing rides in it that is no part of the measure of that one indicator: no money, and no rule of the contract.
 */
export const LEDGER = "incident-ledger";

const shared = {
  indicator: nameSchema,
  contract: contractIdSchema,
  services: z.union([z.literal("all"), serviceIdsSchema]),
  /** The whole title, where a display name holds only its begin. */
  title: titleSchema.optional(),
  /** The document's own name of the zone, where OpenSLO takes only another. */
  zone: zoneSchema.optional(),
};
const times = (kind: "time-to-acknowledge" | "time-to-restore") => z.strictObject({ count: z.literal("cases"), kind: z.literal(kind), ...shared, targets: targetsSchema });

/** What stands in the `spec` of a ratio's total. */
export const ratioQuerySchema = z.discriminatedUnion("kind", [
  z.strictObject({ count: z.literal("agreed-time"), kind: z.literal("availability"), ...shared, calendar: nameSchema, per: availabilitySchema.shape.per, decimals: availabilitySchema.shape.decimals }),
  times("time-to-acknowledge"),
  times("time-to-restore"),
]);
/** What stands in the `spec` of a threshold metric. */
export const thresholdQuerySchema = z.strictObject({ count: z.literal("outages"), kind: z.literal("failures"), ...shared });
export type LedgerQuery = z.infer<typeof ratioQuerySchema> | z.infer<typeof thresholdQuerySchema>;

/** The SLI of an indicator, over `services` (ids, or all under the contract). */
export function indicatorSpec(indicator: IndicatorTerms, services: "all" | readonly string[], { contractId, zone }: Terms): JsonObject {
  const { id, kind, title } = indicator;
  const common = { kind, indicator: id, contract: contractId, services, ...(clipped(title) !== title && { title }), ...(zoneForOpenSlo(zone) !== zone && { zone }) };
  const metric = (spec: JsonObject): JsonObject => ({ metricSource: { type: LEDGER, spec } });
  switch (indicator.kind) {
    case "availability": {
      const { calendar, per, decimals } = indicator;
      return { ratioMetric: { counter: false, bad: metric({ count: "downtime", indicator: id }), total: metric({ count: "agreed-time", ...common, calendar, per, decimals }) } };
    }
    case "time-to-acknowledge":
    case "time-to-restore":
      return { ratioMetric: { counter: false, good: metric({ count: "cases-in-time", indicator: id }), total: metric({ count: "cases", ...common, targets: targetsOf(indicator.targets) }) } };
    case "failures":
      return { thresholdMetric: metric({ count: "outages", ...common }) };
  }
}

function targetsOf(targets: TargetsTerms): JsonObject {
  return Object.fromEntries(Object.entries(targets).flatMap(([severity, target]) => (target === undefined ? [] : [[severity, { ...target }]])));
}
