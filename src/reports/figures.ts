import type { Rational } from "../kernel/rational.js";
import type { Evaluations, Range } from "./range.js";

/** Decimals of a percentage shown, until terms say otherwise; always floored, so that no rounding hides a breach. */
export const PERCENT_DECIMALS = 4;

/** Without agreed time there is nothing to assess; that is not 100 % (domain.md, "Impact and availability"). */
export type Availability =
  | { readonly kind: "not-assessable" }
  | {
      readonly kind: "assessable";
      /** 1 − downtime / agreed time, from 0 to 1. */
      readonly value: Range<Rational>;
      /** The same as a percentage with PERCENT_DECIMALS decimals, floored: "99.8657". */
      readonly percent: Range<string>;
    };

/** What was owed and what was lost. `Part` is what an explanation is made of. */
export interface Figures<Part> {
  /** Agreed time AST in whole milliseconds. */
  readonly agreedMs: Range<number>;
  /** Downtime D in milliseconds. */
  readonly downtimeMs: Range<Rational>;
  readonly availability: Availability;
  readonly lostWorkstationHours: Range<Rational>;
  /** Worked out when it is asked for. Parts of each evaluation are in the order of time and add up to its figures exactly. */
  explanation(): Evaluations<readonly Part[]>;
}
