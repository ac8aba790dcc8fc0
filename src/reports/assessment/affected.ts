import type { BodyId, ServiceId } from "../../kernel/brand.js";
import { rational, ZERO, type Rational } from "../../kernel/rational.js";
import type { AssessmentEvent } from "../../domain/assessment/events.js";
import type { Affected } from "../../sla/apportionment.js";
import { figuresOf } from "../../sla/figures.js";
import { casesOf } from "../clocks/cases.js";
import { questionOf } from "../frame-of.js";
import { hits } from "../hit.js";
import { reachOf } from "../impact-disruptions.js";
import { loadMaterial, type BodyMaterial, type ImpactMaterial } from "../impact-material.js";
import { serviceWalks, WEIGHTS } from "../service-walk.js";
import { totalWalks } from "../total-walk.js";
import type { TimeSource } from "../terms/time-source.js";
import type { AssessmentQueries } from "./queries.js";

type ComputedPeriod = Pick<Extract<AssessmentEvent, { type: "AssessmentComputed" }>["data"], "contractId" | "span" | "zone" | "occurredAt">;

/**
 * The bodies that a computation's period affected, each with what it lost: those that a disruption of one of the contract's services hit while it was owed to
 * them. Hours are lost once over the services; where banded times leave them open, the most that may have been lost. Workstations are those at the end of the period.
 * Where nobody was hit within the period, it may be missed times of incidents that the supplier was told of only then: those whom these incidents hit, without hours.
 */
export function affectedBodies(ledger: AssessmentQueries, computed: ComputedPeriod, time: TimeSource): readonly Affected<BodyId>[] {
  const { contractId, span, zone, occurredAt } = computed;
  const services = (ledger.servicesOfContracts([contractId]).get(contractId) ?? []).map(({ serviceId }) => serviceId);
  const bodyIds = [...new Set([...ledger.adoptionsOfServices(services).values()].flat().map(({ bodyId }) => bodyId))].sort();
  const question = questionOf(ledger, { period: span, zone, asOf: occurredAt });
  const material = loadMaterial(ledger, question, bodyIds, { only: new Set(services), time });
  const affected = material.bodies.flatMap((of) => {
    const isHit = of.serviceIds.some((id) => (material.disruptions.get(id) ?? []).some((row) => reachOf(material, of, row) !== undefined));
    return isHit ? [{ bodyId: of.body.bodyId, lostWorkstationHours: lostHours(material, of), workstations: rational(workstationsAtEnd(of, span.end)) }] : [];
  });
  return affected.length > 0 ? affected : hitByCases(ledger, computed, material, time);
}

function hitByCases(ledger: AssessmentQueries, { contractId, span, occurredAt }: ComputedPeriod, { bodies }: ImpactMaterial, time: TimeSource): readonly Affected<BodyId>[] {
  const cases = casesOf(ledger, { incidents: { kind: "started-in", span }, contractIds: new Set([contractId]), asOf: occurredAt, calendars: time });
  const disruptions = [...ledger.disruptionsOfIncidents([...new Set(cases.map(({ incidentId }) => incidentId))]).values()].flat();
  return bodies.filter(({ body, owed }) => disruptions.some((row) => hits(row, body.bodyId, owed)))
    .map((of) => ({ bodyId: of.body.bodyId, lostWorkstationHours: ZERO, workstations: rational(workstationsAtEnd(of, span.end)) }));
}

function lostHours(material: ImpactMaterial, of: BodyMaterial): Rational {
  const walks = of.serviceIds.map((id: ServiceId) => serviceWalks(material, of, id));
  return figuresOf(totalWalks(walks, material.question.covered).unfavourable, WEIGHTS.scale).lostWorkstationHours;
}

function workstationsAtEnd({ workstations }: BodyMaterial, end: number): number {
  return workstations.findLast(({ from }) => from < end)?.workstations ?? 0;
}
