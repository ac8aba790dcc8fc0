import type { BodyId, ServiceId } from "../../kernel/brand.js";
import { rational, toExactText, type Rational } from "../../kernel/rational.js";
import { LedgerError } from "../../kernel/errors.js";
import { apportion, type Affected, type Apportionment } from "../../sla/apportionment.js";
import { figuresOf } from "../../sla/figures.js";
import type { PenaltyShare } from "../../domain/contract/penalty-events.js";
import { questionOf } from "../frame-of.js";
import { reachOf } from "../impact-disruptions.js";
import { loadMaterial, type BodyMaterial, type ImpactMaterial } from "../impact-material.js";
import { serviceWalks, WEIGHTS } from "../service-walk.js";
import { totalWalks } from "../total-walk.js";
import { frozenTime } from "../terms/recorded-time.js";
import type { Computation } from "./freeze.js";
import type { AssessmentQueries } from "./queries.js";

/**
 * The bodies that a computation's period affected, each with what it lost: those that a disruption of one of the contract's services hit while it was owed to
 * them. Hours are lost once over the services; where banded times leave them open, the most that may have been lost. Workstations are those at the end of the period.
 */
export function affectedBodies(ledger: AssessmentQueries, { contractId, span, zone, occurredAt, frozen }: Computation["data"]): readonly Affected<BodyId>[] {
  const services = (ledger.servicesOfContracts([contractId]).get(contractId) ?? []).map(({ serviceId }) => serviceId);
  const bodyIds = [...new Set([...ledger.adoptionsOfServices(services).values()].flat().map(({ bodyId }) => bodyId))].sort();
  const question = questionOf(ledger, { period: span, zone, asOf: occurredAt });
  const material = loadMaterial(ledger, question, bodyIds, { only: new Set(services), time: frozenTime(frozen) });
  return material.bodies.flatMap((of) => {
    const isHit = of.serviceIds.some((id) => (material.disruptions.get(id) ?? []).some((row) => reachOf(material, of, row) !== undefined));
    return isHit ? [{ bodyId: of.body.bodyId, lostWorkstationHours: lostHours(material, of), workstations: rational(workstationsAtEnd(of, span.end)) }] : [];
  });
}

function lostHours(material: ImpactMaterial, of: BodyMaterial): Rational {
  const walks = of.serviceIds.map((id: ServiceId) => serviceWalks(material, of, id));
  return figuresOf(totalWalks(walks, material.question.covered).unfavourable, WEIGHTS.scale).lostWorkstationHours;
}

function workstationsAtEnd({ workstations }: BodyMaterial, end: number): number {
  return workstations.findLast(({ from }) => from < end)?.workstations ?? 0;
}

/** Shares of an amount by the key that the terms name at the end of the period. Throws LedgerError NOT_FOUND where nobody was affected. */
export function sharesOf(ledger: AssessmentQueries, computation: Computation["data"], amountCents: number): Apportionment<BodyId> {
  const { contractId, span, period } = computation;
  const key = (ledger.termsOfContracts([contractId]).get(contractId) ?? []).findLast(({ effectiveFrom }) => effectiveFrom < span.end)?.terms.apportionment ?? "lost-workstation-hours";
  const shared = apportion(amountCents, affectedBodies(ledger, computation), key);
  if (shared !== undefined) return shared;
  throw new LedgerError({ code: "NOT_FOUND", field: "penaltyId", params: { contractId, period }, message: `no body was affected in ${period}: there is nobody to share it among` });
}

/** Shares as an event holds them. */
export function recordedShares({ shares }: Apportionment<BodyId>): PenaltyShare[] {
  return shares.map(({ bodyId, weight, amountCents }) => ({ bodyId, weight: toExactText(weight), amountCents }));
}
