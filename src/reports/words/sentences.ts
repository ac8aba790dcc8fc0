import type { Instant, ZoneId } from "../../kernel/brand.js";
import { roundHalfUp } from "../../kernel/rational.js";
import type { Fact } from "../../domain/record.js";
import type { ExplanationPart, ServiceExplanationPart } from "../explanation.js";
import type { Availability } from "../figures.js";
import type { CostPart } from "../impact-report.js";
import type { ExclusionCause } from "../terms/excluded.js";
import type { TimelineEntry } from "../timeline-entry.js";
import { decimalText, durationText, moneyText, spanText, timeText } from "./format.js";
import { WORDS, type Language } from "./languages.js";
import { BY_ID, type FactData, type Naming } from "./naming.js";
import type { AmendedWords, Saying, Words } from "./words.js";

/** In which language and zone a sentence is said, and what things are called in it (by default their ids). */
export interface Speaking {
  readonly language: Language;
  readonly zone: ZoneId;
  readonly names?: Naming;
}

/** What one part of an explanation says, with its times. Figures in it are floored for reading; the exact ones are in the part. */
export function partSentence(part: ExplanationPart | ServiceExplanationPart, { language, zone }: Speaking): string {
  const words = WORDS[language];
  return `${spanText(part.start, part.end, zone, words)}: ${saidOf(part, words)}`;
}

function saidOf(part: ExplanationPart | ServiceExplanationPart, words: Words): string {
  switch (part.kind) {
    case "excluded":
      return exclusionText(part.by, words);
    case "not-owed":
      return words.notOwed[part.reason];
    case "counted": {
      const { cause, weight, downtimeMs, lostWorkstationHours } = part;
      const said = cause === undefined ? words.up : words.disrupted({
        degree: words.degree[cause.degree], disruption: cause.disruptionId, incident: cause.incidentId, weight: decimalText(weight, 4, words),
        downtime: durationText(downtimeMs, words), lostHours: decimalText(lostWorkstationHours, 2, words),
      });
      return "hitBodyIds" in part ? `${said}; ${words.bodiesHit(part.hitBodyIds.length, part.bodyIds.length)}` : said;
    }
  }
}

/** Why time was taken out of the agreed time. */
export function exclusionText(by: ExclusionCause, words: Words): string {
  switch (by.kind) {
    case "maintenance":
      return words.excluded.maintenance(by.maintenanceId);
    case "window":
      return words.excluded.window(by.window);
    case "granted":
      return words.excluded.granted(by.exclusionId, by.period);
  }
}

/** How one part of a cost was worked out. */
export function costSentence(part: CostPart, { language, zone }: Speaking): string {
  const words = WORDS[language];
  const { start, end, year, yearlyCost, lostWorkstationHours, unionHours, cents } = part;
  return `${spanText(start, end, zone, words)}: ${words.cost({
    lostHours: decimalText(lostWorkstationHours, 2, words), unionHours: decimalText(unionHours, 2, words), year: year.toString(),
    yearlyCost: moneyText(yearlyCost.amountCents, yearlyCost.currency, words), cost: moneyText(Number(roundHalfUp(cents)), yearlyCost.currency, words),
  })}`;
}

/** An availability for reading: "99.8657 %", or "99.8 – 99.9 %" where banded times leave it open. */
export function availabilityText(availability: Availability, language: Language): string {
  const words = WORDS[language];
  if (availability.kind === "not-assessable") return words.notAssessable;
  const { min, max } = availability.percent;
  const decimal = (text: string): string => text.replace(".", words.decimalMark);
  return min === max ? `${decimal(min)} %` : `${decimal(min)} – ${decimal(max)} %`;
}

/** One line for what an entry of a timeline says, as it holds. */
export function headline(entry: Pick<TimelineEntry, "fact">, speaking: Speaking): string {
  return factSentence(entry.fact, speaking);
}

/** One line for what a fact says. */
export function factSentence(fact: Fact, { language, zone, names = BY_ID }: Speaking): string {
  const words = WORDS[language];
  const say = {
    names,
    time: (at: Instant) => timeText(at, zone, words),
    money: (amountCents: number, currency: string) => moneyText(amountCents, currency, words),
  };
  return lineOf(words, fact, say);
}

type FactIn<Type extends keyof FactData> = { readonly [One in Type]: { readonly type: One; readonly data: FactData[One] } }[Type];

function lineOf<Type extends keyof FactData>({ headline: lines }: Words, fact: FactIn<Type>, say: Saying): string {
  return lines[fact.type](fact.data, say);
}

/** What was said about an entry since: each correction with what was said before, then the withdrawal. */
export function amendmentSentences({ corrections, withdrawal }: TimelineEntry, speaking: Speaking): readonly string[] {
  const words = WORDS[speaking.language];
  const amended = ({ actor, recordedAt, reason }: TimelineEntry["corrections"][number] | NonNullable<TimelineEntry["withdrawal"]>): AmendedWords => ({
    by: actor.id, at: timeText(recordedAt, speaking.zone, words), reason,
  });
  return [
    ...corrections.map((correction) => `${words.corrected(amended(correction))} — ${factSentence(correction.before, speaking)}`),
    ...(withdrawal === undefined ? [] : [words.withdrawn(amended(withdrawal))]),
  ];
}
