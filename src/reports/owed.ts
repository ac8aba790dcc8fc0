import { instant, type ServiceId } from "../kernel/brand.js";
import { OPEN_ENDED } from "../kernel/projection.js";
import { intersect, normalise, type SpanList } from "../time/span.js";
import type { AdoptionRow, BodyRow } from "../../projections/rows.js";

/** The spans in which a body, as a member, has each service adopted. */
export type OwedSpans = ReadonlyMap<ServiceId, SpanList>;

/** Adoption ∩ membership, service by service. A body that is not known is owed nothing. */
export function owedSpans(body: BodyRow | undefined, adoptions: readonly AdoptionRow[]): OwedSpans {
  if (body === undefined) return new Map();
  const member = membership(body);
  return new Map(adoptions.map(({ serviceId, spans }) => [serviceId, intersect(closed(spans), member)]));
}

/** When the body is a member of the CST. */
export function membership({ memberships }: BodyRow): SpanList {
  return closed(memberships);
}

function closed(spans: BodyRow["memberships"]): SpanList {
  return normalise(spans.map(({ start, end }) => ({ start, end: end ?? instant(OPEN_ENDED) })));
}

/** Whether one of the spans holds some time of `[start, end)`; where it is empty, its one moment. */
export function touches(spans: SpanList, start: number, end: number): boolean {
  return spans.some((span) => start < span.end && Math.max(end, start + 1) > span.start);
}
