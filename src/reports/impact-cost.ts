import { compare } from "../kernel/rational.js";
import type { ContractId, ServiceId } from "../kernel/brand.js";
import type { Currency, Money } from "../kernel/money.js";
import type { AgreementRow } from "../../projections/rows.js";
import { costPieces, totalCents, type CostPiece, type CostStep, type CostYear } from "../sla/cost.js";
import type { Evaluation } from "../sla/phases.js";
import { normalise } from "../time/span.js";
import { once, rangeOf } from "./evaluated.js";
import type { BodyMaterial, ImpactMaterial } from "./impact-material.js";
import type { ContractCost, CostPart, TotalCost } from "./impact-report.js";
import type { Evaluations } from "./range.js";
import { agreedTime, WEIGHTS, type ServiceWalk } from "./service-walk.js";
import { totalWalks } from "./total-walk.js";

type Pieces = readonly CostPiece<AgreementRow>[];
type Walks = ReadonlyMap<ServiceId, Evaluations<ServiceWalk>>;

/** Pieces of the cost of one contract in one currency. */
interface CostedContract {
  readonly contractId: ContractId;
  readonly currency: Currency;
  readonly pieces: Evaluations<Pieces>;
}

/** Cost of the time lost, contract by contract: of those that have an agreed yearly cost of a workstation and a service that the body is owed. */
export function costedContracts(material: ImpactMaterial, of: BodyMaterial, walks: Walks): readonly CostedContract[] {
  return [...material.costs].flatMap(([contractId, agreements]) => {
    const ever = [...of.owed.keys()].filter((id) => material.services.get(id)?.contractId === contractId);
    const owed = ever.flatMap((id) => walks.get(id) ?? []);
    if (owed.length === 0) return [];
    const lost = totalWalks(owed, material.question.covered);
    const steps = agreements.map((source) => ({ from: source.effectiveFrom, yearlyCost: source.money, source }));
    const piecesOf = (evaluation: Evaluation): Pieces => costPieces(lost[evaluation], WEIGHTS.scale, lastOfEachDate(steps), yearsOf(material, of, ever, evaluation));
    const favourable = piecesOf("favourable");
    const pieces = { favourable, unfavourable: lost.favourable === lost.unfavourable ? favourable : piecesOf("unfavourable") };
    return currenciesOf(agreements).map((currency) => ({ contractId, currency, pieces: inCurrency(pieces, currency) }));
  });
}

/** What was agreed later for the same date takes its place. */
function lastOfEachDate(steps: readonly CostStep<AgreementRow>[]): readonly CostStep<AgreementRow>[] {
  return [...new Map(steps.map((step) => [step.from, step])).values()].sort((a, b) => a.from - b.from);
}

/** The whole of each calendar year, as known: also what lies after the instant as of which the report is made. */
function yearsOf(material: ImpactMaterial, of: BodyMaterial, services: readonly ServiceId[], evaluation: Evaluation): readonly CostYear[] {
  return material.years.map(({ year, span }) => ({
    year, span, agreed: normalise(services.flatMap((id) => agreedTime(material, of, id, { within: span, evaluation }).agreed)),
  }));
}

function currenciesOf(agreements: readonly AgreementRow[]): readonly Currency[] {
  return [...new Set(agreements.map(({ money }) => money.currency))].sort();
}
function inCurrency({ favourable, unfavourable }: Evaluations<Pieces>, currency: Currency): Evaluations<Pieces> {
  const only = (pieces: Pieces): Pieces => pieces.filter(({ yearlyCost }) => yearlyCost.currency === currency);
  const best = only(favourable);
  return { favourable: best, unfavourable: favourable === unfavourable ? best : only(unfavourable) };
}

export function contractCost({ contractId, currency, pieces }: CostedContract): ContractCost {
  const explanation = once(() => {
    const favourable = pieces.favourable.map(partOf);
    return { favourable, unfavourable: pieces.favourable === pieces.unfavourable ? favourable : pieces.unfavourable.map(partOf) };
  });
  return { contractId, ...amounts(pieces, currency), explanation };
}

/** Over all contracts, currency by currency; rounded once, after adding. */
export function totalCosts(contracts: readonly CostedContract[]): readonly TotalCost[] {
  return [...new Set(contracts.map(({ currency }) => currency))].sort().map((currency) => {
    const own = contracts.filter((contract) => contract.currency === currency);
    const favourable = own.flatMap(({ pieces }) => pieces.favourable);
    const one = own.every(({ pieces }) => pieces.favourable === pieces.unfavourable);
    return amounts({ favourable, unfavourable: one ? favourable : own.flatMap(({ pieces }) => pieces.unfavourable) }, currency);
  });
}

function amounts(pieces: Evaluations<Pieces>, currency: Currency): TotalCost {
  const best = totalCents(pieces.favourable);
  const totals = { favourable: best, unfavourable: pieces.favourable === pieces.unfavourable ? best : totalCents(pieces.unfavourable) };
  const money = (amountCents: number): Money => ({ amountCents, currency });
  const cents = rangeOf(totals, ({ amountCents }) => amountCents, (a, b) => a - b);
  const min = money(cents.min);
  return {
    currency,
    exactCents: rangeOf(totals, ({ exactCents }) => exactCents, compare),
    cost: { min, max: cents.min === cents.max ? min : money(cents.max) },
  };
}

function partOf({ span, year, yearlyCost, source, lostWorkstationHours, unionHours, cents }: CostPiece<AgreementRow>): CostPart {
  return { start: span.start, end: span.end, year, yearlyCost, eventId: source.eventId, lostWorkstationHours, unionHours, cents };
}
