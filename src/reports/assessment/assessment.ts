import type { BodyId, ContractId, Instant, ServiceId } from "../../kernel/brand.js";
import type { ContractRow } from "../../../projections/rows.js";
import type { IndicatorTerms } from "../../domain/terms/indicators.js";
import { frameOf, incompleteBy, questionOf } from "../frame-of.js";
import type { ReportFrame } from "../frame.js";
import type { ImpactMaterial } from "../impact-material.js";
import type { Range } from "../range.js";
import { byText } from "../text-order.js";
import { liveTime, type TimeSource } from "../terms/time-source.js";
import { availabilities, goingOnIn } from "./availability.js";
import { amountBase, feeBase } from "./base.js";
import { capStanding, type CapStanding } from "./cap.js";
import { casesByIndicator } from "./cases.js";
import { failuresIn } from "./failures.js";
import type { Level, Measured, PenaltyBase, TermsPart, Verdict } from "./level.js";
import { contractMaterial, partMaterial, partsOf, type ContractMaterial } from "./material.js";
import { needsBase, penaltyOfLevel } from "./penalty.js";
import type { AssessedPeriod } from "./period.js";
import type { AssessmentQueries } from "./queries.js";
import { measuredTimes } from "./times.js";
import { verdictOf } from "./verdict.js";

/** What an assessment is asked with. */
export interface AssessmentOptions {
  /** What happened later is left out. Default: the instant of the knowledge. */
  readonly asOf?: Instant;
  /** Default: this machine's zone and holiday data. */
  readonly time?: TimeSource;
  /** Only the levels of one indicator, of one body, of one service. */
  readonly only?: { readonly indicatorId?: string; readonly bodyId?: BodyId; readonly serviceId?: ServiceId };
}

/** Why a penalty cannot be worked out: no fee or amount is agreed, in the currency of the terms, for all of the part. */
export interface MissingBase {
  readonly indicatorId: string;
  readonly of: "period-fee" | "contract-amount";
  readonly currency: string;
}

/** Which service levels of a contract were met in a period, by how much, and what it costs (domain.md, "Terms of a contract" and "From a breach to money"). */
export interface Assessment extends ReportFrame {
  readonly contract: ContractRow;
  readonly assessed: AssessedPeriod;
  /** Stretches under one document each; without any, nothing is assessed. */
  readonly parts: readonly TermsPart[];
  /** The indicators whose own period is of this kind: monthly ones in a month, so that each breach belongs to one assessment. By indicator, part, service, body. */
  readonly levels: readonly Level[];
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Of the last terms that hold in the period; EUR without any. */
  readonly currency: string;
  /** All penalties together, each rounded once, before the cap. */
  readonly penaltyCents: Range<number>;
  readonly missingBases: readonly MissingBase[];
  /** The cap as of then; undefined where no amount is agreed. */
  readonly cap: CapStanding | undefined;
}

/** Throws LedgerError NOT_FOUND for a contract that is not known. */
export function assess(ledger: AssessmentQueries, contractId: ContractId, assessed: AssessedPeriod, options: AssessmentOptions = {}): Assessment {
  const of = contractMaterial(ledger, contractId);
  const question = questionOf(ledger, { period: assessed.span, zone: assessed.zone, ...(options.asOf !== undefined && { asOf: options.asOf }) });
  const time = options.time ?? liveTime();
  const missingBases: MissingBase[] = [];
  const parts = partsOf(of, assessed, question.asOf);
  const levels = parts.flatMap((part) => {
    const material = partMaterial(ledger, of, part, { question, time, only: options.only });
    return new PartAssessment({ ledger, of, assessed, part, material, time, only: options.only, missingBases }).levels();
  });
  return {
    ...frameOf(question, levels.some(({ open }) => open), notUnderstood(ledger, of)),
    contract: of.contract, assessed, parts, levels, missingBases,
    verdicts: countsOf(levels),
    currency: parts.at(-1)?.row.terms.currency ?? "EUR",
    penaltyCents: { min: total(levels, "min"), max: total(levels, "max") },
    cap: capStanding(options.asOf === undefined ? of : { ...of, penalties: of.penalties.filter(({ occurred }) => occurred <= question.asOf) }, question.asOf, assessed.label),
  };
}

function notUnderstood(ledger: AssessmentQueries, of: ContractMaterial) {
  const all = ledger.notUnderstood();
  if (all.length === 0) return [];
  const services = of.services.map(({ serviceId }) => serviceId);
  const bodies = [...ledger.adoptionsOfServices(services).values()].flat().map(({ bodyId }) => bodyId);
  return incompleteBy(all, { body: new Set(bodies), service: new Set(services), contract: new Set([of.contract.contractId]) });
}

/** How many levels came to which verdict. */
export function countsOf(levels: readonly Level[]): Readonly<Record<Verdict, number>> {
  const count = (verdict: Verdict): number => levels.filter((level) => level.verdict === verdict).length;
  return { met: count("met"), breached: count("breached"), undetermined: count("undetermined"), "not-assessable": count("not-assessable") };
}

function total(levels: readonly Level[], side: "min" | "max"): number {
  return levels.reduce((sum, { penalty }) => sum + (penalty?.cents[side] ?? 0), 0);
}

