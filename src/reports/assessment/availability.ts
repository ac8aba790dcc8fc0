import type { ServiceId } from "../../kernel/brand.js";
import { add, compare, ZERO } from "../../kernel/rational.js";
import type { IndicatorTerms } from "../../domain/terms/indicators.js";
import type { Figures as Totals } from "../../sla/figures.js";
import { wholeServiceFigures } from "../../sla/whole-service.js";
import { orderOf, type DisruptionHit } from "../disruption-hits.js";
import { availabilityRange, evaluate, once, rangeOf, walkTotals } from "../evaluated.js";
import { explainWalks } from "../explain.js";
import type { BodyMaterial, ImpactMaterial } from "../impact-material.js";
import { membership, touches } from "../owed.js";
import type { Evaluations } from "../range.js";
import { serviceWalks, WEIGHTS, type ServiceWalk } from "../service-walk.js";
import { explainWholeService, wholeServices } from "../whole-service.js";
import { alikeBodies, type AlikeBodies } from "./alike-bodies.js";
import type { AvailabilityExplanation, MeasuredAvailability, TermsPart } from "./level.js";
import { serviceStretches } from "./service-stretches.js";

export type AvailabilityIndicator = Extract<IndicatorTerms, { kind: "availability" }>;

/** One availability with what it is of. */
export interface AvailabilityFigure {
  readonly body: BodyMaterial | undefined;
  readonly serviceId: ServiceId | undefined;
  readonly measured: MeasuredAvailability;
  /** A disruption that it rests on was going on as of then. */
  readonly open: boolean;
}

/** What an indicator is worked out from, over one part. */
export interface AvailabilityMaterial {
  readonly material: ImpactMaterial;
  readonly part: TermsPart;
  readonly indicator: AvailabilityIndicator;
  /** Disruptions that were going on as of then, as `orderOf` names them. */
  readonly goingOn: ReadonlySet<string>;
}

/** The availabilities that an indicator asks for over a part: of each body and service, of each service, or of the contract. */
export function availabilities(from: AvailabilityMaterial, services: readonly ServiceId[]): readonly AvailabilityFigure[] {
  const { material, indicator } = from;
  switch (indicator.per) {
    case "body-and-service":
      return services.flatMap((serviceId) => ofBodies(from, serviceId));
    case "service":
      return services.filter((serviceId) => owing(material, serviceId).length > 0).map((serviceId) => ({ body: undefined, serviceId, ...ofServices(from, [serviceId]) }));
    case "contract":
      return [{ body: undefined, serviceId: undefined, ...ofServices(from, services) }];
  }
}

function owing({ bodies }: ImpactMaterial, serviceId: ServiceId): readonly BodyMaterial[] {
  return bodies.filter(({ serviceIds }) => serviceIds.includes(serviceId));
}

/** In the order of the bodies. Those that are alike have the same figures, and one `share` between them. */
function ofBodies({ material, indicator, goingOn }: AvailabilityMaterial, serviceId: ServiceId): readonly AvailabilityFigure[] {
  const figures = new Map(alikeBodies(material, serviceId, indicator.id).flatMap((group) => {
    const walks = serviceWalks(material, { ...group.first, workstations: [] }, serviceId, indicator.id);
    const alike = { measured: measuredOf(walkTotals(walks)), open: isOpen(goingOn, group, walks) };
    return group.bodies.map((of) => [of, alike] as const);
  }));
  return material.bodies.flatMap((of) => {
    const figure = figures.get(of);
    return figure === undefined ? [] : [{ body: of, serviceId, measured: { ...figure.measured, explanation: once(() => explainBody(material, of, { serviceId, indicatorId: indicator.id })) }, open: figure.open }];
  });
}

function explainBody(material: ImpactMaterial, of: BodyMaterial, { serviceId, indicatorId }: { readonly serviceId: ServiceId; readonly indicatorId: string }): readonly AvailabilityExplanation[] {
  const walks = serviceWalks(material, of, serviceId, indicatorId);
  return [{ serviceId, parts: explainWalks(walks, { member: membership(of.body), adopted: of.owed.get(serviceId) ?? [] }) }];
}

/** Services as the terms weigh them over their bodies; several together: the sum of their downtimes over the sum of their agreed times. */
function ofServices(from: AvailabilityMaterial, services: readonly ServiceId[]): Pick<AvailabilityFigure, "measured" | "open"> {
  const each = services.map((serviceId) => ofService(from, serviceId));
  const explanation = once(() => services.map((serviceId) => explainService(from, serviceId)));
  return { measured: { ...measuredOf(evaluateAll(each.map(({ totals }) => totals))), explanation }, open: each.some(({ open }) => open) };
}

function ofService({ material, part, indicator, goingOn }: AvailabilityMaterial, serviceId: ServiceId): { readonly totals: Evaluations<Sum>; readonly open: boolean } {
  const groups = alikeBodies(material, serviceId, indicator.id);
  const mode = part.row.terms.wholeService;
  const totals = evaluate(serviceStretches(material, groups, serviceId, indicator.id), (stretches) => wholeServiceFigures(mode, stretches, WEIGHTS.scale));
  return { totals, open: groups.some((group) => goingOn.size > 0 && isOpen(goingOn, group, serviceWalks(material, group.first, serviceId, indicator.id))) };
}

function explainService({ material, part, indicator }: AvailabilityMaterial, serviceId: ServiceId): AvailabilityExplanation {
  const mode = part.row.terms.wholeService;
  const walked = owing(material, serviceId).map((of) => ({ bodyId: of.body.bodyId, adopted: of.owed.get(serviceId) ?? [], walks: serviceWalks(material, of, serviceId, indicator.id) }));
  return { serviceId, parts: evaluate(wholeServices(walked, material.question.covered), (side) => explainWholeService(mode, side)) };
}

type Sum = Pick<Totals, "agreedMs" | "downtimeMs">;

function evaluateAll(all: readonly Evaluations<Sum>[]): Evaluations<Sum> {
  const added = (side: "favourable" | "unfavourable"): Sum =>
    all.reduce<Sum>((total, each) => ({ agreedMs: total.agreedMs + each[side].agreedMs, downtimeMs: add(total.downtimeMs, each[side].downtimeMs) }), { agreedMs: 0, downtimeMs: ZERO });
  const favourable = added("favourable");
  return { favourable, unfavourable: all.every((each) => each.favourable === each.unfavourable) ? favourable : added("unfavourable") };
}

function measuredOf(totals: Evaluations<Sum>): Omit<MeasuredAvailability, "explanation"> {
  return {
    kind: "availability",
    agreedMs: rangeOf(totals, ({ agreedMs }) => agreedMs, (a, b) => a - b),
    downtimeMs: rangeOf(totals, ({ downtimeMs }) => downtimeMs, compare),
    share: availabilityRange(totals),
  };
}

/** A disruption that was going on counts where it may have hit what was owed. */
function isOpen(goingOn: ReadonlySet<string>, { hits }: AlikeBodies, { favourable, unfavourable }: Evaluations<ServiceWalk>): boolean {
  const goesOn = ({ order, start, end }: DisruptionHit): boolean => goingOn.has(order) && (touches(favourable.agreed, start, end) || touches(unfavourable.agreed, start, end));
  return goingOn.size > 0 && (hits.sharedIn("unfavourable").some(goesOn) || hits.ownIn("unfavourable").some(goesOn));
}

/** Disruptions that had no end as of then. */
export function goingOnIn({ question: { asOf }, disruptions }: ImpactMaterial): ReadonlySet<string> {
  return new Set([...disruptions.values()].flat().filter(({ ended }) => ended > asOf).map(orderOf));
}
