import type { BodyId, IncidentId, ServiceId } from "../kernel/brand.js";
import { PAGE_CAP } from "../readmodel/known-ledger.js";
import { explainWalks } from "./explain.js";
import { figures, once, walkTotals } from "./evaluated.js";
import { frameOf, incompleteBy, questionOf } from "./frame-of.js";
import type { ReportFrame, ReportOptions } from "./frame.js";
import { contractCost, costedContracts, totalCosts } from "./impact-cost.js";
import { deedsOf, deedsOfBody } from "./impact-deeds.js";
import { byStart, disruptionsOn } from "./impact-disruptions.js";
import { normalise } from "../time/span.js";
import { loadMaterial, type BodyMaterial, type ImpactMaterial } from "./impact-material.js";
import type { DisruptionImpact, ImpactReport, ServiceImpact } from "./impact-report.js";
import { byText } from "./text-order.js";
import { notKnown } from "./not-known.js";
import { membership } from "./owed.js";
import type { ReportQueries } from "./queries.js";
import type { Evaluations } from "./range.js";
import { serviceWalks, type ServiceWalk } from "./service-walk.js";
import { totalWalks } from "./total-walk.js";

/** Impact of one body. Throws LedgerError NOT_FOUND for a body that is not known. */
export function impactReport(ledger: ReportQueries, bodyId: BodyId, options: ReportOptions): ImpactReport {
  const [report] = impactReports(ledger, [bodyId], options);
  if (report === undefined) throw notKnown("body", bodyId);
  return report;
}

/**
 * Impact of many bodies, in the order asked, without those that are not known. Loads all it needs in a number of statements that does not depend on how
 * many bodies, services or disruptions there are.
 */
export function impactReports(ledger: ReportQueries, bodyIds: readonly BodyId[], options: ReportOptions): readonly ImpactReport[] {
  const material = loadMaterial(ledger, questionOf(ledger, options), bodyIds);
  const bodies = material.bodies.map((of) => suffered(material, of));
  const incidents = (): readonly IncidentId[] => [...new Set(bodies.flatMap(({ disruptions }) => disruptions.map(({ incidentId }) => incidentId)))];
  const deeds = deedsOf(ledger, material.question.asOf, incidents);
  return bodies.map((body) => ({ ...reportOf(material, body), ...deedsOfBody(deeds, material, body.of, body.disruptions) }));
}

/** The same for every body of the ledger, by name, then id: one more statement for each page of bodies. */
export function impactReportsOfAll(ledger: ReportQueries, options: ReportOptions): readonly ImpactReport[] {
  const bodyIds: BodyId[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const page = ledger.listBodies({ by: "name", direction: "ascending" }, { first: PAGE_CAP, ...(after !== undefined && { after }) });
    bodyIds.push(...page.edges.map(({ row }) => row.bodyId));
    [after, more] = [page.endCursor, page.hasNextPage];
  }
  return impactReports(ledger, bodyIds, options);
}

/** What one body went through, worked out as far as every report needs it. */
interface Suffered {
  readonly of: BodyMaterial;
  readonly walks: ReadonlyMap<ServiceId, Evaluations<ServiceWalk>>;
  readonly disruptions: readonly DisruptionImpact[];
}

function suffered(material: ImpactMaterial, of: BodyMaterial): Suffered {
  const walks = new Map(of.serviceIds.map((id) => [id, serviceWalks(material, of, id)]));
  const disruptions = [...walks].flatMap(([id, walk]) => disruptionsOn(material, of, walk, material.disruptions.get(id) ?? [])).sort(byStart);
  return { of, walks, disruptions };
}

function reportOf(material: ImpactMaterial, { of, walks, disruptions }: Suffered): Omit<ImpactReport, "responses" | "communications"> {
  const total = totalWalks([...walks.values()], material.question.covered);
  const costed = costedContracts(material, of, walks);
  return {
    ...frame(material, of, disruptions),
    body: of.body,
    services: servicesOf(material, of, walks),
    total: figures(walkTotals(total), () => explainWalks(total, { member: membership(of.body), adopted: normalise([...of.owed.values()].flat()) })),
    costs: totalCosts(costed),
    contractCosts: costed.map(contractCost),
    disruptions,
  };
}

function servicesOf(material: ImpactMaterial, { body, owed }: BodyMaterial, walks: Suffered["walks"]): readonly ServiceImpact[] {
  const member = once(() => membership(body));
  const services = [...walks].flatMap(([serviceId, walk]) => {
    const service = material.services.get(serviceId);
    if (service === undefined) return [];
    return [{ serviceId, service, contractId: service.contractId, ...figures(walkTotals(walk), () => explainWalks(walk, { member: member(), adopted: owed.get(serviceId) ?? [] })) }];
  });
  return services.sort((a, b) => byText(a.service.name, b.service.name) || byText(a.serviceId, b.serviceId));
}

function frame(material: ImpactMaterial, { body, owed }: BodyMaterial, disruptions: readonly DisruptionImpact[]): ReportFrame {
  const contracts = [...owed.keys()].flatMap((id) => material.services.get(id)?.contractId ?? []);
  const notUnderstood = incompleteBy(material.notUnderstood, { body: new Set([body.bodyId]), service: new Set(owed.keys()), contract: new Set(contracts) });
  return frameOf(material.question, disruptions.some(({ open }) => open), notUnderstood);
}