interface PartMaterial {
  readonly ledger: AssessmentQueries;
  readonly of: ContractMaterial;
  readonly assessed: AssessedPeriod;
  readonly part: TermsPart;
  readonly material: ImpactMaterial;
  readonly time: TimeSource;
  readonly only: AssessmentOptions["only"];
  /** Told what is missing, each once. */
  readonly missingBases: MissingBase[];
}

type Judgement = Pick<Level, "verdict" | "penalty">;

/** The levels of one part. */
class PartAssessment {
  readonly #from: PartMaterial;
  #casesFound: ReturnType<typeof casesByIndicator> | undefined;
  /** By the share that was measured, which belongs to one indicator. */
  readonly #judgements = new Map<object, Judgement>();
  readonly #bases = new Map<PenaltyBase["of"], PenaltyBase | undefined>();

  constructor(from: PartMaterial) {
    this.#from = from;
  }

  levels(): readonly Level[] {
    const { part, assessed, only } = this.#from;
    const indicators = part.row.terms.indicators.filter(({ period, id }) => period === assessed.kind && (only?.indicatorId === undefined || only.indicatorId === id));
    return indicators.flatMap((indicator) => this.#levelsOf(indicator));
  }

  #levelsOf(indicator: IndicatorTerms): readonly Level[] {
    const { material, part } = this.#from;
    const services = this.#servicesOf(indicator);
    switch (indicator.kind) {
      case "availability":
        return availabilities({ material, part, indicator, goingOn: goingOnIn(material) }, services)
          .map(({ body, serviceId, measured, open }) => this.#level(indicator, measured, { bodyId: body?.body.bodyId, serviceId, open }));
      case "time-to-acknowledge":
      case "time-to-restore": {
        if (this.#isOfOne()) return [];
        const measured = measuredTimes(indicator.kind, this.#cases().get(indicator.id) ?? []);
        return [this.#level(indicator, measured, { bodyId: undefined, serviceId: undefined, open: measured.cases.some(({ stop }) => stop === undefined) })];
      }
      case "failures":
        if (this.#isOfOne()) return [];
        return [this.#level(indicator, failuresIn(material, services), { bodyId: undefined, serviceId: undefined, open: false })];
    }
  }

  /** Cases and failures are of the contract as a whole: asked about one body or service, they are left out. */
  #isOfOne(): boolean {
    const { only } = this.#from;
    return only?.bodyId !== undefined || only?.serviceId !== undefined;
  }

  #cases(): ReturnType<typeof casesByIndicator> {
    const { ledger, of, part, time, material } = this.#from;
    return (this.#casesFound ??= casesByIndicator({ ledger, of, part, asOf: material.question.asOf, time }));
  }

  /** By name, then id. */
  #servicesOf({ services }: IndicatorTerms): readonly ServiceId[] {
    const { of, only } = this.#from;
    return of.services.filter(({ serviceId }) => (services?.includes(serviceId) ?? true) && (only?.serviceId === undefined || only.serviceId === serviceId))
      .toSorted((a, b) => byText(a.serviceId, b.serviceId)).map(({ serviceId }) => serviceId);
  }

  #level(indicator: IndicatorTerms, measured: Measured, { bodyId, serviceId, open }: Pick<Level, "bodyId" | "serviceId" | "open">): Level {
    const { part, assessed } = this.#from;
    const whole = part.span.start === assessed.span.start;
    const name = [whole ? indicator.id : `${indicator.id}@${part.row.terms.effectiveFrom}`, ...(bodyId === undefined ? [] : [bodyId]), ...(serviceId === undefined ? [] : [serviceId])].join("/");
    return { name, indicator, part, bodyId, serviceId, measured, open, ...this.#judged(indicator, measured) };
  }

  /** Bodies that are alike have one availability between them, which is judged once. */
  #judged(indicator: IndicatorTerms, measured: Measured): Judgement {
    const share = measured.kind === "availability" ? measured.share : undefined;
    const kept = share && this.#judgements.get(share);
    if (kept !== undefined) return kept;
    const verdict = verdictOf(indicator, measured);
    const isMissed = verdict === "breached" || verdict === "undetermined";
    const made = { verdict, penalty: isMissed ? this.#penalty(indicator, measured) : undefined };
    if (share !== undefined) this.#judgements.set(share, made);
    return made;
  }

  #penalty(indicator: IndicatorTerms, measured: Measured): Level["penalty"] {
    const { penalty } = indicator;
    if (penalty === undefined) return undefined;
    if (penalty.kind === "per-case") return penaltyOfLevel(indicator, measured, undefined);
    const base = this.#base(penalty.of);
    if (base !== undefined || !needsBase(penalty)) return penaltyOfLevel(indicator, measured, base);
    const { missingBases, part } = this.#from;
    if (!missingBases.some(({ indicatorId }) => indicatorId === indicator.id)) missingBases.push({ indicatorId: indicator.id, of: penalty.of, currency: part.row.terms.currency });
    return undefined;
  }

  #base(kind: PenaltyBase["of"]): PenaltyBase | undefined {
    if (this.#bases.has(kind)) return this.#bases.get(kind);
    const { of, part, assessed, time } = this.#from;
    const from = { contract: of.contract, agreements: of.agreements, months: time.months(assessed.zone, part.span), period: assessed.span, currency: part.row.terms.currency };
    const made = kind === "period-fee" ? feeBase(from, part.span) : amountBase(from, part.span);
    this.#bases.set(kind, made);
    return made;
  }
}
