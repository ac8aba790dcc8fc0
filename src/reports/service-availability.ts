import { instant, type BodyId, type ServiceId } from "../kernel/brand.js";
import type { BodyRow, ServiceRow } from "../../projections/rows.js";
import type { ServiceExplanationPart } from "./explanation.js";
import { evaluate, figures, walkTotals } from "./evaluated.js";
import type { Figures } from "./figures.js";
import { frameOf, incompleteBy, questionOf } from "./frame-of.js";
import type { ReportFrame, ReportOptions } from "./frame.js";
import { disruptionKey } from "./hit.js";
import { byStart, reachOf } from "./impact-disruptions.js";
import { loadMaterial, type BodyMaterial, type ImpactMaterial } from "./impact-material.js";
import type { DisruptionReach } from "./impact-report.js";
import { byText } from "./text-order.js";
import { notKnown } from "./not-known.js";
import type { ReportQueries } from "./queries.js";
import type { Evaluations } from "./range.js";
import { serviceWalks, type ServiceWalk } from "./service-walk.js";
import { explainWholeService, wholeServices, wholeServiceTotals } from "./whole-service.js";

/** How a service as a whole is weighed, over the bodies owed it at each moment: the largest of their weights, the smallest, or the mean weighted by workstations. */
export const SERVICE_MODES = ["any", "all", "mean"] as const;
export type ServiceMode = (typeof SERVICE_MODES)[number];

/** Availability of a service as a whole over a period (domain.md, "Impact and availability"). Agreed time is when at least one body is owed it. */
export interface ServiceAvailability extends ReportFrame {
  readonly serviceId: ServiceId;
  readonly service: ServiceRow;
  /** Bodies that are owed the service at some time of the period, by name, then id. */
  readonly bodies: readonly OwedBody[];
  /** Disruptions that may have hit one of them in the period, by start, end and id. */
  readonly disruptions: readonly ServiceDisruption[];
  /** The terms will say which of them binds; until then all are given. Lost workstation-hours are those of all bodies, the same in each. */
  readonly modes: { readonly [Mode in ServiceMode]: Figures<ServiceExplanationPart> };
}
export interface OwedBody {
  readonly bodyId: BodyId;
  readonly body: BodyRow;
  /** Milliseconds of the period in which it is owed the service (least, where banded times leave it open). */
  readonly agreedMs: number;
}
export interface ServiceDisruption extends DisruptionReach {
  /** Bodies that it may have hit in the period. */
  readonly bodyIds: readonly BodyId[];
}

/** Throws LedgerError NOT_FOUND for a service that is not known. */
export function serviceAvailability(ledger: ReportQueries, serviceId: ServiceId, options: ReportOptions): ServiceAvailability {
  const service = ledger.services([serviceId]).get(serviceId);
  if (service === undefined) throw notKnown("service", serviceId);
  const adopters = (ledger.adoptionsOfServices([serviceId]).get(serviceId) ?? []).map(({ bodyId }) => bodyId);
  const material = loadMaterial(ledger, questionOf(ledger, options), adopters, { only: new Set([serviceId]) });
  const owed = [...material.bodies].filter(({ serviceIds }) => serviceIds.length > 0).sort((a, b) => byText(a.body.name, b.body.name) || byText(a.body.bodyId, b.body.bodyId));
  const walked = owed.map((of) => ({ of, walks: serviceWalks(material, of, serviceId) }));
  const disruptions = hittingAny(material, owed, serviceId);
  const notUnderstood = incompleteBy(material.notUnderstood, { body: new Set(adopters), service: new Set([serviceId]), contract: new Set([service.contractId]) });
  return {
    ...frameOf(material.question, disruptions.some(({ open }) => open), notUnderstood),
    serviceId, service, disruptions,
    bodies: walked.map(({ of: { body }, walks }) => ({ bodyId: body.bodyId, body, agreedMs: leastAgreedMs(walks) })),
    modes: modesOf(walked, material, serviceId),
  };
}

function leastAgreedMs(walks: Evaluations<ServiceWalk>): number {
  const { favourable, unfavourable } = walkTotals(walks);
  return Math.min(favourable.agreedMs, unfavourable.agreedMs);
}

function modesOf(walked: readonly { readonly of: BodyMaterial; readonly walks: Evaluations<ServiceWalk> }[], { question: { covered } }: ImpactMaterial, serviceId: ServiceId): ServiceAvailability["modes"] {
  const sides = wholeServices(walked.map(({ of, walks }) => ({ bodyId: of.body.bodyId, walks, adopted: of.owed.get(serviceId) ?? [] })), covered);
  const inMode = (mode: ServiceMode): Figures<ServiceExplanationPart> =>
    figures(evaluate(sides, (side) => wholeServiceTotals(mode, side)), () => evaluate(sides, (side) => explainWholeService(mode, side)));
  return { any: inMode("any"), all: inMode("all"), mean: inMode("mean") };
}

/** Each disruption once, from where it may first have hit a body to where it may last have. */
function hittingAny(material: ImpactMaterial, bodies: readonly BodyMaterial[], serviceId: ServiceId): readonly ServiceDisruption[] {
  const found = new Map<string, ServiceDisruption>();
  for (const of of bodies) {
    for (const row of material.disruptions.get(serviceId) ?? []) {
      const reach = reachOf(material, of, row);
      if (reach === undefined) continue;
      const key = disruptionKey(row.incidentId, row.disruptionId);
      found.set(key, joined(found.get(key), { ...reach, bodyIds: [of.body.bodyId] }));
    }
  }
  return [...found.values()].sort(byStart);
}

function joined(before: ServiceDisruption | undefined, next: ServiceDisruption): ServiceDisruption {
  if (before === undefined) return next;
  const clipped = {
    start: instant(Math.min(before.clipped.start, next.clipped.start)),
    end: instant(Math.max(before.clipped.end, next.clipped.end)),
  };
  return { ...before, clipped, bodyIds: [...before.bodyIds, ...next.bodyIds] };
}
