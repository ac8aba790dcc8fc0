import type { Instant, ZoneId } from "../../kernel/brand.js";
import type { TimeSpan } from "../../kernel/projection.js";
import type { Period } from "../../time/period.js";
import type { ReportFrame } from "../frame.js";
import type { ElapsedTimes, TimeIndicator } from "./elapsed.js";
import type { Measure } from "./figure.js";
import type { ReportDeadline } from "./filed-reports.js";
import type { Improvements } from "./improvements.js";
import type { MonthOccurrences, Occurrences } from "./occurrences.js";
import type { Punctuality } from "./deadline.js";
import type { Recurrences } from "./recurrences.js";

/** Service levels of a period: how many were met of those that could be assessed. */
export interface ServiceLevels {
  readonly met: number;
  /** Of those assessed, the ones that banded times leave open. */
  readonly undetermined: number;
  readonly assessed: number;
}

export interface QualityOptions {
  /** A day, month, quarter, year or any span, cut in its zone. */
  readonly period: Period;
  /** What happened later is left out, as if the question were put then. Default: the instant of the knowledge. */
  readonly asOf?: Instant;
  /** Where service levels are assessed, those of a period; it is asked for the period and for the one before. */
  readonly serviceLevels?: (period: Period) => ServiceLevels | undefined;
}

/**
 * The quality indicators of a period (domain.md, "Quality indicators"), each beside that of the period before. An incident belongs to the period in
 * which it occurred, a disruption to that in which it began: of a band, the earliest time counts. What may have happened only after `asOf` is left out.
 * Times that are bands make figures that are ranges: `min` from all the shortest times, `max` from all the longest.
 */
export interface QualityIndicators extends ReportFrame {
  /** How the period is written: `2019-09`. */
  readonly label: string;
  readonly before: { readonly label: string; readonly period: TimeSpan; readonly zone: ZoneId };
  readonly occurrences: Occurrences;
  /** By calendar months of the zone; one in a month. */
  readonly months: readonly MonthOccurrences[];
  readonly times: Readonly<Record<TimeIndicator, ElapsedTimes>>;
  readonly recurrences: Recurrences;
  readonly improvements: Improvements;
  readonly reports: Punctuality<ReportDeadline>;
  /** The share of service levels met, from 0 to 1; undefined where nobody says which there are. */
  serviceLevels(): Measure | undefined;
}
