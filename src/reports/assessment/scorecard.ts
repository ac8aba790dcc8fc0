import type { ContractId, Instant } from "../../kernel/brand.js";
import { compare, type Rational } from "../../kernel/rational.js";
import { instant } from "../../kernel/brand.js";
import type { ContractRow } from "../../../projections/rows.js";
import { periodLabel } from "../../time/period.js";
import { earliestOf } from "../../time/when.js";
import type { ZoneId } from "../../kernel/brand.js";
import type { NotUnderstood } from "../../readmodel/known-ledger.js";
import type { ProvisionalReason } from "../frame.js";
import type { Range } from "../range.js";
import { liveTime } from "../terms/time-source.js";
import { assess, countsOf, type Assessment } from "./assessment.js";
import { contractMaterial } from "./material.js";
import type { Level, Verdict } from "./level.js";
import { penaltyLedger, type PenaltyAccount } from "./penalty-ledger.js";
import { assessedPeriod, type AssessedPeriod } from "./period.js";
import type { AssessmentQueries } from "./queries.js";
import { figureOf, unfavourableOf } from "./verdict.js";

type Counts = Readonly<Record<Verdict, number>>;

/** One indicator in one month. */
export interface ScorecardCell {
  readonly label: string;
  readonly verdicts: Counts;
  /** A percentage, or a number of failures, in the evaluation least favourable to the supplier; undefined where nothing could be assessed. */
  readonly worst: Rational | undefined;
}
export interface ScorecardMonth {
  readonly assessed: AssessedPeriod;
  readonly verdicts: Counts;
  readonly currency: string;
  readonly penaltyCents: Range<number>;
  /** Of penalties whose determination rests on a computation of the month: with their adjustments, and what was collected. */
  readonly determinedCents: number;
  readonly collectedCents: number;
  /** Whose clocks started in it. */
  readonly incidents: number;
  /** That began in it. */
  readonly disruptions: number;
  readonly provisional: readonly ProvisionalReason[];
}
/** A supplier's record over months. */
export interface Scorecard {
  readonly contract: ContractRow;
  readonly notUnderstood: readonly NotUnderstood[];
  /** The earliest first. */
  readonly months: readonly ScorecardMonth[];
  readonly indicators: readonly { readonly id: string; readonly title: string; readonly months: readonly ScorecardCell[] }[];
  readonly verdicts: Counts;
}

/** The last month that was over at an instant, as it is written. */
export function lastMonthOver(at: Instant, zone: ZoneId): string {
  return monthsBefore(periodLabel(at, "month", zone), 1);
}

/** So many months before one, as it is written. */
function monthsBefore(label: string, count: number): string {
  const months = Number(label.slice(0, 4)) * 12 + Number(label.slice(5, 7)) - 1 - count;
  return `${String(Math.floor(months / 12)).padStart(4, "0")}-${String((months % 12) + 1).padStart(2, "0")}`;
}

/** `count` months up to and with `until` (`2019-09`). Throws LedgerError NOT_FOUND for a contract that is not known, INVALID_PERIOD through `periodOf`. */
export function scorecard(ledger: AssessmentQueries, contractId: ContractId, { until, count, zone }: { readonly until: string; readonly count: number; readonly zone: ZoneId }): Scorecard {
  const time = liveTime();
  const periods = Array.from({ length: count }, (_, index) => assessedPeriod(monthsBefore(until, count - 1 - index), zone)).flatMap((period) => (period.ok ? [period.value] : []));
  const of = contractMaterial(ledger, contractId);
  const services = of.services.map(({ serviceId }) => serviceId);
  const { penalties } = penaltyLedger(ledger, contractId);
  const assessments = periods.map((period) => assess(ledger, contractId, period, { time }));
  const months = assessments.map((assessment): ScorecardMonth => {
    const { assessed, verdicts, currency, penaltyCents, provisional } = assessment;
    const own = penalties.filter((account) => periodOfPenalty(account) === assessed.label);
    const disruptions = [...ledger.disruptionsOfServices(services, assessed.span).values()].flat().filter(({ start }) => isIn(assessed, earliestOf(start)));
    return {
      assessed, verdicts, currency, penaltyCents, provisional, disruptions: disruptions.length, incidents: new Set(disruptions.map(({ incidentId }) => incidentId)).size,
      determinedCents: own.reduce((sum, { dueCents }) => sum + dueCents, 0), collectedCents: own.reduce((sum, { collectedCents }) => sum + collectedCents, 0),
    };
  });
  return { contract: of.contract, notUnderstood: assessments.at(-1)?.notUnderstood ?? [], months, indicators: byIndicator(assessments), verdicts: countsOf(assessments.flatMap(({ levels }) => levels)) };
}

function isIn({ span }: AssessedPeriod, at: number): boolean {
  return span.start <= instant(at) && at < span.end;
}

function periodOfPenalty({ movements }: PenaltyAccount): string | undefined {
  const [first] = movements.flatMap(({ fact }) => (fact.type === "PenaltyDetermined" ? [fact.data.computation.period] : []));
  return first;
}

function byIndicator(assessments: readonly Assessment[]): Scorecard["indicators"] {
  const titles = new Map(assessments.flatMap(({ levels }) => levels.map(({ indicator }) => [indicator.id, indicator.title] as const)));
  return [...titles].map(([id, title]) => ({
    id, title,
    months: assessments.flatMap(({ assessed, levels }) => {
      const own = levels.filter(({ indicator }) => indicator.id === id);
      return own.length === 0 ? [] : [{ label: assessed.label, verdicts: countsOf(own), worst: worstOf(own) }];
    }),
  }));
}

function worstOf(levels: readonly Level[]): Rational | undefined {
  const figures = levels.flatMap(({ indicator, measured }) => {
    const figure = figureOf(measured);
    return figure === undefined ? [] : [{ value: unfavourableOf(indicator, figure), sign: indicator.kind === "failures" ? -1 : 1 }];
  });
  return figures.sort((a, b) => a.sign * compare(a.value, b.value))[0]?.value;
}
