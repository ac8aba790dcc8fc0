import { instant } from "../kernel/brand.js";
import { rational } from "../kernel/rational.js";
import { walk, type Stretch } from "../sla/walk.js";
import { intersect, span, subtract, type SpanList } from "../time/span.js";
import { evaluate } from "./evaluated.js";
import type { CountedPart, DisruptionCause, ExplanationPart, NotOwedPart } from "./explanation.js";
import type { Evaluations } from "./range.js";
import { WEIGHTS, type ServiceWalk } from "./service-walk.js";
import type { ExclusionCause } from "./terms/excluded.js";

const MS_PER_HOUR = 3_600_000;
type ServiceStretch = Stretch<DisruptionCause, ExclusionCause>;

/** When a body is a member, and when it has what is explained adopted: what is not owed is told apart by it. */
export interface Belonging {
  readonly member: SpanList;
  readonly adopted: SpanList;
}

/** The parts of each evaluation, without gap or overlap over the whole of what is covered. */
export function explainWalks(walks: Evaluations<ServiceWalk>, belonging: Belonging): Evaluations<readonly ExplanationPart[]> {
  return evaluate(walks, (input) => {
    const parts: ExplanationPart[] = [];
    walk(input, (stretch) => parts.push(...partsOf(stretch, belonging)));
    return parts;
  });
}

export function partsOf(stretch: ServiceStretch, belonging: Belonging): readonly ExplanationPart[] {
  switch (stretch.kind) {
    case "counted":
      return [countedPart(stretch)];
    case "excluded":
      return [{ kind: "excluded", start: instant(stretch.start), end: instant(stretch.end), by: stretch.reason }];
    case "not-owed":
      return notOwedParts(stretch, belonging);
  }
}

function countedPart({ start, end, hit, workstations }: Extract<ServiceStretch, { kind: "counted" }>): CountedPart {
  const units = BigInt(hit?.units ?? 0) * BigInt(end - start);
  return {
    kind: "counted", start: instant(start), end: instant(end), workstations, cause: hit?.cause,
    weight: rational(hit?.units ?? 0, WEIGHTS.scale),
    downtimeMs: rational(units, WEIGHTS.scale),
    lostWorkstationHours: rational(units * BigInt(workstations), WEIGHTS.scale * MS_PER_HOUR),
  };
}

function notOwedParts({ start, end }: { readonly start: number; readonly end: number }, { member, adopted }: Belonging): readonly NotOwedPart[] {
  const whole = [span(start, end)];
  const inside = intersect(whole, member);
  const parts: NotOwedPart[] = [
    ...intersect(inside, adopted).map((each) => ({ ...each, kind: "not-owed" as const, reason: "outside-service-hours" as const })),
    ...subtract(inside, adopted).map((each) => ({ ...each, kind: "not-owed" as const, reason: "not-adopted" as const })),
    ...subtract(whole, member).map((each) => ({ ...each, kind: "not-owed" as const, reason: "not-a-member" as const })),
  ];
  return parts.sort((a, b) => a.start - b.start);
}
