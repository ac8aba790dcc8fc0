import { compare, multiply, rational, subtract, toFlooredDecimal, type Rational } from "../../kernel/rational.js";
import type { Money } from "../../kernel/money.js";
import type { IndicatorTerms } from "../../domain/terms/indicators.js";
import type { Level, LevelPenalty, Measured, MeasuredAvailability, PenaltyLine, TermsPart } from "../../reports/assessment/level.js";
import type { Range } from "../../reports/range.js";
import type { Reading } from "../reading.js";
import { evaluationsView, partView } from "./impact.js";
import { durationRangeView, durationView, exactRangeView, exactView, moneyRangeView, moneyView, whenOrNull, whenView } from "./values.js";

/** Decimals of a percentage of cases. */
const SHARE_DECIMALS = 2;

export function indicatorView(indicator: IndicatorTerms) {
  const { id, title, kind, period } = indicator;
  return { id, title, kind, period, threshold: thresholdText(indicator) };
}

function thresholdText(indicator: IndicatorTerms): string {
  switch (indicator.kind) {
    case "availability":
      return indicator.threshold;
    case "time-to-acknowledge":
    case "time-to-restore":
      return indicator.shareInTime;
    case "failures":
      return indicator.most.toString();
  }
}

export function partOfTermsView({ span, row }: TermsPart) {
  return { span, termsId: row.eventId, title: row.terms.title };
}

export type LevelView = ReturnType<typeof levelView>;
export function levelView(level: Level, currency: string, reading: Reading) {
  const { name, indicator, part, bodyId, serviceId, verdict, measured, penalty, open } = level;
  return {
    name, indicator: indicatorView(indicator), part: partOfTermsView(part), bodyId, serviceId, verdict, open,
    measured: measuredView(measured, indicator),
    penalty: penalty === undefined ? null : penaltyView(penalty, level, currency),
    level, reading,
  };
}

function measuredView(measured: Measured, indicator: IndicatorTerms) {
  switch (measured.kind) {
    case "availability":
      return availabilityView(measured, indicator.kind === "availability" ? indicator.decimals : SHARE_DECIMALS);
    case "time-to-acknowledge":
    case "time-to-restore":
      return {
        __typename: "MeasuredTimes" as const, decided: measured.decided, inTime: measured.inTime, ...shareView(measured.share, SHARE_DECIMALS),
        mean: measured.meanMs === undefined ? null : durationRangeView(measured.meanMs), longest: measured.maxMs === undefined ? null : durationRangeView(measured.maxMs),
        cases: measured.cases.map(({ incidentId, severity, start, stop, targetMs, reading }) => ({
          incidentId, severity, start: whenView(start), stop: whenOrNull(stop), target: targetMs === undefined ? null : durationView(targetMs), elapsed: durationRangeView(reading.elapsedMs), state: reading.state,
          due: reading.dueAt === undefined ? null : { ...reading.dueAt, exact: reading.dueAt.earliest === reading.dueAt.latest },
        })),
      };
    case "failures":
      return {
        __typename: "MeasuredFailures" as const, count: measured.count,
        failures: measured.failures.map(({ incidentId, disruptionId, serviceId, at, certain }) => ({ incidentId, disruptionId, serviceId, at: whenView(at), certain })),
      };
  }
}

function availabilityView(measured: MeasuredAvailability, decimals: number) {
  return {
    __typename: "MeasuredAvailability" as const, agreed: durationRangeView(measured.agreedMs), downtime: durationRangeView(measured.downtimeMs), ...shareView(measured.share, decimals),
    explanation: () => measured.explanation().map(({ serviceId, parts }) => ({ serviceId, explanation: evaluationsView(parts, partView) })),
  };
}

function shareView(share: Range<Rational> | undefined, decimals: number) {
  if (share === undefined) return { share: null, percent: null };
  const percent = (value: Rational): string => toFlooredDecimal(multiply(value, rational(100)), decimals);
  return { share: exactRangeView(share), percent: { min: percent(share.min), max: percent(share.max), exact: compare(share.min, share.max) === 0 } };
}

function penaltyView({ cents, base, lines }: LevelPenalty, level: Level, currency: string) {
  const view = (line: PenaltyLine) => lineView(line, { level, currency });
  return {
    amount: moneyRangeView(moneyOf(cents, currency)),
    base: base === undefined ? null : { of: base.of, cents: exactView(base.cents), pieces: base.pieces.map(({ start, end, money, per, eventId, cents: own }) => ({ start, end, money: moneyView(money), per, eventId, cents: exactView(own) })) },
    favourable: lines.favourable.map(view), unfavourable: lines.unfavourable.map(view),
  };
}

export function moneyOf({ min, max }: Range<number>, currency: string): Range<Money> {
  return { min: { amountCents: min, currency }, max: { amountCents: max, currency } };
}

export interface PenaltyLineView {
  readonly line: PenaltyLine;
  readonly of: { readonly level: Level; readonly currency: string };
}
function lineView(line: PenaltyLine, of: PenaltyLineView["of"]) {
  const { incidentId, beyond, unit, count, rate, exactCents } = line;
  return { incidentId, beyond: exactView(beyond), unit, count: Number(count), rate: rate === undefined ? null : exactView(rate), cents: exactView(exactCents), line, of };
}

export function secondsView({ min, max }: Range<Rational> | Range<number>) {
  const seconds = (ms: Rational | number): Rational => (typeof ms === "number" ? rational(ms, 1000) : rational(ms.numerator, ms.denominator * 1000n));
  const [a, b] = [seconds(min), seconds(max)];
  return exactRangeView(compare(subtract(b, a), rational(0)) < 0 ? { min: b, max: a } : { min: a, max: b });
}
