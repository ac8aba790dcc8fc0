import { LedgerError } from "../../kernel/errors.js";
import type { Assessment, AssessmentOptions } from "./assessment.js";
import type { Level } from "./level.js";

type Named = NonNullable<AssessmentOptions["only"]> & { readonly indicatorId: string };

/**
 * The levels of an indicator, of a body and a service where they are named. A figure of several bodies, or of several services, has none for one of them: what would come
 * out of that one alone has a verdict and a penalty that nobody agreed on. Throws LedgerError NOT_FOUND where there is none.
 */
export function levelsNamed({ levels, parts, assessed }: Assessment, named: Named, field: string): readonly Level[] {
  const found = levels.filter(({ bodyId, serviceId }) => (named.bodyId === undefined || bodyId === named.bodyId) && (named.serviceId === undefined || serviceId === named.serviceId));
  if (found.length > 0) return found;
  const { indicatorId } = named;
  const known = [...new Set(parts.flatMap(({ row }) => row.terms.indicators.filter(({ period }) => period === assessed.kind).map(({ id }) => id)))];
  const why = levels.length > 0
    ? `${indicatorId} is one figure over ${levels.some(({ serviceId }) => serviceId === undefined) ? "all services and bodies" : "all bodies of a service"}; leave out the ${levels.some(({ serviceId }) => serviceId === undefined) ? "body and the service" : "body"}`
    : `the indicators of that period are ${known.length === 0 ? "none" : known.join(", ")}, and a body is assessed only where it had the service`;
  throw new LedgerError({ code: "NOT_FOUND", field, params: { indicator: indicatorId, indicators: known }, message: `nothing of ${JSON.stringify(indicatorId)} is assessed there in ${assessed.label}; ${why}` });
}
