import type { Exclusion } from "../sla/walk.js";
import { intersect, normalise, span, type Span } from "../time/span.js";
import type { Evaluations } from "./range.js";
import type { ExclusionCause } from "./terms/excluded.js";
import type { DisruptionHit } from "./disruption-hits.js";
import type { ServiceWalk } from "./service-walk.js";

/**
 * Several services of one body as one: agreed time is the union of theirs, and each disruption counts only in its own service's agreed time, so that
 * an hour is lost once and excluded time stays excluded (domain.md, "Impact and availability"). Shared where no banded time matters to any of them.
 */
export function totalWalks(services: readonly Evaluations<ServiceWalk>[], covered: Span): Evaluations<ServiceWalk> {
  const favourable = unionOf(services.map((each) => each.favourable), covered);
  const one = services.every((each) => each.favourable === each.unfavourable);
  return { favourable, unfavourable: one ? favourable : unionOf(services.map((each) => each.unfavourable), covered) };
}

function unionOf(walks: readonly ServiceWalk[], covered: Span): ServiceWalk {
  return {
    within: covered,
    agreed: normalise(walks.flatMap(({ agreed }) => agreed)),
    exclusions: walks.flatMap(({ exclusions }): readonly Exclusion<ExclusionCause>[] => exclusions).sort((a, b) => a.span.start - b.span.start),
    hits: walks.flatMap(owedHits),
    workstations: walks[0]?.workstations ?? [],
  };
}

/** The hits of one service, cut to its own agreed time. */
export function owedHits({ hits, agreed }: ServiceWalk): readonly DisruptionHit[] {
  return hits.flatMap((hit) => (hit.start < hit.end ? intersect([span(hit.start, hit.end)], agreed).map((part) => ({ ...hit, ...part })) : []));
}
