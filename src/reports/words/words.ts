import type { Instant } from "../../kernel/brand.js";
import type { Degree } from "../../domain/values.js";
import type { PenaltyTerms } from "../../domain/terms/indicators.js";
import type { PenaltyLine, Verdict } from "../assessment/level.js";
import type { ExplanationPart, NotOwedPart } from "../explanation.js";
import type { ProvisionalReason } from "../frame.js";
import type { TimelineEntry } from "../timeline-entry.js";
import type { CommunicationRow, IncidentCause, IncidentStatus, Severity } from "../../../projections/rows.js";
import type { FactData, Naming } from "./naming.js";
import type { Forms } from "./plural.js";

/** One line for a fact of each type. */
export type Headlines = { readonly [Type in keyof FactData]: (data: FactData[Type], say: Saying) => string };

/** How a language writes the things that a sentence is made of. */
export interface Saying {
  readonly names: Naming;
  readonly time: (at: Instant) => string;
  readonly money: (amountCents: number, currency: string) => string;
}

/** All that the reports say in one language. One file a language: a language is added by writing its file and listing it in `languages.ts`. */
export interface Words {
  /** Between whole and decimals. */
  readonly decimalMark: string;
  /** Between thousands. */
  readonly groupMark: string;
  /** Of a date: day, month and year with its digits. */
  readonly date: (day: string, month: string, year: string) => string;
  readonly between: (from: string, to: string) => string;
  readonly degree: Readonly<Record<Degree, string>>;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly cause: Readonly<Record<IncidentCause["category"], string>>;
  readonly party: Readonly<Record<IncidentCause["party"], string>>;
  readonly status: Readonly<Record<IncidentStatus, string>>;
  readonly state: Readonly<Record<TimelineEntry["state"], string>>;
  readonly provisional: Readonly<Record<ProvisionalReason, string>>;
  readonly communication: Readonly<Record<CommunicationRow["kind"], string>>;
  readonly notOwed: Readonly<Record<NotOwedPart["reason"], string>>;
  readonly notAssessable: string;
  /** What a part of an explanation is, without its times. */
  readonly part: { readonly [Kind in ExplanationPart["kind"]]: string };
  readonly up: string;
  readonly disrupted: (what: DisruptedWords) => string;
  readonly excluded: {
    readonly maintenance: (id: string) => string;
    readonly window: (name: string) => string;
    readonly granted: (id: string, period: string) => string;
  };
  readonly bodiesHit: (hit: number, owed: number) => string;
  readonly cost: (what: CostWords) => string;
  readonly corrected: (what: AmendedWords) => string;
  readonly withdrawn: (what: AmendedWords) => string;
  readonly headline: Headlines;
  readonly level: LevelWords;
}

type Counting = Extract<PenaltyTerms, { kind: "per-step" }>["counting"];

/** How service levels and penalties are told. */
export interface LevelWords {
  readonly verdict: Readonly<Record<Verdict, string>>;
  readonly unit: Readonly<Record<PenaltyLine["unit"], Forms>>;
  /** "4 commenced steps". */
  readonly stepCount: Readonly<Record<Counting, Forms>>;
  readonly sentence: (what: { readonly title: string; readonly figure: string; readonly threshold: string; readonly verdict: string }) => string;
  readonly inTime: (percent: string) => string;
  readonly failure: Forms;
  readonly atLeast: (threshold: string) => string;
  readonly atMost: (threshold: string) => string;
  /** Of an availability, which lies below its threshold; `steps` is their count with its noun, `count` the number alone. */
  readonly stepsBelow: (what: StepWords) => string;
  /** Of a time, which lies beyond its target. */
  readonly stepsBeyond: (what: StepWords) => string;
  readonly tier: (what: PenaltyWords) => string;
  readonly cases: (what: { readonly count: string; readonly each: string; readonly amount: string }) => string;
}
interface StepWords extends PenaltyWords {
  readonly step: string;
  readonly steps: string;
  readonly count: string;
}
export interface PenaltyWords {
  readonly beyond: string;
  readonly rate: string;
  readonly base: string;
  readonly amount: string;
}

export interface DisruptedWords {
  readonly degree: string;
  readonly disruption: string;
  readonly incident: string;
  readonly weight: string;
  readonly downtime: string;
  readonly lostHours: string;
}
export interface CostWords {
  readonly lostHours: string;
  readonly yearlyCost: string;
  readonly unionHours: string;
  readonly year: string;
  readonly cost: string;
}
export interface AmendedWords {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}
