import type { ServiceId, ZoneId } from "../../../kernel/brand.js";
import type { IndicatorTerms, TargetsTerms } from "../indicators.js";
import type { Period } from "./window.js";

/** What is measured, and what is to be reached. */
export type Measure =
  /** `calendar`, `per` and `decimals` are known where the ledger wrote the SLO. */
  | { readonly kind: "availability"; readonly threshold: string; readonly calendar?: string; readonly per?: Extract<IndicatorTerms, { kind: "availability" }>["per"]; readonly decimals?: number }
  | { readonly kind: "time-to-acknowledge" | "time-to-restore"; readonly shareInTime: string; readonly targets: TargetsTerms }
  | { readonly kind: "failures"; readonly most: number };

/** What OpenSLO says of an indicator. */
export interface ReadIndicator {
  readonly id: string;
  readonly title: string;
  readonly period: Period;
  readonly services: "all" | readonly ServiceId[];
  readonly measure: Measure;
}

/** An indicator, and where it was read. */
export interface Draft {
  readonly document: number;
  readonly indicator: ReadIndicator;
  readonly zone: ZoneId;
}
