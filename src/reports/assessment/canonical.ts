import type { Json } from "../../kernel/json.js";
import { canonicalJson } from "../../kernel/json.js";
import { toExactText, type Rational } from "../../kernel/rational.js";
import { isBand, type When } from "../../time/when.js";
import type { Evaluations, Range } from "../range.js";
import type { Assessment } from "./assessment.js";
import type { Level, LevelPenalty, Measured, PenaltyLine } from "./level.js";

/**
 * The figures of an assessment as canonical JSON (RFC 8785), exact: what the digest of a frozen computation is of. The same events, hours and windows give
 * the same bytes on any machine. What belongs to other periods (the cap and what is left of it) is not in it.
 */
export function canonicalFigures({ contract, assessed, levels, currency, covered }: Assessment): string {
  return canonicalJson({
    format: 1, contractId: contract.contractId, period: assessed.label, start: covered.start, end: covered.end, currency,
    levels: [...levels].sort((a, b) => (a.name < b.name ? -1 : 1)).map(levelJson),
  });
}

function levelJson({ name, indicator, part, verdict, measured, penalty, open }: Level): Json {
  return {
    name, indicator: indicator.id, kind: indicator.kind, from: part.span.start, to: part.span.end, terms: part.row.eventId, verdict, open,
    measured: measuredJson(measured), penalty: penalty === undefined ? null : penaltyJson(penalty),
  };
}

function measuredJson(measured: Measured): Json {
  switch (measured.kind) {
    case "availability":
      return { agreedMs: numbers(measured.agreedMs), downtimeMs: exact(measured.downtimeMs), share: measured.share === undefined ? null : exact(measured.share) };
    case "time-to-acknowledge":
    case "time-to-restore":
      return {
        decided: measured.decided, inTime: numbers(measured.inTime),
        cases: measured.cases.map(({ incidentId, severity, start, stop, targetMs, reading }) => ({
          incidentId, severity: severity ?? null, start: when(start), stop: stop === undefined ? null : when(stop), targetMs: targetMs ?? null, state: reading.state, elapsedMs: numbers(reading.elapsedMs),
        })),
      };
    case "failures":
      return { count: numbers(measured.count), failures: measured.failures.map(({ incidentId, disruptionId, at, certain }) => ({ incidentId, disruptionId, at: when(at), certain })) };
  }
}

function penaltyJson({ cents, lines, base }: LevelPenalty): Json {
  return { cents: numbers(cents), base: base === undefined ? null : { of: base.of, cents: toExactText(base.cents) }, lines: both(lines, (all) => all.map(lineJson)) };
}

function lineJson({ incidentId, beyond, unit, count, rate, exactCents }: PenaltyLine): Json {
  return { incidentId: incidentId ?? null, beyond: toExactText(beyond), unit, count: count.toString(), rate: rate === undefined ? null : toExactText(rate), cents: toExactText(exactCents) };
}

function both<Value>({ favourable, unfavourable }: Evaluations<Value>, json: (value: Value) => Json): Json {
  return { favourable: json(favourable), unfavourable: json(unfavourable) };
}
function exact({ min, max }: Range<Rational>): Json {
  return { min: toExactText(min), max: toExactText(max) };
}
function numbers({ min, max }: Range<number>): Json {
  return { min, max };
}
function when(at: When): Json {
  return isBand(at) ? { earliest: at.earliest, latest: at.latest } : at;
}
