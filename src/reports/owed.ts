import { instant, type BodyId, type ServiceId } from "../kernel/brand.js";
import { OPEN_ENDED, type TimeSpan } from "../kernel/projection.js";
import type { AdoptionRow, BodyRow } from "../../projections/rows.js";

type OpenSpan = BodyRow["memberships"][number];

/** The spans in which a body, as a member, has each service adopted. */
export type OwedSpans = ReadonlyMap<ServiceId, readonly TimeSpan[]>;

/** Adoption ∩ membership, service by service. A body that was withdrawn has neither. */
export function owedSpans(body: BodyRow | undefined, adoptions: readonly AdoptionRow[]): OwedSpans {
  if (body === undefined) return new Map();
  return new Map(adoptions.map(({ serviceId, spans }) => [serviceId, overlaps(spans, body.memberships)]));
}

function overlaps(adoptions: readonly OpenSpan[], memberships: readonly OpenSpan[]): readonly TimeSpan[] {
  return adoptions.flatMap((adoption) =>
    memberships.flatMap((membership) => {
      const start = Math.max(adoption.start, membership.start);
      const end = Math.min(adoption.end ?? OPEN_ENDED, membership.end ?? OPEN_ENDED);
      return start < end ? [{ start: instant(start), end: instant(end) }] : [];
    }),
  );
}

/** Whether one of the spans holds some time of `[start, end]`; a moment counts as one. */
export function touches(spans: readonly TimeSpan[], start: number, end: number): boolean {
  return spans.some((span) => start < span.end && Math.max(end, start + 1) > span.start);
}

/** Spans of the services a body has, by body. */
export function owedByBody(bodies: ReadonlyMap<BodyId, BodyRow>, adoptions: ReadonlyMap<BodyId, readonly AdoptionRow[]>): ReadonlyMap<BodyId, OwedSpans> {
  return new Map([...bodies].map(([id, body]) => [id, owedSpans(body, adoptions.get(id) ?? [])]));
}
