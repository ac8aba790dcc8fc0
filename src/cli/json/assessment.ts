import { createHash } from "node:crypto";
import type { Json } from "../../kernel/json.js";
import { rational, toExactText, toFlooredDecimal } from "../../kernel/rational.js";
import type { Assessment } from "../../reports/assessment/assessment.js";
import { canonicalFigures } from "../../reports/assessment/canonical.js";
import type { Level, Measured, MeasuredAvailability } from "../../reports/assessment/level.js";
import { earliestOf, latestOf } from "../../time/when.js";
import { figureOf, thresholdOf } from "../../reports/assessment/verdict.js";
import { levelSentence, penaltyLineSentence } from "../../reports/words/level-sentences.js";
import { partSentence, type Speaking } from "../../reports/words/sentences.js";
import { exactJson, instantJson, knowledgeJson, rangeJson, whenJson } from "./values.js";

/** An assessment, as the one line of `assess --json`. */
export function assessmentJson(assessment: Assessment, speaking: Speaking): Json {
  const { contract, assessed, knowledge, asOf, provisional, notUnderstood, verdicts, currency, penaltyCents, cap, missingBases, levels } = assessment;
  return {
    contractId: contract.contractId, period: assessed.label, start: instantJson(assessed.span.start), end: instantJson(assessed.span.end), zone: assessed.zone,
    knowledge: knowledgeJson(knowledge), asOf: instantJson(asOf), provisional, incomplete: notUnderstood.length > 0, verdicts: { ...verdicts }, currency, penaltyCents: { ...penaltyCents },
    cap: cap === undefined ? null : { capCents: cap.cap.amountCents, usedCents: cap.usedCents, leftCents: cap.leftCents },
    digest: createHash("sha256").update(canonicalFigures(assessment)).digest("hex"),
    missingBases: missingBases.map((each) => ({ ...each })),
    levels: levels.map((level) => levelJson(level, currency, speaking)),
  };
}

function levelJson(level: Level, currency: string, { language }: Speaking): { readonly [key: string]: Json } {
  const { name, indicator, bodyId, serviceId, verdict, penalty, measured } = level;
  const figure = figureOf(measured);
  return {
    name, indicatorId: indicator.id, bodyId: bodyId ?? null, serviceId: serviceId ?? null, verdict, sentence: levelSentence(level, language),
    figure: figure === undefined ? null : rangeJson(figure, exactJson), threshold: toExactText(thresholdOf(indicator)), measured: measuredJson(measured),
    penalty: penalty === undefined ? null : { cents: { ...penalty.cents }, lines: penalty.lines.unfavourable.map((line) => penaltyLineSentence(line, { level, currency }, language)) },
  };
}

function measuredJson(measured: Measured): Json {
  switch (measured.kind) {
    case "availability":
      return { agreedMs: rangeJson(measured.agreedMs, (ms) => exactJson(rational(ms))), downtimeMs: rangeJson(measured.downtimeMs, exactJson) };
    case "time-to-acknowledge":
    case "time-to-restore":
      return {
        decided: measured.decided, inTime: { ...measured.inTime },
        cases: measured.cases.map(({ incidentId, severity, start, stop, targetMs, reading }) => ({
          incidentId, severity: severity ?? null, start: whenJson(start), stop: stop === undefined ? null : whenJson(stop), targetMs: targetMs ?? null, elapsedMs: { ...reading.elapsedMs }, state: reading.state,
        })),
      };
    case "failures":
      return { count: { ...measured.count }, failures: measured.failures.map(({ incidentId, disruptionId, serviceId, at, certain }) => ({ incidentId, disruptionId, serviceId, at: whenJson(at), certain })) };
  }
}

/** One level with its explanation, as a line of `explain --json`. */
export function explainedJson(level: Level, currency: string, speaking: Speaking): Json {
  const { measured } = level;
  const explanation: Json = measured.kind !== "availability" ? null : measured.explanation().map(({ serviceId, parts }) => ({
    serviceId,
    favourable: parts.favourable.map((part) => ({ start: instantJson(part.start), end: instantJson(part.end), kind: part.kind, sentence: partSentence(part, speaking) })),
    unfavourable: parts.unfavourable.map((part) => ({ start: instantJson(part.start), end: instantJson(part.end), kind: part.kind, sentence: partSentence(part, speaking) })),
  }));
  return { ...levelJson(level, currency, speaking), explanation };
}

