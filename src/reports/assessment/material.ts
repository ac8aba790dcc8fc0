import type { BodyId, ContractId, ServiceId } from "../../kernel/brand.js";
import type { AgreementRow, ContractRow, PenaltyRow, ServiceRow, TermsRow } from "../../../projections/rows.js";
import { span } from "../../time/span.js";
import type { Question } from "../frame-of.js";
import { loadMaterial, type ImpactMaterial } from "../impact-material.js";
import { notKnown } from "../not-known.js";
import { termsStretches } from "../terms/in-force.js";
import type { TimeSource } from "../terms/time-source.js";
import type { AssessmentQueries } from "./queries.js";
import type { TermsPart } from "./level.js";
import type { AssessedPeriod } from "./period.js";

/** What is agreed in a contract, and which services run under it. */
export interface ContractMaterial {
  readonly contract: ContractRow;
  readonly agreements: readonly AgreementRow[];
  readonly terms: readonly TermsRow[];
  readonly services: readonly ServiceRow[];
  readonly penalties: readonly PenaltyRow[];
}

/** Throws LedgerError NOT_FOUND for a contract that is not known. */
export function contractMaterial(ledger: AssessmentQueries, contractId: ContractId): ContractMaterial {
  const contract = ledger.contracts([contractId]).get(contractId);
  if (contract === undefined) throw notKnown("contract", contractId);
  return {
    contract,
    agreements: ledger.agreementsOfContracts([contractId]).get(contractId) ?? [],
    terms: ledger.termsOfContracts([contractId]).get(contractId) ?? [],
    services: ledger.servicesOfContracts([contractId]).get(contractId) ?? [],
    penalties: ledger.penaltiesOfContracts([contractId]).get(contractId) ?? [],
  };
}

/** The stretches of a period that are under terms, each with what of it had passed as of then. */
export function partsOf({ terms }: Pick<ContractMaterial, "terms">, period: AssessedPeriod, asOf: number): readonly TermsPart[] {
  return termsStretches(terms, period.span).flatMap(({ row, span: own }) => (row === undefined ? [] : [{ row, span: own }])).map(({ row, span: own }, index) => ({
    index, row, span: own, covered: span(own.start, Math.max(own.start, Math.min(own.end, asOf))),
  }));
}

/** The bodies that ever had one of the contract's services, with what they are owed over a part; only `only` where it is given. */
export function partMaterial(ledger: AssessmentQueries, of: ContractMaterial, part: TermsPart, { question, time, only }: PartQuestion): ImpactMaterial {
  const serviceIds = of.services.map(({ serviceId }) => serviceId).filter((id) => only?.serviceId === undefined || only.serviceId === id);
  const adopters = only?.bodyId !== undefined ? [only.bodyId] : [...ledger.adoptionsOfServices(serviceIds).values()].flat().map(({ bodyId }) => bodyId);
  const bodyIds = [...new Set(adopters)].sort();
  return loadMaterial(ledger, { ...question, covered: part.covered }, bodyIds, { only: new Set(serviceIds), time });
}

/** What is asked about a part. */
export interface PartQuestion {
  readonly question: Question;
  readonly time: TimeSource;
  /** One body and one service alone. */
  readonly only: { readonly bodyId?: BodyId; readonly serviceId?: ServiceId } | undefined;
}
