import type { z } from "zod";
import type { Sorted } from "./documents.js";
import type { DocumentNotes, Notes } from "./notes.js";
import { LEDGER, ratioQuerySchema, thresholdQuerySchema, type LedgerQuery } from "./query.js";
import type { SliSpec, SloSpec } from "./specification.js";

/** How an SLO is measured. */
export type Source =
  | { readonly kind: "ledger"; readonly query: LedgerQuery }
  /** A share of good events or time, by another source. */
  | { readonly kind: "ratio" }
  /** A measured value against a limit, by another source. */
  | { readonly kind: "threshold" };

/** The source of an SLO's indicator, inline or referred to; undefined with a problem noted. */
export function sourceOf({ indicator, indicatorRef = "" }: SloSpec, slis: Sorted["slis"], notes: Notes, at: DocumentNotes): Source | undefined {
  if (indicator !== undefined) {
    at.unread(indicator, ["metadata", "spec"], ["spec", "indicator"]);
    return measure(indicator.spec, ["spec", "indicator", "spec"], at);
  }
  const found = slis.get(indicatorRef);
  if (found !== undefined) return measure(found.spec, ["spec"], notes.of(found.number));
  const known = [...slis.keys()];
  at.problem(["spec", "indicatorRef"], `there is no SLI "${indicatorRef}" among these documents; ${known.length === 0 ? "there is none at all" : `there are ${known.join(", ")}`}`);
  return undefined;
}

function measure({ ratioMetric, thresholdMetric, ...rest }: SliSpec, path: readonly PropertyKey[], at: DocumentNotes): Source | undefined {
  const [metric, where] = thresholdMetric === undefined ? [ratioMetric?.total ?? ratioMetric?.raw, ["ratioMetric", ratioMetric?.total === undefined ? "raw" : "total"]] : [thresholdMetric, ["thresholdMetric"]];
  const source = metric?.metricSource;
  if (source?.type !== LEDGER) {
    const name = source?.type ?? source?.metricSourceRef;
    at.lost(path, `the ledger measures by the disruptions and cases that are recorded in it; the query${name === undefined ? "" : ` to ${name}`} is left out`);
    return { kind: thresholdMetric === undefined ? "ratio" : "threshold" };
  }
  at.unread(rest, [], path);
  const schema: z.ZodType<LedgerQuery> = thresholdMetric === undefined ? ratioQuerySchema : thresholdQuerySchema;
  const query = at.parsed(schema, source.spec, [...path, ...where, "metricSource", "spec"]);
  return query === undefined ? undefined : { kind: "ledger", query };
}
