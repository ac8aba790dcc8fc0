import { instant, type BodyId } from "../kernel/brand.js";
import { add, rational, sum, type Rational } from "../kernel/rational.js";
import { figuresOf, type Figures as Totals } from "../sla/figures.js";
import { walk } from "../sla/walk.js";
import { mergeBodies, weightOf, wholeServiceFigures, type BodyStretch, type Mode, type ServiceStretch } from "../sla/whole-service.js";
import { normalise, type Span, type SpanList } from "../time/span.js";
import { partsOf } from "./explain.js";
import type { ServiceCountedPart, ServiceExplanationPart } from "./explanation.js";
import type { Evaluations } from "./range.js";
import type { DisruptionHit } from "./disruption-hits.js";
import { WEIGHTS, type ServiceWalk } from "./service-walk.js";
import { totalWalks } from "./total-walk.js";

interface HitBody {
  readonly bodyId: BodyId;
  readonly hit: DisruptionHit | undefined;
}
/** One evaluation of a service as a whole. */
export interface WholeService {
  readonly walks: readonly ServiceWalk[];
  /** In which each body is owed it, with an unchanging weight. */
  readonly stretches: readonly BodyStretch<HitBody>[];
  /** When anyone is owed it, and what was excluded when nobody was. */
  readonly together: ServiceWalk;
  /** When anyone had it adopted. */
  readonly adopted: SpanList;
}

/** A body with what the service was for it. */
export interface WalkedBody {
  readonly bodyId: BodyId;
  readonly walks: Evaluations<ServiceWalk>;
  /** When it had the service adopted. */
  readonly adopted: SpanList;
}

/** A service of several bodies, in both evaluations. */
export function wholeServices(bodies: readonly WalkedBody[], covered: Span): Evaluations<WholeService> {
  const together = totalWalks(bodies.map(({ walks }) => walks), covered);
  const side = (evaluation: "favourable" | "unfavourable"): WholeService => ({
    walks: bodies.map(({ walks }) => walks[evaluation]),
    stretches: bodies.flatMap(({ bodyId, walks }) => stretchesOf(bodyId, walks[evaluation])),
    together: together[evaluation],
    adopted: normalise(bodies.flatMap(({ adopted }) => adopted)),
  });
  const favourable = side("favourable");
  return { favourable, unfavourable: together.favourable === together.unfavourable ? favourable : side("unfavourable") };
}

function stretchesOf(bodyId: BodyId, of: ServiceWalk): readonly BodyStretch<HitBody>[] {
  const stretches: BodyStretch<HitBody>[] = [];
  walk(of, (stretch) => {
    if (stretch.kind !== "counted") return;
    const { start, end, hit, workstations } = stretch;
    stretches.push({ body: { bodyId, hit }, start, end, units: hit?.units ?? 0, workstations });
  });
  return stretches;
}

/** Agreed time and downtime as the mode weighs them; workstation-hours are those that the bodies lost together. */
export function wholeServiceTotals(mode: Mode, { walks, stretches }: WholeService): Totals {
  return { ...wholeServiceFigures(mode, stretches, WEIGHTS.scale), lostWorkstationHours: sum(walks.map((each) => figuresOf(each, WEIGHTS.scale).lostWorkstationHours)) };
}

export function explainWholeService(mode: Mode, { stretches, together, adopted }: WholeService): readonly ServiceExplanationPart[] {
  const parts: ServiceExplanationPart[] = [];
  mergeBodies(stretches, (stretch) => parts.push(countedPart(mode, stretch)));
  walk(together, (stretch) => {
    if (stretch.kind !== "counted") parts.push(...partsOf(stretch, { member: [together.within], adopted }).flatMap((part) => (part.kind === "counted" ? [] : [part])));
  });
  return parts.sort((a, b) => a.start - b.start);
}

function countedPart(mode: Mode, { start, end, bodies }: ServiceStretch<HitBody>): ServiceCountedPart {
  const weight = weightOf(mode, bodies, WEIGHTS.scale);
  const lengthMs = BigInt(end - start);
  const [weighted, workstations] = bodies.reduce<[Rational, number]>(
    ([lost, all], { units, workstations: own }) => [add(lost, rational(BigInt(units) * BigInt(own), WEIGHTS.scale)), all + own], [rational(0), 0],
  );
  return {
    kind: "counted", start: instant(start), end: instant(end), weight, workstations, cause: namedBy(mode, bodies)?.cause,
    downtimeMs: rational(weight.numerator * lengthMs, weight.denominator),
    lostWorkstationHours: rational(weighted.numerator * lengthMs, weighted.denominator * 3_600_000n),
    bodyIds: bodies.map(({ body }) => body.bodyId),
    hitBodyIds: bodies.flatMap(({ body }) => (body.hit === undefined ? [] : [body.bodyId])),
  };
}

/** The hit that gives the weight its name: the worst; for `all`, the mildest, and none while some body is not hit. Of equals the lower id. */
function namedBy(mode: Mode, bodies: readonly BodyStretch<HitBody>[]): DisruptionHit | undefined {
  const hits = bodies.flatMap(({ body }) => body.hit ?? []);
  if (mode === "all" && hits.length < bodies.length) return undefined;
  const sign = mode === "all" ? 1 : -1;
  return hits.sort((a, b) => sign * (a.units - b.units) || (a.order < b.order ? -1 : 1))[0];
}