/** Columns of the levels for a spreadsheet. */
export const LEVEL_COLUMNS = [
  "contract", "period", "level", "indicator", "body", "service", "verdict", "figure min", "figure max", "threshold", "agreed ms", "downtime ms max", "penalty cents min", "penalty cents max", "currency", "sentence",
  "figure min exact", "figure max exact", "threshold exact", "downtime ms max exact",
] as const;

/** Places of a decimal in a spreadsheet, rounded down as on the page; the fraction itself, which a spreadsheet takes for text or a date, stands in a column at the end. */
const PLACES = 6;

/** The levels for a spreadsheet, a record each. */
export function levelRows({ levels, contract, assessed, currency }: Assessment, { language }: Speaking): readonly (readonly (string | number | undefined)[])[] {
  return levels.map((level) => {
    const { name, indicator, bodyId, serviceId, verdict, measured, penalty } = level;
    const figure = figureOf(measured);
    const availability = measured.kind === "availability" ? measured : undefined;
    return [
      contract.contractId, assessed.label, name, indicator.id, bodyId, serviceId, verdict, figure && toFlooredDecimal(figure.min, PLACES), figure && toFlooredDecimal(figure.max, PLACES), toFlooredDecimal(thresholdOf(indicator), PLACES),
      availability?.agreedMs.min, availability && toFlooredDecimal(availability.downtimeMs.max, PLACES), penalty?.cents.min, penalty?.cents.max, currency, levelSentence(level, language),
      figure && toExactText(figure.min), figure && toExactText(figure.max), toExactText(thresholdOf(indicator)), availability && toExactText(availability.downtimeMs.max),
    ];
  });
}

/** Columns of what a figure is made of, for a spreadsheet. */
export const PART_COLUMNS = ["level", "service", "evaluation", "incident", "disruption", "from", "to", "kind", "weight", "downtime ms", "elapsed ms min", "elapsed ms max", "sentence"] as const;
type PartRow = readonly (string | number | undefined)[];

/** What levels are made of, a record each: the parts of an availability (`both` where its evaluations agree), the cases of a time, the failures. */
export function partRows(levels: readonly Level[], speaking: Speaking): readonly PartRow[] {
  return levels.flatMap(({ name, measured }): readonly PartRow[] => {
    switch (measured.kind) {
      case "availability":
        return measured.explanation().flatMap(({ serviceId, parts: { favourable, unfavourable } }) => {
          const rows = (evaluation: string, parts: typeof favourable): readonly PartRow[] => parts.map((part) => availabilityRow([name, serviceId, evaluation], part, speaking));
          return favourable === unfavourable ? rows("both", favourable) : [...rows("favourable", favourable), ...rows("unfavourable", unfavourable)];
        });
      case "time-to-acknowledge":
      case "time-to-restore":
        return measured.cases.map(({ incidentId, start, stop, reading: { state, elapsedMs } }) => [
          name, undefined, undefined, incidentId, undefined, instantJson(earliestOf(start)), stop === undefined ? undefined : instantJson(latestOf(stop)), state, undefined, undefined, elapsedMs.min, elapsedMs.max,
        ]);
      case "failures":
        return measured.failures.map(({ incidentId, disruptionId, serviceId, at, certain }) => [
          name, serviceId, undefined, incidentId, disruptionId, instantJson(earliestOf(at)), instantJson(latestOf(at)), certain ? "certain" : "uncertain",
        ]);
    }
  });
}

function availabilityRow(of: PartRow, part: ReturnType<MeasuredAvailability["explanation"]>[number]["parts"]["favourable"][number], speaking: Speaking): PartRow {
  const counted = part.kind === "counted" ? part : undefined;
  return [
    ...of, counted?.cause?.incidentId, counted?.cause?.disruptionId, instantJson(part.start), instantJson(part.end), part.kind, counted && toExactText(counted.weight), counted && toExactText(counted.downtimeMs),
    undefined, undefined, partSentence(part, speaking),
  ];
}
