import type { BodyId, DisruptionId, EventId, IncidentId, Instant, ServiceId } from "../../kernel/brand.js";
import type { Money } from "../../kernel/money.js";
import type { Rational } from "../../kernel/rational.js";
import type { IndicatorTerms } from "../../domain/terms/indicators.js";
import type { Severity, TermsRow } from "../../../projections/rows.js";
import type { ClockReading } from "../../sla/clock.js";
import type { Span } from "../../time/span.js";
import type { When } from "../../time/when.js";
import type { ExplanationPart, ServiceExplanationPart } from "../explanation.js";
import type { Evaluations, Range } from "../range.js";

export const VERDICTS = ["met", "breached", "undetermined", "not-assessable"] as const;
/** `undetermined`: within the bands in which things happened it may be either; it cannot become a penalty. `not-assessable`: nothing was owed, or there was no case. */
export type Verdict = (typeof VERDICTS)[number];

/** A stretch of the assessed period under one document of terms: a change of terms splits the period. */
export interface TermsPart {
  /** Number of the part within the period, from 0. */
  readonly index: number;
  readonly span: Span;
  /** What of it had passed as of then. */
  readonly covered: Span;
  readonly row: TermsRow;
}

/** What was measured of an availability: agreed time, downtime, and the share 1 − D ÷ AST; undefined where nothing was owed. */
export interface MeasuredAvailability {
  readonly kind: "availability";
  readonly agreedMs: Range<number>;
  readonly downtimeMs: Range<Rational>;
  readonly share: Range<Rational> | undefined;
  /** Worked out when it is asked for; parts of each evaluation add up to its figures exactly. For a contract, the parts of each service. */
  explanation(): readonly AvailabilityExplanation[];
}
export interface AvailabilityExplanation {
  readonly serviceId: ServiceId;
  readonly parts: Evaluations<readonly (ExplanationPart | ServiceExplanationPart)[]>;
}

/** One case of a time to acknowledge or to restore. */
export interface TimedCase {
  readonly incidentId: IncidentId;
  /** Undefined where none was assigned; such a case has no target. */
  readonly severity: Severity | undefined;
  readonly start: When;
  /** When it stopped; undefined while it runs. */
  readonly stop: When | undefined;
  /** By the calendar, in milliseconds; undefined without one for the severity. */
  readonly targetMs: number | undefined;
  /** Where its clock stood as of then. */
  readonly reading: ClockReading;
}

/** Cases of a time to acknowledge or to restore that started in the part. */
export interface MeasuredTimes {
  readonly kind: "time-to-acknowledge" | "time-to-restore";
  readonly cases: readonly TimedCase[];
  /** Cases that are decided: stopped, or past their due time. */
  readonly decided: number;
  readonly inTime: Range<number>;
  /** In time ÷ decided; undefined without a decided case. */
  readonly share: Range<Rational> | undefined;
  /** Of the cases that have stopped, in milliseconds of the calendar; undefined without one. */
  readonly meanMs: Range<Rational> | undefined;
  readonly maxMs: Range<number> | undefined;
}

/** A disruption by outage that began, or may have begun, within the part. */
export interface Failure {
  readonly incidentId: IncidentId;
  readonly disruptionId: DisruptionId;
  readonly serviceId: ServiceId;
  /** When it first was an outage. */
  readonly at: When;
  /** Beyond doubt: wherever in its band it began, it counts. */
  readonly certain: boolean;
}

/** Outages that began in the part. */
export interface MeasuredFailures {
  readonly kind: "failures";
  /** Whether any service was owed to anybody; without, there is nothing to assess. Not, as soon as one evaluation leaves nothing. */
  readonly isOwed: boolean;
  readonly failures: readonly Failure[];
  readonly count: Range<number>;
}
export type Measured = MeasuredAvailability | MeasuredTimes | MeasuredFailures;

/** One figure held against its threshold. */
export interface Level {
  /** Unique in an assessment, and the same in a later computation of it: indicator, part (where the period is split), body, service. */
  readonly name: string;
  readonly indicator: IndicatorTerms;
  readonly part: TermsPart;
  readonly bodyId: BodyId | undefined;
  readonly serviceId: ServiceId | undefined;
  readonly measured: Measured;
  readonly verdict: Verdict;
  /** What missing it costs; undefined where it was met, was not assessable, or is a finding only. */
  readonly penalty: LevelPenalty | undefined;
  /** Something that it rests on was still going on as of then. */
  readonly open: boolean;
}

/** A penalty with its arithmetic, in both evaluations; `min` is the one most favourable to the supplier. */
export interface LevelPenalty {
  readonly cents: Range<number>;
  readonly lines: Evaluations<readonly PenaltyLine[]>;
  readonly base: PenaltyBase | undefined;
}

/** One step of the arithmetic: count × rate × base, or count × amount. */
export interface PenaltyLine {
  /** The case it is about, where the penalty is by case. */
  readonly incidentId: IncidentId | undefined;
  /** How far the figure lies beyond the threshold, in `unit`. */
  readonly beyond: Rational;
  readonly unit: "percentage-points" | "minutes" | "hours" | "days" | "cases" | "percent";
  /** Steps or cases that count; 1 for a tier. */
  readonly count: bigint;
  /** Part of the base for each; undefined for an amount for each case. */
  readonly rate: Rational | undefined;
  readonly exactCents: Rational;
}

/** What a rate is of: the fee of the part, or the contract amount for it. Pieces add up to `cents`. */
export interface PenaltyBase {
  readonly of: "period-fee" | "contract-amount";
  readonly cents: Rational;
  readonly pieces: readonly BasePiece[];
}
export interface BasePiece {
  readonly start: Instant;
  readonly end: Instant;
  readonly money: Money;
  readonly per: "month" | "quarter" | "year" | undefined;
  /** The agreement; undefined for the amount of the award itself. */
  readonly eventId: EventId | undefined;
  readonly cents: Rational;
}
